"""Shows the demo portrait until a camera is there, as long as the host has chosen no source."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from studio.engine.messages import AudioKind, AudioSpec, DevicesChanged, EngineEvent, VideoKind, VideoSpec
from studio.stage.engine_view import EngineView


class DemoFallback(QObject):
    """A machine without a camera shows the product at its first start, and no alarm.

    A camera that comes takes over, but never while viewers watch: nobody gets on air unasked.

    Args:
        view: where sources are selected.
        is_wanted: whether the host has chosen nothing yet.
        is_on_air: whether viewers watch.
    """

    def __init__(
        self, view: EngineView, is_wanted: Callable[[], bool], is_on_air: Callable[[], bool]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._is_wanted = is_wanted
        self._is_on_air = is_on_air
        self._stands = False

    def on_event(self, event: EngineEvent) -> None:
        """Hear which devices there are."""
        if not isinstance(event, DevicesChanged) or not self._is_wanted():
            return
        if not event.devices.cameras and not self._stands:
            self._stands = True
            self._view.select_video(VideoSpec(VideoKind.DEMO))
            if not event.devices.microphones:
                self._view.select_audio(AudioSpec(AudioKind.DEMO))
        elif event.devices.cameras and self._stands and not self._is_on_air():
            self._stands = False
            self._view.select_video(VideoSpec(VideoKind.CAMERA))
            self._view.select_audio(AudioSpec(AudioKind.MICROPHONE))
