"""Face landmarks by mediapipe's own task."""

import numpy as np

from effects.frame import Frame
from effects.landmarks import Points
from effects.models.mediapipe_tasks import load_mediapipe
from effects.models.registry import ModelError


class MediapipeLandmarker:
    """Landmarks in video mode: the live-stream mode drops pictures and can hang (mediapipe #5466)."""

    def __init__(self, bundle: bytes, most_faces: int = 1) -> None:
        """Start the task; the first time in a process this takes seconds, for mediapipe is imported.

        Args:
            bundle: content of `face_landmarker.task`.
            most_faces: with more than 1 the detector runs on every picture (1 to 2 ms more).

        Raises:
            ModelError: mediapipe is not here or does not take the model.
        """
        mediapipe = load_mediapipe()
        options = mediapipe.vision.FaceLandmarkerOptions(
            base_options=mediapipe.tasks.BaseOptions(model_asset_buffer=bundle),
            running_mode=mediapipe.vision.RunningMode.VIDEO,
            num_faces=most_faces,
        )
        try:
            self._task = mediapipe.vision.FaceLandmarker.create_from_options(options)
        except (RuntimeError, ValueError, OSError) as error:
            raise ModelError(f"mediapipe does not take the face model: {error}") from error
        self._mediapipe = mediapipe

    def landmarks(self, rgb: Frame, time_ms: int) -> list[Points]:
        """Return each face's landmarks; see `Landmarker`."""
        image = self._mediapipe.image(image_format=self._mediapipe.rgb, data=rgb)
        found = self._task.detect_for_video(image, time_ms).face_landmarks
        size = np.array([rgb.shape[1], rgb.shape[0]], np.float32)
        return [np.array([(p.x, p.y) for p in face], np.float32) * size for face in found]

    def forget(self) -> None:
        """Nothing to do: the task checks by itself whether the face is still where it was."""

    def close(self) -> None:
        """End the task: one left open prints an error when the interpreter ends."""
        self._task.close()
