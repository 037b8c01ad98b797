"""A place for a picture: dropped, pasted or chosen from the disk."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, QSize, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import QFileDialog, QPushButton
from typing_extensions import override

from backend.contract.pictures import MAX_PICTURE_BYTES
from widgets.common import plain
from widgets.common.file_dialogs import Place, ask_to_open
from widgets.common.foreign_picture import foreign_picture
from widgets.common.retranslate import Retranslating

SIDE: Final = 96
PATTERNS: Final = "*.png *.jpg *.jpeg *.webp"


class PictureWell(Retranslating, QPushButton):
    """Takes a picture, or several one after the other; a click opens the dialog for files, Ctrl+V pastes.

    Args:
        size: how large it is.
        most: how many files are taken at once, chosen or dropped.

    Attributes:
        picked: emitted with the bytes of an image that can be shown.
        failed: emitted with why what came was not taken.
    """

    picked = Signal(bytes)
    failed = Signal(str)

    def __init__(self, size: QSize = QSize(SIDE, SIDE), most: int = 1) -> None:  # noqa: B008  a size never changes
        super().__init__()
        self._most = most
        self.setObjectName("well")
        self.setAcceptDrops(True)
        self.setFixedSize(size)
        self.setIconSize(size - QSize(8, 8))
        self.content = b""
        self.clicked.connect(self.ask)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        if not self.content:
            plain.set_text(self, self.tr("Picture"))
        plain.set_name(self, self.tr("Picture: choose, drop or paste"))
        plain.set_tooltip(self, self.tr("Click to choose a file, drop one here, or paste with Ctrl+V"))

    def ask(self) -> None:
        """Open the dialog for files."""
        filters = [self.tr("Pictures ({patterns})").format(patterns=PATTERNS)]
        dialog = ask_to_open(self, self.tr("Choose a picture"), Place.PicturesLocation, filters)
        if self._most > 1:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.take_files)
        dialog.open()

    def take_files(self, paths: Sequence[str]) -> None:
        """Take the pictures in these files, as many as are taken at once, up to the first that is none."""
        for path in paths[: self._most]:
            if not self.take_file(path):
                return

    def take_file(self, path: str) -> bool:
        """Take the picture in this file; False where it was not taken."""
        file = Path(path)
        try:
            is_small = file.stat().st_size <= MAX_PICTURE_BYTES
            content = file.read_bytes() if is_small else b""
        except OSError as error:
            self.failed.emit(
                self.tr("The file cannot be read: {reason}").format(reason=error.strerror or error)
            )
            return False
        return self.take(content)

    def take(self, content: bytes) -> bool:
        """Take these bytes of an image file; False where it is none."""
        picture = foreign_picture(content) if 0 < len(content) <= MAX_PICTURE_BYTES else None
        if picture is None:
            text = self.tr("This is no PNG, JPEG or WebP picture of at most {n} MB.")
            self.failed.emit(text.format(n=MAX_PICTURE_BYTES // 1024 // 1024))
            return False
        self.content = content
        self.show_look(picture)
        self.picked.emit(content)
        return True

    def show_look(self, picture: QPixmap) -> None:
        """Show a picture that is there already."""
        plain.set_text(self, "")
        self.setIcon(QIcon(picture))

    def clear(self) -> None:
        """Show no picture."""
        self.content = b""
        self.setIcon(QIcon())
        self.retranslate()

    def take_from(self, data: QMimeData) -> bool:
        """Take a picture that was dropped or pasted; False where there is none."""
        if data.hasUrls() and data.urls()[0].isLocalFile():
            self.take_files([url.toLocalFile() for url in data.urls() if url.isLocalFile()])
            return True
        if data.hasImage():
            self.take(_png(QImage(data.imageData())))
            return True
        return False

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        if self.take_from(event.mimeData()):
            event.acceptProposedAction()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take_from(QGuiApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes where Qt takes a str
    return bytes(buffer.data().data())
