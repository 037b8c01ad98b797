"""The first project of a data folder whose settings still hold picture, sound and effects."""

from pathlib import Path
from typing import Final

import msgspec

from effects.params import Settings
from studio.project import edits
from studio.project.choices import (
    AudioKind,
    AudioSpec,
    VideoKind,
    VideoSpec,
    choose_picture,
    choose_sound,
    first_project,
)
from studio.project.project import Canvas, Project, ProjectError, check

_SETTINGS: Final = "studio.json"
_LANDSCAPE: Final = "16:9"


class _OldSettings(msgspec.Struct, frozen=True):
    """What `studio.json` held of the stage until there was a project."""

    orientation: str = ""
    fps: int = 30
    video: VideoSpec = VideoSpec(VideoKind.CAMERA)
    audio: AudioSpec = AudioSpec(AudioKind.MICROPHONE)
    gain_db: float = 0.0
    is_muted: bool = False
    effects: dict[str, Settings] = {}


def carried_over(folder: Path) -> Project:
    """Return what the settings in a data folder say of the stage, as a project; else the usual first one."""
    try:
        old = msgspec.json.decode((folder / _SETTINGS).read_bytes(), type=_OldSettings)
        project = _project_of(old)
        check(msgspec.json.decode(msgspec.json.encode(project), type=Project))
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError, ProjectError):
        return _project_of(_OldSettings())  # none, or the settings themselves are set aside and told
    return project


def _project_of(old: _OldSettings) -> Project:
    size = (1280, 720) if old.orientation == _LANDSCAPE else (720, 1280)
    project = edits.set_canvas(first_project(), Canvas(*size, old.fps))
    for key, effects in old.effects.items():
        kind, _, target = key.partition(":")
        if kind in set(VideoKind):
            project = choose_picture(project, VideoSpec(VideoKind(kind), target))
            project = edits.set_effects(project, project.program.items[-1].source_id, effects)
    project = choose_sound(choose_picture(project, old.video), old.audio)
    project = edits.set_gain(project, project.strips[0].id, old.gain_db)
    return edits.mute(project, project.strips[0].id) if old.is_muted else project
