"""All sound filters, in the order in which a voice usually goes through them."""

from typing import Final

from studio.engine.audio.filters.compressor import Compressor
from studio.engine.audio.filters.equalizer import Equalizer
from studio.engine.audio.filters.filter import SoundFilter
from studio.engine.audio.filters.gain import Gain
from studio.engine.audio.filters.gate import Gate
from studio.engine.audio.filters.high_pass import HighPass
from studio.engine.audio.filters.limiter import Limiter
from studio.engine.audio.filters.noise_suppression import NoiseSuppression

SOUND_FILTERS: Final[dict[str, type[SoundFilter]]] = {
    each.name: each for each in (Gain, HighPass, NoiseSuppression, Gate, Compressor, Equalizer, Limiter)
}
