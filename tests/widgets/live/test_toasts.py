from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.tooltips import gaudy_picture, is_gaudy
from widgets.live import toasts as module
from widgets.live.toasts import MAX_TOASTS, Offer, Toasts, Tone


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


def texts(toasts: Toasts) -> list[str]:
    return [toast.text.text() for toast in toasts.shown]


def test_a_toast_goes_away_by_itself(qtbot: QtBot, host: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module.LIFETIMES_MS, Tone.OK, 20)
    toasts = Toasts(host)
    toasts.show_toast("copied")

    assert texts(toasts) == ["copied"]
    qtbot.waitUntil(lambda: texts(toasts) == [])


def test_a_toast_can_be_closed(host: QWidget) -> None:
    toasts = Toasts(host)
    toasts.show_toast("one")
    toasts.show_toast("two")
    toasts.shown[0].close_button.click()

    assert texts(toasts) == ["two"]


def test_of_too_many_the_oldest_goes(host: QWidget) -> None:
    toasts = Toasts(host)
    for number in range(MAX_TOASTS + 2):
        toasts.show_toast(str(number), Tone.BAD)

    assert texts(toasts) == ["2", "3", "4"]


def test_what_can_be_taken_back_outlives_newer_messages(host: QWidget) -> None:
    toasts = Toasts(host)
    undo = Offer("Undo", lambda: None)
    toasts.show_toast("deleted", Tone.OK, undo)
    for number in range(MAX_TOASTS + 1):
        toasts.show_toast(str(number), Tone.BAD)
    assert texts(toasts) == ["deleted", "2", "3"]

    for number in range(MAX_TOASTS):
        toasts.show_toast(f"deleted {number}", Tone.OK, undo)
    assert texts(toasts) == ["deleted 0", "deleted 1", "deleted 2"]


def test_the_same_message_is_not_shown_twice(host: QWidget) -> None:
    toasts = Toasts(host)
    for text in ("a", "b", "a"):
        toasts.show_toast(text)

    assert texts(toasts) == ["b", "a"]


def test_they_stand_inside_the_window_and_not_on_each_other(host: QWidget) -> None:
    toasts = Toasts(host)
    for tone in Tone:
        toasts.show_toast(f"A rather long message that needs more than one line to be told ({tone})", tone)
    host.resize(QSize(500, 400))
    boxes = [toast.geometry() for toast in toasts.shown]

    assert all(host.rect().contains(box) for box in boxes)
    assert not any(one.intersects(other) for one in boxes for other in boxes if one is not other)


def test_a_message_is_never_read_as_markup(host: QWidget) -> None:
    toasts = Toasts(host)
    toasts.show_toast("<img src=x>")

    assert toasts.shown[0].text.text() == "<img src=x>"
    assert toasts.shown[0].text.textFormat().name == "PlainText"


def test_an_offer_is_accepted_once(host: QWidget) -> None:
    accepted: list[str] = []
    toasts = Toasts(host)
    toasts.show_toast("deleted", Tone.OK, Offer("Undo", lambda: accepted.append("first")))
    toasts.show_toast("deleted", Tone.OK, Offer("Undo", lambda: accepted.append("second")))
    assert texts(toasts) == ["deleted", "deleted"]
    toasts.shown[1].offer_button.click()

    assert accepted == ["second"]
    assert len(texts(toasts)) == 1


def test_a_message_of_others_stays_text(host: QWidget, tmp_path: Path) -> None:
    toasts = Toasts(host)
    toasts.show_toast(f"<b>x</b><img src='{gaudy_picture(tmp_path)}'>")

    assert texts(toasts)[0].startswith("<b>x</b>")
    assert not is_gaudy(host)


def test_toasts_stand_above_what_is_to_be_used_meanwhile(host: QWidget) -> None:
    strip = QWidget(host)
    strip.setGeometry(0, 480, 800, 120)
    strip.show()
    toasts = Toasts(host)
    toasts.keep_free(strip)
    toasts.show_toast("one")
    assert toasts.shown[0].geometry().bottom() < 480
    strip.setGeometry(0, 300, 800, 300)
    assert toasts.shown[0].geometry().bottom() < 300
    strip.hide()
    assert toasts.shown[0].geometry().bottom() > 550
