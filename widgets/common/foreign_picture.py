"""Pictures that a server sent, small enough for a list: of four formats, and opening nothing else.

Qt would read any of twenty formats, keep them as large as they say, and open the files an SVG names.
"""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QXmlStreamReader
from PySide6.QtGui import QImage, QImageReader, QPixmap, Qt

SIDE: Final = 256
"""As large as it is kept, in pixels: more than any list shows."""
MAX_PIXELS: Final = 8192 * 8192
_MAGIC: Final = {b"\x89PNG\r\n\x1a\n": b"png", b"\xff\xd8\xff": b"jpeg", b"RIFF": b"webp"}
# Neither `image` nor style sheets, which Qt opens as files, nor `pattern`, which multiplies what is drawn.
_SVG_ELEMENTS: Final = {
    *("svg", "g", "defs", "title", "desc", "metadata", "style", "path", "rect", "circle", "ellipse", "line"),
    *("polyline", "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    "use",
}
_MOST_ELEMENTS: Final = 2000
_MOST_USES: Final = 16
"""Each may use what uses others: a few more, and it would be drawn for hours."""


def foreign_picture(content: bytes, side: int = SIDE) -> QPixmap | None:
    """Return the picture, at most `side` wide and high; None where it is none."""
    image = foreign_image(content, side)
    return None if image is None else QPixmap.fromImage(image)


def foreign_image(content: bytes, side: int = SIDE) -> QImage | None:
    """Do the same on any thread."""
    form = next((form for magic, form in _MAGIC.items() if content.startswith(magic)), b"svg")
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    if form == b"svg" and not _is_self_contained(buffer):
        return None
    buffer.seek(0)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MAX_PIXELS:
        return None
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _is_self_contained(device: QIODevice) -> bool:
    """Whether this is an SVG of elements that draw, and of nothing else."""
    reader, names = QXmlStreamReader(device), list[str]()
    while not reader.atEnd() and len(names) <= _MOST_ELEMENTS:
        match reader.readNext():
            case QXmlStreamReader.TokenType.StartElement:
                names.append(str(reader.name()))
            case QXmlStreamReader.TokenType.ProcessingInstruction:
                return False
    is_read = reader.atEnd() and not reader.hasError()
    is_drawing = names[:1] == ["svg"] and _SVG_ELEMENTS.issuperset(names)
    return is_read and is_drawing and names.count("use") <= _MOST_USES
