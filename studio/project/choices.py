"""The project of one scene, one picture and one sound, as the panel of sources shows and chooses them."""

from enum import StrEnum
from typing import Final

import msgspec

from studio.project import edits
from studio.project.project import STILLS, Project, Scene, SceneItem, Source, SourceKind, Strip, new_id

MAIN: Final = "main"
"""The id of the first scene, and of the first strip."""


class VideoKind(StrEnum):
    """Where a picture comes from."""

    CAMERA = "camera"
    SCREEN = "screen"
    WINDOW = "window"
    MEDIA_FILE = "media_file"
    TEST_PATTERN = "test_pattern"
    DEMO = "demo"


class AudioKind(StrEnum):
    """Where sound comes from."""

    NONE = "none"
    MICROPHONE = "microphone"
    TEST_TONE = "test_tone"
    DEMO = "demo"
    VIDEO_SOURCE = "video_source"


class VideoSpec(msgspec.Struct, frozen=True):
    """A picture to choose.

    `target` is a device id, screen name, window id or file path; empty means the default.
    """

    kind: VideoKind
    target: str = ""


class AudioSpec(msgspec.Struct, frozen=True):
    """A sound to choose.

    `target` is a device id; empty means the default. VIDEO_SOURCE: the picture's own sound.
    """

    kind: AudioKind
    target: str = ""


_TARGETS: Final = {
    SourceKind.CAMERA: "device",
    SourceKind.SCREEN: "screen",
    SourceKind.WINDOW: "window",
    SourceKind.MEDIA_FILE: "file",
    SourceKind.IMAGE: "file",
    SourceKind.MICROPHONE: "device",
}
_SOUNDS: Final = {
    AudioKind.MICROPHONE: SourceKind.MICROPHONE,
    AudioKind.TEST_TONE: SourceKind.TEST_TONE,
    AudioKind.DEMO: SourceKind.DEMO_MUSIC,
}
_AUDIO_KINDS: Final = {kind: audio for audio, kind in _SOUNDS.items()}


def first_project() -> Project:
    """Return a project with one scene without a picture, and one strip without a sound."""
    return Project(scenes=(Scene(MAIN),), program_id=MAIN, strips=(Strip(MAIN),))


def picture_source(project: Project) -> Source | None:
    """Return the source of the topmost picture of the program scene, stills aside; None when it has none."""
    item = _picture_item(project)
    return project.sources[item.source_id] if item is not None else None


def _picture_item(project: Project) -> SceneItem | None:
    items = reversed(project.program.items)
    return next((item for item in items if project.sources[item.source_id].kind not in STILLS), None)


def picture_of(project: Project) -> VideoSpec | None:
    """Return the picture that is chosen; None when there is none."""
    source = picture_source(project)
    return spec_of(source) if source is not None else None


def spec_of(source: Source) -> VideoSpec:
    """Return a source that gives pictures, as they are chosen."""
    return VideoSpec(VideoKind(source.kind.value), target_of(source))


def sound_of(project: Project) -> AudioSpec:
    """Return the sound that is chosen for the first strip."""
    source = project.sources.get(project.strips[0].source_id) if project.strips else None
    if source is None:
        return AudioSpec(AudioKind.NONE)
    kind = _AUDIO_KINDS.get(source.kind)
    return AudioSpec(kind, target_of(source)) if kind else AudioSpec(AudioKind.VIDEO_SOURCE)


def choose_picture(project: Project, spec: VideoSpec) -> Project:
    """Show this picture in the place of the one before; a strip that sounded the one before follows.

    A source that was chosen before comes back with its effects.
    """
    item = _picture_item(project)
    project, source = _with_source(project, SourceKind(spec.kind.value), spec.target)
    if item is None:
        return edits.add_item(project, project.program_id, source.id)
    project = edits.set_item_source(project, item.id, source.id)
    for strip in project.strips:
        if strip.source_id == item.source_id:
            project = edits.set_strip_source(project, strip.id, source.id)
    return project


def choose_sound(project: Project, spec: AudioSpec) -> Project:
    """Let the first strip sound this; a further strip that sounded it goes."""
    strip_id = project.strips[0].id
    project, source_id = _with_sound(project, spec)
    for strip in project.strips[1:]:
        if strip.source_id == source_id:
            project = edits.remove_strip(project, strip.id)
    return edits.set_strip_source(project, strip_id, source_id)


def add_sound(project: Project, spec: AudioSpec) -> Project:
    """Let this sound on a strip of its own, beside those there are; `VIDEO_SOURCE` is the picture's sound."""
    project, source_id = _with_sound(project, spec)
    return edits.add_strip(project, source_id) if source_id else project


def demo_of(project: Project) -> Project:
    """Show and sound the demo in the place of what is chosen."""
    return choose_sound(choose_picture(project, VideoSpec(VideoKind.DEMO)), AudioSpec(AudioKind.DEMO))


def target_of(source: Source) -> str:
    """Return the device, screen, window or file that a source opens; empty for the default."""
    return str(source.settings.get(_TARGETS.get(source.kind, ""), ""))


def _with_sound(project: Project, spec: AudioSpec) -> tuple[Project, str]:
    """Return a project that has the source of this sound, and its id; empty where nothing sounds."""
    if spec.kind is AudioKind.NONE:
        return project, ""
    if spec.kind is AudioKind.VIDEO_SOURCE:
        picture = picture_source(project)
        return project, picture.id if picture is not None else ""
    project, source = _with_source(project, _SOUNDS[spec.kind], spec.target)
    return project, source.id


def _with_source(project: Project, kind: SourceKind, target: str) -> tuple[Project, Source]:
    """Return a project that has this source, and the source."""
    for source in project.sources.values():
        if source.kind is kind and target_of(source) == target:
            return project, source
    settings = {_TARGETS[kind]: target} if kind in _TARGETS else {}
    source = Source(new_id(), kind, settings=dict(settings))
    return edits.add_source(project, source), source
