"""What the second opinion asks, by LiteRT: what each pixel shows, and whether a hand is in sight."""

from typing import Final

import cv2
import numpy as np

from effects.frame import Frame
from effects.models.lite_network import LiteNetwork
from effects.models.protocols import Classes
from effects.models.registry import Registry

CLASSES_MODEL: Final = "selfie_multiclass"
HANDS_MODEL: Final = "palm_detection"
_SIZE: Final = (256, 256)
_HANDS_SIZE: Final = 192
_SURE_HAND: Final = 0.5


class LiteClassifier:
    """A `Classifier`: mediapipe's selfie_multiclass, about 100 ms a picture."""

    def __init__(self, content: bytes) -> None:
        """Take the network, verified.

        Raises:
            ModelError: LiteRT is not here, or this is another network.
        """
        self._picture: Final = np.empty((1, *_SIZE[::-1], 3), np.float32)
        self._network = LiteNetwork(content, self._picture.shape)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height the network sees."""
        return _SIZE

    def classify(self, rgb: Frame) -> Classes:
        """Return the classes of a picture of `size`, summing to 1 at each pixel."""
        # From -1 to 1: between 0 and 1, as its sister wants it, it half fails and does not say so.
        np.multiply(rgb, np.float32(2 / 255), out=self._picture[0])
        np.subtract(self._picture, np.float32(1), out=self._picture)
        (logits,) = self._network.run(self._picture)
        rising = np.exp(logits[0] - logits[0].max(-1, keepdims=True))
        return np.asarray(rising / rising.sum(-1, keepdims=True), np.float32)


class LiteHandFinder:
    """A `HandFinder`: mediapipe's palm detector, of which only the surest anchor's score is read."""

    def __init__(self, content: bytes) -> None:
        """Take the network, verified.

        Raises:
            ModelError: LiteRT is not here, or this is another network.
        """
        self._picture: Final = np.zeros((1, _HANDS_SIZE, _HANDS_SIZE, 3), np.float32)
        self._network = LiteNetwork(content, self._picture.shape)

    def sees_hand(self, rgb: Frame) -> bool:
        """Say whether there is a hand in a picture of any size."""
        height, width = rgb.shape[:2]
        scale = _HANDS_SIZE / max(height, width)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        left, top = (_HANDS_SIZE - size[0]) // 2, (_HANDS_SIZE - size[1]) // 2
        self._picture[:] = 0
        self._picture[0, top : top + size[1], left : left + size[0]] = small * np.float32(1 / 255)
        scores = self._network.run(self._picture)
        surest = max(float(each.max()) for each in scores if each.shape[-1] == 1)
        return bool(surest > np.log(_SURE_HAND / (1 - _SURE_HAND)))


def make_classifier(registry: Registry) -> LiteClassifier:
    """Return what tells hair, skin and clothes apart.

    Raises:
        ModelError: the model is missing or damaged, or LiteRT is not here.
    """
    return LiteClassifier(registry.content(CLASSES_MODEL))


def make_hand_finder(registry: Registry) -> LiteHandFinder:
    """Return what sees hands; errors as `make_classifier`."""
    return LiteHandFinder(registry.content(HANDS_MODEL))
