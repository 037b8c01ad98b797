"""A further strip of the mixer, in one line: mute, name, level, fader, filters, removal."""

from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from studio.project.project import Strip
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import row, say, set_tone, tool_button
from widgets.common.meters import Level, LevelMeter
from widgets.common.retranslate import Retranslated
from widgets.common.theme import icon
from widgets.stage.fader import Fader

NAME_WIDTH: Final = 60
READING_WIDTH: Final = 58
_ICON: Final = QSize(16, 16)


class ShownStrip(NamedTuple):
    """A strip as it is to be shown.

    Attributes:
        name: of what sounds.
        problem: why it does not sound; empty where it does.
    """

    strip: Strip
    name: str
    problem: str = ""


class MixerStrip(Retranslated):
    """Shows the strip that it is given, and asks for changes.

    Attributes:
        gain_chosen: emitted with a gain in dB, -60 to +12.
        mute_chosen, unmute_chosen, filters_wanted, removal_wanted: what the host wants.
    """

    gain_chosen = Signal(float)
    mute_chosen = Signal()
    unmute_chosen = Signal()
    filters_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, shown: ShownStrip) -> None:
        super().__init__()
        self._shown = shown
        self.mute_button = tool_button("fa5s.volume-up", "text")
        self.name = ElidedLabel()
        self.name.setMinimumWidth(NAME_WIDTH)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.meter = LevelMeter()
        self.fader = Fader()
        self.fader.setMinimumWidth(60)
        self.fader.reading.setMinimumWidth(READING_WIDTH)
        self.filters_button = tool_button("fa5s.sliders-h", "text")
        self.remove_button = tool_button("fa5s.times")
        for button in (self.mute_button, self.filters_button, self.remove_button):
            button.setIconSize(_ICON)
        self.mute_button.clicked.connect(self._on_mute_clicked)
        self.fader.gain_chosen.connect(self.gain_chosen)
        self.filters_button.clicked.connect(self.filters_wanted)
        self.remove_button.clicked.connect(self.removal_wanted)
        line = row(
            self.mute_button, self.name, self.meter, self.fader, self.fader.reading, self.filters_button,
            self.remove_button, spacing=6,
        )  # fmt: skip
        for place, share in ((1, 2), (2, 2), (3, 3)):
            line.setStretch(place, share)
        self.setLayout(line)
        self.show_strip(shown)

    def show_strip(self, shown: ShownStrip) -> None:
        """Show the strip as it is now."""
        is_moved = shown.strip.gain_db * 2 != self.fader.value()
        self._shown = shown
        if is_moved and not self.fader.isSliderDown():
            self.fader.show_gain(shown.strip.gain_db)
        self.retranslate()

    def show_level(self, level: Level) -> None:
        """Show a measurement."""
        self.meter.show_level(level)

    @override
    def retranslate(self) -> None:
        strip, name, problem = self._shown
        self.name.show_text(name)
        set_tone(self.name, "warn" if problem else "")
        if problem:
            plain.set_tooltip(self.name, f"{name}: {problem}")
        plain.set_name(self.meter, self.tr("Sound level of {name}").format(name=name))
        plain.set_name(self.fader, self.tr("Volume of {name}").format(name=name))
        self.fader.setToolTip(self.tr("Volume; a double click sets it to 0 dB"))
        mute = self.tr("Unmute {name}") if strip.is_muted else self.tr("Mute {name}")
        say(self.mute_button, mute.format(name=name))
        self.mute_button.setIcon(
            icon("fa5s.volume-mute", "fault") if strip.is_muted else icon("fa5s.volume-up", "text")
        )
        used = sum(each.is_on for each in strip.filters)
        filters = self.tr("Filters of {name}: {n} at work") if used else self.tr("Filters of {name}")
        say(self.filters_button, filters.format(name=name, n=used))
        self.filters_button.setIcon(icon("fa5s.sliders-h", "accent" if used else "text"))
        say(self.remove_button, self.tr("Take {name} off the mixer").format(name=name))

    def _on_mute_clicked(self) -> None:
        (self.unmute_chosen if self._shown.strip.is_muted else self.mute_chosen).emit()
