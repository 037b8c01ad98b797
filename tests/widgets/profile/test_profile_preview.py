from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from widgets.profile.profile_preview import SIZE, ProfilePreview


def filled(name: str, width: int = 40, height: int = 80) -> QPixmap:
    made = QPixmap(width, height)
    made.fill(QColor(name))
    return made


def test_the_preview_shows_the_cover_over_all_and_the_avatar_in_its_circle(qtbot: QtBot) -> None:
    preview = ProfilePreview()
    qtbot.addWidget(preview)
    before = preview.grab().toImage()
    preview.show_texts("青禾 <b>生活</b>\n", "今晚包邮")
    preview.show_pictures(filled("#ff0000"), filled("#00ff00", 300, 20))
    after = preview.grab().toImage()

    assert before != after
    assert preview.title == "青禾 <b>生活</b>"
    middle = QColor(after.pixel(SIZE.width() // 2, SIZE.height() * 3 // 4))
    assert middle.green() > 2 * middle.red()
    face = QColor(after.pixel(28, 30))
    assert face.red() > 2 * face.green()


def test_the_preview_of_the_longest_texts_stays_within_its_frame(qtbot: QtBot) -> None:
    preview = ProfilePreview()
    qtbot.addWidget(preview)
    preview.show_texts("长" * 40, "满" * 200)
    image = preview.grab().toImage()
    assert image.size() == SIZE * image.devicePixelRatio()
    preview.show_pictures(None, QPixmap(1, 1).scaled(3, 1, Qt.AspectRatioMode.IgnoreAspectRatio))
    assert not preview.grab().isNull()
