"""The panel of the audience: numbers, requested products, who joined last, and a box for each feature."""

from collections import deque
from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from backend.contract.audience import (
    CheckInsChanged,
    FollowersChanged,
    JoinsShown,
    LikeMilestoneReached,
    LikesChanged,
    RequestsChanged,
)
from backend.contract.base import AssistantRight
from backend.contract.erasing import PersonErased
from backend.contract.gifts import Gift
from backend.contract.live import Presence, PresenceChanged
from backend.contract.protocol import Command, Event, Snapshot
from backend.contract.shop import Product
from widgets.audience.poll_box import PollBox
from widgets.audience.request_list import RequestList
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, row
from widgets.common.retranslate import Retranslated
from widgets.common.room_box import RoomBox
from widgets.common.scrolled import Scrolled
from widgets.common.theme import tabular
from widgets.countdown.countdown_box import CountdownBox
from widgets.gifts.gift_box import GiftBox

FACTS: Final = ("online", "peak", "likes", "followers", "check_ins")
ENTRIES_SHOWN: Final = 5
LEAST_LIST: Final = 90


class AudiencePanel(Retranslated):
    """Shows the room's figures; nothing is counted here.

    Attributes:
        command: emitted with a `ShowCard`, or what a box asks for.
        boxes: the features, from top to bottom.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._entered: deque[str] = deque(maxlen=ENTRIES_SHOWN)
        self._names = {fact: label("", "dim") for fact in FACTS}
        self.values = {fact: label("–") for fact in FACTS}
        self.entries = ElidedLabel()
        self.entries.setProperty("role", "dim")
        self.requests = RequestList()
        self.gifts = GiftBox()
        self.poll = PollBox()
        self.boxes: tuple[RoomBox, ...] = (self.gifts, self.poll, CountdownBox())
        for shown in (self.requests, *self.boxes):
            shown.command.connect(self.command)
        self._requests_title = label()
        self._requests_title.setObjectName("sectionTitle")
        # A poll of six answers is higher than a low window: requests and gifts give way, then it scrolls.
        layout = column(
            self._make_facts(),
            self.entries,
            self._requests_title,
            _giving_way(self.requests),
            _giving_way(self.gifts),
            *self.boxes[1:],
            margin=10,
        )
        layout.setStretch(3, 1)
        layout.setStretch(4, 1)
        inner = QWidget()
        inner.setLayout(layout)
        self.setLayout(column(Scrolled(inner)))
        self.retranslate()

    def _make_facts(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        for number, fact in enumerate(FACTS):
            value = self.values[fact]
            value.setObjectName("figure")
            value.setFont(tabular(value.font()))
            for line, widget in enumerate((value, self._names[fact])):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
                grid.addWidget(widget, line, number)
            grid.setColumnStretch(number, 1)
        return holder

    @override
    def retranslate(self) -> None:
        names = {
            "online": (self.tr("Online"), self.tr("Viewers in the room now")),
            "peak": (self.tr("Peak"), self.tr("The most viewers at once")),
            "likes": (self.tr("Likes"), self.tr("Likes in this live session")),
            "followers": (self.tr("Followers"), self.tr("Who follows you")),
            "check_ins": (self.tr("Check-ins"), self.tr("Who checked in in this live session")),
        }
        for fact, (name, tooltip) in names.items():
            plain.set_text(self._names[fact], name)
            plain.set_name(self.values[fact], name)
            for widget in (self._names[fact], self.values[fact]):
                plain.set_tooltip(widget, tooltip)
        self._requests_title.setText(self.tr("Asked for"))
        self._show_entries()

    # --- In ---

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the room from here."""
        self._show_presence(snapshot.presence)
        self._say("likes", snapshot.likes)
        self._say("followers", snapshot.followers)
        self._say("check_ins", snapshot.check_ins)
        self.requests.show_requests(snapshot.requests)
        for box in self.boxes:
            box.show_snapshot(snapshot)

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer what these rights allow."""
        self.requests.show_right(may_explain=AssistantRight.PRODUCTS in rights)
        for box in self.boxes:
            box.show_rights(rights)

    def show_catalog(self, products: Sequence[Product]) -> None:
        """Learn what the products are called."""
        self.requests.show_catalog(products)

    def show_gifts(self, gifts: Sequence[Gift]) -> None:
        """Learn what the gifts are called."""
        self.gifts.show_gifts(gifts)

    def apply(self, event: Event) -> None:
        """Follow the room."""
        for box in self.boxes:
            box.apply(event)
        match event:
            case PresenceChanged(presence=presence):
                self._show_presence(presence)
            case LikesChanged(total=likes) | LikeMilestoneReached(likes=likes):
                self._say("likes", likes)
            case FollowersChanged(followers=followers):
                self._say("followers", followers)
            case CheckInsChanged(check_ins=check_ins):
                self._say("check_ins", check_ins)
            case JoinsShown(authors=authors):
                self._entered.extend(author.name for author in authors)
                self._show_entries()
            case PersonErased():
                self._entered.clear()  # any of them may be it
                self._show_entries()
            case RequestsChanged(requests=requests):
                self.requests.show_requests(requests)
            case _:
                pass

    def close_for(self, command: Command) -> None:
        """Close the dialog whose command the room carried out."""
        for box in self.boxes:
            box.close_for(command)

    def give_back(self, command: Command, why: str) -> None:
        """Let a command that the room refused be corrected where it was written."""
        for box in self.boxes:
            box.give_back(command, why)

    def show_time(self, server_time_ms: float) -> None:
        """Follow the server's clock; called once a second."""
        for box in self.boxes:
            box.show_time(server_time_ms)

    def _show_presence(self, presence: Presence) -> None:
        self._say("online", presence.viewers)
        self._say("peak", presence.peak)

    def _say(self, fact: str, count: int) -> None:
        plain.set_text(self.values[fact], f"{count:,}")

    def _show_entries(self) -> None:
        names = self.tr(", ").join(reversed(self._entered))
        self.entries.show_text(self.tr("Came in: {names}").format(names=names) if names else "")
        self.entries.setVisible(bool(names))


def _giving_way(listed: QWidget) -> QHBoxLayout:
    """Put a list where it has what the others leave, and a least height."""
    listed.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
    line = row(listed)
    line.addStrut(LEAST_LIST)
    return line
