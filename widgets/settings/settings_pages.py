"""The pages of the settings dialog: each shows its part of the values, checks it, and returns it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLineEdit, QSpinBox, QWidget
from typing_extensions import override

from studio.engine.messages.values import Devices
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec
from widgets.common import plain
from widgets.common.forms import caption, combo, fill_combo, form, label
from widgets.settings.settings_values import (
    ENCODERS,
    MAX_KBPS,
    MIN_KBPS,
    RATES,
    BackendPlace,
    Orientation,
    SettingsValues,
)


class Page(QWidget):
    """One page; a subclass fills its rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: QFormLayout = form()
        self.setLayout(self.rows)

    def fault(self) -> str:
        """What is wrong with what was typed, and what helps; empty when nothing is."""
        return ""

    def applied_to(self, values: SettingsValues) -> SettingsValues:
        """The values with this page's part as it was chosen."""
        raise NotImplementedError

    def _add(self, text: str, widget: QWidget) -> None:
        plain.set_name(widget, text)
        self.rows.addRow(caption(text, widget), widget)

    def _hint(self, text: str) -> None:
        made = label(text, "faint")
        made.setWordWrap(True)
        self.rows.addRow("", made)


class PicturePage(Page):
    """Canvas, frame rate, encoder."""

    def __init__(self, values: SettingsValues) -> None:
        super().__init__()
        self.orientation = combo()
        shapes = [
            (Orientation.PORTRAIT.value, self.tr("9:16 upright, 720 × 1280 (phones)")),
            (Orientation.LANDSCAPE.value, self.tr("16:9 wide, 1280 × 720")),
        ]
        fill_combo(self.orientation, shapes, values.orientation.value)
        self.fps = combo()
        rates = [(str(fps), self.tr("{n} a second").format(n=fps)) for fps in sorted({*RATES, values.fps})]
        fill_combo(self.fps, rates, str(values.fps))
        self.encoder = combo()
        names = [(name, name or self.tr("Automatic: the best that opens")) for name in ENCODERS]
        fill_combo(self.encoder, names, values.encoder)
        self._add(self.tr("Canvas"), self.orientation)
        self._add(self.tr("Frames"), self.fps)
        self._add(self.tr("Encoder"), self.encoder)
        self._hint(self.tr("A change while live makes viewers see a short gap."))

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return replace(
            values,
            orientation=Orientation(self.orientation.currentData()),
            fps=int(self.fps.currentData()),
            encoder=self.encoder.currentData(),
        )


class BitratePage(Page):
    """Between which bounds the bitrate adapts."""

    def __init__(self, values: SettingsValues) -> None:
        super().__init__()
        self.floor = self._kbps(values.floor_kbps)
        self.ceiling = self._kbps(values.ceiling_kbps)
        self._add(self.tr("Not below"), self.floor)
        self._add(self.tr("Not above"), self.ceiling)
        self._hint(self.tr("The bitrate follows your line between these two. 2,500 kb/s is good for 720p."))
        self.layers = QCheckBox(self.tr("Send two smaller pictures too"))
        self.layers.setChecked(values.sends_layers)
        self.rows.addRow("", self.layers)
        self._hint(
            self.tr(
                "Viewers on weak lines get them instead of a picture that stands still. They take up to"
                " 660 kb/s more upload, and are left out while your line or computer has no room for them."
            )
        )

    def _kbps(self, value: int) -> QSpinBox:
        made = QSpinBox()
        made.setRange(MIN_KBPS, MAX_KBPS)
        made.setSingleStep(100)
        made.setGroupSeparatorShown(True)
        made.setSuffix(" kb/s")
        made.setValue(value)
        made.setAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    @override
    def fault(self) -> str:
        if self.floor.value() <= self.ceiling.value():
            return ""
        return self.tr("The lower bitrate is above the upper one. Lower it, or raise the other.")

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return replace(
            values,
            floor_kbps=self.floor.value(),
            ceiling_kbps=self.ceiling.value(),
            sends_layers=self.layers.isChecked(),
        )


class DevicesPage(Page):
    """Which camera and which microphone, while such are used."""

    def __init__(self, values: SettingsValues, offer: Devices) -> None:
        super().__init__()
        self.camera = combo()
        cameras = [("", self.tr("First camera")), *((entry.device_id, entry.name) for entry in offer.cameras)]
        is_camera = values.picture.kind is VideoKind.CAMERA
        fill_combo(self.camera, cameras, values.picture.target if is_camera else "")
        self.camera.setEnabled(is_camera)
        self.microphone = combo()
        named = ((entry.device_id, entry.name) for entry in offer.microphones)
        microphones = [("", self.tr("Default microphone")), *named]
        is_microphone = values.sound.kind is AudioKind.MICROPHONE
        fill_combo(self.microphone, microphones, values.sound.target if is_microphone else "")
        self.microphone.setEnabled(is_microphone)
        self._add(self.tr("Camera"), self.camera)
        self._add(self.tr("Microphone"), self.microphone)
        self._hint(self.tr("Screens, windows and files are chosen in the Sources panel."))

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        if self.camera.isEnabled():
            values = replace(values, picture=VideoSpec(VideoKind.CAMERA, self.camera.currentData()))
        if self.microphone.isEnabled():
            values = replace(values, sound=AudioSpec(AudioKind.MICROPHONE, self.microphone.currentData()))
        return values


class NetworkPage(Page):
    """Where the backend runs, and who reaches it."""

    def __init__(self, values: SettingsValues) -> None:
        super().__init__()
        self.place = combo()
        places = [
            (BackendPlace.HERE.value, self.tr("On this computer")),
            (BackendPlace.REMOTE.value, self.tr("On a server")),
        ]
        fill_combo(self.place, places, values.backend_place.value)
        self.place.currentIndexChanged.connect(self._show_place)
        self.lan = QCheckBox(self.tr("Let phones on this network watch"))
        self.lan.setToolTip(self.tr("Listens on all addresses of this computer instead of itself alone"))
        self.lan.setChecked(values.is_open_to_lan)
        self.port = QSpinBox()
        self.port.setRange(0, 65535)
        self.port.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.port.setValue(values.port)
        self.port.setToolTip(self.tr("0 takes a free one at every start"))
        self.url = QLineEdit(values.remote_url)
        self.url.setPlaceholderText("http://192.168.1.20:8787")
        self.room = QLineEdit(values.remote_room)
        self.token = QLineEdit(values.remote_token)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self._add(self.tr("Server"), self.place)
        self.rows.addRow("", self.lan)
        self._add(self.tr("Port"), self.port)
        self._add(self.tr("Address"), self.url)
        self._add(self.tr("Room"), self.room)
        self._add(self.tr("Host token"), self.token)
        self._show_place()

    @property
    def is_remote(self) -> bool:
        """Whether the backend runs elsewhere."""
        return bool(self.place.currentData() == BackendPlace.REMOTE.value)

    def _show_place(self) -> None:
        here: tuple[QWidget, ...] = (self.lan, self.port)
        there: tuple[QWidget, ...] = (self.url, self.room, self.token)
        for widget in here:
            self.rows.setRowVisible(widget, not self.is_remote)
        for widget in there:
            self.rows.setRowVisible(widget, self.is_remote)

    @override
    def fault(self) -> str:
        if not self.is_remote:
            return ""
        if not self.url.text().strip().startswith(("http://", "https://")):
            return self.tr("The server's address must begin with http:// or https://.")
        if not (self.room.text().strip() and self.token.text().strip()):
            return self.tr("Give the room and the host token; the server's operator has both.")
        return ""

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return replace(
            values,
            backend_place=BackendPlace(self.place.currentData()),
            is_open_to_lan=self.lan.isChecked(),
            port=self.port.value(),
            remote_url=self.url.text().strip().rstrip("/"),
            remote_room=self.room.text().strip(),
            remote_token=self.token.text().strip(),
        )


class LanguagePage(Page):
    """The interface's language."""

    def __init__(self, values: SettingsValues) -> None:
        super().__init__()
        self.language = combo()
        languages = [("", self.tr("As the system")), ("zh_CN", "简体中文"), ("en", "English")]
        fill_combo(self.language, languages, values.language)
        self._add(self.tr("Language"), self.language)

    @override
    def applied_to(self, values: SettingsValues) -> SettingsValues:
        return replace(values, language=self.language.currentData())
