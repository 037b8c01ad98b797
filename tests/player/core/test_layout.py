"""Where everything stands on screens of all sizes."""

from collections.abc import Mapping

import pytest
from playwright.async_api import FloatRect, expect

from backend.contract.chat import SendDanmu
from tests.player.chat.test_chat import lines
from tests.player.conftest import Watch
from tests.support.browser import DESKTOP, PHONE, PHONE_ON_ITS_SIDE, SMALL_PHONE, Screen
from tests.support.show import Show


@pytest.mark.parametrize(
    ("screen", "locale"),
    [(PHONE, "zh-CN"), (SMALL_PHONE, "en-US"), (PHONE_ON_ITS_SIDE, "en-US"), (DESKTOP, "zh-CN")],
    ids=lambda value: getattr(value, "width", value),
)
async def test_everything_has_its_place_and_fingers_find_it(
    show: Show, watch: Watch, screen: Screen, locale: str
) -> None:
    await show.go_live()
    for number in range(8):
        await show.do(SendDanmu(f"很长的一句话，说给大家听 {number}"))
    viewer = await watch(screen, locale)
    await show.show("tea")
    await expect(viewer.card).to_be_visible()
    await expect(lines(viewer)).to_have_count(8)
    boxes: dict[str, Mapping[str, float]] = {}
    for name in (
        ".shop-open",
        ".composer__input",
        ".more",
        ".share",
        ".like",
        ".sound",
        ".fullscreen",
        ".card",
    ):
        box = await viewer.page.locator(name).bounding_box()
        assert box is not None, name
        boxes[name] = as_mapping(box)
        assert min(boxes[name]["width"], boxes[name]["height"]) >= 40, name
    names = list(boxes)
    for index, name in enumerate(names):
        assert not any(overlap(boxes[name], boxes[other]) for other in names[index + 1 :]), name
    assert boxes[".composer__input"]["width"] >= 80
    if (panel := await viewer.page.locator(".chat__list").bounding_box()) is not None:
        assert not overlap(as_mapping(panel), boxes[".card"])


def as_mapping(box: FloatRect) -> Mapping[str, float]:
    return {"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"]}


def overlap(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return bool(
        one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    )
