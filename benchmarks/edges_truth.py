"""People whose outline is known, before backgrounds that are known: the truth for `effects_edges`.

Outlines were drawn by hand; what is inside of them is real, what is outside is made: colours carried on from
the inside, and hairs drawn from it. So share and colour of the person are known at every pixel.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from effects.frame import Frame
from tests.effects.support.footage import PORTRAIT, read_clip

Picture = npt.NDArray[np.float32]
"""float32 (h, w) of 0 to 1, or (h, w, 3) of 0 to 255."""
Points = tuple[tuple[int, int], ...]

SIZE: Final = (1280, 720)
_INSIDE: Final = 9
"""Pixels of the outline that are not taken from the clip: there its own background shines through."""
_BAND: Final = 7
"""Pixels by which the band that counts is wider than the soft edge."""

_WARM: Final = np.array([-4, 0, 3], np.float32)
_BROWN: Final = np.array([0.8, 0.9, 1.0], np.float32)


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who is shown: clip and frame, the outline in its pixels, and which of its points have hair."""

    clip: str
    number: int
    outline: Points
    hair: slice | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """A person's own colour and share at each pixel of a frame."""

    color: Picture
    share: Picture

    def before(self, behind: Picture) -> Frame:
        """Return the person before a background."""
        share = self.share[..., None]
        return np.rint(self.color * share + behind * (1 - share)).astype(np.uint8)

    @property
    def band(self) -> npt.NDArray[np.bool_]:
        """Where the edge is."""
        soft = ((self.share > 0.02) & (self.share < 0.98)).astype(np.uint8)
        return np.asarray(cv2.dilate(soft, np.ones((2 * _BAND + 1,) * 2, np.uint8)) > 0)


SITTERS: Final = (
    Sitter(
        "talking_woman",
        5,
        (
            *((262, 360), (258, 330), (258, 260), (270, 210), (285, 170), (295, 130), (305, 90), (315, 60)),
            *(
                (335, 30),
                (345, 10),
                (355, 0),
                (535, 0),
                (560, 20),
                (575, 45),
                (590, 80),
                (597, 110),
                (605, 150),
            ),
            *((615, 180), (622, 220), (630, 270), (637, 320), (640, 360)),
        ),
    ),
    Sitter(
        "talking_woman",
        265,
        (
            *((268, 360), (275, 310), (285, 260), (293, 210), (303, 160), (312, 110), (320, 80), (335, 50)),
            *(
                (355, 20),
                (375, 0),
                (520, 0),
                (540, 20),
                (560, 60),
                (572, 90),
                (582, 130),
                (590, 170),
                (597, 200),
            ),
            *((605, 240), (615, 280), (622, 320), (628, 360)),
        ),
    ),
    Sitter(
        "talking_woman",
        330,
        (
            *((265, 360), (272, 320), (280, 270), (290, 210), (300, 150), (310, 100), (325, 65), (345, 30)),
            *(
                (370, 0),
                (525, 0),
                (550, 30),
                (565, 70),
                (577, 105),
                (585, 130),
                (592, 160),
                (600, 190),
                (605, 220),
            ),
            *((615, 260), (625, 295), (635, 330), (640, 360)),
        ),
    ),
    Sitter(
        "talking_woman",
        405,
        (
            *((236, 360), (238, 300), (240, 240), (240, 180), (240, 130), (242, 90), (255, 60), (275, 45)),
            *(
                (295, 30),
                (310, 10),
                (335, 0),
                (360, 3),
                (385, 12),
                (400, 22),
                (430, 22),
                (450, 30),
                (475, 50),
            ),
            *((490, 80), (505, 105), (520, 140), (530, 170), (540, 200), (550, 225), (565, 260), (580, 290)),
            *((595, 315), (610, 340), (622, 360)),
        ),
    ),
    Sitter(
        "talking_man",
        5,
        (
            *((120, 360), (120, 321), (139, 303), (200, 281), (232, 276), (235, 268), (222, 220), (218, 177)),
            *(
                (216, 150),
                (210, 118),
                (210, 91),
                (216, 80),
                (219, 59),
                (235, 43),
                (259, 33),
                (281, 31),
                (302, 33),
            ),
            *((326, 40), (345, 56), (361, 80), (366, 102), (368, 129), (367, 161), (372, 182), (372, 204)),
            *((365, 219), (358, 236), (350, 257), (345, 279), (372, 289), (409, 305), (441, 321), (460, 343)),
            *((471, 360),),
        ),
        slice(10, 21),
    ),
    Sitter(
        "talking_man",
        60,
        (
            *((120, 360), (120, 320), (145, 295), (198, 279), (236, 268), (236, 262), (228, 236), (220, 209)),
            *(
                (217, 171),
                (213, 134),
                (210, 112),
                (212, 86),
                (221, 64),
                (228, 48),
                (244, 35),
                (268, 27),
                (284, 22),
            ),
            *((305, 27), (327, 35), (343, 48), (362, 70), (367, 96), (368, 129), (367, 155), (372, 182)),
            *((371, 209), (364, 225), (356, 246), (351, 268), (356, 276), (391, 292), (434, 305), (455, 321)),
            *((471, 360),),
        ),
        slice(10, 22),
    ),
    Sitter(
        "",
        0,
        (
            *((20, 512), (30, 440), (35, 340), (45, 290), (60, 260), (110, 220), (118, 190), (130, 165)),
            *((155, 150), (185, 148), (180, 130), (172, 125), (160, 115), (153, 90), (155, 65), (165, 45)),
            *(
                (190, 32),
                (210, 20),
                (235, 16),
                (260, 20),
                (285, 38),
                (298, 60),
                (301, 90),
                (295, 115),
                (278, 130),
            ),
            *((268, 137), (258, 165), (275, 180), (295, 210), (305, 235), (330, 250), (345, 270), (355, 310)),
            *((358, 330), (330, 358), (300, 388), (285, 430), (280, 512)),
        ),
        slice(12, 24),
    ),
)


def bright_wall(random: np.random.Generator) -> Picture:
    """Return a white wall, lighter on one side."""
    across = np.linspace(245, 215, SIZE[0], dtype=np.float32)
    wall = np.repeat(np.repeat(across[None, :, None], SIZE[1], 0), 3, 2) + _WARM
    return np.clip(wall + random.normal(0, 1, wall.shape), 0, 255).astype(np.float32)


def dark_wood(random: np.random.Generator) -> Picture:
    """Return dark boards with grain along them."""
    grain = cv2.blur(random.normal(0, 1, SIZE[::-1]).astype(np.float32), (151, 3)) * 90
    boards = np.float32(6) * np.sin(np.arange(SIZE[1], dtype=np.float32) / 19)[:, None]
    light = np.clip(44 + grain + boards, 8, 110)[..., None]
    return np.asarray(light * _BROWN, np.float32)


def shelf(random: np.random.Generator) -> Picture:
    """Return a shelf of goods in all colours, a little out of focus."""
    picture = np.full((SIZE[1], SIZE[0], 3), (60, 80, 100), np.float32)
    for top in range(0, SIZE[1], 120):
        left = 0
        while left < SIZE[0]:
            width, height = int(random.integers(18, 70)), int(random.integers(60, 110))
            color = random.integers(10, 245, 3).tolist()
            cv2.rectangle(picture, (left, top + 112 - height), (left + width, top + 112), color, -1)
            left += width + int(random.integers(2, 12))
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 2.5), np.float32)


BACKGROUNDS: Final[tuple[Callable[[np.random.Generator], Picture], ...]] = (bright_wall, dark_wood, shelf)


def truth_of(sitter: Sitter, folder: Path, random: np.random.Generator) -> Truth:
    """Return what is true of a person.

    Args:
        sitter: who.
        folder: where clips lie; without them the person is missing.
        random: for the drawn hairs.

    Raises:
        FileNotFoundError: the clip is not there.
    """
    picture, outline = _shown(sitter, folder)
    core = np.zeros(SIZE[::-1], np.uint8)
    cv2.fillPoly(core, [np.rint(outline).astype(np.int32)], (255,))
    rounded = cv2.GaussianBlur(core, (0, 0), 5)
    core = np.asarray(cv2.threshold(rounded, 127, 255, cv2.THRESH_BINARY)[1], np.uint8)
    inside = cv2.erode(core, np.ones((2 * _INSIDE + 1,) * 2, np.uint8), borderValue=255) / np.float32(255)
    share = cv2.GaussianBlur(core, (0, 0), 1.4).astype(np.float32) / 255
    share = np.maximum(share, _hairs(outline[sitter.hair or slice(None)], outline.mean(0), random))
    return Truth(_carried_on(picture, np.asarray(inside, np.float32)), np.asarray(share, np.float32))


def _shown(sitter: Sitter, folder: Path) -> tuple[Picture, npt.NDArray[np.float32]]:
    """Return the whole frame, and the outline in it."""
    outline = np.array(sitter.outline, np.float32)
    if not sitter.clip:
        portrait = cv2.imread(str(PORTRAIT))
        assert portrait is not None
        square = cv2.resize(portrait, (SIZE[1], SIZE[1]), interpolation=cv2.INTER_CUBIC)
        beside = (SIZE[0] - SIZE[1]) // 2
        wide = cv2.copyMakeBorder(square, 0, 0, beside, beside, cv2.BORDER_REPLICATE)
        return wide.astype(np.float32), outline * np.float32(SIZE[1] / 512) + np.array(
            [beside, 0], np.float32
        )
    frames = read_clip(folder / f"{sitter.clip}.mp4", SIZE, sitter.number + 1)
    if len(frames) <= sitter.number:
        raise FileNotFoundError(
            f"{sitter.clip} is not here: scripts/fetch_models.py --manifest …/footage.toml"
        )
    return frames[sitter.number].astype(np.float32), outline * np.float32(2)


def _carried_on(picture: Picture, inside: Picture) -> Picture:
    """Return the picture inside, and outside what is nearest inside."""
    color, known = picture * inside[..., None], inside.copy()
    result, weight = color.copy(), known.copy()
    for spread in (4, 10, 25, 60):
        near = cv2.GaussianBlur(known, (0, 0), spread)
        mean = cv2.GaussianBlur(color, (0, 0), spread) / np.maximum(near, 1e-4)[..., None]
        fill = np.clip(near * 20, 0, 1) * (1 - weight)
        result += mean * fill[..., None]
        weight += fill
    return np.asarray(result / np.maximum(weight, 1e-4)[..., None], np.float32)


def _hairs(
    outline: npt.NDArray[np.float32], middle: npt.NDArray[np.float32], random: np.random.Generator
) -> Picture:
    """Return drawn hairs: thin curves out of the outline, paler towards their ends."""
    share = np.zeros(SIZE[::-1], np.float32)
    for start, end in pairwise(outline):
        for _ in range(max(1, int(np.hypot(*(end - start)) / 9))):
            place = start + (end - start) * random.random()
            away = place - middle
            angle = float(np.arctan2(away[1], away[0]) + random.normal(0, 0.7))
            bend, thick = random.normal(0, 0.05), int(random.integers(1, 3))
            strength, length = random.uniform(0.4, 0.95), int(random.integers(5, 15))
            place = place - 6 * away / max(float(np.hypot(*away)), 1.0)
            for step in range(length):
                onward = place + 4 * np.array([np.cos(angle), np.sin(angle)], np.float32)
                level = float(strength * (1 - step / length))
                one, two = (np.rint(each * 16).astype(int).tolist() for each in (place, onward))
                cv2.line(share, one, two, level, thick, cv2.LINE_AA, 4)
                place, angle = onward, angle + float(bend)
    return np.asarray(cv2.GaussianBlur(share, (0, 0), 0.7), np.float32)
