"""What the settings dialog shows, from settings and project, and what it gave back into both."""

from typing import Final

import msgspec

from studio.project import edits
from studio.project.choices import (
    VideoKind,
    VideoSpec,
    choose_picture,
    choose_sound,
    picture_of,
    sound_of,
)
from studio.project.project import Canvas, Project
from studio.settings import Remote, Settings
from widgets.settings.settings_values import Orientation, SettingsValues

SIZES: Final = {Orientation.PORTRAIT: (720, 1280), Orientation.LANDSCAPE: (1280, 720)}


def to_values(settings: Settings, project: Project) -> SettingsValues:
    """Show settings and project in the dialog."""
    is_wide = project.canvas.width > project.canvas.height
    return SettingsValues(
        language=settings.language,
        orientation=Orientation.LANDSCAPE if is_wide else Orientation.PORTRAIT,
        fps=project.canvas.fps,
        floor_kbps=settings.floor_kbps,
        ceiling_kbps=settings.ceiling_kbps,
        sends_layers=settings.sends_layers,
        encoder=settings.encoder,
        picture=picture_of(project) or VideoSpec(VideoKind.CAMERA),
        sound=sound_of(project),
        backend_place=settings.backend_place,
        is_open_to_lan=settings.is_open_to_lan,
        port=settings.port,
        remote_url=settings.remote.url,
        remote_room=settings.remote.room,
        remote_token=settings.remote.token,
        recording=settings.recording,
    )


def with_values(settings: Settings, values: SettingsValues) -> Settings:
    """Take into the settings what the dialog gave back of them."""
    return msgspec.structs.replace(
        settings,
        language=values.language,
        floor_kbps=values.floor_kbps,
        ceiling_kbps=values.ceiling_kbps,
        sends_layers=values.sends_layers,
        encoder=values.encoder,
        backend_place=values.backend_place,
        is_open_to_lan=values.is_open_to_lan,
        port=values.port,
        remote=Remote(values.remote_url, values.remote_room, values.remote_token),
        recording=values.recording,
    )


def edited(project: Project, before: SettingsValues, after: SettingsValues) -> Project:
    """Take into the project what the dialog changed of it."""
    if (before.orientation, before.fps) != (after.orientation, after.fps):
        project = edits.set_canvas(project, Canvas(*SIZES[after.orientation], after.fps))
    if before.picture != after.picture:
        project = choose_picture(project, after.picture)
    if before.sound != after.sound:
        project = choose_sound(project, after.sound)
    return project
