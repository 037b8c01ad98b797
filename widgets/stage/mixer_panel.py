"""The mixer: the main strip with fader, mute and level meter, and further strips below it."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from studio.project.choices import AudioKind
from widgets.common import plain
from widgets.common.forms import column, label, row, say, set_tone, tool_button
from widgets.common.meters import Level, LevelMeter
from widgets.common.retranslate import Retranslated
from widgets.common.silence import Silence
from widgets.common.theme import icon, tabular
from widgets.stage.fader import Fader
from widgets.stage.mixer_strips import MixerStrips
from widgets.stage.unheard_speech import UnheardSpeech

TARGET_LUFS: Final = -16
GOOD_WITHIN_LU: Final = 2
SILENT_LUFS: Final = -70.0


class MixerPanel(Retranslated):
    """The main strip, which shows the gain and the mute it is given and asks for changes; further ones below.

    Args:
        now_s: the time in seconds, by which a warning that was put away comes again.

    Attributes:
        gain_chosen: emitted with a gain in dB, -60 to +12, at most 25 times a second.
        mute_chosen: the host wants silence.
        unmute_chosen: the host wants to be heard again.
        filters_wanted: the host wants to see the strip's filters.
        strips: the further ones.
    """

    gain_chosen = Signal(float)
    mute_chosen = Signal()
    unmute_chosen = Signal()
    filters_wanted = Signal()

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._is_muted = False
        self._unheard = UnheardSpeech()
        self._silence = Silence(now_s)
        self._is_warning = False
        self._mute_keys = ""
        self._kind = AudioKind.MICROPHONE
        self.name = label()
        self.meter = LevelMeter()
        self.fader = Fader()
        self.mute_button: QToolButton = tool_button("fa5s.microphone", "text")
        self.mute_button.setIconSize(QSize(18, 18))
        self.filters_button: QToolButton = tool_button("fa5s.sliders-h", "text")
        self.filters_button.setIconSize(QSize(18, 18))
        self.filters_button.clicked.connect(self.filters_wanted)
        self.strips = MixerStrips()
        self._filter_count = 0
        self.muted_note = label()
        self.silence_button = tool_button("fa5s.bell-slash", "warn")
        self.silence_button.clicked.connect(self._on_silenced)
        self.loudness = label("", "dim")
        self.loudness.setFont(tabular(self.loudness.font()))
        self._lufs = SILENT_LUFS
        self.fader.gain_chosen.connect(self.gain_chosen)
        self.mute_button.clicked.connect(self.toggle_mute)
        head = row(self.name, self.muted_note, self.loudness, self.fader.reading)
        head.insertStretch(2, 1)
        holder = QWidget()
        holder.setLayout(
            column(
                head,
                self.meter,
                row(
                    self.fader,
                    self.filters_button,
                    self.strips.add_button,
                    self.silence_button,
                    self.mute_button,
                ),
                spacing=6,
            )
        )
        layout = column(holder, self.strips, margin=12, spacing=6)
        layout.addStretch(1)
        self.setLayout(layout)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._show_name()
        self.meter.setAccessibleName(self.tr("Sound level"))
        self.fader.setAccessibleName(self.tr("Volume"))
        self.fader.setToolTip(self.tr("Volume; a double click sets it to 0 dB"))
        say(self.silence_button, self.tr("Do not say so for 10 minutes"))
        self._show_mute()
        self._show_filters()
        self._show_loudness()

    def show_filter_count(self, count: int) -> None:
        """Say how many filters are at work."""
        self._filter_count = count
        self._show_filters()

    def show_loudness(self, lufs: float) -> None:
        """Show how loud the last three seconds are to viewers, in LUFS."""
        if round(lufs) != round(self._lufs):
            self._lufs = lufs
            self._show_loudness()

    def _show_filters(self) -> None:
        used = self.tr("Filters: {n} at work").format(n=self._filter_count)
        say(self.filters_button, used if self._filter_count else self.tr("Filters"))
        self.filters_button.setIcon(icon("fa5s.sliders-h", "accent" if self._filter_count else "text"))

    def _show_loudness(self) -> None:
        is_silent = self._lufs <= SILENT_LUFS
        is_good = abs(self._lufs - TARGET_LUFS) <= GOOD_WITHIN_LU
        plain.set_text(self.loudness, "" if is_silent else f"{self._lufs:.0f} LUFS")
        set_tone(self.loudness, "ok" if is_good else "")
        words = self.tr("How loud the last 3 seconds are to viewers; speech sounds best at {target} LUFS")
        plain.set_tooltip(self.loudness, words.format(target=TARGET_LUFS))

    def show_kind(self, kind: AudioKind) -> None:
        """Say what the strip sounds."""
        self._kind = kind
        self._unheard.reset()
        self._show_name()
        self._show_mute()

    def _show_name(self) -> None:
        names = {
            AudioKind.NONE: self.tr("No sound"),
            AudioKind.MICROPHONE: self.tr("Microphone"),
            AudioKind.VIDEO_SOURCE: self.tr("Media file"),
            AudioKind.DEMO: self.tr("Demo music"),
            AudioKind.TEST_TONE: self.tr("Test tone"),
        }
        plain.set_text(self.name, names[self._kind])

    def show_level(self, level: Level) -> None:
        """Show a measurement."""
        self.meter.show_level(level)
        if self._is_muted and self._kind is AudioKind.MICROPHONE:
            self._unheard.add(level.unheard_db)
            if self._is_to_warn is not self._is_warning:
                self._show_mute()

    def name_mute_keys(self, keys: str) -> None:
        """Say which keys mute and unmute, as this machine writes them."""
        self._mute_keys = keys
        self._show_mute()

    def show_gain(self, gain_db: float) -> None:
        """Put the fader where the gain is, in dB, without asking for a change."""
        self.fader.show_gain(gain_db)

    def show_muted(self) -> None:
        """Show that the strip is silent."""
        self._is_muted = True
        self._show_mute()

    def show_unmuted(self) -> None:
        """Show that the strip sounds."""
        self._is_muted = False
        self._unheard.reset()
        self._show_mute()

    def toggle_mute(self) -> None:
        """Ask for the other state; what the mute button and the hotkey do."""
        (self.unmute_chosen if self._is_muted else self.mute_chosen).emit()

    @property
    def _is_to_warn(self) -> bool:
        return self._is_muted and self._unheard.is_speaking and not self._silence.is_on

    def _on_silenced(self) -> None:
        self._silence.begin()
        self._show_mute()

    def _show_mute(self) -> None:
        self.muted_note.setVisible(self._is_muted)
        is_speaking = self._is_warning = self._is_to_warn
        self.silence_button.setVisible(is_speaking)
        speaking = self.tr("You speak while muted: {keys}").format(keys=self._mute_keys)
        plain.set_text(self.muted_note, speaking if is_speaking else self.tr("Muted"))
        set_tone(self.muted_note, "warn" if is_speaking else "bad")
        name, token = ("fa5s.microphone-slash", "fault") if self._is_muted else ("fa5s.microphone", "text")
        self.mute_button.setIcon(icon(name, token))
        say(
            self.mute_button,
            self.tr("Unmute") if self._is_muted else self.tr("Mute"),
        )
