"""Short messages at the edge of the window that go away by themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import label, push_button, row, say, set_tone, tool_button
from widgets.common.theme import icon

MARGIN: Final = 16
GAP: Final = 8
MAX_TOASTS: Final = 3
MAX_WIDTH: Final = 380
SIGN_SIDE: Final = 16


class Tone(StrEnum):
    """How serious a message is."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True)
class Offer:
    """A button in a message: what it says, and what is done when it is pressed."""

    text: str
    accept: Callable[[], object]


_PLACED_ANEW: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})
SIGNS: Final = {
    Tone.OK: ("fa5s.check-circle", "ok"),
    Tone.WARN: ("fa5s.exclamation-triangle", "warn"),
    Tone.BAD: ("fa5s.exclamation-circle", "fault"),
}
"""Of each tone its icon and the token of its colour."""
LIFETIMES_MS: Final = {Tone.OK: 4_000, Tone.WARN: 7_000, Tone.BAD: 12_000}
OFFER_LIFETIME_MS: Final = 10_000


class Toast(QFrame):
    """One message with a button to close it."""

    def __init__(self, parent: QWidget, text: str, tone: Tone, offer: Offer | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_tone(self, tone.value)
        self.text = label(text)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.close_button = tool_button("fa5s.times")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        say(self.close_button, self.tr("Close this message"))
        sign = label()
        sign.setPixmap(icon(*SIGNS[tone]).pixmap(SIGN_SIDE, SIGN_SIDE))
        layout = row(sign, self.text, self.close_button, spacing=10)
        if offer is not None:
            self.offer_button = push_button()
            self.offer_button.setObjectName("link")
            say(self.offer_button, offer.text)
            layout.insertWidget(2, self.offer_button)
        layout.setContentsMargins(14, 10, 8, 10)
        self.setLayout(layout)
        plain.set_name(self, text)
        self.has_offer = offer is not None


class Toasts(QObject):
    """Stacks toasts in the lower right corner of a widget, newest at the bottom, at most three."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._shown: list[Toast] = []
        self._kept_free: QWidget | None = None
        host.installEventFilter(self)

    @property
    def shown(self) -> tuple[Toast, ...]:
        """What is on the screen, oldest first."""
        return tuple(self._shown)

    def keep_free(self, widget: QWidget) -> None:
        """Stand above this widget, which lies at the bottom of the host: it is to be used meanwhile."""
        self._kept_free = widget
        widget.installEventFilter(self)

    def show_toast(self, text: str, tone: Tone = Tone.OK, offer: Offer | None = None) -> None:
        """Show a message of plain text, with a button if there is an offer.

        The same text again only lives longer, unless either offers something.
        """
        for toast in [toast for toast in self._shown if toast.text.text() == text and not toast.has_offer]:
            self._remove(toast)
        while len(self._shown) >= MAX_TOASTS:
            self._remove(self._first_to_go())
        toast = Toast(self._host, text, tone, offer)
        toast.close_button.clicked.connect(lambda: self._remove(toast))
        if offer is not None:
            toast.offer_button.clicked.connect(lambda: self._remove(toast))
            toast.offer_button.clicked.connect(lambda: _accept(offer))
        timer = QTimer(toast)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._remove(toast))
        timer.start(LIFETIMES_MS[tone] if offer is None else max(LIFETIMES_MS[tone], OFFER_LIFETIME_MS))
        self._shown.append(toast)
        toast.show()
        self._place()

    def _first_to_go(self) -> Toast:
        """The oldest without an offer: what can be taken back for so long stays that long."""
        return next((toast for toast in self._shown if not toast.has_offer), self._shown[0])

    def _remove(self, toast: Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        bottom = self._host.height() - MARGIN
        if self._kept_free is not None and self._kept_free.isVisible():
            bottom = self._kept_free.mapTo(self._host, QPoint()).y() - GAP
        width = min(MAX_WIDTH, self._host.width() - 2 * MARGIN)
        for toast in reversed(self._shown):
            height = max(toast.heightForWidth(width), toast.minimumSizeHint().height())
            toast.setGeometry(self._host.width() - width - MARGIN, bottom - height, width, height)
            toast.raise_()
            bottom -= height + GAP

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _PLACED_ANEW:
            self._place()
        return False


def _accept(offer: Offer) -> None:
    offer.accept()  # not connected itself: Qt would hand it whether the button is checked
