import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from typing_extensions import override

from widgets.common.retranslate import Retranslated, Retranslating


class Counting(Retranslated):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def retranslate(self) -> None:
        self.count += 1


class Shouting(QTranslator):
    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str:
        return f"{text}!"  # placeholders stay: other windows may be open and ask too


class CountingButton(Retranslating, QPushButton):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def retranslate(self) -> None:
        self.count += 1


@pytest.mark.parametrize("make", [Counting, CountingButton])
def test_a_change_of_language_sets_the_texts_anew(
    qtbot: QtBot, qapp: QApplication, make: type[Counting | CountingButton]
) -> None:
    widget = make()
    qtbot.addWidget(widget)
    translator = Shouting(qapp)
    qapp.installTranslator(translator)
    try:
        qtbot.waitUntil(lambda: widget.count == 1)
    finally:
        qapp.removeTranslator(translator)
