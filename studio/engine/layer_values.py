"""What studio and engine say of the picture's layers."""

from enum import StrEnum

import msgspec


class Layers(StrEnum):
    """In how many sizes the picture is sent; more let viewers on weak lines watch (WHIP's simulcast)."""

    ONE = "one"
    THREE = "three"


class LayerStats(msgspec.Struct, frozen=True):
    """What was sent of one layer in the last second.

    Attributes:
        rid: names the layer: `h`, `m` or `l`.
        width: of its pictures in pixels.
        height: of its pictures in pixels.
        fps: pictures.
        kbps: bits.
    """

    rid: str
    width: int
    height: int
    fps: int
    kbps: float
