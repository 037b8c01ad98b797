"""Stickers on faces: glasses, cat ears, a hat; they turn and tilt with the head."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt
from typing_extensions import override

from effects.buffers import Buffers
from effects.filter import Context, EffectError, Filter, Knowledge, Stage
from effects.frame import Frame
from effects.head_pose import Camera, camera_of, plane
from effects.params import Slider, Toggle, Values

FOLDER: Final = Path(__file__).parents[1] / "resources" / "stickers"
_SMALLEST_PX: Final = 16


class StickerPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a sticker stands on a head, in centimetres; see `resources/stickers/stickers.toml`."""

    name: str
    label: str
    file: str
    left: float
    top: float
    depth: float
    scale: float


class _Manifest(msgspec.Struct, frozen=True):
    sticker: tuple[StickerPlace, ...]


def read_stickers(folder: Path = FOLDER) -> tuple[StickerPlace, ...]:
    """Return the stickers there are.

    Raises:
        msgspec.DecodeError: the manifest is not one.
    """
    return msgspec.toml.decode((folder / "stickers.toml").read_bytes(), type=_Manifest).sticker


@dataclass(frozen=True, slots=True)
class Sticker:
    """A sticker ready to be put on.

    Attributes:
        place: where it stands.
        sizes: the picture, colours multiplied by alpha: BGRA uint8, each half the size of the one before.
    """

    place: StickerPlace
    sizes: tuple[npt.NDArray[np.uint8], ...]

    @classmethod
    def read(cls, place: StickerPlace, folder: Path = FOLDER) -> "Sticker":
        """Read a sticker's picture.

        Raises:
            EffectError: there is no picture with transparency there.
        """
        picture = cv2.imread(str(folder / place.file), cv2.IMREAD_UNCHANGED)
        if picture is None or picture.ndim != 3 or picture.shape[2] != 4 or picture.dtype != np.uint8:
            raise EffectError(
                f"sticker {place.name}: expected a picture with transparency at {folder / place.file}"
            )
        alpha = picture[..., 3:].astype(np.float32) / 255
        first = np.dstack([np.rint(picture[..., :3] * alpha), picture[..., 3]]).astype(np.uint8)
        sizes = [first]
        while min(sizes[-1].shape[:2]) > 2 * _SMALLEST_PX:
            height, width = sizes[-1].shape[:2]
            half = cv2.resize(sizes[-1], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
            sizes.append(np.asarray(half, np.uint8))
        return cls(place, tuple(sizes))


@dataclass(frozen=True, slots=True)
class StickersPlan:
    """What is put on every face, and how large; 1 as drawn."""

    stickers: tuple[Sticker, ...]
    size: float


_PLACES: Final = read_stickers()


class Stickers(Filter[StickersPlan]):
    """Puts pictures on heads; an entry in the manifest is all that a further one needs."""

    name: ClassVar = "stickers"
    title: ClassVar = "Stickers"
    stage: ClassVar = Stage.OVERLAY
    needs: ClassVar = Knowledge.FACES
    parameters: ClassVar = (
        *(Toggle(name=place.name, label=place.label) for place in _PLACES),
        Slider(name="size", label="Size", default=100, low=50, high=150),
    )

    @override
    def plan(self, values: Values) -> StickersPlan | None:
        worn = tuple(Sticker.read(place) for place in _PLACES if values.is_on(place.name))
        return StickersPlan(worn, values.strength("size")) if worn else None

    @override
    def apply(self, frame: Frame, context: Context, plan: StickersPlan, buffers: Buffers) -> Frame:
        for face in context.faces[: context.quality.most_stickers]:
            camera = camera_of(face.points)
            for sticker in plan.stickers:
                frame = buffers.writable(frame)
                put_on(frame, sticker, camera, size=plan.size, strength=face.strength, buffers=buffers)
        return frame


def put_on(
    frame: Frame, sticker: Sticker, camera: Camera, *, size: float, strength: float, buffers: Buffers
) -> None:
    """Draw a sticker on a head, in place.

    Args:
        frame: BGR.
        sticker: what is drawn.
        camera: of the head.
        size: 1 as drawn; it grows from the middle of its lower edge, where it touches the head.
        strength: 0 to 1, how opaque.
        buffers: scratch.
    """
    picture, matrix = _sized(sticker, camera, size)
    area = _area(matrix, picture, frame)
    if area is None:
        return
    rows, columns = area
    matrix[:, 2] -= (columns.start, rows.start)
    region = frame[rows, columns]
    drawn = buffers.scratch("drawn", (*region.shape[:2], 4))
    cv2.warpAffine(picture, matrix, region.shape[1::-1], drawn, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
    if strength < 1:
        cv2.convertScaleAbs(drawn, dst=drawn, alpha=strength)
    _lay_over(region, drawn, buffers)


def _sized(
    sticker: Sticker, camera: Camera, size: float
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64]]:
    """Return the picture in the size next above what is drawn, and where it goes: float64 (2, 3)."""
    first, place = sticker.sizes[0], sticker.place
    matrix = plane(camera, place.left, place.top, place.depth, place.scale)
    foot = np.array([first.shape[1] / 2, first.shape[0]])
    matrix[:, 2] += matrix[:, :2] @ foot * (1 - size)
    matrix[:, :2] *= size
    grown = abs(float(np.linalg.det(matrix[:, :2]))) ** 0.5
    level = min(max(int(np.floor(-np.log2(max(grown, 1e-6)))), 0), len(sticker.sizes) - 1)
    picture = sticker.sizes[level]
    matrix[:, :2] *= [first.shape[1] / picture.shape[1], first.shape[0] / picture.shape[0]]
    return picture, matrix


def _area(
    matrix: npt.NDArray[np.float64], picture: npt.NDArray[np.uint8], frame: Frame
) -> tuple[slice, slice] | None:
    """Return rows and columns of the frame in which the picture lies, or None if it is outside."""
    height, width = picture.shape[:2]
    corners = np.array([(0, 0), (width, 0), (0, height), (width, height)]) @ matrix[:, :2].T + matrix[:, 2]
    low = np.maximum(np.floor(corners.min(0)).astype(int), 0)
    high = np.minimum(np.ceil(corners.max(0)).astype(int) + 1, frame.shape[1::-1])
    if not (np.isfinite(corners).all() and (high > low).all()):
        return None
    return slice(int(low[1]), int(high[1])), slice(int(low[0]), int(high[0]))


def _lay_over(region: Frame, drawn: npt.NDArray[np.uint8], buffers: Buffers) -> None:
    """Lay a BGRA picture, colours multiplied by alpha, over a region of a frame, in place."""
    behind = buffers.scratch("behind", region.shape[:2])
    cv2.extractChannel(drawn, 3, dst=behind)
    cv2.bitwise_not(behind, dst=behind)
    colors, weights = (buffers.scratch(name, region.shape) for name in ("colors", "weights"))
    cv2.cvtColor(drawn, cv2.COLOR_BGRA2BGR, dst=colors)
    cv2.cvtColor(behind, cv2.COLOR_GRAY2BGR, dst=weights)
    cv2.multiply(region, weights, dst=weights, scale=1 / 255)
    cv2.add(weights, colors, dst=region)
