from PySide6.QtWidgets import QLineEdit, QSpinBox
from pytestqt.qtbot import QtBot

from widgets.common.studio_style import SPIN_MARGIN


def test_the_words_of_a_spin_box_stand_away_from_its_border_and_are_whole(qtbot: QtBot) -> None:
    spin = QSpinBox()
    spin.setRange(0, 600)
    spin.setSuffix(" 分钟")
    spin.setValue(600)
    qtbot.addWidget(spin)
    spin.show()
    (line,) = spin.findChildren(QLineEdit)

    assert line.textMargins().left() == SPIN_MARGIN
    assert line.width() - SPIN_MARGIN >= line.fontMetrics().horizontalAdvance(line.text())
