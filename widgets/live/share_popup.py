"""What opens at *Share*: the viewers' link and its code, for a phone."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.link_source import tagged
from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.qr import QrCode
from widgets.common.retranslate import Retranslated

QR_SIDE: Final = 116
WIDTH: Final = 400


class SharePopup(Retranslated):
    """Link and code tell apart who comes by them.

    Attributes:
        link_copied: the viewers' link was put on the clipboard.
    """

    link_copied = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("popup")
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._link = ""
        self.link_title = label("", "dim")
        self.link = QLineEdit()
        self.link.setReadOnly(True)
        self.copy_button = push_button("fa5s.copy")
        self.copy_button.clicked.connect(self.copy_link)
        self.qr = QrCode(QR_SIDE)
        self.note = label("", "faint")
        self.note.setWordWrap(True)
        share = column(self.link_title, self.link, self.copy_button)
        share.addStretch(1)
        self.setLayout(column(row(self.qr, share, spacing=12), self.note, margin=12))
        self.setFixedWidth(WIDTH)
        self.retranslate()
        self.show_link("")

    @override
    def retranslate(self) -> None:
        say(self.copy_button, self.tr("Copy link"), self.tr("Copy the viewers' link"))
        self.link_title.setText(self.tr("Viewers' link"))
        self.link.setAccessibleName(self.tr("Viewers' link"))
        self.link.setPlaceholderText(self.tr("The link comes once the server runs"))
        self.qr.setAccessibleName(self.tr("QR code of the viewers' link"))
        self.qr.setToolTip(self.tr("Scan it with a phone to watch"))
        self._show_note()

    @property
    def is_local(self) -> bool:
        """Whether only this computer can follow the link."""
        return "//127.0.0.1" in self._link or "//localhost" in self._link

    def show_link(self, url: str) -> None:
        """Show the viewers' link, or that there is none yet."""
        self._link = tagged(url, "host")
        plain.set_text(self.link, self._link)
        self.link.setCursorPosition(0)
        plain.set_tooltip(self.link, self._link)
        self.qr.set_text(tagged(url, "qr"))
        self.copy_button.setEnabled(bool(url))
        self._show_note()

    def copy_link(self) -> None:
        """Put the viewers' link on the clipboard."""
        if self._link:
            QGuiApplication.clipboard().setText(self._link)
            self.link_copied.emit()

    def _show_note(self) -> None:
        self.note.setText(self.tr("Only on this computer; see Settings → Network") if self.is_local else "")
        self.note.setVisible(self.is_local)
