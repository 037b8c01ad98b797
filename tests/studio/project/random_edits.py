"""Edits of any kind, drawn by hypothesis, for the tests of undo and of the file."""

from collections.abc import Callable

from hypothesis import strategies as st

from effects.params import Settings
from studio.project import edits
from studio.project.choices import first_project
from studio.project.project import Canvas, Crop, Project, Scene, Source, SourceKind, Transform, new_id

Edit = Callable[[Project], Project]

SHARES = st.floats(0, 0.45)
TRANSFORMS = st.builds(
    Transform,
    x=st.floats(-2, 2),
    y=st.floats(-2, 2),
    width=st.floats(0.01, 3),
    height=st.floats(0.01, 3),
    rotation=st.floats(-180, 180),
    is_mirrored=st.booleans(),
    crop=st.builds(Crop, SHARES, SHARES, SHARES, SHARES),
    opacity=st.floats(0, 1),
)


def _scene(draw: st.DrawFn, project: Project) -> str:
    return draw(st.sampled_from([scene.id for scene in project.scenes]))


@st.composite
def edits_of(draw: st.DrawFn, project: Project) -> Project:
    """One edit of this project, done."""
    scene = _scene(draw, project)
    items = [item.id for each in project.scenes for item in each.items]
    possible: list[Edit] = [
        lambda now: edits.set_canvas(now, draw(st.sampled_from([Canvas(), Canvas(1280, 720, 25)]))),
        lambda now: edits.show(now, scene),
        lambda now: edits.add_scene(now, Scene(new_id(), draw(st.text(max_size=5)))),
        lambda now: edits.copy_scene(now, scene, "copy"),
        lambda now: edits.rename_scene(now, scene, draw(st.text(max_size=5))),
        lambda now: edits.remove_scene(now, scene),
        lambda now: edits.move_scene(now, scene, draw(st.integers(0, 4))),
        lambda now: _with_item(now, scene, draw(st.sampled_from(SourceKind))),
        lambda now: edits.set_gain(now, now.strips[0].id, draw(st.floats(-60, 12))),
        lambda now: edits.mute(now, now.strips[0].id),
        lambda now: edits.unmute(now, now.strips[0].id),
    ]
    if items:
        item = draw(st.sampled_from(items))
        source = next(each.source_id for at in project.scenes for each in at.items if each.id == item)
        possible += [
            lambda now: edits.remove_item(now, item),
            lambda now: edits.move_item(now, item, draw(st.integers(0, 4))),
            lambda now: edits.set_transform(now, item, draw(TRANSFORMS)),
            lambda now: edits.hide_item(now, item),
            lambda now: edits.show_item(now, item),
            lambda now: edits.lock_item(now, item),
            lambda now: edits.unlock_item(now, item),
            lambda now: edits.add_item(now, scene, source),
            lambda now: edits.rename_source(now, source, draw(st.text(max_size=5))),
            lambda now: edits.set_settings(now, source, {"device": draw(st.text(max_size=5))}),
            lambda now: edits.set_effects(now, source, Settings({"beauty": {"smooth": 1.0}})),
            lambda now: edits.set_strip_source(now, now.strips[0].id, source),
        ]
    return draw(st.sampled_from(possible))(project)


@st.composite
def walks(draw: st.DrawFn) -> list[Project]:
    """A project, and what it became by up to 20 edits, one after the other."""
    projects = [first_project()]
    for _ in range(draw(st.integers(0, 20))):
        projects.append(draw(edits_of(projects[-1])))
    return projects


def _with_item(project: Project, scene_id: str, kind: SourceKind) -> Project:
    source = Source(new_id(), kind)
    return edits.add_item(edits.add_source(project, source), scene_id, source.id)
