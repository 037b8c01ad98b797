"""What this program is, its version, and its licences."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QWidget

from widgets.common import plain
from widgets.common.forms import column, label, push_button, row, say

ICON_SIDE = 72


class AboutDialog(QDialog):
    """Opened with `open()`."""

    def __init__(self, name: str, version: str, app_icon: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        plain.set_title(self, self.tr("About {name}").format(name=name))
        sign = label()
        sign.setPixmap(app_icon.pixmap(ICON_SIDE, ICON_SIDE))
        self.version = label(self.tr("Version {version}").format(version=version), "dim")
        text = label(
            self.tr("A live-selling studio that a shop runs on its own machines. It needs no cloud account.")
        )
        text.setWordWrap(True)
        licence = label(
            self.tr(
                "Livestall is licensed under Apache-2.0. A bundle that carries x264 falls under the GPL; see "
                "NOTICE. Qt is used under the LGPL."
            ),
            "faint",
        )
        licence.setWordWrap(True)
        self.close_button = push_button()
        say(self.close_button, self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        foot = row(self.close_button)
        foot.insertStretch(0, 1)
        words = column(label(name, "title"), self.version, text, licence, spacing=8)
        body = row(sign, words, spacing=18)
        body.setStretch(1, 1)
        body.setAlignment(sign, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(body, foot, margin=22, spacing=16))
        self.setMinimumWidth(460)
