"""Chooses what finds the person on this machine."""

import logging
from enum import Enum
from typing import Final

from effects.models.lite_segmenter import LiteSegmenter
from effects.models.mediapipe_segmenter import MediapipeSegmenter
from effects.models.protocols import Segmenter
from effects.models.registry import ModelError, Registry

log = logging.getLogger("livestall.effects")


class Detail(Enum):
    """How fine the person's mask is: the model's name, and the width and height it sees."""

    FINE = ("selfie_segmenter", 256, 256)
    COARSE = ("selfie_segmenter_landscape", 256, 144)


_SIZES: Final = {each: (each.value[1], each.value[2]) for each in Detail}


def best_segmenter(registry: Registry, detail: Detail = Detail.FINE) -> Segmenter:
    """Return the faster backend of those that are here.

    Raises:
        ModelError: the model is missing or damaged, or neither backend can be used; the text says why.
    """
    content = registry.content(detail.value[0])
    try:
        return LiteSegmenter(content, _SIZES[detail])
    except ModelError as error:
        log.info("person masks by mediapipe: %s", error)
        return MediapipeSegmenter(content, _SIZES[detail])
