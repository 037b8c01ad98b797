"""The danmu that stands above the chat, for how long still, and the button to take it down."""

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from backend.contract.chat import Pinned, UnpinDanmu
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, row, say, tool_button
from widgets.common.person_name import person_name
from widgets.common.retranslate import Retranslated
from widgets.common.text import clock
from widgets.common.theme import icon


class PinnedBar(Retranslated):
    """Hidden while nothing is pinned.

    Attributes:
        command: emitted with an `UnpinDanmu`.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pinned: Pinned | None = None
        mark = label()
        mark.setPixmap(icon("fa5s.thumbtack", "accent").pixmap(14, 14))
        self.text = ElidedLabel()
        self.left = label("", "dim")
        self.unpin_button = tool_button("fa5s.times")
        self.unpin_button.clicked.connect(lambda: self.command.emit(UnpinDanmu()))
        layout = row(mark, column(self.text, self.left, spacing=1), self.unpin_button, spacing=10)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.hide()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.unpin_button, self.tr("Unpin"))

    def show_pinned(self, pinned: Pinned | None) -> None:
        """Follow the room."""
        self._pinned = pinned
        self.setVisible(pinned is not None)
        if pinned is not None:
            self.text.show_text(f"{person_name(pinned.danmu.author.name)}: {pinned.danmu.text}")
            self.left.setText("")

    def show_time(self, server_time_ms: float) -> None:
        """Say how long it stays, by the server's clock; called once a second."""
        if self._pinned is not None:
            seconds = (self._pinned.until_ms - server_time_ms) / 1000
            time = clock(seconds).removeprefix("00:")
            plain.set_text(self.left, self.tr("Pinned for {time} more").format(time=time))
