"""The mixer's further strips, one below the other, and the button that adds one."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from studio.engine.messages.values import Device
from studio.project.choices import AudioKind, AudioSpec
from widgets.common import plain
from widgets.common.forms import column, say, tool_button
from widgets.common.meters import Level
from widgets.common.retranslate import Retranslated
from widgets.stage.mixer_strip import MixerStrip, ShownStrip

MOST_STRIPS: Final = 8
SEEN_AT_ONCE: Final = 2
STRIP_HEIGHT: Final = 36


class MixerStrips(Retranslated):
    """Shows the strips that it is given, two of them at once; where there is none it takes no room.

    Attributes:
        sound_wanted: emitted with the `AudioSpec` that is to sound on a strip of its own.
        gain_chosen: emitted with a strip's id and a gain in dB.
        mute_chosen, unmute_chosen, filters_wanted, removal_wanted: emitted with a strip's id.
        add_button: whoever has the strips places it.
    """

    sound_wanted = Signal(object)
    gain_chosen = Signal(str, float)
    mute_chosen = Signal(str)
    unmute_chosen = Signal(str)
    filters_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.strips: dict[str, MixerStrip] = {}
        self._microphones: Sequence[Device] = ()
        self.add_button = tool_button("fa5s.plus", "text")
        self.add_button.setIconSize(QSize(18, 18))
        self.add_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(parent=self.add_button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.add_button.setMenu(self._menu)
        holder = QWidget()
        self._lines = column(spacing=0)
        self._lines.addStretch(1)
        holder.setLayout(self._lines)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(holder)
        self.setLayout(column(self._area))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.add_button, self.tr("Add a sound"), self.tr("Let one more microphone, music or file sound"))
        self._area.setAccessibleName(self.tr("Further sounds"))

    def show_microphones(self, microphones: Sequence[Device]) -> None:
        """Offer these microphones."""
        self._microphones = microphones

    def show_strips(self, shown: Sequence[ShownStrip]) -> None:
        """Show these strips, in this order."""
        wanted = {one.strip.id for one in shown}
        for strip_id in [each for each in self.strips if each not in wanted]:
            gone = self.strips.pop(strip_id)
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for place, one in enumerate(shown):
            widget = self.strips.get(one.strip.id) or self._make(one)
            widget.show_strip(one)
            self._lines.insertWidget(place, widget)
        self.setFixedHeight(STRIP_HEIGHT * min(len(shown), SEEN_AT_ONCE))
        self.setVisible(bool(shown))
        self.add_button.setEnabled(len(shown) < MOST_STRIPS)

    def show_level(self, strip_id: str, level: Level) -> None:
        """Show a measurement of a strip."""
        if strip_id in self.strips:
            self.strips[strip_id].show_level(level)

    def _make(self, shown: ShownStrip) -> MixerStrip:
        strip_id = shown.strip.id
        made = self.strips[strip_id] = MixerStrip(shown)
        made.setFixedHeight(STRIP_HEIGHT)
        made.gain_chosen.connect(partial(self.gain_chosen.emit, strip_id))
        made.mute_chosen.connect(partial(self.mute_chosen.emit, strip_id))
        made.unmute_chosen.connect(partial(self.unmute_chosen.emit, strip_id))
        made.filters_wanted.connect(partial(self.filters_wanted.emit, strip_id))
        made.removal_wanted.connect(partial(self.removal_wanted.emit, strip_id))
        return made

    def choices(self) -> list[tuple[AudioSpec, str]]:
        """Return what can be added, and its name."""
        return [
            (AudioSpec(AudioKind.MICROPHONE), self.tr("Default microphone")),
            *((AudioSpec(AudioKind.MICROPHONE, one.device_id), one.name) for one in self._microphones),
            (AudioSpec(AudioKind.VIDEO_SOURCE), self.tr("Sound of the media file")),
            (AudioSpec(AudioKind.DEMO), self.tr("Demo music")),
            (AudioSpec(AudioKind.TEST_TONE), self.tr("Test tone")),
        ]

    def _fill_menu(self) -> None:
        self._menu.clear()
        for spec, name in self.choices():
            action = self._menu.addAction("")
            plain.set_text(action, name)
            action.triggered.connect(partial(self.sound_wanted.emit, spec))
