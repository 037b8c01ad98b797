"""Face landmarks by LiteRT: the networks of mediapipe's bundle without its graph, at 0.6 of the cost a face.

What the graph does around the networks is done here: the detector is asked only now and then while faces are
followed, and each face is cut out upright by its last landmarks (mediapipe, modules/face_landmark/*.pbtxt).
"""

import io
import zipfile
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.frame import Frame
from effects.landmarks import Points
from effects.models.lite_network import LiteNetwork
from effects.models.registry import ModelError

_DETECTOR_SIZE: Final = 128
_MESH_SIZE: Final = 256
_MARGIN: Final = 1.5
"""The cut-out is so many times the face's box."""
_SURE_FACE: Final = 0.5
_OVERLAP: Final = 0.3
"""Boxes that share more than this are one face."""
_LOOK_EVERY: Final = 6
"""While faces are followed, every so many pictures the detector looks for further ones."""

_LEFT_EYE_CORNER, _RIGHT_EYE_CORNER = 33, 263


class _Crop:
    """A turned square of a picture: its middle, side and angle."""

    def __init__(self, middle: npt.NDArray[np.float64], side: float, degrees: float, size: int) -> None:
        self.middle = middle
        scale = size / max(side, 1.0)
        matrix = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), degrees, scale)
        self.matrix = np.asarray(matrix, np.float64)
        self.matrix[:, 2] += size / 2 - middle
        self._back = cv2.invertAffineTransform(self.matrix)

    def to_picture(self, points: Points) -> Points:
        return np.asarray(points @ self._back[:, :2].T + self._back[:, 2], np.float32)


class LiteLandmarker:
    """Landmarks by LiteRT; implements `Landmarker`."""

    def __init__(self, bundle: bytes, most_faces: int = 4) -> None:
        """Take the networks out of the bundle.

        Args:
            bundle: content of `face_landmarker.task`, a zip archive.
            most_faces: the largest ones are followed; each takes about 4.5 ms.

        Raises:
            ModelError: LiteRT is not here, or the bundle is not what is expected.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
                detector = archive.read("face_detector.tflite")
                mesh = archive.read("face_landmarks_detector.tflite")
        except (zipfile.BadZipFile, KeyError) as error:
            raise ModelError(
                f"expected a face landmarker bundle, got {len(bundle)} bytes: {error}"
            ) from error
        self._detector = _Detector(LiteNetwork(detector))
        self._mesh = LiteNetwork(mesh)
        self._most_faces = most_faces
        self._input = np.empty((1, _MESH_SIZE, _MESH_SIZE, 3), np.float32)
        self._crop = np.empty((_MESH_SIZE, _MESH_SIZE, 3), np.uint8)
        self._followed: list[Points] = []
        self._since_look = 0

    def landmarks(self, rgb: Frame, time_ms: int) -> list[Points]:
        """Return each face's landmarks; see `Landmarker`."""
        found = self._meshes(rgb, [_crop_of_face(points) for points in self._followed], [])
        self._since_look += 1
        if not found or (len(found) < self._most_faces and self._since_look >= _LOOK_EVERY):
            self._since_look = 0
            found = self._meshes(rgb, self._detector.crops(rgb), found)
        self._followed = found
        return list(found)

    def forget(self) -> None:
        """Look for faces without what was found before."""
        self._followed = []

    def close(self) -> None:
        """Nothing to free but memory."""
        self._followed = []

    def _meshes(self, rgb: Frame, crops: Sequence[_Crop], known: list[Points]) -> list[Points]:
        """Return `known` and the faces in `crops` that are not among them, up to the most that are wanted."""
        found = list(known)
        for crop in crops:
            if len(found) >= self._most_faces:
                break
            if any(_is_inside(crop.middle, _box(points)) for points in known):
                continue  # the detector sees again who is followed
            points = self._one_mesh(rgb, crop)
            if points is not None and all(_shared(_box(points), _box(each)) < _OVERLAP for each in found):
                found.append(points)
        return found

    def _one_mesh(self, rgb: Frame, crop: _Crop) -> Points | None:
        cv2.warpAffine(rgb, crop.matrix, (_MESH_SIZE, _MESH_SIZE), dst=self._crop, flags=cv2.INTER_LINEAR)
        np.multiply(self._crop, np.float32(1 / 255), out=self._input[0])
        mesh, presence, *_ = self._mesh.run(self._input)
        if _sigmoid(presence).item() < _SURE_FACE:
            return None
        return crop.to_picture(mesh.reshape(-1, 3)[:, :2])


class _Detector:
    """BlazeFace: finds faces anywhere in the picture.

    It misses those smaller than a tenth of what it looks at, so it looks at the whole and at one square part
    of it in turn.
    """

    def __init__(self, network: LiteNetwork) -> None:
        self._network = network
        self._anchors = _anchors()
        self._turn = 0

    def crops(self, rgb: Frame) -> list[_Crop]:
        """Return where faces are, largest first."""
        parts = _squares(rgb.shape[1], rgb.shape[0])
        self._turn += 1
        if self._turn % 2 == 1 or len(parts) == 1:
            return self._crops_of(rgb, 0, 0)
        left, top, side = parts[self._turn // 2 % len(parts)]
        return self._crops_of(rgb[top : top + side, left : left + side], left, top)

    def _crops_of(self, rgb: Frame, left: int, top: int) -> list[_Crop]:
        regressors, scores = self._network.run(self._letterboxed(rgb))
        sure = np.flatnonzero(_sigmoid(scores.reshape(-1)) > _SURE_FACE)
        order = sure[np.argsort(-scores.reshape(-1)[sure])]
        side = max(rgb.shape[:2])
        shift = np.array([left, top]) - (side - np.array([rgb.shape[1], rgb.shape[0]])) / 2
        kept: list[npt.NDArray[np.float64]] = []
        for index in order:
            # Middle, size, then six points from the anchor, of which the first two are the eyes.
            values = regressors[0, index].astype(np.float64).reshape(-1, 2) / _DETECTOR_SIZE
            values[[0, 2, 3]] += self._anchors[index]
            values *= side
            values[[0, 2, 3]] += shift
            if all(_shared(_box_around(values), _box_around(each)) < _OVERLAP for each in kept):
                kept.append(values)
        kept.sort(key=lambda values: -values[1, 0])
        return [_crop_of_detection(values) for values in kept]

    def _letterboxed(self, rgb: Frame) -> npt.NDArray[np.float32]:
        height, width = rgb.shape[:2]
        scale = _DETECTOR_SIZE / max(height, width)
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
        padded = np.full((1, _DETECTOR_SIZE, _DETECTOR_SIZE, 3), -1, np.float32)
        left, top = (_DETECTOR_SIZE - size[0]) // 2, (_DETECTOR_SIZE - size[1]) // 2
        padded[0, top : top + size[1], left : left + size[0]] = small * np.float32(2 / 255) - 1
        return padded


def _squares(width: int, height: int) -> list[tuple[int, int, int]]:
    """Return left, top and side of the squares that cover a picture, overlapping by half and more."""
    side, long = min(width, height), max(width, height)
    count = 1 + -(-2 * (long - side) // side)
    starts = [round((long - side) * index / max(count - 1, 1)) for index in range(count)]
    return [(start, 0, side) if width > height else (0, start, side) for start in starts]


def _anchors() -> npt.NDArray[np.float64]:
    """Return the middles of the 896 anchors, 0 to 1: two in each cell of 16x16, then six in each of 8x8."""
    grids = []
    for cells, count in ((16, 2), (8, 6)):
        middles = (np.arange(cells) + 0.5) / cells
        x, y = np.meshgrid(middles, middles)
        grids.append(np.repeat(np.column_stack([x.ravel(), y.ravel()]), count, axis=0))
    return np.concatenate(grids)


def _crop_of_detection(values: npt.NDArray[np.float64]) -> _Crop:
    middle, (width, height), left_eye, right_eye = values[0], values[1], values[2], values[3]
    degrees = float(np.degrees(np.arctan2(*(right_eye - left_eye)[::-1])))
    return _Crop(middle, max(width, height) * _MARGIN, degrees, _MESH_SIZE)


def _crop_of_face(points: Points) -> _Crop:
    across = points[_RIGHT_EYE_CORNER] - points[_LEFT_EYE_CORNER]
    angle = float(np.arctan2(across[1], across[0]))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    upright = points.astype(np.float64) @ turn.T
    low, high = upright.min(0), upright.max(0)
    return _Crop(
        (low + high) / 2 @ turn, float((high - low).max()) * _MARGIN, float(np.degrees(angle)), _MESH_SIZE
    )


def _box(points: Points) -> tuple[float, float, float, float]:
    (left, top), (right, bottom) = points.min(0).tolist(), points.max(0).tolist()
    return left, top, right, bottom


def _box_around(values: npt.NDArray[np.float64]) -> tuple[float, float, float, float]:
    (x, y), (width, height) = values[0].tolist(), values[1].tolist()
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _is_inside(point: npt.NDArray[np.float64], box: tuple[float, float, float, float]) -> bool:
    return bool(box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3])


def _shared(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    """Return the area that two boxes share, as a part of the area they cover together."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (both - width * height)


def _sigmoid(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(values.astype(np.float64), -50, 50))))
