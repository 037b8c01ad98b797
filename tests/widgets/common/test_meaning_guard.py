from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from widgets.common.meaning_guard import MeaningGuard


def test_a_button_ignores_mouse_and_keys_until_600_ms_after_its_meaning_changed(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    button, times = QPushButton(owner), [10.0]
    pressed: list[int] = []
    button.clicked.connect(lambda: pressed.append(1))
    guard = MeaningGuard(owner, [button], lambda: times[0])
    owner.show()

    guard.show_meaning("go live")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(pressed) == 1
    guard.show_meaning("pause")
    guard.show_meaning("pause")
    for now_s in (10.0, 10.3, 10.59):
        times[0] = now_s
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(pressed) == 1
    times[0] = 10.61
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert len(pressed) == 3
