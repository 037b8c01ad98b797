from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from widgets.settings.about_dialog import AboutDialog


def test_the_about_dialog_names_version_and_licences(qtbot: QtBot) -> None:
    dialog = AboutDialog("Livestall", "1.2.3", QIcon())
    qtbot.addWidget(dialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))

    assert "1.2.3" in text
    assert "Apache-2.0" in text
    assert "GPL" in text
