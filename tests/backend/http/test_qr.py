from xml.etree import ElementTree as ET

from backend.http.qr import qr_svg


def test_a_code_is_drawn_for_any_size() -> None:
    drawing = ET.fromstring(qr_svg("http://shop.local/r/main?from=qr"))  # noqa: S314 - our own
    _left, _top, width, height = map(int, drawing.attrib["viewBox"].split())
    assert width == height == 29 + 4
    assert "width" not in drawing.attrib
