"""Person masks by mediapipe."""

from typing import Final

import cv2
import numpy as np

from effects.frame import Frame
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
            size: width and height it was made for: given another, mediapipe scales the mask back at 5 ms a
            megapixel.

        Raises:
            ModelError: mediapipe is not here or refuses the network.
        """
        try:
            import mediapipe
            from mediapipe.tasks import python as tasks
            from mediapipe.tasks.python import vision
            from mediapipe.tasks.python.core import base_options
        except (ImportError, OSError) as error:  # OSError: a shared library it needs is missing
            raise ModelError(f"mediapipe cannot be used: {error}") from error
        # mediapipe 1.2 looks up a metrics host while tasks run unless it believes to be in no known
        # environment (google-ai-edge/mediapipe#6291); tests/effects/models/test_silence.py proves that it
        # does not.
        base_options.HOST_ENVIRONMENT_PYTHON = 0
        options = vision.ImageSegmenterOptions(
            base_options=tasks.BaseOptions(model_asset_buffer=content),
            running_mode=vision.RunningMode.VIDEO,
            output_confidence_masks=True,
            output_category_mask=False,  # costs more than the network
        )
        try:
            self._task = vision.ImageSegmenter.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"mediapipe refuses the network: {error}") from error
        self._image = mediapipe.Image
        self._format = mediapipe.ImageFormat.SRGB
        self._size: Final = size
        self._time_ms = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height the network sees."""
        return self._size

    def segment(self, rgb: Frame) -> Probability:
        """Return the mask of a picture of `size`."""
        self._time_ms += _STEP_MS
        image = self._image(image_format=self._format, data=rgb)
        mask = self._task.segment_for_video(image, self._time_ms).confidence_masks[0].numpy_view()
        owned = np.array(mask, np.float32).reshape(mask.shape[:2])
        if owned.shape == self._size[::-1]:
            return owned
        return np.asarray(cv2.resize(owned, self._size), np.float32)

    def close(self) -> None:
        """End the task; without it the interpreter's end prints an error."""
        self._task.close()
