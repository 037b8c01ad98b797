"""Evens out loud and soft speech."""

from typing import ClassVar

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, amplitude, number


class Compressor(SoundFilter):
    """Lets a level rise above the threshold by only a part of what comes; the knee is 9 dB wide."""

    name = "compressor"
    title = "Compressor"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="threshold_db", label="Threshold", low=-60, high=0, default=-18, unit="dB"),
        Slider(name="ratio", label="Ratio", low=1, high=20, default=3, unit=": 1"),
        Slider(name="attack_ms", label="Attack", low=1, high=200, default=6, unit="ms"),
        Slider(name="release_ms", label="Release", low=20, high=1000, default=120, unit="ms"),
        Slider(name="makeup_db", label="Make-up gain", low=0, high=24, unit="dB"),
    )

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        options = {
            "threshold": amplitude(values.number("threshold_db")),
            "ratio": number(values.number("ratio")),
            "attack": number(values.number("attack_ms")),
            "release": number(values.number("release_ms")),
            "makeup": amplitude(values.number("makeup_db")),
        }
        return (Node("acompressor", options),)
