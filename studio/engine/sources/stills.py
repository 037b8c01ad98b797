"""Sources that stand still: a colour, a text, an image file; made once, and given again at every call."""

import logging
import threading
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPen
from typing_extensions import override

from effects.files.stills import StillError, StillTooLargeError, read_layered, still_content
from effects.params import Values
from studio.engine.media import Picture, VideoFrame
from studio.engine.sources.source import SourceError, VideoSource
from studio.project.project import Canvas

log = logging.getLogger("livestall.sources")

_SWATCH: Final = 16
_FONT_PX: Final = 96
_LONGEST_PX: Final = 4096
_FONTS: Final = ["Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", "sans-serif"]
_JOIN_TIMEOUT_S: Final = 2.0


class Still(VideoSource):
    """Gives one picture, as of now, so that nobody takes it for a broken source."""

    def __init__(self) -> None:
        self._picture: Picture | None = None

    @override
    def newest(self, at: float) -> VideoFrame | None:
        picture = self._picture
        return VideoFrame(picture, at, has_alpha=picture.shape[2] == 4) if picture is not None else None


class ColorStill(Still):
    """One colour.

    Args:
        values: of `studio.project.kinds`: `color`.
    """

    def __init__(self, values: Values) -> None:
        super().__init__()
        self._bgr = values.bgr("color")

    @override
    def open(self) -> None:
        self._picture = np.full((_SWATCH, _SWATCH, 3), self._bgr, np.uint8)


class TextStill(Still):
    """A text of one or more lines, painted by Qt for the Chinese; as large as its lines are.

    Args:
        values: of `studio.project.kinds`: `text`, `color`, `weight`, `align`, `outline` and the like.
    """

    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values

    @override
    def open(self) -> None:
        self._picture = paint_text(self._values)


class ImageFile(Still):
    """A picture file, transparent where it is; read in a thread of its own.

    Args:
        path: the file.
        canvas: a picture larger than it needs is made smaller.
    """

    def __init__(self, path: Path, canvas: Canvas) -> None:
        super().__init__()
        self._path = path
        self._enough = canvas.width, canvas.height
        self._failure: SourceError | None = None
        self._thread = threading.Thread(target=self._read, name="image file", daemon=True)

    @override
    def open(self) -> None:
        if not self._path.is_file():
            raise SourceError(
                "file_missing", f"There is no file {self._path}. Put it back, or choose another file."
            )
        self._thread.start()

    @override
    def close(self) -> None:
        if self._thread.is_alive():
            self._thread.join(_JOIN_TIMEOUT_S)

    @property
    @override
    def failure(self) -> SourceError | None:
        return self._failure

    @property
    @override
    def is_loading(self) -> bool:
        return self._thread.is_alive()

    def _read(self) -> None:
        try:
            self._picture = read_layered(still_content(self._path) or b"", self._enough)
        except StillTooLargeError as error:
            self._failure = SourceError("file_too_large", f"{self._path}: {error}. Make it smaller.")
        except (StillError, OSError) as error:
            self._failure = SourceError("file_unreadable", f"{self._path}: {error}. Choose a picture.")
        except Exception as error:  # the top of a thread
            log.exception("image not read", extra={"file": str(self._path)})
            self._failure = SourceError("file_unreadable", f"{self._path}: {error}. Choose a picture.")


def paint_text(values: Values) -> Picture:
    """Paint a text, BGRA with its colours multiplied by alpha; needs a QGuiApplication."""
    lines = values.text("text").splitlines() or [""]
    font = QFont(_FONTS)
    font.setPixelSize(_FONT_PX)
    font.setBold(values.is_on("is_bold"))
    metrics = QFontMetricsF(font)
    outline = values.strength("outline") * _FONT_PX / 4
    margin = outline + _FONT_PX * (0.35 if values.is_on("has_panel") else 0.05)
    widest = max(metrics.horizontalAdvance(line) for line in lines)
    size = QRectF(0, 0, widest + 2 * margin, metrics.lineSpacing() * len(lines) + 2 * margin)
    scale = min(1.0, _LONGEST_PX / max(size.width(), size.height()))
    image = QImage(
        max(1, round(size.width() * scale)),
        max(1, round(size.height() * scale)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    if values.is_on("has_panel"):
        painter.fillRect(size, QColor(values.text("panel_color")))
    path = _path_of(lines, font, margin, widest, values.text("align"))
    if outline:
        pen = QPen(QColor(values.text("outline_color")), outline * 2)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
    painter.fillPath(path, QColor(values.text("color")))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 4].reshape(image.height(), image.width(), 4).copy()


def _path_of(lines: list[str], font: QFont, margin: float, widest: float, align: str) -> QPainterPath:
    metrics = QFontMetricsF(font)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
    path = QPainterPath()
    for number, line in enumerate(lines):
        left = margin + (widest - metrics.horizontalAdvance(line)) * share
        path.addText(QPointF(left, margin + metrics.ascent() + metrics.lineSpacing() * number), font, line)
    path.setFillRule(Qt.FillRule.WindingFill)  # strokes of a character may lie over each other
    return path
