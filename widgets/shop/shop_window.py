"""What the windows of the shop share: their look, their place on the screen, and when they can be seen."""

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget
from typing_extensions import override

from widgets.common.forms import column
from widgets.common.retranslate import Retranslating
from widgets.common.tokens import dress
from widgets.live.toasts import Toasts


class ShopWindow(Retranslating, QMainWindow):
    """A head over a body. A subclass says its texts in `retranslate` and takes the focus in `focus_rows`.

    Attributes:
        shown, hidden: whether it can be seen changed.
        looked_at: emitted when it becomes the window that somebody works in.
        splitter: its place is saved with the window's; None where there is none.
        toasts: short messages over the window.
    """

    shown = Signal()
    hidden = Signal()
    looked_at = Signal()

    toasts: Toasts

    def __init__(self, app_icon: QIcon) -> None:
        super().__init__()
        self.setWindowIcon(app_icon)
        dress(self)
        self.splitter: QSplitter | None = None

    def _lay_out(self, head: QWidget, content: QWidget) -> None:
        page, body = QWidget(), column(content)
        body.setContentsMargins(8, 0, 8, 8)
        page.setObjectName("shopPage")
        whole = column(head, body, spacing=0)
        whole.setStretch(1, 1)
        page.setLayout(whole)
        self.setCentralWidget(page)
        self.toasts = Toasts(page)

    def focus_rows(self) -> None:
        """Give the keyboard to the table."""
        raise NotImplementedError

    def layout_text(self) -> str:
        """Where window and splitter stand, in one text to be saved."""
        parts = [self.saveGeometry()] + ([] if self.splitter is None else [self.splitter.saveState()])
        return " ".join(bytes(part.toBase64().data()).decode() for part in parts)

    def restore_layout(self, text: str) -> None:
        """Put window and splitter where they were; what cannot be read leaves the default."""
        geometry, _, splitter = text.partition(" ")
        if geometry and (splitter or self.splitter is None):
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode()))
        if splitter and self.splitter is not None:
            self.splitter.restoreState(QByteArray.fromBase64(splitter.encode()))

    def come_forward(self) -> None:
        """Show the window in front of all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self.focus_rows()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.looked_at.emit()
        super().changeEvent(event)
