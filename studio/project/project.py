"""The project as a value: canvas, scenes, sources and mixer strips; plain messages that never change."""

import secrets
from collections.abc import Set
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from effects.params import Settings, Value

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Name = Annotated[str, msgspec.Meta(max_length=120)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Position = Annotated[float, msgspec.Meta(ge=-10, le=10)]
Extent = Annotated[float, msgspec.Meta(gt=0, le=20)]
MOST_OFFSET_MS: Final = 300
MOST_DUCKED_DB: Final = 40
Pixels = Annotated[int, msgspec.Meta(ge=2, le=4096, multiple_of=2)]


class ProjectError(ValueError):
    """Not a project; the text says what was expected and what came."""


def new_id() -> str:
    """Return an id that nothing in any project has."""
    return secrets.token_hex(6)


class Canvas(msgspec.Struct, frozen=True):
    """The picture that is made: width and height in pixels (even), frames a second."""

    width: Pixels = 720
    height: Pixels = 1280
    fps: Annotated[int, msgspec.Meta(ge=1, le=120)] = 30


class SourceKind(StrEnum):
    """Where a picture or sound comes from."""

    CAMERA = "camera"
    SCREEN = "screen"
    WINDOW = "window"
    MEDIA_FILE = "media_file"
    IMAGE = "image"
    TEXT = "text"
    COLOR = "color"
    TEST_PATTERN = "test_pattern"
    DEMO = "demo"
    MICROPHONE = "microphone"
    TEST_TONE = "test_tone"
    DEMO_MUSIC = "demo_music"


SOUNDS: Final = frozenset({SourceKind.MICROPHONE, SourceKind.TEST_TONE, SourceKind.DEMO_MUSIC})
"""Kinds that give sound alone; all others give a picture, and some of them its sound too."""


STILLS: Final = frozenset({SourceKind.IMAGE, SourceKind.TEXT, SourceKind.COLOR})
"""Kinds whose picture stands still, and may be transparent; effects are not for them."""


class Source(msgspec.Struct, frozen=True):
    """Something to show or hear; scenes and strips name it by its id.

    Attributes:
        name: what the host calls it; empty: what its kind is called.
        settings: what its kind needs to be opened, by name, such as `device` or `file`.
        effects: what its pictures go through before they are shown.
    """

    id: Id
    kind: SourceKind
    name: Name = ""
    settings: dict[str, Value] = {}
    effects: Settings = Settings()


class Fit(StrEnum):
    """How a picture of another shape fills its box."""

    COVER = "cover"
    CONTAIN = "contain"
    STRETCH = "stretch"


class Crop(msgspec.Struct, frozen=True):
    """What is cut off a source's picture on each side, in shares of its width and height."""

    left: Share = 0.0
    top: Share = 0.0
    right: Share = 0.0
    bottom: Share = 0.0


class Transform(msgspec.Struct, frozen=True):
    """Where and how a source is drawn.

    Attributes:
        x, y, width, height: its box before rotation, in shares of the canvas; it may reach beyond it.
        rotation: about the box's middle, in degrees clockwise.
        crop: cut off before the picture is fitted into the box.
        is_mirrored, is_upside_down: flipped from left to right, from top to bottom.
        opacity: 0 (nothing) to 1.
    """

    x: Position = 0.0
    y: Position = 0.0
    width: Extent = 1.0
    height: Extent = 1.0
    fit: Fit = Fit.COVER
    rotation: Annotated[float, msgspec.Meta(ge=-360, le=360)] = 0.0
    crop: Crop = Crop()
    is_mirrored: bool = False
    is_upside_down: bool = False
    opacity: Share = 1.0


FULL_CANVAS: Final = Transform()


class SceneItem(msgspec.Struct, frozen=True):
    """A source in a scene; one source may be in many, several times.

    Attributes:
        is_visible: whether viewers see it.
        is_locked: held where it is against the mouse.
    """

    id: Id
    source_id: Id
    transform: Transform = FULL_CANVAS
    is_visible: bool = True
    is_locked: bool = False


class Scene(msgspec.Struct, frozen=True):
    """What can be on air at once: its items, the lowest first."""

    id: Id
    name: Name = ""
    items: tuple[SceneItem, ...] = ()


class SoundFilter(msgspec.Struct, frozen=True):
    """A filter that a strip's sound goes through: its name, and its values where they are not as declared."""

    name: Name
    values: dict[str, Value] = {}
    is_on: bool = True


class Strip(msgspec.Struct, frozen=True):
    """One channel of the mixer; with no source (an empty id) it is silent.

    Attributes:
        filters: in the order of the sound, before the fader; at most one of a name.
        pan: -1, left alone, to 1, right alone.
        is_mono: both sides sound the same.
        offset_ms: how much later than it was heard its sound is sent; negative: earlier.
        ducked_db: by how much it goes down while somebody speaks into a microphone.
    """

    id: Id
    source_id: str = ""
    gain_db: Annotated[float, msgspec.Meta(ge=-60, le=12)] = 0.0
    is_muted: bool = False
    filters: tuple[SoundFilter, ...] = ()
    pan: Annotated[float, msgspec.Meta(ge=-1, le=1)] = 0.0
    is_mono: bool = False
    offset_ms: Annotated[float, msgspec.Meta(ge=-MOST_OFFSET_MS, le=MOST_OFFSET_MS)] = 0.0
    ducked_db: Annotated[float, msgspec.Meta(ge=0, le=MOST_DUCKED_DB)] = 0.0


class Project(msgspec.Struct, frozen=True):
    """All of the stage.

    Attributes:
        scenes: in the host's order; never empty.
        program_id: the scene that viewers see.
        sources: by id; one that nothing uses stays until it is removed, but is not opened.
        strips: in the mixer's order.
    """

    scenes: tuple[Scene, ...]
    program_id: Id
    canvas: Canvas = Canvas()
    sources: dict[Id, Source] = {}
    strips: tuple[Strip, ...] = ()

    @property
    def program(self) -> Scene:
        """The scene that viewers see."""
        return self.scene(self.program_id)

    def scene(self, scene_id: str) -> Scene:
        """Return a scene.

        Raises:
            KeyError: there is none with this id.
        """
        for scene in self.scenes:
            if scene.id == scene_id:
                return scene
        raise KeyError(scene_id)


def check(project: Project) -> None:
    """Make sure that all ids are their own and that whatever is named is there.

    Raises:
        ProjectError: they are not, or it is not.
    """
    items = [item for scene in project.scenes for item in scene.items]
    _check_own("scene", [scene.id for scene in project.scenes])
    _check_own("item", [item.id for item in items])
    _check_own("strip", [strip.id for strip in project.strips])
    _check_known("program scene", {project.program_id}, {scene.id for scene in project.scenes})
    _check_known("source of an item", {item.source_id for item in items}, project.sources.keys())
    for strip in project.strips:
        _check_own("filter of a strip", [each.name for each in strip.filters])
    heard = {strip.source_id for strip in project.strips if strip.source_id}
    _check_known("source of a strip", heard, project.sources.keys())
    if strangers := [key for key, source in project.sources.items() if source.id != key]:
        raise ProjectError(f"expected sources by their own ids, got {strangers}")
    for item in items:
        crop = item.transform.crop
        if crop.left + crop.right >= 1 or crop.top + crop.bottom >= 1:
            raise ProjectError(f"expected a crop that leaves something, got {crop}")


def _check_own(what: str, ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise ProjectError(f"expected every {what} to have an id of its own, got {sorted(ids)}")


def _check_known(what: str, named: Set[str], known: Set[str]) -> None:
    if missing := named - known:
        raise ProjectError(f"expected the {what} to be among {sorted(known)}, got {sorted(missing)}")
