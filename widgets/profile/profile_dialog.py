"""The form for how the room presents itself: title, avatar, cover and notice, with a preview."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from backend.contract.profile import MAX_NOTICE, MAX_TITLE, RoomProfile
from widgets.common import plain
from widgets.common.answered_dialog import AnsweredDialog
from widgets.common.forms import caption, column, label, push_button, row, say, set_tone
from widgets.profile.profile_picture import AVATAR, COVER, ProfilePicture
from widgets.profile.profile_preview import ProfilePreview

WIDTH: Final = 700


@dataclass(frozen=True)
class ProfileDraft:
    """What the host wants; pictures by their names, or new ones as bytes.

    Attributes:
        version: of the profile that the host saw.
    """

    version: int
    title: str
    notice: str
    avatar: str | bytes
    cover: str | bytes


class ProfileDialog(AnsweredDialog):
    """Asks how the room is to present itself. New pictures are uploaded before its command is sent.

    Attributes:
        save_wanted: emitted with a `ProfileDraft`; `send` or `give_back` answers it.
    """

    save_wanted = Signal(object)

    def __init__(self, parent: QWidget, profile: RoomProfile) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Room"))
        self.profile = profile
        self._is_saving = False
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Such as the name of your shop"))
        self.notice = QPlainTextEdit()
        self.notice.setTabChangesFocus(True)
        self.notice.setFixedHeight(76)
        self.notice.setPlaceholderText(self.tr("Such as: free shipping tonight, flash sale at 8"))
        self._title_count, self._notice_count = label("", "faint"), label("", "faint")
        self.avatar = ProfilePicture(self.tr("Avatar"), self.tr("Square, beside the title"), AVATAR)
        hint = self.tr("Upright, before the show and where the link is shared")
        self.cover = ProfilePicture(self.tr("Cover"), hint, COVER)
        self.preview = ProfilePreview()
        self.cancel_button, self.save_button = push_button(), push_button("fa5s.check")
        self._lay_out()
        self._connect()
        self.show_profile(profile)
        self.title.setFocus()

    def _lay_out(self) -> None:
        say(self.cancel_button, self.tr("Cancel"))
        say(self.save_button, self.tr("Save"), self.tr("Show it to every viewer at once"))
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        pictures = row(self.avatar, self.cover, spacing=16)
        for place in range(2):
            pictures.setStretch(place, 1)
        fields = column(
            _heading(self.tr("Title"), self.title, self._title_count),
            self.title,
            _heading(self.tr("Notice"), self.notice, self._notice_count),
            self.notice,
            pictures,
            spacing=6,
        )
        fields.insertSpacing(2, 8)
        fields.insertSpacing(5, 8)
        fields.addStretch(1)
        beside = column(self.preview, label(self.tr("As viewers see it before the show"), "faint"), spacing=6)
        beside.addStretch(1)
        body = row(spacing=24)
        body.addLayout(fields, 1)
        body.addLayout(beside)
        buttons = row(self.cancel_button, self.save_button)
        buttons.insertStretch(0, 1)
        heading = label(self.tr("Room"), "title")
        self.setLayout(column(heading, body, self.problem, buttons, margin=22, spacing=14))
        self.setMinimumWidth(WIDTH)

    def _connect(self) -> None:
        self.title.textChanged.connect(self._on_edited)
        self.notice.textChanged.connect(self._on_edited)
        for picture in (self.avatar, self.cover):
            picture.changed.connect(self._on_edited)
            picture.failed.connect(self.show_problem)
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._save)

    @property
    def draft(self) -> ProfileDraft:
        """What is written now."""
        return ProfileDraft(
            self.profile.version,
            " ".join(self.title.text().split()),
            " ".join(self.notice.toPlainText().split()),
            self.avatar.picture,
            self.cover.picture,
        )

    @property
    def is_changed(self) -> bool:
        """Whether something is written that the room does not have."""
        return self.draft != _draft_of(self.profile)

    def show_profile(self, profile: RoomProfile) -> None:
        """Show how the room presents itself now, in place of what is written."""
        self.profile = profile
        with QSignalBlocker(self.title), QSignalBlocker(self.notice):
            plain.set_text(self.title, profile.title)
            self.notice.setPlainText(profile.notice)
        self.avatar.show_picture(profile.avatar)
        self.cover.show_picture(profile.cover)
        self._on_edited()

    def show_look(self, name: str, look: QPixmap) -> None:
        """Show how a picture of the room looks."""
        for picture in (self.avatar, self.cover):
            picture.show_look(name, look)

    @override
    def give_back(self, why: str) -> None:
        self._is_saving = False
        super().give_back(why)

    def _save(self) -> None:
        if not self.is_changed:
            self.reject()
            return
        self._is_saving = True
        self.show_problem("")
        self._show_waiting()
        self.save_wanted.emit(self.draft)

    def _on_edited(self) -> None:
        draft = self.draft
        self.preview.show_texts(draft.title, draft.notice)
        self.preview.show_pictures(self.avatar.shown, self.cover.shown)
        self._show_waiting()

    @override
    def _show_waiting(self) -> None:
        draft, is_busy = self.draft, self._is_saving or self.waiting_for is not None
        fits = [
            _show_count(self._title_count, len(draft.title), MAX_TITLE),
            _show_count(self._notice_count, len(draft.notice), MAX_NOTICE),
        ]
        self.title.setReadOnly(is_busy)
        self.notice.setReadOnly(is_busy)
        self.avatar.setEnabled(not is_busy)
        self.cover.setEnabled(not is_busy)
        self.save_button.setEnabled(all(fits) and not is_busy)


def _draft_of(profile: RoomProfile) -> ProfileDraft:
    avatar = profile.avatar.name if profile.avatar else ""
    cover = profile.cover.name if profile.cover else ""
    return ProfileDraft(profile.version, profile.title, profile.notice, avatar, cover)


def _heading(name: str, field: QWidget, count: QLabel) -> QWidget:
    plain.set_name(field, name)
    made = QWidget()
    layout = row(caption(name, field), count)
    layout.insertStretch(1, 1)
    made.setLayout(layout)
    return made


def _show_count(count: QLabel, letters: int, most: int) -> bool:
    """Say how many letters there are, and return whether they fit."""
    plain.set_text(count, f"{letters}/{most}")
    set_tone(count, "" if letters <= most else "bad")
    return letters <= most
