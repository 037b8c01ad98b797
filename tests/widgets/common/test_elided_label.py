from pytestqt.qtbot import QtBot

from tests.widgets.tooltips import read
from widgets.common.elided_label import ElidedLabel


def test_a_long_text_may_be_squeezed_and_is_whole_in_the_tooltip(qtbot: QtBot) -> None:
    made = ElidedLabel()
    qtbot.addWidget(made)
    made.show_text("<i>a title far too long for the room that there is</i>")

    assert made.minimumSizeHint().width() < 60
    assert read(made.toolTip()) == made.text() == "<i>a title far too long for the room that there is</i>"


def test_what_does_not_fit_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    short, long = ElidedLabel(), ElidedLabel()
    for made, text in ((short, "AAAA"), (long, "AAAA" * 20)):
        qtbot.addWidget(made)
        made.resize(60, 20)
        made.show_text(text)

    assert short.grab().toImage() != long.grab().toImage()
