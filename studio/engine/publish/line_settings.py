"""What a line may carry: which layers it offers, and how it divides its bitrate among them."""

from collections.abc import Collection
from dataclasses import dataclass

from studio.engine.layer_values import Layers
from studio.engine.messages.values import Bitrate
from studio.engine.publish.layers import RIDS, LayerBudget
from studio.engine.publish.simulcast import TOP


@dataclass(frozen=True, slots=True)
class LineSettings:
    """What a line may carry.

    Attributes:
        bitrate: between which bounds the top layer's bitrate moves.
        layers: which are sent, as far as the far end takes them.
    """

    bitrate: Bitrate
    layers: Layers

    @property
    def rids(self) -> tuple[str, ...]:
        """The layers to offer, the best first."""
        return RIDS if self.layers is Layers.THREE else (TOP,)

    @property
    def widest_bounds(self) -> Bitrate:
        """The bounds of all layers together, where the far end takes them all."""
        return self.budget(self.rids).bounds(self.bitrate)

    def budget(self, accepted: Collection[str]) -> LayerBudget:
        """Return what divides the line's bitrate among those layers that were accepted."""
        return LayerBudget([rid for rid in self.rids if rid in accepted and rid != TOP])
