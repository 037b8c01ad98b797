"""The settings: picture, bitrate, devices, network, language; it shows values and gives back values."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from widgets.common.forms import column, combo, fill_combo, form, label, push_button, row, say
from widgets.common.theme import icon
from widgets.sources_panel import Offer, Picture, PictureKind, Sound, SoundKind

MIN_KBPS: Final = 100
MAX_KBPS: Final = 20_000
PAGE_ROW_HEIGHT: Final = 36
RATES: Final = (15, 24, 25, 30, 50, 60)


class Orientation(StrEnum):
    """The shape of the picture."""

    PORTRAIT = "9:16"
    LANDSCAPE = "16:9"


class BackendPlace(StrEnum):
    """Where the backend runs."""

    HERE = "here"
    REMOTE = "remote"


@dataclass(frozen=True)
class SettingsValues:
    """What the dialog shows and gives back.

    Attributes:
        language: `zh_CN`, `en`, or empty for the system's.
        encoder: FFmpeg name; empty for the best that opens.
        is_open_to_lan: whether phones on the network reach the backend that runs here.
        port: of the backend that runs here; 0 takes a free one.
        remote_url, remote_room, remote_token: the backend elsewhere.
    """

    language: str = ""
    orientation: Orientation = Orientation.PORTRAIT
    fps: int = 30
    floor_kbps: int = 400
    ceiling_kbps: int = 2500
    encoder: str = ""
    picture: Picture = field(default_factory=lambda: Picture(PictureKind.CAMERA))
    sound: Sound = field(default_factory=lambda: Sound(SoundKind.MICROPHONE))
    backend_place: BackendPlace = BackendPlace.HERE
    is_open_to_lan: bool = False
    port: int = 8787
    remote_url: str = ""
    remote_room: str = ""
    remote_token: str = ""


ENCODERS: Final = ("", "libx264", "h264_nvenc", "h264_qsv", "h264_amf", "h264_videotoolbox", "h264_vaapi")


class SettingsDialog(QDialog):
    """Opened with `open()`, never `exec()`.

    Attributes:
        values_chosen: emitted with the new `SettingsValues` when the host saves.
    """

    values_chosen = Signal(object)

    def __init__(self, values: SettingsValues, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(680, 460)
        self._values = values
        self._offer = offer
        self.pages = QStackedWidget()
        self.list = QListWidget()
        self.list.setObjectName("pages")
        self.list.setIconSize(QSize(16, 16))
        self.list.setFixedWidth(160)
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        self.list.currentRowChanged.connect(self.pages.setCurrentIndex)
        self._add_page("fa5s.video", self.tr("Picture"), self._make_picture_page())
        self._add_page("fa5s.tachometer-alt", self.tr("Bitrate"), self._make_bitrate_page())
        self._add_page("fa5s.microphone", self.tr("Devices"), self._make_devices_page())
        self._add_page("fa5s.network-wired", self.tr("Network"), self._make_network_page())
        self._add_page("fa5s.language", self.tr("Language"), self._make_language_page())
        self.list.setCurrentRow(0)
        self._lay_out()
        self._on_place_changed()

    def _lay_out(self) -> None:
        self.cancel_button = push_button()
        self.save_button = push_button()
        self.save_button.setProperty("primary", "true")
        self.save_button.setDefault(True)
        say(self.cancel_button, self.tr("Cancel"), self.tr("Close without changing anything"))
        say(self.save_button, self.tr("Save"), self.tr("Keep these settings and use them from now on"))
        self.cancel_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self._on_saved)
        self.error = label()
        self.error.setProperty("tone", "bad")
        self.error.setWordWrap(True)
        body = row(self.list, self.pages, spacing=18)
        body.setStretch(1, 1)
        foot = row(self.error, self.cancel_button, self.save_button)
        foot.setStretch(0, 1)
        layout = column(body, foot, margin=16, spacing=14)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _add_page(self, icon_name: str, name: str, page: QWidget) -> None:
        item = QListWidgetItem(icon(icon_name, "dim"), name, self.list)
        item.setSizeHint(QSize(0, PAGE_ROW_HEIGHT))
        heading = label(name, "title")
        holder = QWidget()
        layout = column(heading, page, spacing=14)
        layout.addStretch(1)
        holder.setLayout(layout)
        self.pages.addWidget(holder)

    def _make_picture_page(self) -> QWidget:
        self.orientation = combo()
        orientations = [
            (Orientation.PORTRAIT.value, self.tr("9:16 upright, 720 × 1280 (phones)")),
            (Orientation.LANDSCAPE.value, self.tr("16:9 wide, 1280 × 720")),
        ]
        fill_combo(self.orientation, orientations, self._values.orientation.value)
        self.fps = combo()
        rates = sorted({*RATES, self._values.fps})
        fill_combo(
            self.fps,
            [(str(fps), self.tr("{n} a second").format(n=fps)) for fps in rates],
            str(self._values.fps),
        )
        self.encoder = combo()
        names = [(name, name or self.tr("Automatic: the best that opens")) for name in ENCODERS]
        fill_combo(self.encoder, names, self._values.encoder)
        page = QWidget()
        rows = form()
        rows.addRow(self._named(self.tr("Canvas"), self.orientation), self.orientation)
        rows.addRow(self._named(self.tr("Frames"), self.fps), self.fps)
        rows.addRow(self._named(self.tr("Encoder"), self.encoder), self.encoder)
        rows.addRow("", self._hint(self.tr("A change while live makes viewers see a short gap.")))
        page.setLayout(rows)
        return page

    def _make_bitrate_page(self) -> QWidget:
        self.floor = self._kbps(self._values.floor_kbps)
        self.ceiling = self._kbps(self._values.ceiling_kbps)
        page = QWidget()
        rows = form()
        rows.addRow(self._named(self.tr("Not below"), self.floor), self.floor)
        rows.addRow(self._named(self.tr("Not above"), self.ceiling), self.ceiling)
        text = self.tr("The bitrate follows your line between these two. 2,500 kb/s is good for 720p.")
        rows.addRow("", self._hint(text))
        page.setLayout(rows)
        return page

    def _make_devices_page(self) -> QWidget:
        self.camera = combo()
        cameras = [("", self.tr("First camera"))] + [
            (entry.target, entry.name) for entry in self._offer.cameras
        ]
        is_camera = self._values.picture.kind is PictureKind.CAMERA
        fill_combo(self.camera, cameras, self._values.picture.target if is_camera else "")
        self.camera.setEnabled(is_camera)
        self.microphone = combo()
        microphones = [("", self.tr("Default microphone"))]
        microphones += [(entry.target, entry.name) for entry in self._offer.microphones]
        is_microphone = self._values.sound.kind is SoundKind.MICROPHONE
        fill_combo(self.microphone, microphones, self._values.sound.target if is_microphone else "")
        self.microphone.setEnabled(is_microphone)
        page = QWidget()
        rows = form()
        rows.addRow(self._named(self.tr("Camera"), self.camera), self.camera)
        rows.addRow(self._named(self.tr("Microphone"), self.microphone), self.microphone)
        text = self.tr("Screens, windows and files are chosen in the Sources panel.")
        rows.addRow("", self._hint(text))
        page.setLayout(rows)
        return page

    def _make_network_page(self) -> QWidget:
        self.place = combo()
        places = [
            (BackendPlace.HERE.value, self.tr("On this computer")),
            (BackendPlace.REMOTE.value, self.tr("On a server")),
        ]
        fill_combo(self.place, places, self._values.backend_place.value)
        self.place.currentIndexChanged.connect(self._on_place_changed)
        self.lan = QCheckBox(self.tr("Let phones on this network watch"))
        self.lan.setToolTip(self.tr("Listens on all addresses of this computer instead of itself alone"))
        self.lan.setChecked(self._values.is_open_to_lan)
        self.port = QSpinBox()
        self.port.setRange(0, 65535)
        self.port.setValue(self._values.port)
        self.url = QLineEdit(self._values.remote_url)
        self.url.setPlaceholderText("http://192.168.1.20:8787")
        self.room = QLineEdit(self._values.remote_room)
        self.token = QLineEdit(self._values.remote_token)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        page = QWidget()
        self._network = form()
        self._network.addRow(self._named(self.tr("Backend"), self.place), self.place)
        self._network.addRow("", self.lan)
        self._network.addRow(self._named(self.tr("Port"), self.port), self.port)
        self._network.addRow(self._named(self.tr("Address"), self.url), self.url)
        self._network.addRow(self._named(self.tr("Room"), self.room), self.room)
        self._network.addRow(self._named(self.tr("Host token"), self.token), self.token)
        page.setLayout(self._network)
        return page

    def _make_language_page(self) -> QWidget:
        self.language = combo()
        languages = [("", self.tr("As the system")), ("zh_CN", "简体中文"), ("en", "English")]
        fill_combo(self.language, languages, self._values.language)
        page = QWidget()
        rows = form()
        rows.addRow(self._named(self.tr("Language"), self.language), self.language)
        page.setLayout(rows)
        return page

    def _named(self, text: str, field_widget: QWidget) -> QWidget:
        named = label(text)
        named.setBuddy(field_widget)
        field_widget.setAccessibleName(text)
        return named

    def _hint(self, text: str) -> QWidget:
        made = label(text, "faint")
        made.setWordWrap(True)
        return made

    def _kbps(self, value: int) -> QSpinBox:
        made = QSpinBox()
        made.setRange(MIN_KBPS, MAX_KBPS)
        made.setSingleStep(100)
        made.setGroupSeparatorShown(True)
        made.setSuffix(" kb/s")
        made.setValue(value)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    def _on_place_changed(self) -> None:
        is_here = self.place.currentData() == BackendPlace.HERE.value
        here: tuple[QWidget, ...] = (self.lan, self.port)
        there: tuple[QWidget, ...] = (self.url, self.room, self.token)
        for widget in here:
            self._network.setRowVisible(widget, is_here)
        for widget in there:
            self._network.setRowVisible(widget, not is_here)

    def _on_saved(self) -> None:
        for is_wrong, text in self._checks():
            if is_wrong():
                self.error.setText(text)
                return
        self.values_chosen.emit(self.values())
        self.accept()

    def _checks(self) -> list[tuple[Callable[[], bool], str]]:
        is_remote = self.place.currentData() == BackendPlace.REMOTE.value
        return [
            (
                lambda: self.floor.value() > self.ceiling.value(),
                self.tr("The lower bitrate is above the upper one. Lower it, or raise the other."),
            ),
            (
                lambda: is_remote and not self.url.text().strip().startswith(("http://", "https://")),
                self.tr("The server's address must begin with http:// or https://."),
            ),
            (
                lambda: is_remote and not (self.room.text().strip() and self.token.text().strip()),
                self.tr("Give the room and the host token; the server's operator has both."),
            ),
        ]

    def values(self) -> SettingsValues:
        """What the fields hold now."""
        picture, sound = self._values.picture, self._values.sound
        if self.camera.isEnabled():
            picture = Picture(PictureKind.CAMERA, self.camera.currentData())
        if self.microphone.isEnabled():
            sound = Sound(SoundKind.MICROPHONE, self.microphone.currentData())
        return SettingsValues(
            language=self.language.currentData(),
            orientation=Orientation(self.orientation.currentData()),
            fps=int(self.fps.currentData()),
            floor_kbps=self.floor.value(),
            ceiling_kbps=self.ceiling.value(),
            encoder=self.encoder.currentData(),
            picture=picture,
            sound=sound,
            backend_place=BackendPlace(self.place.currentData()),
            is_open_to_lan=self.lan.isChecked(),
            port=self.port.value(),
            remote_url=self.url.text().strip().rstrip("/"),
            remote_room=self.room.text().strip(),
            remote_token=self.token.text().strip(),
        )
