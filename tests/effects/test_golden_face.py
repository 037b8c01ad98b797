"""All effects on faces together look as they did when somebody last looked at them."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from effects.beauty import Beauty
from effects.chain import Chain
from effects.filter import Context
from effects.make_up import MakeUp
from effects.params import Settings
from effects.reshape import Reshape
from effects.stickers import Stickers
from tests.effects.support.faces import DATA, placed

GOLDEN = DATA / "golden_face.png"
SETTINGS = {
    "beauty": Settings({"beauty": {"smooth": 70.0, "whiten": 40.0, "rosy": 30.0, "sharpen": 40.0}}),
    "shape": Settings({"reshape": {"slim": 60.0, "eyes": 50.0, "nose": 40.0, "chin": -40.0, "mouth": 20.0}}),
    "make_up": Settings({"make_up": {"lips": 60.0, "blush": 60.0, "brows": 50.0}}),
    "stickers": Settings({"stickers": {"glasses": True, "hat": True}}),
}


def finished(settings: Settings) -> "np.typing.NDArray[np.uint8]":
    frame, face = placed((200, 224), zoom=1.0, at=(0.5, 0.55))
    chain = Chain([Beauty(), Reshape(), MakeUp(), Stickers()])
    assert chain.change(settings) == ()
    return chain.apply(frame, Context(faces=(face,)))


@pytest.fixture(scope="module")
def golden() -> "dict[str, np.typing.NDArray[np.uint8]]":
    if os.environ.get("WRITE_GOLDEN"):
        cv2.imwrite(str(GOLDEN), np.hstack([finished(settings) for settings in SETTINGS.values()]))
    picture = cv2.imread(str(Path(GOLDEN)))
    assert picture is not None
    parts = np.split(np.asarray(picture, np.uint8), len(SETTINGS), axis=1)
    return dict(zip(SETTINGS, parts, strict=True))


@pytest.mark.parametrize("name", SETTINGS)
def test_the_picture_is_the_one_that_was_looked_at(
    name: str, golden: "dict[str, np.typing.NDArray[np.uint8]]"
) -> None:
    shown = finished(SETTINGS[name])
    assert cv2.PSNR(shown, golden[name]) > 40
    others = [each for other, each in golden.items() if other != name]
    assert max(cv2.PSNR(shown, each) for each in others) < 40, "else the comparison could not fail"
