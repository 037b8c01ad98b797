"""The studio's table of 500 products scrolls from its first row to its last without a slow frame.

The real window without a screen: a step of its scroll bar, and all that Qt does until it is painted. The time
of a frame is the least of several passes over the same steps: what one pass alone had was the machine's.
"""

import json
import os
import time
from typing import Final

import numpy as np
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication

from backend.contract.base import AssistantRight
from tests.widgets.entries import EVERY_ACT, room
from widgets.shop.products_window import ProductsWindow

PRODUCTS: Final = 500
PASSES: Final = 3
FRAMES: Final = 250


def main() -> None:
    """Measure and print the figures as the last line."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    window = ProductsWindow(QIcon())
    window.show_rights(frozenset(AssistantRight), EVERY_ACT)
    entries = room(PRODUCTS)
    window.show_entries(entries, "CNY")
    for number, entry in enumerate(entries):
        picture = QPixmap(160, 160)
        picture.fill(QColor.fromHsv(number * 7 % 360, 120, 220))
        window.show_picture(entry.image, picture)
    window.show()
    app.processEvents()
    passes = [_frames_ms(app, window) for _ in range(PASSES)]
    frames_ms = np.min(passes, axis=0)
    for name, times in (("a pass", passes[0]), ("the least of all", frames_ms)):
        print(f"{name}: median {np.median(times):.1f} ms, most {np.max(times):.1f} ms", flush=True)
    figures = {
        "scroll_frame_ms": round(float(np.median(frames_ms)), 1),
        "scroll_p99_ms": round(float(np.percentile(frames_ms, 99)), 1),
        "scroll_most_ms": round(float(np.max(frames_ms)), 1),
    }
    print(json.dumps({"figures": figures}))
    window.close()


def _frames_ms(app: QApplication, window: ProductsWindow) -> list[float]:
    bar = window.list.table.verticalScrollBar()
    assert bar.maximum() > 0
    times_ms = []
    for place in np.linspace(0, bar.maximum(), FRAMES).round().astype(int).tolist():
        began_s = time.perf_counter()
        bar.setValue(place)
        window.list.table.viewport().repaint()
        app.processEvents()
        times_ms.append((time.perf_counter() - began_s) * 1000)
    return times_ms


if __name__ == "__main__":
    main()
