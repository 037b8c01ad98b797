"""The bar on top of an assistant's window: the room, its state and sales, the assistant's name and rights."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.insights import LiveStats
from backend.contract.live import Live, LivePhase, Presence
from widgets.common.cell_bar import CellBar
from widgets.common.forms import set_tone
from widgets.common.money import amount_text
from widgets.common.text import clock
from widgets.staff.rights import right_name

CELLS: Final = ("room", "live", "viewers", "orders", "paid", "you", "rights", "until")
LEFT: Final = ("room", "live", "viewers", "orders", "paid")
_TONES: Final = {LivePhase.LIVE: "live", LivePhase.PAUSED: "warn"}


class AssistantBar(CellBar):
    """Says nothing of a room before the room is known.

    Args:
        orders_button: leads to the orders; it stands last.
    """

    def __init__(self, orders_button: QWidget) -> None:
        super().__init__(CELLS, left=LEFT, elided=("room", "rights"))
        self.add_last(orders_button)
        self._sales: LiveStats | None = None
        self._live: Live | None = None
        self._seconds = 0.0
        self._rights: Sequence[AssistantRight] = ()
        self._until_ms: int | None = None
        self._presence: Presence | None = None
        self.retranslate()

    @override
    def retranslate(self) -> None:
        tooltips = {
            "live": self.tr("How long the broadcast has been live"),
            "room": self.tr("The room you help in"),
            "viewers": self.tr("Viewers in the room now"),
            "orders": self.tr("Orders of this live session"),
            "paid": self.tr("What was paid for orders of this live session"),
            "you": self.tr("Your name in this room"),
            "rights": self.tr("What the host lets you do here"),
            "until": self.tr("When your rights end by themselves"),
        }
        self.explain(tooltips)
        self._show()

    def show_room(self, title: str) -> None:
        """Name the room."""
        self.say("room", title)

    def show_live(self, live: Live | None, seconds: float) -> None:
        """Say how the broadcast stands, and for how long it has been live; None: that is not known."""
        self._live, self._seconds = live, seconds
        self._show()

    def show_presence(self, presence: Presence | None) -> None:
        """Say how many watch; None: that is not known."""
        self._presence = presence
        self._show()

    def show_sales(self, stats: LiveStats | None) -> None:
        """Say how many orders the session has, and what was paid for them; None: that is not known."""
        self._sales = stats
        self._show()

    def show_you(self, name: str, rights: Sequence[AssistantRight], until_ms: int | None) -> None:
        """Say who one is, and what one may do until when."""
        self.say("you", name)
        self._rights, self._until_ms = rights, until_ms
        self._show()

    def _show(self) -> None:
        self.say("live", self._live_text())
        set_tone(self.cells["live"], _TONES.get(self._live.phase, "") if self._live else "")
        presence = self._presence
        watching = self.tr("{n} watching").format(n=f"{presence.viewers:,}") if presence else ""
        self.say("viewers", watching)
        sales = self._sales if self._live is not None and self._live.phase in _TONES else None
        orders = self.tr("{n} orders").format(n=f"{sales.total.orders:,}") if sales else ""
        self.say("orders", orders)
        has_paid = sales is not None and bool(sales.currency)
        paid = amount_text(sales.total.gmv_minor, sales.currency) if sales is not None and has_paid else ""
        self.say("paid", paid)
        rights = " · ".join(right_name(right) for right in AssistantRight if right in self._rights)
        is_known = bool(self.cells["you"].text())
        self.say("rights", rights or (self.tr("No rights") if is_known else ""))
        self.say("until", self._until_text())

    def _live_text(self) -> str:
        time = clock(self._seconds)
        match self._live:
            case None:
                return ""
            case Live(phase=LivePhase.LIVE):
                return self.tr("● Live {time}").format(time=time)
            case Live(phase=LivePhase.PAUSED):
                return self.tr("● Paused {time}").format(time=time)
            case _:
                return self.tr("○ Not live")

    def _until_text(self) -> str:
        if self._until_ms is None:
            return ""
        end = QDateTime.fromMSecsSinceEpoch(self._until_ms)
        is_today = end.date() == QDateTime.currentDateTime().date()
        shown = QLocale.c().toString(end, "HH:mm" if is_today else "MM-dd HH:mm")
        return self.tr("until {time}").format(time=shown)
