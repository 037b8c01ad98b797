"""A project of two scenes for the tests of the panel of scenes."""

from typing import Final

from studio.project import edits
from studio.project.choices import MAIN, first_project
from studio.project.kinds import first_place
from studio.project.project import Project, Source, SourceKind

CAMERA: Final = Source("camera", SourceKind.CAMERA, settings={"device": "cam-1"})
LOGO: Final = Source("logo", SourceKind.IMAGE, settings={"file": "/home/shop/logo.png"})
TITLE: Final = Source("title", SourceKind.TEXT, settings={"text": "限时\nsale"})


def sample_project() -> Project:
    """A camera below a logo and a title on air; the camera alone in a second scene."""
    project = first_project()
    for source in (CAMERA, LOGO, TITLE):
        project = edits.add_source(project, source)
        project = edits.add_item(project, MAIN, source.id, first_place(source.kind))
    project = edits.copy_scene(project, MAIN, "Close-up")
    for item in project.scenes[1].items[1:]:
        project = edits.remove_item(project, item.id)
    return project
