from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from backend.contract.base import Author
from backend.contract.gifts import (
    Contributor,
    Gift,
    GiftEffect,
    GiftsSent,
    Ranking,
    RankingChanged,
    SentGift,
)
from backend.contract.live import Live, LiveChanged, LivePhase, Presence
from backend.contract.protocol import Snapshot
from tests.widgets.people import ANN, BOB, NOON_MS
from tests.widgets.tooltips import gaudy_picture, hover, is_gaudy, read
from widgets.gifts.gift_box import LATEST, GiftBox

EMPTY = "No gifts in this live session yet."
GIFTS = [
    Gift("rose", "玫瑰", "Rose", 1, GiftEffect.BANNER, ""),
    Gift("rocket", "火箭", "Rocket", 1000, GiftEffect.RISE, ""),
]


@pytest.fixture
def box(qtbot: QtBot) -> GiftBox:
    made = GiftBox()
    qtbot.addWidget(made)
    made.resize(300, 260)
    made.show()
    made.show_gifts(GIFTS)
    made.show_snapshot(snapshot("s1"))
    return made


def snapshot(session_id: str, ranking: Ranking | None = None) -> Snapshot:
    live = Live(LivePhase.LIVE, session_id)
    return Snapshot("e", 0, "", live, None, Presence(0, 0), ranking=ranking or Ranking())


def sent(
    number: int, gift_id: str = "rose", author: Author = ANN, combo_id: int = 0, combo: int = 1
) -> SentGift:
    return SentGift(number, author, gift_id, 1, 1, combo_id or number, combo, NOON_MS)


def lines(shown: QListWidget) -> list[str]:
    return [shown.item(number).text() for number in range(shown.count())]


def test_the_latest_gift_stands_on_top_and_a_combo_is_one_line(box: GiftBox) -> None:
    box.apply(GiftsSent([sent(1), sent(2, "rocket", BOB)]))
    assert lines(box.latest) == ["Bob · Rocket ×1", "Ann · Rose ×1"]
    box.apply(GiftsSent([sent(3, combo_id=1, combo=9)]))
    assert lines(box.latest) == ["Ann · Rose ×9", "Bob · Rocket ×1"]


def test_a_large_gift_has_a_colour_of_its_own(box: GiftBox) -> None:
    box.apply(GiftsSent([sent(1), sent(2, "rocket")]))
    large, small = (box.latest.item(number).foreground().color() for number in range(2))
    assert large != small


def test_the_ranking_and_the_sum_are_the_rooms(box: GiftBox) -> None:
    assert lines(box.ranking) == lines(box.latest) == [EMPTY]
    box.apply(RankingChanged(Ranking([Contributor(BOB, 1200), Contributor(ANN, 3)], 1203, 4)))
    assert lines(box.ranking) == ["1. Bob · 1,200 coins", "2. Ann · 3 coins"]
    assert box.title.text() == "Gifts · 4 · 1,203 coins"


def test_a_new_session_begins_empty_and_a_break_of_the_line_does_not(box: GiftBox) -> None:
    box.apply(GiftsSent([sent(1)]))
    box.show_snapshot(snapshot("s1", Ranking([Contributor(ANN, 1)], 1, 1)))
    assert lines(box.latest) == ["Ann · Rose ×1"]
    assert lines(box.ranking) == ["1. Ann · 1 coins"]
    box.apply(LiveChanged(Live(LivePhase.LIVE, "s2")))
    assert lines(box.latest) == lines(box.ranking) == [EMPTY]
    assert box.title.text() == "Gifts"


def test_only_the_latest_are_kept(box: GiftBox) -> None:
    box.apply(GiftsSent([sent(number) for number in range(1, LATEST + 9)]))
    assert box.latest.count() == LATEST


def test_an_unknown_gift_is_called_by_its_id_and_markup_stays_text(box: GiftBox) -> None:
    box.apply(GiftsSent([sent(1, "<b>new</b>")]))
    assert lines(box.latest) == ["Ann · <b>new</b> ×1"]


def test_who_gave_is_hovered_over_and_their_name_stays_text(box: GiftBox, tmp_path: Path) -> None:
    name = f"<img src='{gaudy_picture(tmp_path)}'>"
    box.apply(GiftsSent([sent(1, author=msgspec.structs.replace(ANN, name=name))]))

    tip = hover(box.latest.viewport(), box.latest.visualItemRect(box.latest.item(0)).center())
    assert read(tip.text()) == f"{name} · Rose ×1"
    assert not is_gaudy(tip)
