"""The desk sets effects without holding anybody up, and tells what became of them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import cv2
import numpy as np
import pytest

from effects.catalog import find_filters
from effects.models.registry import Registry, default_folder
from effects.params import Settings, Value
from studio.engine.effects.manager import EffectsManager
from studio.engine.media import VideoFrame
from studio.engine.messages.events import EffectsDeclared, EffectsMeasured, EngineEvent, LooksRendered
from studio.engine.messages.values import Comparison
from tests.studio.engine.pictures import CANVAS, DEMO, Lift, plain, wait_until

OTHER = "other"
Event = TypeVar("Event", bound=EngineEvent)


class Heard:
    """All events of a desk."""

    def __init__(self) -> None:
        self.events: list[EngineEvent] = []

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def newest(self, kind: type[Event], accepts: Callable[[Event], bool] = lambda _: True) -> Event:
        """Wait for an event of this kind and return it."""
        wait_until(lambda: any(accepts(event) for event in self.of(kind)))
        return next(event for event in reversed(self.of(kind)) if accepts(event))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def desk(heard: Heard) -> Iterator[EffectsManager]:
    made = EffectsManager(Registry.read(default_folder()), heard.events.append, [Lift])
    made.start()
    yield made
    made.close()


def lift(levels: Value) -> Settings:
    return Settings({"lift": {"levels": levels}})


def test_at_the_start_every_filter_is_declared(desk: EffectsManager, heard: Heard) -> None:
    assert heard.newest(EffectsDeclared).declarations == (Lift.declaration(),)


def test_settings_said_before_the_source_is_shown_are_its_own(desk: EffectsManager, heard: Heard) -> None:
    desk.set_effects(DEMO, lift(50.0))
    desk.set_effects(OTHER, Settings())
    effects = desk.open(DEMO, CANVAS)
    assert heard.newest(EffectsMeasured).source_id == DEMO
    assert effects.is_on
    assert not desk.open(OTHER, CANVAS).is_on


def test_of_many_settings_in_a_row_the_last_one_holds(desk: EffectsManager, heard: Heard) -> None:
    effects = desk.open(DEMO, CANVAS)
    for levels in range(1, 60):
        desk.set_effects(DEMO, lift(float(levels)))
    frame = plain(100, 1.0)
    wait_until(lambda: int(effects.through(frame).image[0, 0, 0]) == 159)


def test_settings_that_cannot_be_carried_out_are_told_at_once(desk: EffectsManager, heard: Heard) -> None:
    desk.open(DEMO, CANVAS)
    desk.set_effects(DEMO, lift("much"))
    told = heard.newest(EffectsMeasured, lambda event: bool(event.rejections))
    assert "expected a number" in str(told.rejections["lift"])


def test_while_nothing_is_on_nothing_is_measured(desk: EffectsManager, heard: Heard) -> None:
    desk.open(DEMO, CANVAS)
    desk.measure()
    assert heard.of(EffectsMeasured) == []
    desk.set_effects(DEMO, lift(50.0))
    heard.newest(EffectsMeasured)
    before = len(heard.events)
    desk.measure()
    assert len(heard.events) > before


def test_comparing_changes_what_the_preview_gets(desk: EffectsManager) -> None:
    desk.set_effects(DEMO, lift(50.0))
    effects = desk.open(DEMO, CANVAS)
    frame = plain(100, 1.0)
    wait_until(lambda: int(effects.through(frame).image[0, 0, 0]) == 150)
    composed = plain(150, 1.05)
    assert desk.compared(composed) is composed
    desk.compare(DEMO, Comparison.BEFORE)
    assert (desk.compared(composed).image == 100).all()


def test_looks_are_drawn_from_the_picture_as_soon_as_there_is_one(heard: Heard) -> None:
    desk = EffectsManager(Registry.read(default_folder()), heard.events.append)
    desk.start()
    try:
        effects = desk.open(DEMO, CANVAS)
        desk.render_looks(DEMO)
        desk.measure()
        assert heard.of(LooksRendered) == []
        colors = np.zeros((CANVAS.height, CANVAS.width, 3), np.uint8)
        colors[:] = (60, 120, 200)
        effects.through(VideoFrame(colors, 1.0))
        desk.measure()
        pictures = heard.newest(LooksRendered).pictures
    finally:
        desk.close()
    color = next(each for each in find_filters() if each.name == "color").declaration()
    look = next(parameter for parameter in color.parameters if parameter.name == "look")
    assert pictures.keys() == {option.value for option in look.options} - {"file"}  # type: ignore[union-attr]
    middle = {name: _decoded(data)[70, 56].astype(int) for name, data in pictures.items()}
    assert np.abs(middle["none"] - (60, 120, 200)).max() <= 3
    assert np.ptp(middle["mono"]) <= 3


def _decoded(data: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(picture, np.uint8)


def test_without_networks_effects_that_need_none_work_and_the_others_say_why(
    heard: Heard, tmp_path: Path
) -> None:
    desk = EffectsManager(Registry.read(tmp_path), heard.events.append)
    desk.start()
    try:
        effects = desk.open(DEMO, CANVAS)
        desk.set_effects(
            DEMO,
            Settings(
                {"color": {"brightness": 80.0}, "beauty": {"smooth": 50.0}, "background": {"kind": "blur"}}
            ),
        )
        frame = plain(100, 1.0)
        wait_until(lambda: int(effects.through(frame).image[0, 0, 0]) > 110)
        desk.measure()
        told = heard.newest(EffectsMeasured, lambda event: len(event.problems) == 2)
    finally:
        desk.close()
    assert told.problems.keys() == {"matte", "faces"}
    assert str(tmp_path) in told.problems["matte"]
    assert told.failures == {}


def test_a_closed_desk_ends_its_effects(heard: Heard) -> None:
    desk = EffectsManager(Registry.read(default_folder()), heard.events.append, [Lift])
    desk.start()
    desk.set_effects(DEMO, lift(50.0))
    effects = desk.open(DEMO, CANVAS)
    heard.newest(EffectsMeasured)
    desk.close()
    frame = plain(100, 1.0)
    assert effects.through(frame) is frame
