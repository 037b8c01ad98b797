"""The lower layers of the picture: how large and how dear they are, and when the line carries them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from studio.engine.messages.values import Bitrate
from studio.engine.publish.simulcast import TOP

MARGIN: Final = 1.2
"""A layer comes back only where the top one keeps this much more than it needs: no coming and going."""
LARGEST_SHARE: Final = 0.75
"""A lower layer has at most this share of the picture's height and width, else it would save nothing."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A lower layer.

    Attributes:
        rid: its name on the wire.
        short_side: of its pictures in pixels.
        fps: frames a second, at most.
        kbps: its bitrate.
        top_factor: it is sent while the top layer keeps so many times its bitrate.
    """

    rid: str
    short_side: int
    fps: int
    kbps: int
    top_factor: int

    def size(self, width: int, height: int) -> tuple[int, int] | None:
        """Give its width and height, even, for pictures of this size; None where they are too small."""
        factor = self.short_side / min(width, height)
        if factor > LARGEST_SHARE:
            return None
        return 2 * round(width * factor / 2), 2 * round(height * factor / 2)

    def step(self, fps: int) -> int:
        """Say that it takes every so-many-th picture of `fps` a second."""
        return max(1, round(fps / self.fps))


LOWER_LAYERS: Final = (Layer("m", 360, 30, 550, 2), Layer("l", 180, 15, 110, 3))
"""The better first."""
RIDS: Final = (TOP, *(layer.rid for layer in LOWER_LAYERS))


@dataclass(frozen=True, slots=True)
class Share:
    """How a bitrate is divided: what the top layer gets, and the lower layers that are sent beside it."""

    top_kbps: int
    lower: frozenset[str] = frozenset()


class LayerBudget:
    """Divides the bitrate that the line allows: the lowest layer first, the middle one while there is enough.

    Args:
        rids: lower layers that may be sent.
    """

    def __init__(self, rids: Collection[str] = ()) -> None:
        self._layers = [layer for layer in reversed(LOWER_LAYERS) if layer.rid in rids]
        self._sent = frozenset(rids)

    def bounds(self, bitrate: Bitrate) -> Bitrate:
        """Widen the top layer's bounds by the lower layers that its ceiling lets be sent."""
        ceiling = bitrate.ceiling_kbps
        lower = sum(layer.kbps for layer in self._layers if ceiling >= layer.kbps * layer.top_factor)
        return Bitrate(bitrate.floor_kbps, ceiling + lower)

    def divide(self, total_kbps: int, without: Collection[str] = ()) -> Share:
        """Divide a bitrate.

        Args:
            total_kbps: of all layers.
            without: lower layers that are not sent for another reason.
        """
        kept = self._affordable(total_kbps, 1.0)
        back = self._affordable(total_kbps, MARGIN)
        lower = [layer for layer in kept if layer.rid in self._sent or layer in back]
        self._sent = frozenset(layer.rid for layer in lower)
        sent = [layer for layer in lower if layer.rid not in without]
        return Share(total_kbps - sum(layer.kbps for layer in sent), frozenset(layer.rid for layer in sent))

    def _affordable(self, total_kbps: int, margin: float) -> Sequence[Layer]:
        """Name the layers, lowest first, beside which the top one keeps its least bitrate."""
        affordable: list[Layer] = []
        for layer in self._layers:
            if total_kbps - layer.kbps < layer.kbps * layer.top_factor * margin:
                break
            affordable.append(layer)
            total_kbps -= layer.kbps
        return affordable
