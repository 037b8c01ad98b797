"""A ceiling that no sample passes."""

from typing import ClassVar

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, amplitude, number


class Limiter(SoundFilter):
    """Looks 5 ms ahead and turns down in time for what would pass the ceiling."""

    name = "limiter"
    title = "Limiter"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="ceiling_db", label="Ceiling", low=-20, high=0, default=-1, unit="dB"),
        Slider(name="release_ms", label="Release", low=10, high=500, default=50, unit="ms"),
    )
    delay_samples = 239

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        options = {
            "limit": amplitude(values.number("ceiling_db")),
            "attack": "5",
            "release": number(values.number("release_ms")),
            "level": "0",
        }
        return (Node("alimiter", options),)
