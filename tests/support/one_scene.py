"""A project of one scene that a test changes as a host would, told to an engine with every change."""

from collections.abc import Callable

from effects.params import Settings
from studio.engine.messages.commands import SetProject
from studio.project import edits
from studio.project.choices import (
    AudioSpec,
    VideoSpec,
    choose_picture,
    choose_sound,
    first_project,
    picture_source,
)
from studio.project.project import Canvas, Project


class OneScene:
    """One picture, one strip.

    Args:
        send: takes the commands.
        canvas: of the project.
    """

    def __init__(self, send: Callable[[SetProject], object], canvas: Canvas | None = None) -> None:
        self._send = send
        self.project = edits.set_canvas(first_project(), canvas or Canvas())

    @property
    def picture_id(self) -> str:
        """The id of the source that is shown; empty before the first."""
        source = picture_source(self.project)
        return source.id if source is not None else ""

    @property
    def sound_id(self) -> str:
        """The id of the source that is heard; empty for silence."""
        return self.project.strips[0].source_id

    def set_canvas(self, canvas: Canvas) -> None:
        """Compose this canvas from now on."""
        self._tell(edits.set_canvas(self.project, canvas))

    def show(self, spec: VideoSpec) -> None:
        """Show this from now on."""
        self._tell(choose_picture(self.project, spec))

    def hear(self, spec: AudioSpec) -> None:
        """Hear this from now on."""
        self._tell(choose_sound(self.project, spec))

    def set_effects(self, settings: Settings) -> None:
        """Put these effects on what is shown."""
        self._tell(edits.set_effects(self.project, self.picture_id, settings))

    def set_gain(self, gain_db: float) -> None:
        """Set the strip's fader."""
        self._tell(edits.set_gain(self.project, self.project.strips[0].id, gain_db))

    def mute(self) -> None:
        """Silence the strip."""
        self._tell(edits.mute(self.project, self.project.strips[0].id))

    def unmute(self) -> None:
        """Let the strip sound again."""
        self._tell(edits.unmute(self.project, self.project.strips[0].id))

    def _tell(self, project: Project) -> None:
        self.project = project
        self._send(SetProject(project))


def project_of(video: VideoSpec, audio: AudioSpec, canvas: Canvas | None = None) -> Project:
    """Return a project that shows and sounds this."""
    return choose_sound(choose_picture(edits.set_canvas(first_project(), canvas or Canvas()), video), audio)
