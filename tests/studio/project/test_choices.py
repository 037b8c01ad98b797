import pytest

from effects.params import Settings
from studio.project import edits
from studio.project.choices import (
    MAIN,
    AudioKind,
    AudioSpec,
    VideoKind,
    VideoSpec,
    add_sound,
    choose_picture,
    choose_sound,
    demo_of,
    first_project,
    picture_of,
    picture_source,
    sound_of,
)
from studio.project.project import Source, SourceKind, check

CAMERA = VideoSpec(VideoKind.CAMERA, "front")


def test_at_first_nothing_is_seen_or_heard() -> None:
    assert picture_of(first_project()) is None
    assert picture_source(first_project()) is None
    assert sound_of(first_project()) == AudioSpec(AudioKind.NONE)
    check(first_project())


@pytest.mark.parametrize("kind", VideoKind)
def test_a_picture_that_is_chosen_is_the_one_that_is_shown(kind: VideoKind) -> None:
    target = "" if kind in (VideoKind.DEMO, VideoKind.TEST_PATTERN) else "x"
    project = choose_picture(choose_picture(first_project(), CAMERA), VideoSpec(kind, target))
    assert picture_of(project) == VideoSpec(kind, target)
    assert len(project.program.items) == 1
    check(project)


@pytest.mark.parametrize("kind", AudioKind)
def test_a_sound_that_is_chosen_is_the_one_that_is_heard(kind: AudioKind) -> None:
    target = "x" if kind is AudioKind.MICROPHONE else ""
    project = choose_sound(choose_picture(first_project(), CAMERA), AudioSpec(kind, target))
    assert sound_of(project) == AudioSpec(kind, target)
    check(project)


def test_a_picture_chosen_again_has_its_effects_again() -> None:
    project = choose_picture(first_project(), CAMERA)
    smooth = Settings({"beauty": {"smooth": 9.0}})
    project = edits.set_effects(project, project.program.items[0].source_id, smooth)
    project = choose_picture(project, VideoSpec(VideoKind.CAMERA))
    other = picture_source(project)
    assert other is not None
    assert other.effects == Settings()
    source = picture_source(choose_picture(project, CAMERA))
    assert source is not None
    assert source.effects == smooth


def test_a_title_over_the_picture_stays_where_it_is() -> None:
    project = choose_picture(first_project(), CAMERA)
    project = edits.add_source(project, Source("t", SourceKind.TEXT))
    project = edits.add_item(project, MAIN, "t")
    assert picture_of(project) == CAMERA
    project = choose_picture(project, VideoSpec(VideoKind.DEMO))
    assert picture_of(project) == VideoSpec(VideoKind.DEMO)
    assert project.program.items[1].source_id == "t"


def test_the_sound_of_a_file_follows_the_picture() -> None:
    project = choose_picture(first_project(), VideoSpec(VideoKind.MEDIA_FILE, "a.mp4"))
    project = choose_sound(project, AudioSpec(AudioKind.VIDEO_SOURCE))
    project = choose_picture(project, VideoSpec(VideoKind.MEDIA_FILE, "b.mp4"))
    assert project.strips[0].source_id == project.program.items[0].source_id
    microphone = choose_sound(project, AudioSpec(AudioKind.MICROPHONE))
    assert sound_of(choose_picture(microphone, CAMERA)) == AudioSpec(AudioKind.MICROPHONE)


def test_the_demo_is_seen_and_heard() -> None:
    project = demo_of(first_project())
    assert picture_of(project) == VideoSpec(VideoKind.DEMO)
    assert sound_of(project) == AudioSpec(AudioKind.DEMO)


def test_a_sound_is_on_one_strip_wherever_it_is_chosen() -> None:
    music, tone = AudioSpec(AudioKind.DEMO), AudioSpec(AudioKind.TEST_TONE)
    project = add_sound(add_sound(choose_sound(first_project(), tone), music), tone)
    assert len(project.strips) == 2
    chosen = choose_sound(project, music)
    assert [strip.id for strip in chosen.strips] == [project.strips[0].id]
    assert sound_of(chosen) == music
    assert add_sound(chosen, AudioSpec(AudioKind.NONE)) == chosen
    assert add_sound(chosen, AudioSpec(AudioKind.VIDEO_SOURCE)) == chosen
