"""The panel where the host picks what viewers see and hear, and reads how that source is doing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem
from typing_extensions import override

from studio.engine.messages.values import Devices
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from widgets.common import plain
from widgets.common.file_dialogs import Place, ask_to_open
from widgets.common.forms import column, combo, fill_combo, label, row, set_tone
from widgets.common.retranslate import Retranslated
from widgets.common.theme import ICON_SIZE, color, icon
from widgets.stage.sources import Health

_ICONS: Final = {
    VideoKind.CAMERA: "fa5s.camera",
    VideoKind.SCREEN: "fa5s.desktop",
    VideoKind.WINDOW: "fa5s.window-maximize",
    VideoKind.MEDIA_FILE: "fa5s.film",
    VideoKind.TEST_PATTERN: "fa5s.th",
    VideoKind.DEMO: "fa5s.user-astronaut",
}
_DOTS: Final = {Health.OPENING: "dim", Health.RUNNING: "ok", Health.TROUBLED: "warn", Health.FAILED: "fault"}
_TONES: Final = {Health.OPENING: "", Health.RUNNING: "ok", Health.TROUBLED: "warn", Health.FAILED: "bad"}
_PICTURE_ROLE: Final = Qt.ItemDataRole.UserRole


class SourcesPanel(Retranslated):
    """Lists the sources; a click or Enter chooses one. The mark follows the engine, not the click.

    Attributes:
        picture_chosen: emitted with a `VideoSpec`.
        sound_chosen: emitted with an `AudioSpec`.
    """

    picture_chosen = Signal(object)
    sound_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._offer = Devices()
        self._picture: VideoSpec | None = None
        self._picture_health = Health.OPENING
        self._picture_reason = ""
        self._sound = AudioSpec(AudioKind.NONE)
        self._sound_health = Health.OPENING
        self._sound_reason = ""
        self.list = QListWidget()
        self.list.setIconSize(ICON_SIZE)
        self.list.setSpacing(1)
        self.list.setMinimumHeight(90)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_item_chosen)
        self.list.itemActivated.connect(self._on_item_chosen)
        self.picture_state = label()
        self.picture_state.setWordWrap(True)
        self.sound_title = label("", "dim")
        self.sound_box = combo()
        self.sound_box.activated.connect(self._on_sound_activated)
        self.sound_state = label()
        self.sound_state.setWordWrap(True)
        layout = column(
            self.list, self.picture_state, row(self.sound_title, self.sound_box), self.sound_state, margin=10
        )
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.list.setAccessibleName(self.tr("Video sources"))
        self.list.setToolTip(self.tr("What viewers see: click one to switch to it"))
        self.sound_title.setText(self.tr("Sound"))
        self.sound_box.setAccessibleName(self.tr("Sound source"))
        self.sound_box.setToolTip(self.tr("What viewers hear"))
        self._fill_list()
        self._fill_sounds()
        self._show_states()

    def show_offer(self, offer: Devices) -> None:
        """Offer these devices; called again whenever something is plugged in or out."""
        if offer != self._offer:
            self._offer = offer
            self._fill_list()
            self._fill_sounds()

    def show_picture(self, picture: VideoSpec, health: Health, reason: str = "") -> None:
        """Mark this video source as the chosen one, and say how it is doing and why."""
        is_other = picture != self._picture
        self._picture, self._picture_health, self._picture_reason = picture, health, reason
        if is_other:
            self._fill_list()
        self._mark_chosen()
        self._show_states()

    def show_sound(self, sound: AudioSpec, health: Health, reason: str = "") -> None:
        """Mark this audio source as the chosen one, and say how it is doing and why."""
        is_other = sound != self._sound
        self._sound, self._sound_health, self._sound_reason = sound, health, reason
        if is_other:
            self._fill_sounds()
        self._show_states()

    def choices(self) -> list[VideoSpec]:
        """Every picture that a click could choose now, from top to bottom."""
        return [picture for item in self._items() if (picture := item.data(_PICTURE_ROLE)) is not None]

    def _items(self) -> Iterator[QListWidgetItem]:
        return (self.list.item(index) for index in range(self.list.count()))

    def _fill_list(self) -> None:
        self.list.clear()
        groups = (
            (self.tr("Cameras"), VideoKind.CAMERA, self._offer.cameras, self.tr("No camera: plug one in")),
            (
                self.tr("Screens"),
                VideoKind.SCREEN,
                self._offer.screens,
                self.tr("No screen can be captured"),
            ),
            (self.tr("Windows"), VideoKind.WINDOW, self._offer.windows, self.tr("No window is open")),
        )
        for title, kind, entries, nothing in groups:
            self._add_heading(title)
            for entry in entries:
                self._add_choice(VideoSpec(kind, entry.device_id), entry.name or self.tr("Whole screen"))
            if not entries:
                self._add_note(nothing)
        self._add_heading(self.tr("Files and built-in"))
        if self._picture is not None and self._picture.kind is VideoKind.MEDIA_FILE:
            self._add_choice(self._picture, Path(self._picture.target).name)
        self._add_choice(None, self.tr("Media file…"))
        self._add_choice(VideoSpec(VideoKind.DEMO), self.tr("Demo portrait"))
        self._add_choice(VideoSpec(VideoKind.TEST_PATTERN), self.tr("Test pattern"))
        self._mark_chosen()

    def _add_heading(self, text: str) -> None:
        item = QListWidgetItem(self.list)
        plain.set_text(item, text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(color("faint"))

    def _add_note(self, text: str) -> None:
        item = QListWidgetItem(self.list)
        plain.set_text(item, text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setIcon(icon("fa5s.minus", "faint"))
        item.setForeground(color("faint"))

    def _add_choice(self, picture: VideoSpec | None, name: str) -> None:
        item = QListWidgetItem(self.list)
        plain.set_text(item, name)
        plain.set_tooltip(item, name)
        item.setData(_PICTURE_ROLE, picture)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setIcon(icon(_ICONS[picture.kind] if picture else "fa5s.folder-open", "dim"))

    def _mark_chosen(self) -> None:
        for item in self._items():
            picture: VideoSpec | None = item.data(_PICTURE_ROLE)
            if picture is None:
                continue
            is_chosen = picture == self._picture
            token = _DOTS[self._picture_health] if is_chosen else "dim"
            item.setIcon(icon("fa5s.circle" if is_chosen else _ICONS[picture.kind], token))
            if is_chosen:
                self.list.setCurrentItem(item)

    def _fill_sounds(self) -> None:
        entries = [
            (AudioSpec(AudioKind.NONE), self.tr("No sound")),
            (AudioSpec(AudioKind.MICROPHONE), self.tr("Default microphone")),
            *(
                (AudioSpec(AudioKind.MICROPHONE, entry.device_id), entry.name)
                for entry in self._offer.microphones
            ),
            (AudioSpec(AudioKind.VIDEO_SOURCE), self.tr("Sound of the media file")),
            (AudioSpec(AudioKind.DEMO), self.tr("Demo music")),
            (AudioSpec(AudioKind.TEST_TONE), self.tr("Test tone")),
        ]
        if all(sound != self._sound for sound, _ in entries):
            entries.append((self._sound, self.tr("{name} (unplugged)").format(name=self._sound.target)))
        fill_combo(self.sound_box, [(_key(sound), text) for sound, text in entries], _key(self._sound))

    def _show_states(self) -> None:
        plain.set_text(self.picture_state, self._state_text(self._picture_health, self._picture_reason))
        self.picture_state.setVisible(self._picture is not None)
        set_tone(self.picture_state, _TONES[self._picture_health])
        plain.set_text(self.sound_state, self._state_text(self._sound_health, self._sound_reason))
        self.sound_state.setVisible(
            self._sound.kind is not AudioKind.NONE and self._sound_health is not Health.RUNNING
        )
        set_tone(self.sound_state, _TONES[self._sound_health])

    def _state_text(self, health: Health, reason: str) -> str:
        texts = {
            Health.OPENING: self.tr("Opening…"),
            Health.RUNNING: self.tr("Running"),
            Health.TROUBLED: self.tr("No good picture or sound; trying again"),
            Health.FAILED: self.tr("Could not be opened; trying again"),
        }
        return "● " + (reason or texts[health])

    def _on_item_chosen(self, item: QListWidgetItem) -> None:
        if not item.flags() & Qt.ItemFlag.ItemIsSelectable:
            return
        picture: VideoSpec | None = item.data(_PICTURE_ROLE)
        if picture is None:
            self.choose_file()
        elif picture != self._picture:
            self.picture_chosen.emit(picture)
        self._mark_chosen()

    def choose_file(self) -> None:
        """Ask for a media file; it becomes the picture."""
        filters = [
            self.tr("Video (*.mp4 *.mov *.mkv *.webm *.avi *.flv *.ts *.m4v)"),
            self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.gif *.avif)"),
            self.tr("Music with a cover (*.mp3 *.flac *.m4a *.ogg)"),
            self.tr("All files (*)"),
        ]
        dialog = ask_to_open(self, self.tr("Choose a media file"), Place.MoviesLocation, filters)
        dialog.fileSelected.connect(
            lambda path: self.picture_chosen.emit(VideoSpec(VideoKind.MEDIA_FILE, path))
        )
        dialog.open()

    def _on_sound_activated(self, index: int) -> None:
        kind, _, target = str(self.sound_box.itemData(index)).partition(":")
        sound = AudioSpec(AudioKind(kind), target)
        if sound != self._sound:
            self.sound_chosen.emit(sound)


def _key(sound: AudioSpec) -> str:
    return f"{sound.kind.value}:{sound.target}"
