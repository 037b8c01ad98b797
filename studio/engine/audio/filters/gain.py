"""Louder or softer, before the other filters or after them."""

from typing import ClassVar

from typing_extensions import override

from effects.params import Parameter, Slider, Values
from studio.engine.audio.filters.filter import Node, SoundFilter, number


class Gain(SoundFilter):
    """Changes the level by so many dB."""

    name = "gain"
    title = "Gain"
    parameters: ClassVar[tuple[Parameter, ...]] = (
        Slider(name="gain_db", label="Gain", low=-30, high=30, unit="dB"),
    )

    @classmethod
    @override
    def nodes(cls, values: Values) -> tuple[Node, ...]:
        return (Node("volume", {"volume": f"{number(values.number('gain_db'))}dB"}),)
