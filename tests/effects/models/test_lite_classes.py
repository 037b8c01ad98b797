"""What each pixel shows, and whether a hand is in sight."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from effects.frame import Frame
from effects.models.lite_classes import LiteClassifier, LiteHandFinder, make_classifier, make_hand_finder
from effects.models.protocols import PixelClass
from effects.models.registry import ModelError, ModelMissingError, Registry
from tests.effects.conftest import read_footage


def rgb(frame: Frame, size: tuple[int, int] | None = None) -> Frame:
    return np.asarray(cv2.cvtColor(cv2.resize(frame, size) if size else frame, cv2.COLOR_BGR2RGB), np.uint8)


def test_face_hair_and_wall_of_the_portrait_are_told_apart(models: Registry, portrait: Frame) -> None:
    classifier = make_classifier(models)
    classes = cv2.resize(classifier.classify(rgb(portrait, classifier.size)), (512, 512))
    assert np.abs(classes.sum(-1) - 1).max() < 1e-3
    assert classes[90:140, 200:250, PixelClass.FACE_SKIN].mean() > 0.9
    assert classes[35:60, 180:210, PixelClass.HAIR].mean() > 0.6
    assert classes[10:120, 330:410, PixelClass.BACKGROUND].mean() > 0.9


def test_a_hand_before_a_face_is_seen_and_a_face_without_is_none(models: Registry) -> None:
    frames = read_footage("talking_woman", 221)
    finder = make_hand_finder(models)
    assert [finder.sees_hand(rgb(frames[number])) for number in (5, 30, 165, 200, 220)] == [
        *(False, False),
        *(True, True, True),
    ]


def test_a_finger_before_the_mouth_is_no_face_skin(models: Registry) -> None:
    frame = read_footage("talking_woman", 221)[220]
    classifier = make_classifier(models)
    classes = cv2.resize(classifier.classify(rgb(frame, classifier.size)), (640, 360))
    assert classes[230:290, 375:400, PixelClass.FACE_SKIN].mean() < 0.1
    assert classes[100:150, 400:440, PixelClass.FACE_SKIN].mean() > 0.9


@pytest.mark.parametrize("network", [LiteClassifier, LiteHandFinder])
def test_other_networks_are_refused(
    network: type[LiteClassifier] | type[LiteHandFinder], models: Registry
) -> None:
    with pytest.raises(ModelError):
        network(b"not a network")
    with pytest.raises(ModelError, match="expected a network that sees"):
        network(models.content("selfie_segmenter_landscape"))


def test_that_they_are_missing_is_told(tmp_path: Path) -> None:
    for make in (make_classifier, make_hand_finder):
        with pytest.raises(ModelMissingError):
            make(Registry.read(tmp_path))
