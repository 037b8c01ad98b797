import pytest
from hypothesis import given
from msgspec.structs import replace

from studio.project.choices import MAIN, first_project
from studio.project.project import (
    Crop,
    Project,
    ProjectError,
    Scene,
    SceneItem,
    Source,
    SourceKind,
    Strip,
    Transform,
    check,
)
from tests.studio.project.random_edits import walks

CAMERA = Source("c", SourceKind.CAMERA)


@given(walks())
def test_every_edit_leaves_a_project_that_holds_together(projects: list[Project]) -> None:
    for project in projects:
        check(project)


def scene_of(*items: SceneItem) -> Project:
    return replace(first_project(), scenes=(Scene(MAIN, items=items),), sources={"c": CAMERA})


@pytest.mark.parametrize(
    ("project", "reason"),
    [
        (replace(first_project(), program_id="gone"), "program scene"),
        (replace(first_project(), scenes=(Scene(MAIN), Scene(MAIN))), "every scene"),
        (replace(first_project(), strips=(Strip("a"), Strip("a"))), "every strip"),
        (replace(first_project(), strips=(Strip("a", "gone"),)), "source of a strip"),
        (replace(first_project(), sources={"other": CAMERA}), "by their own ids"),
        (scene_of(SceneItem("i", "gone")), "source of an item"),
        (scene_of(SceneItem("i", "c"), SceneItem("i", "c")), "every item"),
        (scene_of(SceneItem("i", "c", Transform(crop=Crop(left=0.5, right=0.5)))), "leaves something"),
    ],
)
def test_a_project_that_does_not_hold_together_is_refused(project: Project, reason: str) -> None:
    with pytest.raises(ProjectError, match=reason):
        check(project)


def test_a_scene_is_found_by_its_id() -> None:
    assert first_project().program == Scene(MAIN)
    with pytest.raises(KeyError, match="gone"):
        first_project().scene("gone")
