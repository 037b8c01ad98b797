import cv2
import numpy as np
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from widgets.common.qr import QrCode, qr_image


def read(image: QImage) -> str:
    """What a phone would read."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(np.ascontiguousarray(pixels[:, : grey.width()]))
    return text


def test_a_phone_reads_the_link_from_the_screen(qtbot: QtBot) -> None:
    code = QrCode(116)
    qtbot.addWidget(code)
    code.set_text("http://192.168.1.20:8787/r/main")

    assert read(code.grab().toImage()) == "http://192.168.1.20:8787/r/main"


def test_without_a_text_there_is_nothing(qtbot: QtBot) -> None:
    code = QrCode(116)
    qtbot.addWidget(code)
    code.set_text("x")
    code.set_text("")

    assert code.image.isNull()
    assert read(code.grab().toImage()) == ""


def test_the_code_has_a_quiet_zone() -> None:
    image = qr_image("http://127.0.0.1:8787/r/main")
    assert {image.pixelColor(x, 0).name() for x in range(image.width())} == {"#ffffff"}
