"""The pictures that a buyer attached to a case: small ones in a row, and a large one in a dialog."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from backend.contract.cases import Case
from widgets.common.flow import FlowLayout
from widgets.common.forms import column, label, push_button, say

SIDE: Final = 64
LARGE_SIDE: Final = 1600
"""As large as the shop keeps one, in pixels."""
_SHARE: Final = 0.8

PictureOf = Callable[[str], QPixmap | None]


class CasePictures(QWidget):
    """See the module.

    Attributes:
        picture_wanted: emitted with the path of a picture that is to be shown large.
    """

    picture_wanted = Signal(str)

    def __init__(self, case: Case, picture_of: PictureOf) -> None:
        super().__init__()
        layout = FlowLayout()
        self.buttons: list[QPushButton] = []
        for number, name in enumerate(case.pictures, start=1):
            button = push_button()
            say(button, "", self.tr("Picture {n} of the buyer, large").format(n=number))
            button.setFixedSize(SIDE + 8, SIDE + 8)
            button.setIconSize(QSize(SIDE, SIDE))
            button.setIcon(QIcon(_square(picture_of(small_path(case, name)))))
            path = large_path(case, name)
            button.clicked.connect(lambda _checked=False, path=path: self.picture_wanted.emit(path))
            self.buttons.append(button)
            layout.addWidget(button)
        self.setLayout(layout)


class LargePicture(QDialog):
    """Shows a picture as large as the screen allows; Esc closes it."""

    def __init__(self, picture: QPixmap, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Picture of the buyer"))
        screen = self.screen() or QGuiApplication.primaryScreen()
        most = screen.availableSize() * _SHARE
        if picture.width() > most.width() or picture.height() > most.height():
            picture = picture.scaled(
                most, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self.shown = label()
        self.shown.setPixmap(picture)
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(column(self.shown, margin=8))


def _square(picture: QPixmap | None) -> QPixmap:
    """Return the middle of a picture; a place for it while it has not come."""
    if picture is None:
        empty = QPixmap(SIDE, SIDE)
        empty.fill(Qt.GlobalColor.transparent)
        return empty
    grown = picture.scaled(
        QSize(SIDE, SIDE),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    return grown.copy((grown.width() - SIDE) // 2, (grown.height() - SIDE) // 2, SIDE, SIDE)


def small_path(case: Case, name: str) -> str:
    """Where a small picture of a case is read."""
    return f"/api/v1/cases/{case.case_id}/thumbnails/{name}"


def large_path(case: Case, name: str) -> str:
    """Where a picture of a case is read."""
    return f"/api/v1/cases/{case.case_id}/pictures/{name}"
