"""Make-up that stops at a hand, beside the same chain without a second opinion, on a real clip.

A woman holds her hand before her mouth. Where the hand is was drawn by hand on some frames; what lipstick
changes there is paint on the hand. The slow network's answer comes as late as it does on a busy machine.
"""

import json
from contextlib import closing
from functools import partial
from typing import Final

import cv2
import numpy as np

from benchmarks.edges_hands import HANDS, hand_mask
from effects.catalog import find_filters
from effects.chain import Chain
from effects.faces import FaceFollower
from effects.filter import Quality
from effects.finisher import Finisher
from effects.models.faces import best_landmarker
from effects.models.lite_classes import make_classifier, make_hand_finder
from effects.models.registry import Registry, default_folder
from effects.models.segmenters import best_segmenter
from effects.observer import Observer
from effects.params import Settings
from effects.second_opinion import SecondOpinion
from tests.effects.support.footage import read_clip

SIZE: Final = (1280, 720)
CLIP, CLIP_FPS, CLIP_FRAMES = "talking_woman", 24, 240
LIPSTICK: Final = Settings({"make_up": {"lips": 100.0, "lips_color": "#c01030"}})
FREE_FRAMES: Final = range(20, 50, 3)
LATE: Final = 6
"""Frames after which an answer is there at the latest: a quarter of a second."""
WITHOUT: Final = Quality(second_opinion=False, skin_gate=False)

Paint = dict[int, tuple[float, float]]
"""Frame number → levels changed on the hand, and beside it."""


def lip_paint(models: Registry, quality: Quality) -> Paint:
    """Return what lipstick changes on and beside the hand."""
    second = SecondOpinion(partial(make_classifier, models), partial(make_hand_finder, models))
    chain = Chain(each() for each in find_filters())
    assert not chain.change(LIPSTICK)
    finisher, paint, pending = Finisher(chain), Paint(), 0
    make_faces = partial(_make_faces, models)
    with closing(Observer(partial(best_segmenter, models), make_faces, second)) as observer:
        for number, frame in enumerate(read_clip(models.folder / f"{CLIP}.mp4", SIZE, CLIP_FRAMES)):
            seen = observer.observe(frame, number / CLIP_FPS, chain.needs, quality)
            painted = finisher.finish(seen, quality)
            pending = 0 if second.wait(0) else pending + 1
            if pending >= LATE:
                second.wait(10)
                pending = 0
            if number in HANDS or number in FREE_FRAMES:
                change = cv2.absdiff(frame, painted).sum(-1, dtype=np.float64)
                on = hand_mask(number, SIZE) > 0 if number in HANDS else np.zeros(change.shape, np.bool_)
                paint[number] = float(change[on].sum()), float(change[~on].sum())
    return paint


def _make_faces(models: Registry) -> FaceFollower:
    return FaceFollower(best_landmarker(models))


def lips(models: Registry) -> dict[str, float]:
    """Return how much paint is left on the hand, and on the face, of what there was."""
    before, after = lip_paint(models, WITHOUT), lip_paint(models, Quality())
    print("\nlip paint with a second opinion, as part of that without: on the hand, beside it")
    for number in HANDS:
        parts = (a / b if b else 0.0 for a, b in zip(after[number], before[number], strict=True))
        print(
            "  frame {:3d}  {:5.2f}  {:5.2f}   (before: {:.0f}, {:.0f})".format(
                number, *parts, *before[number]
            )
        )

    def part(numbers: list[int], which: int) -> float:
        return sum(after[each][which] for each in numbers) / sum(before[each][which] for each in numbers)

    return {
        "lip_paint_on_hand": part(list(HANDS), 0),
        "lip_paint_kept": part(list(HANDS), 1),
        "lip_paint_kept_without_hand": part(list(FREE_FRAMES), 1),
    }


def main() -> None:
    """Measure, print tables, and the figures as the last line."""
    cv2.setNumThreads(1)
    figures = lips(Registry.read(default_folder()))
    print(json.dumps({"figures": {name: round(value, 4) for name, value in figures.items()}}), flush=True)


if __name__ == "__main__":
    main()
