"""Bass, middle and treble."""

from typing import ClassVar, Final

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, number

_BASS_HZ: Final = 150.0
_TREBLE_HZ: Final = 6000.0


class Equalizer(SoundFilter):
    """Three bands: a low shelf below 150 Hz, a bell in between, a high shelf above 6 kHz."""

    name = "equalizer"
    title = "Equalizer"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="bass_db", label="Bass", low=-15, high=15, unit="dB"),
        Slider(name="middle_db", label="Middle", low=-15, high=15, unit="dB"),
        Slider(name="middle_hz", label="Middle frequency", low=300, high=5000, default=1200, unit="Hz"),
        Slider(name="treble_db", label="Treble", low=-15, high=15, unit="dB"),
    )

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        return (
            _band("bass", _BASS_HZ, 0.707, values.number("bass_db")),
            _band("equalizer", values.number("middle_hz"), 1.0, values.number("middle_db")),
            _band("treble", _TREBLE_HZ, 0.707, values.number("treble_db")),
        )


def _band(name: str, frequency_hz: float, quality: float, gain_db: float) -> Node:
    options = {"f": number(frequency_hz), "t": "q", "w": number(quality), "g": number(gain_db)}
    return Node(name, options)
