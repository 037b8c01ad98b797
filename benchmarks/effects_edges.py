"""Edges before another background, and make-up that stops at a hand: with and without a second opinion.

People of whom share and colour are known at each pixel (`edges_truth`) stand before three backgrounds; what
the chain puts before a fourth is compared with the truth, in the band around the edge. Levels of 255.

Then a woman holds her hand before her mouth. Where the hand is was drawn by hand on some frames; what lip
colour changes there is paint on the hand. The slower network answers as late as
on a busy machine.
"""

import json
from contextlib import closing
from functools import partial
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.edges_hands import HANDS, hand_mask
from benchmarks.edges_truth import BACKGROUNDS, SITTERS, SIZE, truth_of
from effects.catalog import find_filters
from effects.chain import Chain
from effects.drawings import draw_studio
from effects.faces import FaceFollower
from effects.filter import Quality
from effects.finisher import Finisher
from effects.frame import Frame
from effects.governor import STEPS
from effects.models.faces import best_landmarker
from effects.models.lite_classes import make_classifier, make_hand_finder
from effects.models.registry import Registry, default_folder
from effects.models.segmenters import best_segmenter
from effects.observer import Observer
from effects.params import Settings
from effects.second_opinion import SecondOpinion
from tests.effects.support.footage import read_clip

CLIP, CLIP_FPS, CLIP_FRAMES = "talking_woman", 24, 240
LIPSTICK: Final = Settings({"make_up": {"lips": 100.0, "lips_color": "#c01030"}})
STUDIO: Final = Settings({"background": {"kind": "picture", "picture": "studio"}})
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


def edge_errors(models: Registry, quality: Quality) -> dict[str, float]:
    """Return by how many levels edges are wrong, by old background."""
    studio = draw_studio(SIZE).astype(np.float32)
    errors: dict[str, list[float]] = {each.__name__: [] for each in BACKGROUNDS}
    for sitter in SITTERS:
        truth = truth_of(sitter, models.folder, np.random.default_rng(7))
        right = truth.before(studio).astype(np.float32)
        for make_background in BACKGROUNDS:
            shown = truth.before(make_background(np.random.default_rng(3)))
            wrong = np.abs(_replaced(models, shown, quality) - right)[truth.band]
            errors[make_background.__name__].append(float(wrong.mean()))
    return {name: float(np.mean(each)) for name, each in errors.items()}


def _replaced(models: Registry, shown: Frame, quality: Quality) -> npt.NDArray[np.float32]:
    """Return a picture before another background, after some frames with a camera's noise."""
    second = SecondOpinion(partial(make_classifier, models), partial(make_hand_finder, models))
    chain, random = Chain(each() for each in find_filters()), np.random.default_rng(1)
    assert not chain.change(STUDIO)
    finisher, result = Finisher(chain), shown
    with closing(Observer(partial(best_segmenter, models), partial(_make_faces, models), second)) as observer:
        for number in range(8):
            noisy = np.clip(shown + random.normal(0, 1.5, shown.shape), 0, 255).astype(np.uint8)
            result = finisher.finish(observer.observe(noisy, number / 30, chain.needs, quality), quality)
            second.wait(10)
    return result.astype(np.float32)


def edges(models: Registry) -> dict[str, float]:
    """Return by how many levels edges are wrong."""
    qualities = {"full": Quality(), "without second opinion": WITHOUT, "plain edges": STEPS[1]}
    means = {}
    print("\nlevels by which edges are wrong")
    for name, quality in qualities.items():
        errors = edge_errors(models, quality)
        means[name] = float(np.mean(list(errors.values())))
        print(f"  {name:24s} {means[name]:5.1f}  ", ", ".join(f"{k} {v:.1f}" for k, v in errors.items()))
    return {
        "edge_error_levels": means["full"],
        "edge_error_levels_no_opinion": means["without second opinion"],
        "edge_error_levels_plain": means["plain edges"],
    }


def main() -> None:
    """Measure, print tables, and the figures as the last line."""
    cv2.setNumThreads(1)
    models = Registry.read(default_folder())
    figures = {**edges(models), **lips(models)}
    print(json.dumps({"figures": {name: round(value, 4) for name, value in figures.items()}}), flush=True)


if __name__ == "__main__":
    main()
