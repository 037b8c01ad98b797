"""The status bar of an assistant's window: the room, its state, the assistant's name and rights."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, QLocale
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.live import Live, LivePhase, Presence
from widgets.common import plain
from widgets.common.cell_bar import CellBar
from widgets.common.forms import set_tone
from widgets.common.text import clock
from widgets.staff.rights import right_name

CELLS: Final = ("live", "room", "viewers", "you", "rights", "until")
_TONES: Final = {LivePhase.LIVE: "live", LivePhase.PAUSED: "warn"}


class AssistantBar(CellBar):
    """Says nothing of a room before the room is known."""

    def __init__(self) -> None:
        super().__init__(CELLS, left=("live", "room", "viewers"))
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
            "you": self.tr("Your name in this room"),
            "rights": self.tr("What the host lets you do here"),
            "until": self.tr("When your rights end by themselves"),
        }
        self.explain(tooltips)
        self._show()

    def show_room(self, title: str) -> None:
        """Name the room."""
        plain.set_text(self.cells["room"], title)

    def show_live(self, live: Live | None, seconds: float) -> None:
        """Say how the broadcast stands, and for how long it has been live; None: that is not known."""
        self._live, self._seconds = live, seconds
        self._show()

    def show_presence(self, presence: Presence | None) -> None:
        """Say how many watch; None: that is not known."""
        self._presence = presence
        self._show()

    def show_you(self, name: str, rights: Sequence[AssistantRight], until_ms: int | None) -> None:
        """Say who one is, and what one may do until when."""
        plain.set_text(self.cells["you"], name)
        self._rights, self._until_ms = rights, until_ms
        self._show()

    def _show(self) -> None:
        plain.set_text(self.cells["live"], self._live_text())
        set_tone(self.cells["live"], _TONES.get(self._live.phase, "") if self._live else "")
        presence = self._presence
        watching = self.tr("{n} watching").format(n=f"{presence.viewers:,}") if presence else ""
        plain.set_text(self.cells["viewers"], watching)
        rights = " · ".join(right_name(right) for right in AssistantRight if right in self._rights)
        is_known = bool(self.cells["you"].text())
        plain.set_text(self.cells["rights"], rights or (self.tr("No rights") if is_known else ""))
        plain.set_text(self.cells["until"], self._until_text())

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
