"""Person masks by mediapipe."""

from typing import Final

import cv2
import numpy as np

from effects.frame import Frame
from effects.models.mediapipe_tasks import load_mediapipe
from effects.models.protocols import Probability
from effects.models.registry import ModelError

_STEP_MS: Final = 33
"""Time only has to go forward: the network looks at each picture for itself."""


class MediapipeSegmenter:
    """A `Segmenter`."""

    def __init__(self, content: bytes, size: tuple[int, int]) -> None:
        """Start the task; the first time in a process this takes seconds, for mediapipe is imported.

        Args:
            content: the network, verified.
            size: width and height it was made for; mediapipe scales others, and the mask back, slowly.

        Raises:
            ModelError: mediapipe is not here or refuses the network.
        """
        mediapipe = load_mediapipe()
        options = mediapipe.vision.ImageSegmenterOptions(
            base_options=mediapipe.tasks.BaseOptions(model_asset_buffer=content),
            running_mode=mediapipe.vision.RunningMode.VIDEO,
            output_confidence_masks=True,
            output_category_mask=False,  # costs more than the network
        )
        try:
            self._task = mediapipe.vision.ImageSegmenter.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"mediapipe refuses the network: {error}") from error
        self._mediapipe: Final = mediapipe
        self._size: Final = size
        self._time_ms = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height the network sees."""
        return self._size

    def segment(self, rgb: Frame) -> Probability:
        """Return the mask of a picture of `size`."""
        self._time_ms += _STEP_MS
        image = self._mediapipe.image(image_format=self._mediapipe.rgb, data=rgb)
        mask = self._task.segment_for_video(image, self._time_ms).confidence_masks[0].numpy_view()
        owned = np.array(mask, np.float32).reshape(mask.shape[:2])
        if owned.shape == self._size[::-1]:
            return owned
        return np.asarray(cv2.resize(owned, self._size), np.float32)

    def close(self) -> None:
        """End the task; without it the interpreter's end prints an error."""
        self._task.close()
