from dataclasses import replace

import msgspec

from studio.project.choices import (
    AudioKind,
    AudioSpec,
    VideoKind,
    VideoSpec,
    first_project,
    picture_of,
    sound_of,
)
from studio.project.project import Canvas
from studio.settings import Remote, Settings
from studio.settings_form import edited, to_values, with_values
from tests.support.one_scene import project_of
from widgets.settings.settings_values import BackendPlace, Orientation

FULL = Settings(
    language="zh_CN", backend_place=BackendPlace.REMOTE, remote=Remote("https://shop.example", "main", "t")
)
PROJECT = project_of(
    VideoSpec(VideoKind.MEDIA_FILE, "/tmp/a b.mp4"), AudioSpec(AudioKind.DEMO), Canvas(1280, 720, 25)
)


def test_the_dialog_changes_what_it_shows_and_nothing_else() -> None:
    values = to_values(FULL, PROJECT)
    assert with_values(FULL, values) == FULL
    assert with_values(FULL, replace(values, port=9000)) == msgspec.structs.replace(FULL, port=9000)
    assert edited(PROJECT, values, values) == PROJECT


def test_the_dialog_shows_the_shape_of_the_canvas() -> None:
    assert to_values(FULL, PROJECT).orientation is Orientation.LANDSCAPE
    assert to_values(FULL, PROJECT).fps == 25
    assert to_values(FULL, first_project()).orientation is Orientation.PORTRAIT


def test_shape_picture_and_sound_are_taken_into_the_project() -> None:
    before = to_values(FULL, PROJECT)
    after = replace(
        before,
        orientation=Orientation.PORTRAIT,
        picture=VideoSpec(VideoKind.CAMERA, "c1"),
        sound=AudioSpec(AudioKind.NONE),
    )
    project = edited(PROJECT, before, after)
    assert project.canvas == Canvas(720, 1280, 25)
    assert (picture_of(project), sound_of(project)) == (after.picture, after.sound)
