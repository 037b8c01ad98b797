from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from widgets.settings.hotkeys_dialog import HotkeysDialog


def test_the_hotkeys_dialog_lists_what_each_key_does(qtbot: QtBot) -> None:
    dialog = HotkeysDialog([("Go live", QKeySequence("Ctrl+L")), ("Mute", QKeySequence("Ctrl+M"))])
    qtbot.addWidget(dialog)
    cells = [[dialog.table.item(row, column) for column in (0, 1)] for row in range(2)]
    rows = [[cell.text() if cell else "" for cell in row] for row in cells]

    assert rows == [["Go live", "Ctrl+L"], ["Mute", "Ctrl+M"]]
