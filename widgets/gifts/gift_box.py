"""The gifts of this live session: the latest, the top givers, and the total."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTabWidget
from typing_extensions import override

from backend.contract.erasing import PersonErased
from backend.contract.gifts import Gift, GiftsSent, Ranking, RankingChanged, SentGift
from backend.contract.live import LiveChanged
from backend.contract.protocol import Event, Snapshot
from backend.contract.words_of import erase_words
from widgets.common import plain
from widgets.common.forms import column
from widgets.common.person_name import person_name
from widgets.common.room_box import RoomBox
from widgets.common.theme import color
from widgets.gifts.gift_names import GiftNames

LATEST: Final = 50
LEAST_HEIGHT: Final = 96


class GiftBox(RoomBox):
    """Two lists under one title; what it shows it learns from the room."""

    def __init__(self) -> None:
        super().__init__()
        self._session_id = ""
        self._names = GiftNames(self)
        self._latest: dict[int, SentGift] = {}
        self._ranking = Ranking()
        self.latest, self.ranking = _make_list(), _make_list()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for shown in (self.latest, self.ranking):
            self.tabs.addTab(shown, "")
        layout = column(self.title, self.tabs, spacing=4)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        names = (self.tr("Latest gifts"), self.tr("Ranking"))
        for number, (name, shown) in enumerate(zip(names, (self.latest, self.ranking), strict=True)):
            plain.set_tab(self.tabs, number, name)
            plain.set_name(shown, name)
        self._show()

    # --- In ---

    def show_gifts(self, gifts: Sequence[Gift]) -> None:
        """Learn what the gifts are called."""
        self._names.learn(gifts)
        self._show()

    @override
    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._follow(snapshot.live.session_id)
        self._ranking = snapshot.ranking
        self._show()

    @override
    def apply(self, event: Event) -> None:
        match event:
            case GiftsSent(gifts=gifts):
                for gift in gifts:
                    self._latest.pop(gift.combo_id, None)
                    self._latest[gift.combo_id] = gift
                while len(self._latest) > LATEST:
                    del self._latest[next(iter(self._latest))]
            case RankingChanged(ranking=ranking):
                self._ranking = ranking
            case PersonErased(user_id=user_id):
                self._latest = {key: erase_words(gift, user_id) for key, gift in self._latest.items()}
                self._ranking = erase_words(self._ranking, user_id)
            case LiveChanged(live=live):
                self._follow(live.session_id)
            case _:
                return
        self._show()

    def _follow(self, session_id: str) -> None:
        if session_id != self._session_id:
            self._session_id = session_id
            self._latest.clear()
            self._ranking = Ranking()

    # --- Shown ---

    def _show(self) -> None:
        ranking = self._ranking
        title = self.tr("Gifts")
        if ranking.gifts:
            title = self.tr("Gifts · {gifts} · {coins} coins").format(
                gifts=f"{ranking.gifts:,}", coins=f"{ranking.coins:,}"
            )
        plain.set_text(self.title, title)
        empty = self.tr("No gifts in this live session yet.")
        latest = [
            (self._line(gift), self._names.is_large(gift.gift_id)) for gift in reversed(self._latest.values())
        ]
        _fill(self.latest, latest or [(empty, False)])
        ranked = [
            (f"{place}. {person_name(one.author.name)} · {self._coins(one.coins)}", False)
            for place, one in enumerate(ranking.contributors, start=1)
        ]
        _fill(self.ranking, ranked or [(empty, False)])

    def _line(self, gift: SentGift) -> str:
        return f"{person_name(gift.author.name)} · {self._names.name(gift.gift_id)} ×{gift.combo}"

    def _coins(self, coins: int) -> str:
        return self.tr("{n} coins").format(n=f"{coins:,}")


def _make_list() -> QListWidget:
    made = QListWidget()
    made.setUniformItemSizes(True)
    made.setWordWrap(False)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setMinimumHeight(LEAST_HEIGHT)
    return made


def _fill(shown: QListWidget, lines: Sequence[tuple[str, bool]]) -> None:
    """Change what differs only: a list that is rebuilt loses its place."""
    while shown.count() > len(lines):
        shown.takeItem(shown.count() - 1)
    while shown.count() < len(lines):
        shown.addItem(QListWidgetItem())
    for number, (text, is_large) in enumerate(lines):
        item = shown.item(number)
        plain.set_text(item, text)
        plain.set_tooltip(item, text)
        item.setForeground(color("warn" if is_large else "text"))
