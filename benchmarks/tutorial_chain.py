"""The effects as tutorials put them together, every step full-size and by itself: to compare ours with."""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from effects import landmarks
from effects.delta_table import ColorFunction
from effects.frame import Frame
from effects.models.mediapipe_tasks import Mediapipe, load_mediapipe
from effects.models.registry import Registry

_STEP_MS: Final = 33
_CELLS: Final = 32
_EYES_PX, _EYES_GROWTH = 60, -0.12
_FACE_PX, _FACE_GROWTH = 220, 0.05
"""At a height of 720 pixels."""


class TutorialChain:
    """mediapipe and a bilateral filter on the full frame, fancy indexing for the look, `np.where`."""

    def __init__(self, models: Registry, look: ColorFunction, background: Frame) -> None:
        """Load the networks; frames have the size of `background`."""
        mediapipe = load_mediapipe()
        vision, video = mediapipe.vision, mediapipe.vision.RunningMode.VIDEO
        self._mediapipe = mediapipe
        self._segmenter: Any = vision.ImageSegmenter.create_from_options(
            vision.ImageSegmenterOptions(
                base_options=_model(mediapipe, models, "selfie_segmenter"),
                running_mode=video,
                output_category_mask=True,
                output_confidence_masks=True,
            )
        )
        self._landmarker: Any = vision.FaceLandmarker.create_from_options(
            vision.FaceLandmarkerOptions(
                base_options=_model(mediapipe, models, "face_landmarker"), running_mode=video
            )
        )
        self._table = _table(look)
        self._background = background
        height, width = background.shape[:2]
        self._across, self._down = np.meshgrid(
            np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        )
        self._time_ms = 0

    def finish(self, frame: Frame) -> npt.NDArray[np.uint8]:
        """Return the finished frame as I420."""
        self._time_ms += _STEP_MS
        rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        image = self._mediapipe.image(image_format=self._mediapipe.rgb, data=rgb)
        mask = (
            self._segmenter.segment_for_video(image, self._time_ms).confidence_masks[0].numpy_view()[..., 0]
        )
        found = self._landmarker.detect_for_video(image, self._time_ms).face_landmarks
        if found:
            size = np.array(frame.shape[1::-1], np.float32)
            points = np.array([(p.x, p.y) for p in found[0]], np.float32) * size
            frame = self._reshaped(_smoothed(frame, points), points)
        frame = self._table[frame[..., 2] >> 3, frame[..., 1] >> 3, frame[..., 0] >> 3]
        frame = np.where(np.stack((mask,) * 3, axis=-1) > 0.5, frame, self._background)
        return np.asarray(cv2.cvtColor(np.ascontiguousarray(frame), cv2.COLOR_BGR2YUV_I420), np.uint8)

    def _reshaped(self, frame: Frame, points: landmarks.Points) -> Frame:
        scale = frame.shape[0] / 720
        across, down = np.zeros_like(self._across), np.zeros_like(self._across)
        for middle, reach, growth in (
            (points[list(landmarks.LEFT_EYE)].mean(0), _EYES_PX * scale, _EYES_GROWTH),
            (points[list(landmarks.RIGHT_EYE)].mean(0), _EYES_PX * scale, _EYES_GROWTH),
            (points[landmarks.NOSE_TIP], _FACE_PX * scale, _FACE_GROWTH),
        ):
            x, y = self._across - middle[0], self._down - middle[1]
            near = np.clip(1 - (x * x + y * y) / reach**2, 0, 1) ** 2 * growth
            across += x * near
            down += y * near
        moved = cv2.remap(frame, self._across + across, self._down + down, cv2.INTER_LINEAR)
        return np.asarray(moved, np.uint8)

    def close(self) -> None:
        """Free the networks."""
        self._segmenter.close()
        self._landmarker.close()


def _model(mediapipe: Mediapipe, models: Registry, name: str) -> object:
    options: object = mediapipe.tasks.BaseOptions(model_asset_buffer=models.content(name))
    return options


def _smoothed(frame: Frame, points: landmarks.Points) -> Frame:
    smooth = cv2.bilateralFilter(frame, 9, 75, 75)
    mask = np.zeros(frame.shape[:2], np.uint8)
    cv2.fillPoly(mask, [points[list(landmarks.OVAL)].astype(np.int32)], (255,))
    soft = cv2.GaussianBlur(mask, (31, 31), 0)[..., None] / 255.0
    return np.asarray((smooth * soft + frame * (1 - soft)).astype(np.uint8))


def _table(look: ColorFunction) -> npt.NDArray[np.uint8]:
    """Return the look as uint8 (32, 32, 32, 3): red, green, blue in; blue-green-red out."""
    steps = np.linspace(0, 1, _CELLS, dtype=np.float32)
    colors = np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), axis=-1).reshape(-1, 3)
    graded = np.clip(look(colors), 0, 1).reshape(_CELLS, _CELLS, _CELLS, 3)
    return np.ascontiguousarray((graded[..., ::-1] * 255).astype(np.uint8))
