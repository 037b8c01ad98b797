"""The studio as one object: everything made, connected, started and ended."""

import asyncio
import logging
import sys
from dataclasses import replace
from typing import Final

import msgspec
from PySide6.QtCore import QObject

from backend.contract.live import EndLive, GoLive
from studio.backend_here import backend_here
from studio.background_tasks import BackgroundTasks
from studio.chat.chat_view import ChatView
from studio.chat.rejection_view import RejectionView
from studio.connection.host_requests import HostRequests
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.engine.messages.commands import Configure
from studio.engine.preview.ring import PreviewFrame
from studio.live.backend_view import BackendView
from studio.live.broadcast import ON_AIR_PHASES, Broadcast, DesiredState
from studio.live.lines_view import LinesView
from studio.live.live_view import LiveView
from studio.live.stats import StatsCollector
from studio.live.stream_key_view import StreamKeyView
from studio.parts import StudioOptions, StudioParts
from studio.processes.backend_process import BackendReady
from studio.profile.profile_view import ProfileView
from studio.programs.api_token_view import ApiTokenView
from studio.programs.webhook_view import WebhookView
from studio.record.recording_view import RecordingView
from studio.record.recordings_view import RecordingsView
from studio.restream.restream_view import RestreamView
from studio.restream.target_store import TargetStore
from studio.runofshow.run_view import RunView
from studio.settings import SavedSettings, Settings, SettingsStore
from studio.settings_form import edited, to_values, with_values
from studio.shop.product_view import ProductView
from studio.shop.shop_views import ShopViews
from studio.staff.audit_view import AuditView
from studio.staff.host_token_view import HostTokenView
from studio.staff.staff_view import StaffView
from studio.stage.stage_views import StageViews
from studio.window.main_window import MainWindow
from studio.window.shell import Shell
from widgets.common.confirm import ConfirmDialog
from widgets.common.stage import ON_AIR
from widgets.live.end_dialog import EndDialog
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import BackendPlace, SettingsValues

log = logging.getLogger("livestall.studio")

END_LIVE_TIMEOUT_S: Final = 3.0
BACKEND_END_TIMEOUT_S: Final = 8.0


class Studio(QObject):
    """One studio in one data folder."""

    def __init__(self, options: StudioOptions, parts: StudioParts) -> None:
        super().__init__()
        self._options = options
        self._parts = parts
        self._settings = SavedSettings(SettingsStore(parts.folder))
        self._has_told_ready = False
        parts.language.choose(self.settings.language)
        self.window = MainWindow(parts.icon)
        self._shell = Shell(self.window, self._settings, parts.language, parts.folder)
        self.client = RoomClient(parent=self)
        clock = ServerClock(self.client, self)
        self.broadcast = Broadcast(self)
        self._stats = StatsCollector(lambda: parts.backend.pid, self)
        self._stage = StageViews(
            parts.engine.send,
            self.window,
            self._settings,
            parts.folder,
            models=parts.models,
            stats=self._stats,
            is_on_air=lambda: self.broadcast.desired is not DesiredState.OFF,
            has_demo=options.has_demo,
        )
        self._live_view = LiveView(self.client, clock, self.broadcast, self.window)
        self._views: tuple[QObject, ...] = (
            ProductView(self.client, clock, self.window),
            RunView(self.client, clock, self.window),
            ChatView(self.client, clock, self.window),
            RejectionView(self.client, self.window),
        )
        self._backend_view = BackendView(parts.backend, self.client, self.broadcast, self.window)
        self._background = BackgroundTasks()
        self._staff_view = StaffView(self.client, self._backend_view.ready, self._background, self.window)
        requests = HostRequests(self._backend_view.ready, self)
        self._shop_views = ShopViews(
            self.client, clock, requests, self.window, background=self._background, settings=self._settings
        )
        self._recording_view = self._make_output_views()
        self._lines_view = LinesView(requests, self._background, self.window, self.broadcast)
        self._host_token_view = HostTokenView(requests, self._background, self.window)
        dialog_views = (AuditView, StreamKeyView, ApiTokenView, WebhookView)
        self._views += (
            ProfileView(self.client, requests, self._background, self.window),
            *(view(requests, self._background, self.window) for view in dialog_views),
        )
        self._connect()
        self._shell.restore()

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings.now

    def _make_output_views(self) -> RecordingView:
        engine, window = self._parts.engine, self.window
        made = RecordingView(engine, self.client, self.broadcast, self._settings, window)
        self._views += (RecordingsView(engine, made, window),)
        store = TargetStore(self._parts.folder)
        self._restream_view = RestreamView(engine, self.broadcast, store, window)
        return made

    def _connect(self) -> None:
        window, engine, parts = self.window, self._parts.engine, self._parts
        engine.event_arrived.connect(self._stage.on_event)
        engine.frame.connect(self._on_frame)
        engine.crashed.connect(self._stage.engine_view.on_crashed)
        engine.restarted.connect(self._stage.engine_view.on_restarted)
        self._host_token_view.renewed.connect(self._on_host_token_renewed)
        self.broadcast.engine_command.connect(engine.send)
        self._stage.engine_view.publish_again_wanted.connect(self.broadcast.publish_again)
        self._stage.engine_view.take_back_wanted.connect(self.broadcast.take_back)
        self._stage.engine_view.leave_wanted.connect(self.broadcast.leave_to_other)
        self._stats.measured.connect(window.live_bar.health.show_stats)
        self._backend_view.ready.connect(self._on_backend_ready)
        parts.reporter.reported.connect(self._shell.report_error)
        window.close_wanted.connect(self._on_close_wanted)
        window.settings_wanted.connect(self._open_settings)
        window.language_chosen.connect(self._on_language_chosen)

    # --- Run ---

    async def run(self) -> None:
        """Show the window and work until it is closed."""
        self.window.show()
        self._start_backend()
        self._start_engine()
        self._stats.start()
        if self._options.goes_live:
            self.broadcast.command(GoLive())
        async with asyncio.TaskGroup() as tasks:
            client = tasks.create_task(self.client.run(), name="client")
            background = tasks.create_task(self._background.run(), name="background")
            try:
                await self._shell.until_closed(self._options.exit_after_seconds)
                await self._end_broadcast()
            finally:
                client.cancel()
                background.cancel()
        await self._end_processes()

    def close(self) -> None:
        """End the broadcast and the studio without asking, in good order."""
        self._shell.close()

    async def _end_broadcast(self) -> None:
        self._stage.save_now()
        self._shell.save_layout()
        self._shop_views.close()
        self.window.close_for_good()
        self._stats.stop()
        if self.broadcast.desired is DesiredState.OFF:
            return
        self.broadcast.command(EndLive())
        ended = asyncio.Event()
        self.client.updated.connect(
            lambda _update: ended.set() if self.broadcast.live.phase not in ON_AIR_PHASES else None
        )
        try:
            async with asyncio.timeout(END_LIVE_TIMEOUT_S):
                await ended.wait()
        except TimeoutError:
            log.warning("the room did not confirm the end of the broadcast")

    async def _end_processes(self) -> None:
        await self._parts.engine.stop()
        backend = self._parts.backend
        ended = asyncio.Event()
        backend.ended.connect(ended.set)
        backend.stop()
        try:
            async with asyncio.timeout(BACKEND_END_TIMEOUT_S):
                await ended.wait()
        except TimeoutError:
            log.exception("the backend did not end")

    def _start_engine(self) -> None:
        engine = self._parts.engine
        settings = self.settings
        engine.start()
        engine.send(Configure(settings.bitrate, settings.encoder, settings.layers))
        self._stage.start()

    def _on_host_token_renewed(self, ready: BackendReady) -> None:
        if self.settings.backend_place is BackendPlace.REMOTE:
            remote = msgspec.structs.replace(self.settings.remote, token=ready.host_token)
            self._settings.change(remote=remote)
        self._backend_view.go_on_with(ready)

    def _start_backend(self) -> None:
        parts = self._parts
        here = backend_here(
            self._options,
            self.settings,
            folder=parts.folder,
            secret=parts.secret,
            language=parts.language.current,
        )
        if here is None:
            self._backend_view.follow(self.settings.remote)
        else:
            self._backend_view.run_here(here)

    # --- What happens ---

    def _on_frame(self, frame: PreviewFrame) -> None:
        self.window.preview.show_frame(frame.image)

    def _on_backend_ready(self, ready: BackendReady) -> None:
        self._shop_views.go_to(Place(ready.url, ready.room, ready.host_token))
        if self._has_told_ready:
            return
        self._has_told_ready = True
        if self._options.prints_ready_json:
            self._parts.say(msgspec.json.encode(ready).decode() + "\n")
        else:
            self._parts.say(f"Viewers: {ready.viewer_url}\nTo stop, close the window or press Ctrl+C.\n")
        sys.stdout.flush()

    def _on_close_wanted(self) -> None:
        if self.broadcast.stage not in ON_AIR:
            self.close()
            return
        if any(dialog.isVisible() for dialog in self.window.findChildren(ConfirmDialog)):
            return
        ends = self.tr("This ends the broadcast for every viewer.")
        texts = filter(None, (self.window.live_bar.at_stake(), ends))
        dialog = EndDialog(
            self.window,
            title=self.tr("Close while live?"),
            text="\n".join(texts),
            accept=self.tr("End and close"),
            reject=self.tr("Stay live"),
        )
        dialog.accepted.connect(self.close)
        dialog.open()

    # --- Settings ---

    def _open_settings(self) -> None:
        dialog = SettingsDialog(
            to_values(self.settings, self._stage.editor.project), self._stage.engine_view.offer, self.window
        )
        dialog.values_chosen.connect(self._on_values_chosen)
        self._shop_views.serve(dialog)
        dialog.open()

    def _on_values_chosen(self, values: SettingsValues) -> None:
        before, after = self.settings, with_values(self.settings, values)
        self._settings.replace(after)
        if before.language != after.language:
            self._choose_language(after.language)  # before the backend starts, which is told the language
        if _encoding(before) != _encoding(after):
            self._parts.engine.send(Configure(after.bitrate, after.encoder, after.layers))
        shown = to_values(before, self._stage.editor.project)
        if (shown.picture, shown.sound) != (values.picture, values.sound):
            self._settings.change(has_chosen_source=True)
        self._stage.editor.edit(edited(self._stage.editor.project, shown, values))
        if _network(before) != _network(after):
            # What was chosen now counts more than the command line.
            self._options = replace(self._options, host=None, port=None)
            self._start_backend()

    def _on_language_chosen(self, language: str) -> None:
        self._settings.change(language=language)
        self._choose_language(language)

    def _choose_language(self, language: str) -> None:
        self._shell.choose_language(language)
        self._stage.retranslate()
        self._live_view.retranslate()
        self._recording_view.retranslate()
        self._restream_view.retranslate()
        self._lines_view.retranslate()
        self._backend_view.retranslate()


def _encoding(settings: Settings) -> tuple[object, ...]:
    return settings.bitrate, settings.encoder, settings.layers


def _network(settings: Settings) -> tuple[object, ...]:
    return settings.backend_place, settings.is_open_to_lan, settings.port, settings.remote
