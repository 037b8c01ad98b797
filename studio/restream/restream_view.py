"""Sends every broadcast to the chosen platforms, too, and shows how that goes."""

import logging

from PySide6.QtCore import QObject

from studio.engine.messages.restreaming import Restream, RestreamChanged, RestreamState, RestreamTarget
from studio.live.broadcast import Broadcast
from studio.parts import EngineLink
from studio.restream.target_store import TargetStore
from studio.window.main_window import MainWindow
from widgets.common.stage import ON_AIR, Stage
from widgets.live.alarms import Alarm
from widgets.live.toasts import Tone
from widgets.restream.target import Target
from widgets.restream.target_words import reason_name
from widgets.restream.targets_dialog import TargetsDialog

log = logging.getLogger("livestall.restream")


class RestreamView(QObject):
    """Between the broadcast, the engine, the saved targets and their dialog."""

    def __init__(
        self, engine: EngineLink, broadcast: Broadcast, store: TargetStore, window: MainWindow
    ) -> None:
        super().__init__(window)
        self._engine = engine
        self._store = store
        self._window = window
        self._targets = store.load()
        self._is_live = False
        self._sent: Restream = Restream(())
        self._states: dict[str, RestreamChanged] = {}
        self._dialog: TargetsDialog | None = None
        engine.event_arrived.connect(self.on_event)
        broadcast.stage_changed.connect(self._on_stage)
        window.platforms_wanted.connect(self.open)

    def open(self) -> None:
        """Show the platforms, and let them be changed."""
        if self._dialog is not None:
            return
        dialog = TargetsDialog(self._window)
        dialog.changed.connect(self._on_changed)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.show_targets(self._targets)
        for state in self._states.values():
            dialog.show_state(state)
        dialog.open()

    def on_event(self, event: object) -> None:
        """Show how the sending to a platform is doing."""
        if not isinstance(event, RestreamChanged):
            return
        self._states[event.target_id] = event
        if self._dialog is not None:
            self._dialog.show_state(event)
        self._show_alarm(event)

    def retranslate(self) -> None:
        """Set every text again, in another language."""
        for state in self._states.values():
            self._show_alarm(state)

    def _on_finished(self) -> None:
        self._dialog = None

    def _on_changed(self, targets: tuple[Target, ...]) -> None:
        self._targets = targets
        try:
            self._store.save(targets)
        except OSError as error:
            log.warning("the platforms were not saved: %s", error)
            text = self.tr("The platforms could not be saved: {detail}").format(detail=error.strerror or "")
            self._window.toasts.show_toast(text, Tone.BAD)
        if self._dialog is not None:
            self._dialog.show_targets(targets)
        self._send()

    def _on_stage(self, stage: Stage) -> None:
        self._is_live = stage is Stage.LIVE or (self._is_live and stage in ON_AIR)
        self._send()

    def _send(self) -> None:
        """Ask the engine for what is wanted now, if that is something else."""
        wanted = [target for target in self._targets if target.is_enabled] if self._is_live else []
        command = Restream(tuple(RestreamTarget(target.target_id, target.url) for target in wanted))
        if command != self._sent:
            self._sent = command
            self._engine.send(command)

    def _show_alarm(self, event: RestreamChanged) -> None:
        key = f"restream_{event.target_id}"
        name = next((each.name for each in self._targets if each.target_id == event.target_id), "")
        if event.state is not RestreamState.RECONNECTING or not name:
            self._window.alarms.clear_alarm(key)
            return
        text = self.tr("{name}: {reason}; it is tried again.")
        remedy = self.tr(
            "Check server and stream key in Live → Other platforms; your own viewers notice nothing."
        )
        text = text.format(name=name, reason=reason_name(event.code))
        self._window.alarms.raise_alarm(Alarm(key, text, remedy, Tone.WARN))
