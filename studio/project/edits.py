"""Changes of a project: each takes one and returns another, and knows nothing of windows or media."""

from collections.abc import Callable

from msgspec.structs import replace

from effects.params import Settings, Value
from studio.project.project import (
    FULL_CANVAS,
    Canvas,
    Project,
    Scene,
    SceneItem,
    Source,
    Strip,
    Transform,
    new_id,
)

# --- Canvas and scenes ---


def set_canvas(project: Project, canvas: Canvas) -> Project:
    """Make another canvas; what is placed keeps its share of it."""
    return replace(project, canvas=canvas)


def show(project: Project, scene_id: str) -> Project:
    """Put a scene on air, by a cut."""
    return replace(project, program_id=project.scene(scene_id).id)


def add_scene(project: Project, scene: Scene) -> Project:
    """Add a scene as the last."""
    return replace(project, scenes=(*project.scenes, scene))


def rename_scene(project: Project, scene_id: str, name: str) -> Project:
    """Call a scene otherwise."""
    return _with_scene(project, scene_id, lambda scene: replace(scene, name=name))


def copy_scene(project: Project, scene_id: str, name: str) -> Project:
    """Add a copy of a scene after it, of the same sources, under this name."""
    scene = project.scene(scene_id)
    items = tuple(replace(item, id=new_id()) for item in scene.items)
    at = project.scenes.index(scene) + 1
    copy = Scene(new_id(), name, items)
    return replace(project, scenes=(*project.scenes[:at], copy, *project.scenes[at:]))


def remove_scene(project: Project, scene_id: str) -> Project:
    """Take a scene away; the last one stays, and if it was on air its neighbour is."""
    scene = project.scene(scene_id)
    scenes = tuple(other for other in project.scenes if other is not scene)
    if not scenes:
        return project
    program_id = project.program_id
    if program_id == scene_id:
        program_id = scenes[min(project.scenes.index(scene), len(scenes) - 1)].id
    return without_unused(replace(project, scenes=scenes, program_id=program_id))


def move_scene(project: Project, scene_id: str, place: int) -> Project:
    """Give a scene another place in the list, counted from 0."""
    scene = project.scene(scene_id)
    scenes = [other for other in project.scenes if other is not scene]
    scenes.insert(max(0, place), scene)
    return replace(project, scenes=tuple(scenes))


# --- Items ---


def add_item(project: Project, scene_id: str, source_id: str, transform: Transform = FULL_CANVAS) -> Project:
    """Show a source of the project in a scene, on top."""
    item = SceneItem(new_id(), project.sources[source_id].id, transform)
    return _with_scene(project, scene_id, lambda scene: replace(scene, items=(*scene.items, item)))


def remove_item(project: Project, item_id: str) -> Project:
    """Take an item out of its scene, and its source out of the project if nothing else uses it."""
    return without_unused(
        _with_items(project, lambda items: tuple(item for item in items if item.id != item_id))
    )


def move_item(project: Project, item_id: str, place: int) -> Project:
    """Give an item another place in its scene's order, counted from the lowest, 0."""

    def moved(items: tuple[SceneItem, ...]) -> tuple[SceneItem, ...]:
        others = [item for item in items if item.id != item_id]
        if len(others) == len(items):
            return items
        others.insert(max(0, place), next(item for item in items if item.id == item_id))
        return tuple(others)

    return _with_items(project, moved)


def set_transform(project: Project, item_id: str, transform: Transform) -> Project:
    """Draw an item elsewhere or otherwise."""
    return _with_item(project, item_id, lambda item: replace(item, transform=transform))


def set_item_source(project: Project, item_id: str, source_id: str) -> Project:
    """Show another source of the project in an item's place."""
    source = project.sources[source_id]
    return _with_item(project, item_id, lambda item: replace(item, source_id=source.id))


def show_item(project: Project, item_id: str) -> Project:
    """Let viewers see an item."""
    return _with_item(project, item_id, lambda item: replace(item, is_visible=True))


def hide_item(project: Project, item_id: str) -> Project:
    """Let viewers not see an item."""
    return _with_item(project, item_id, lambda item: replace(item, is_visible=False))


def lock_item(project: Project, item_id: str) -> Project:
    """Hold an item where it is."""
    return _with_item(project, item_id, lambda item: replace(item, is_locked=True))


def unlock_item(project: Project, item_id: str) -> Project:
    """Let an item be moved again."""
    return _with_item(project, item_id, lambda item: replace(item, is_locked=False))


# --- Sources ---


def add_source(project: Project, source: Source) -> Project:
    """Add a source, or put it in the place of the one with its id."""
    return replace(project, sources={**project.sources, source.id: source})


def rename_source(project: Project, source_id: str, name: str) -> Project:
    """Call a source otherwise."""
    return add_source(project, replace(project.sources[source_id], name=name))


def set_settings(project: Project, source_id: str, settings: dict[str, Value]) -> Project:
    """Open a source otherwise: another device, another file."""
    return add_source(project, replace(project.sources[source_id], settings=settings))


def set_effects(project: Project, source_id: str, effects: Settings) -> Project:
    """Put effects on a source, wherever it is shown."""
    return add_source(project, replace(project.sources[source_id], effects=effects))


def without_unused(project: Project) -> Project:
    """Forget the sources that no scene and no strip uses."""
    used = {item.source_id for scene in project.scenes for item in scene.items}
    used |= {strip.source_id for strip in project.strips}
    return replace(project, sources={key: each for key, each in project.sources.items() if key in used})


# --- Strips ---


def add_strip(project: Project, source_id: str) -> Project:
    """Let a source sound on a strip of its own, behind the others; what sounds already stays as it is."""
    if any(strip.source_id == source_id for strip in project.strips):
        return project
    return replace(project, strips=(*project.strips, Strip(new_id(), source_id)))


def remove_strip(project: Project, strip_id: str) -> Project:
    """Take a strip away; the main one, which is the first, stays."""
    kept = [strip for strip in project.strips[1:] if strip.id != strip_id]
    return replace(project, strips=(*project.strips[:1], *kept))


def set_gain(project: Project, strip_id: str, gain_db: float) -> Project:
    """Set a strip's fader, in dB; held within -60 and +12."""
    held = min(max(gain_db, -60.0), 12.0)
    return _with_strip(project, strip_id, lambda strip: replace(strip, gain_db=held))


def mute(project: Project, strip_id: str) -> Project:
    """Silence a strip."""
    return _with_strip(project, strip_id, lambda strip: replace(strip, is_muted=True))


def unmute(project: Project, strip_id: str) -> Project:
    """Let a strip sound again."""
    return _with_strip(project, strip_id, lambda strip: replace(strip, is_muted=False))


def set_strip_source(project: Project, strip_id: str, source_id: str) -> Project:
    """Let a strip sound another source; empty for silence."""
    return _with_strip(project, strip_id, lambda strip: replace(strip, source_id=source_id))


def set_strip(project: Project, strip: Strip) -> Project:
    """Put a strip in the place of the one with its id."""
    return _with_strip(project, strip.id, lambda _: strip)


# --- What the edits share ---


def _with_scene(project: Project, scene_id: str, change: Callable[[Scene], Scene]) -> Project:
    scene = project.scene(scene_id)
    return replace(project, scenes=tuple(change(each) if each is scene else each for each in project.scenes))


def _with_items(
    project: Project, change: Callable[[tuple[SceneItem, ...]], tuple[SceneItem, ...]]
) -> Project:
    scenes = tuple(replace(scene, items=change(scene.items)) for scene in project.scenes)
    return replace(project, scenes=scenes)


def _with_item(project: Project, item_id: str, change: Callable[[SceneItem], SceneItem]) -> Project:
    return _with_items(
        project, lambda items: tuple(change(item) if item.id == item_id else item for item in items)
    )


def _with_strip(project: Project, strip_id: str, change: Callable[[Strip], Strip]) -> Project:
    strips = tuple(change(strip) if strip.id == strip_id else strip for strip in project.strips)
    return replace(project, strips=strips)
