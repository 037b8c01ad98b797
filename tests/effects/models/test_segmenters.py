"""Person masks: both backends give the same, and each says why it cannot."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from effects.frame import Frame
from effects.models.lite_segmenter import LiteSegmenter
from effects.models.mediapipe_segmenter import MediapipeSegmenter
from effects.models.registry import ModelError, ModelMissingError, Registry
from effects.models.segmenters import Detail, best_segmenter


def seen(portrait: Frame, size: tuple[int, int]) -> Frame:
    rgb = cv2.cvtColor(cv2.resize(portrait, size), cv2.COLOR_BGR2RGB)
    return np.asarray(rgb, np.uint8)


@pytest.mark.parametrize("detail", Detail)
def test_both_backends_give_the_same_mask(detail: Detail, models: Registry, portrait: Frame) -> None:
    name, width, height = detail.value
    content = models.content(name)
    masks = []
    for backend in (LiteSegmenter, MediapipeSegmenter):
        segmenter = backend(content, (width, height))
        masks.append(segmenter.segment(seen(portrait, segmenter.size)))
        segmenter.close()
    assert masks[0].shape == masks[1].shape == (height, width)
    assert masks[0].dtype == masks[1].dtype == np.float32
    assert np.abs(masks[0] - masks[1]).max() <= 1 / 255


@pytest.mark.parametrize("detail", Detail)
def test_one_is_the_person_and_nought_is_not(detail: Detail, models: Registry, portrait: Frame) -> None:
    segmenter = best_segmenter(models, detail)
    mask = segmenter.segment(seen(portrait, segmenter.size))
    segmenter.close()
    whole = cv2.resize(mask, (512, 512))
    assert whole[60:150, 190:260].mean() > 0.9  # her face
    assert whole[10:120, 330:410].mean() < 0.1  # the wall


def test_the_caller_owns_the_mask(models: Registry, portrait: Frame) -> None:
    segmenter = best_segmenter(models)
    first = segmenter.segment(seen(portrait, segmenter.size))
    kept = first.copy()
    segmenter.segment(np.zeros((256, 256, 3), np.uint8))
    segmenter.close()
    assert np.array_equal(first, kept)


@pytest.mark.parametrize("backend", [LiteSegmenter, MediapipeSegmenter])
def test_what_is_no_network_is_refused(backend: type[LiteSegmenter] | type[MediapipeSegmenter]) -> None:
    with pytest.raises(ModelError):
        backend(b"not a network", (256, 256))


def test_a_network_of_another_size_is_refused(models: Registry) -> None:
    with pytest.raises(ModelError, match=r"\(1, 144, 256, 3\)"):
        LiteSegmenter(models.content("selfie_segmenter"), (256, 144))


def test_a_missing_network_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissingError, match="selfie_segmenter"):
        best_segmenter(Registry.read(tmp_path))
