"""All sound filters, in the order in which a voice usually goes through them."""

import logging
from collections.abc import Iterable
from typing import Final

from effects.params import ParameterError, Values
from studio.engine.audio.filters.compressor import Compressor
from studio.engine.audio.filters.equalizer import Equalizer
from studio.engine.audio.filters.filter import FilterInUse, SoundFilter
from studio.engine.audio.filters.gain import Gain
from studio.engine.audio.filters.gate import Gate
from studio.engine.audio.filters.high_pass import HighPass
from studio.engine.audio.filters.limiter import Limiter
from studio.engine.audio.filters.noise_suppression import NoiseSuppression
from studio.project import project

log = logging.getLogger("livestall.audio")

SOUND_FILTERS: Final[dict[str, type[SoundFilter]]] = {
    each.name: each for each in (Gain, HighPass, NoiseSuppression, Gate, Compressor, Equalizer, Limiter)
}


def in_use(filters: Iterable[project.SoundFilter]) -> tuple[FilterInUse, ...]:
    """Return the filters of a project's strip that are on; what is not known here is left out."""
    return tuple(found for each in filters if each.is_on and (found := _found(each)) is not None)


def _found(wanted: project.SoundFilter) -> FilterInUse | None:
    sound_filter = SOUND_FILTERS.get(wanted.name)
    try:
        if sound_filter is not None:
            return FilterInUse(sound_filter, Values(sound_filter.parameters, wanted.values))
    except ParameterError as error:
        log.warning("the filter %s is left out: %s", wanted.name, error)
        return None
    log.warning("the filter %s is left out: it is not known", wanted.name)
    return None
