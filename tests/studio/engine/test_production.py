"""A project is brought about by what differs: sources stay open, scenes change, strips come and go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from effects.models.registry import Registry
from effects.params import Settings
from studio.engine.effects.manager import EffectsManager
from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.media import MasterClock
from studio.engine.messages.events import (
    AudioSourceChanged,
    EffectsMeasured,
    EngineEvent,
    MeterMeasured,
    VideoSourceChanged,
)
from studio.engine.messages.values import SourceState
from studio.engine.production import Production
from studio.engine.sources.catalog import SourceCatalog
from studio.project import edits
from studio.project.choices import MAIN, first_project
from studio.project.project import Canvas, Project, Scene, Source, SourceKind, Strip, Transform
from tests.studio.engine.sources.waiting import until

PATTERN = Source("pattern", SourceKind.TEST_PATTERN)
PORTRAIT = Source("portrait", SourceKind.DEMO)
TONE = Source("tone", SourceKind.TEST_TONE)


class Show:
    """A production, what it made, and what it said."""

    def __init__(self, models: Path) -> None:
        clock, video, audio = MasterClock(), LatestFrame(), AudioFeed()
        self.events: list[EngineEvent] = []
        self.frames, self.sound = video.reader(), audio.reader()
        self.production = Production(
            clock,
            video,
            audio,
            catalog=SourceCatalog(clock, None),
            effects=EffectsManager(Registry.read(models), self.events.append),
            emit=self.events.append,
        )

    def openings(self) -> list[str]:
        """Which sources were opened, in order."""
        changes = (VideoSourceChanged, AudioSourceChanged)
        return [
            event.source_id
            for event in self.events
            if isinstance(event, changes) and event.state is SourceState.OPENING
        ]

    def level(self, at: tuple[int, int]) -> int:
        """The red of the newest picture at this point."""
        frame = self.frames.wait(5)
        assert frame is not None
        return int(frame.image[at[1], at[0], 2])


@pytest.fixture
def show(qapp: QApplication, tmp_path: Path) -> Iterator[Show]:
    show = Show(tmp_path)
    show.production.start()
    try:
        yield show
    finally:
        show.production.close()


def two_scenes() -> Project:
    """The portrait on air; a second scene with the portrait, and the pattern in a corner."""
    project = edits.set_canvas(first_project(), Canvas(64, 96, 50))
    for source in (PATTERN, PORTRAIT, TONE):
        project = edits.add_source(project, source)
    project = edits.add_item(edits.add_scene(project, Scene("b")), MAIN, "portrait")
    project = edits.add_item(project, "b", "portrait")
    project = edits.add_item(project, "b", "pattern", Transform(0.5, 0.5, 0.5, 0.5))
    return edits.set_strip_source(project, MAIN, "tone")


def test_a_source_in_several_scenes_is_opened_once(show: Show) -> None:
    project = two_scenes()
    show.production.apply(project)
    show.production.apply(edits.show(project, "b"))
    show.production.apply(edits.show(project, MAIN))
    assert show.openings().count("portrait") == 1


def test_a_source_that_waits_in_another_scene_is_kept_and_watched(show: Show) -> None:
    show.production.apply(two_scenes())
    assert "pattern" in show.openings()

    def is_well() -> bool | None:
        show.production.tick()
        changes = [
            each
            for each in show.events
            if isinstance(each, VideoSourceChanged) and each.source_id == "pattern"
        ]
        return changes[-1].state is SourceState.RUNNING or None

    until(is_well)


def test_what_has_nothing_to_do_with_a_source_leaves_it_open(show: Show) -> None:
    project = two_scenes()
    show.production.apply(project)
    item = project.program.items[0].id
    for other in (
        edits.set_gain(project, MAIN, -6),
        edits.rename_source(project, "portrait", "Anna"),
        edits.set_transform(project, item, Transform(0.1, 0.1)),
        edits.set_effects(project, "portrait", Settings({"color": {"brightness": 5.0}})),
    ):
        show.production.apply(other)
    assert sorted(show.openings()) == ["pattern", "portrait", "tone"]


def test_another_canvas_or_other_settings_open_a_source_again(show: Show) -> None:
    project = two_scenes()
    show.production.apply(project)
    show.production.apply(edits.set_settings(project, "portrait", {"x": True}))
    show.production.apply(edits.set_canvas(project, Canvas(96, 64, 50)))
    assert show.openings().count("portrait") == 3
    assert show.openings().count("tone") == 1


def test_a_hidden_item_is_not_opened(show: Show) -> None:
    project = edits.show(two_scenes(), "b")
    show.production.apply(edits.hide_item(project, project.program.items[1].id))
    assert "pattern" not in show.openings()


def test_effects_come_with_the_source_before_its_first_picture(show: Show) -> None:
    bright = Settings({"color": {"brightness": 100.0}})
    show.production.apply(edits.set_effects(two_scenes(), "portrait", bright))

    def measured() -> bool | None:
        return any(isinstance(each, EffectsMeasured) and each.source_id == "portrait" for each in show.events)

    until(lambda: measured() or None)


def test_strips_are_added_and_taken_away(show: Show) -> None:
    project = two_scenes()
    show.production.apply(replace(project, strips=(*project.strips, Strip("b", "tone"))))

    def metered(strips: set[str]) -> bool | None:
        show.events.clear()
        until(lambda: [each for each in show.events if isinstance(each, MeterMeasured)][9:] or None)
        return {each.strip_id for each in show.events if isinstance(each, MeterMeasured)} == strips or None

    until(lambda: metered({MAIN, "b"}))
    show.production.apply(project)
    until(lambda: metered({MAIN}))


def test_without_a_visible_item_the_starting_slate_stands(show: Show) -> None:
    project = edits.show(two_scenes(), "b")
    show.production.apply(project)
    until(lambda: show.level((48, 60)) > 100 or None)
    for item in project.program.items:
        project = edits.hide_item(project, item.id)
    show.production.apply(project)
    until(lambda: show.level((48, 90)) < 60 or None)
