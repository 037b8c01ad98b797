"""QR codes for pages."""

from io import BytesIO
from typing import Final

import segno

QUIET_ZONE: Final = 2


def qr_svg(text: str) -> bytes:
    """Draw the QR code of a text as SVG of any size, dark on nothing, with a quiet zone around it."""
    stream = BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(stream, kind="svg", border=QUIET_ZONE, omitsize=True, xmldecl=False)
    return stream.getvalue()
