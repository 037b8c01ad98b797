"""Shows the demo portrait until a camera is there, as long as the host has chosen no source."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from studio.engine.messages.events import DevicesChanged, EngineEvent
from studio.project.choices import (
    AudioKind,
    AudioSpec,
    VideoKind,
    VideoSpec,
    choose_picture,
    choose_sound,
    picture_of,
)
from studio.stage.project_editor import ProjectEditor

_DEMO = VideoSpec(VideoKind.DEMO)


class DemoFallback(QObject):
    """A machine without a camera shows the product at its first start, and no alarm.

    A camera that comes takes over, but never while viewers watch: nobody gets on air unasked.

    Args:
        editor: of the project.
        is_wanted: whether the host has chosen nothing yet.
        is_on_air: whether viewers watch.
    """

    def __init__(
        self, editor: ProjectEditor, is_wanted: Callable[[], bool], is_on_air: Callable[[], bool]
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._is_wanted = is_wanted
        self._is_on_air = is_on_air

    def on_event(self, event: EngineEvent) -> None:
        """Hear which devices there are."""
        if not isinstance(event, DevicesChanged) or not self._is_wanted():
            return
        project = self._editor.project
        stands = picture_of(project) == _DEMO
        if not event.devices.cameras and not stands:
            project = choose_picture(project, _DEMO)
            if not event.devices.microphones:
                project = choose_sound(project, AudioSpec(AudioKind.DEMO))
            self._editor.replace(project)
        elif event.devices.cameras and stands and not self._is_on_air():
            project = choose_picture(project, VideoSpec(VideoKind.CAMERA))
            self._editor.replace(choose_sound(project, AudioSpec(AudioKind.MICROPHONE)))
