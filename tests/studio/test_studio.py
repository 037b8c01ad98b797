import asyncio
import errno
import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import qasync
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QPushButton
from typing_extensions import override

from backend.contract.live import EndLive, GoLive, Live, LiveChanged, LivePhase, PauseLive
from backend.contract.protocol import Accepted, Act, Private, Reliable
from backend.contract.staff import AssistantsChanged, InviteAssistant
from studio.backend_here import ALL_ADDRESSES
from studio.engine.layer_values import Layers
from studio.engine.messages.commands import (
    Configure,
    EngineCommand,
    Publish,
    SetProject,
    ShowSlate,
    StopPublishing,
)
from studio.engine.preview.ring import PreviewFrame
from studio.i18n import ENGLISH, Language
from studio.logs import ErrorReporter
from studio.parts import StudioOptions, StudioParts
from studio.processes.backend_process import BackendOptions, BackendProcess, BackendReady
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec, picture_of
from studio.project.project import Canvas
from studio.project.store import ProjectStore
from studio.settings import Remote, Settings, SettingsStore
from studio.studio import Studio
from studio.window.hotkeys import Hotkey
from studio.window.menus import Entry
from tests.studio.fakes import TOKEN, WAIT_S, FakeEngine, FakeLine, FakeRoom, snapshot
from tests.support.one_scene import project_of
from tests.widgets.assistants import WANG
from tests.widgets.audit import audit_line
from widgets.common.confirm import ConfirmDialog
from widgets.common.stage import Stage
from widgets.settings.settings_dialog import SettingsDialog
from widgets.settings.settings_values import BackendPlace
from widgets.shop.orders_window import OrdersWindow
from widgets.staff.assistants_dialog import AssistantsDialog
from widgets.staff.audit_dialog import AuditDialog
from widgets.staff.code_dialog import CodeDialog
from widgets.staff.invite_dialog import InviteDialog

Play = Callable[[Studio, FakeRoom], Coroutine[Any, Any, None]]
LIVE = Live(LivePhase.LIVE, "s1", 1_000_000, is_publishing=True, reason="host")
ENDED = Live(LivePhase.ENDED, "s1", 1_000_000, is_publishing=True, reason="host")


class FakeBackend(BackendProcess):
    """A child that is ready at once, in the room that the test plays."""

    def __init__(self) -> None:
        super().__init__(())
        self.room: FakeRoom | None = None
        self.starts: list[BackendOptions] = []

    @override
    def start(self, options: BackendOptions) -> None:
        self.starts.append(options)
        if self.room is not None:
            url = self.room.place.url
            self.ready.emit(
                BackendReady(url, f"{url}/r/main", "main", f"{url}/whip/main", f"{url}/whep/main", TOKEN)
            )


class Desk:
    """A studio with an engine, a backend and a room of the test's own."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.folder = folder
        self.engine = FakeEngine()
        self.backend = FakeBackend()
        self.reporter = ErrorReporter()
        self.said: list[str] = []
        self._language = Language(application, folder / "cache")
        self._application = application

    def newest(self) -> EngineCommand:
        """What the engine was told last."""
        return self.engine.commands[-1]

    @property
    def picture(self) -> VideoSpec | None:
        """What the engine was told last to show."""
        told = [command for command in self.engine.commands if isinstance(command, SetProject)]
        return picture_of(told[-1].project)

    def studio(self, options: StudioOptions | None = None) -> Studio:
        parts = StudioParts(
            folder=self.folder,
            secret=b"secret",
            engine=self.engine,
            backend=self.backend,
            language=self._language,
            reporter=self.reporter,
            icon=QIcon(),
            say=self.said.append,
        )
        return Studio(options or StudioOptions(), parts)

    def run(self, play: Play, options: StudioOptions | None = None) -> Studio:
        """Run a studio to its end while the test plays."""
        loop = qasync.QEventLoop(self._application)
        asyncio.set_event_loop(loop)
        studio = self.studio(options)
        with loop:
            loop.run_until_complete(self._play(studio, play))
        self._language.choose(ENGLISH)
        return studio

    async def _play(self, studio: Studio, play: Play) -> None:
        room = self.backend.room = FakeRoom()
        async with asyncio.timeout(3 * WAIT_S), room.serve(), asyncio.TaskGroup() as tasks:
            running = tasks.create_task(studio.run())
            await play(studio, room)
            await running


def saves(desk: Desk, picture: VideoSpec) -> bool:
    """Whether the saved project shows this picture, muted."""
    project = ProjectStore(desk.folder).load()
    return project is not None and picture_of(project) == picture and project.strips[0].is_muted


@pytest.fixture
def desk(themed: QApplication, tmp_path: Path) -> Desk:
    SettingsStore(tmp_path).save(Settings(language=ENGLISH))
    return Desk(themed, tmp_path)


async def until(is_so: Callable[[], bool]) -> None:
    """Let the loop turn until it is so."""
    while not is_so():  # noqa: ASYNC110  Qt's signals wake no asyncio event
        await asyncio.sleep(0.005)


async def expect(line: FakeLine, command: object) -> None:
    """The room's next command is this; pings do not count."""
    while not isinstance(message := await line.receive(), Act):
        pass
    assert message.command == command


async def joined(studio: Studio, room: FakeRoom, phase: LivePhase = LivePhase.PREVIEW) -> FakeLine:
    line = await room.next_joined(snapshot(phase))
    await until(lambda: studio.broadcast.stage is not Stage.OFFLINE)
    return line


async def end(line: FakeLine, seq: int) -> None:
    await expect(line, EndLive())
    await line.send(Reliable(seq, LiveChanged(ENDED)))


def press(studio: Studio, text: str) -> None:
    """Answer the question that is open."""
    (dialog,) = (dialog for dialog in studio.window.findChildren(ConfirmDialog) if dialog.isVisible())
    (button,) = (button for button in dialog.findChildren(QPushButton) if button.text() == text)
    button.click()


def test_a_whole_show(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        line = await joined(studio, room)
        studio.window.controls.go_live_button.click()
        await expect(line, GoLive())
        publish = desk.newest()
        assert isinstance(publish, Publish)
        assert (publish.whip_url, publish.token) == (f"{room.place.url}/whip/main", TOKEN)
        await line.send(Reliable(1, LiveChanged(LIVE)))
        await until(lambda: studio.broadcast.stage is Stage.LIVE)
        studio.window.controls.pause_button.click()
        await expect(line, PauseLive())
        assert desk.newest() == ShowSlate()
        studio.window.close()
        press(studio, "Stay live")
        assert studio.window.isVisible()
        studio.window.close()
        studio.window.close()  # asks once, however often
        press(studio, "End and close")
        await end(line, 2)

    studio = desk.run(play)

    assert StopPublishing() in desk.engine.commands
    assert not desk.engine.is_running
    assert not studio.window.isVisible()


def test_while_nothing_is_on_air_closing_needs_no_question(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        await joined(studio, room)
        studio.window.close()

    studio = desk.run(play)

    assert studio.window.findChildren(ConfirmDialog) == []


def test_the_studio_goes_live_by_itself_when_asked_on_the_command_line(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        line = await joined(studio, room)
        await expect(line, GoLive())
        await line.send(Reliable(1, LiveChanged(LIVE)))
        studio.close()
        await end(line, 2)

    desk.run(play, StudioOptions(goes_live=True))
    assert any(isinstance(command, Publish) for command in desk.engine.commands)


def test_the_studio_ends_after_the_time_that_was_given(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        pass

    studio = desk.run(play, StudioOptions(exit_after_seconds=0.1))
    assert not studio.window.isVisible()


def test_the_studio_ends_although_the_room_does_not_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.studio.END_LIVE_TIMEOUT_S", 0.05)

    async def play(studio: Studio, room: FakeRoom) -> None:
        line = await joined(studio, room)
        await line.send(Reliable(1, LiveChanged(LIVE)))
        studio.broadcast.command(GoLive())
        studio.close()

    desk.run(play)
    assert not desk.engine.is_running


def test_the_ready_line_is_printed_once(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        await joined(studio, room)
        desk.backend.start(desk.backend.starts[0])
        studio.close()

    desk.run(play, StudioOptions(prints_ready_json=True))
    (line,) = desk.said
    assert msgspec.json.decode(line, type=BackendReady).host_token == TOKEN


def test_without_json_people_are_told_where_to_watch(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        await joined(studio, room)
        studio.close()

    desk.run(play)
    (text,) = desk.said
    assert "/r/main" in text
    assert "Ctrl+C" in text


def test_the_engine_sends_one_layer_as_soon_as_the_host_wants_no_more(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        await joined(studio, room)
        studio.window.settings_wanted.emit()
        (dialog,) = studio.window.findChildren(SettingsDialog)
        dialog.bitrate.layers.click()
        dialog.save_button.click()
        studio.close()

    desk.run(play)
    told = [command.layers for command in desk.engine.commands if isinstance(command, Configure)]
    assert told == [Layers.THREE, Layers.ONE]


def test_the_engine_is_told_what_was_saved(desk: Desk) -> None:
    kept = Settings(language=ENGLISH, encoder="libx264", sends_layers=False)
    SettingsStore(desk.folder).save(kept)
    project = project_of(VideoSpec(VideoKind.SCREEN, "s1"), AudioSpec(AudioKind.NONE), Canvas(1280, 720))
    ProjectStore(desk.folder).save(project)

    async def play(studio: Studio, room: FakeRoom) -> None:
        studio.close()

    desk.run(play)
    assert desk.engine.commands[:2] == [
        Configure(kept.bitrate, "libx264", Layers.ONE),
        SetProject(project),
    ]


def test_the_demo_is_not_saved(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        studio.window.mixer.toggle_mute()
        studio.close()

    desk.run(play, StudioOptions(has_demo=True))
    assert desk.picture == VideoSpec(VideoKind.DEMO)
    assert desk.backend.starts[0].has_demo
    saved = ProjectStore(desk.folder).load()
    assert saved is not None
    assert picture_of(saved) == VideoSpec(VideoKind.CAMERA)


def test_scenes_that_are_damaged_are_told(desk: Desk) -> None:
    SettingsStore(desk.folder).save(Settings(language=ENGLISH))
    ProjectStore(desk.folder).path.write_text("{")

    async def play(studio: Studio, room: FakeRoom) -> None:
        assert any("project.broken.json" in toast.text.text() for toast in studio.window.toasts.shown)
        studio.close()

    desk.run(play)


def test_what_the_host_chooses_is_saved(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        studio.window.sources.picture_chosen.emit(VideoSpec(VideoKind.TEST_PATTERN))
        studio.window.mixer.toggle_mute()
        assert SettingsStore(desk.folder).load().has_chosen_source
        await until(lambda: saves(desk, VideoSpec(VideoKind.TEST_PATTERN)))
        edit = studio.window.menus.actions[Hotkey.EDIT_LAYOUT]
        edit.setChecked(True)
        studio.window.docks["chat"].hide()
        edit.setChecked(False)
        studio.close()

    desk.run(play)
    again = desk.studio()
    assert again.window.docks["chat"].isHidden()
    again.window.close_for_good()


def test_the_settings_take_effect_when_they_are_saved(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        await joined(studio, room)
        studio.window.settings_wanted.emit()
        (dialog,) = studio.window.findChildren(SettingsDialog)
        dialog.bitrate.ceiling.setValue(4000)
        dialog.network.lan.setChecked(True)
        dialog.language.language.setCurrentIndex(dialog.language.language.findData("zh_CN"))
        dialog.save_button.click()
        await until(lambda: studio.window.docks["products"].windowTitle() == "商品")
        studio.close()

    desk.run(play, StudioOptions(host="127.0.0.1", port=0))
    configured = [command for command in desk.engine.commands if isinstance(command, Configure)]
    assert [command.bitrate.ceiling_kbps for command in configured] == [2500, 4000]
    assert [(start.host, start.port, start.language) for start in desk.backend.starts] == [
        ("127.0.0.1", 0, "en"),
        (ALL_ADDRESSES, 8787, "zh_CN"),
    ]
    assert SettingsStore(desk.folder).load().language == "zh_CN"


def test_a_backend_elsewhere_starts_none_here(desk: Desk) -> None:
    remote = Remote("http://127.0.0.1:9", "main", "t")
    SettingsStore(desk.folder).save(
        Settings(language=ENGLISH, backend_place=BackendPlace.REMOTE, remote=remote)
    )

    async def play(studio: Studio, room: FakeRoom) -> None:
        await until(lambda: studio.window.live_bar.share.link.text() == "http://127.0.0.1:9/r/main?from=host")
        studio.close()

    desk.run(play)
    assert desk.backend.starts == []


def test_a_full_disk_is_told_and_stops_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async def play(studio: Studio, room: FakeRoom) -> None:
        monkeypatch.setattr(os, "fsync", full)
        studio.window.mixer.toggle_mute()
        await until(lambda: bool(studio.window.toasts.shown))
        (toast,) = studio.window.toasts.shown
        assert "Free some space." in toast.text.text()
        studio.close()

    desk.run(play)


def test_damaged_settings_are_told(desk: Desk) -> None:
    SettingsStore(desk.folder).path.write_text("{")
    studio = desk.studio()
    (toast,) = studio.window.toasts.shown

    assert "set aside" in toast.text.text()
    studio.window.close_for_good()


def test_frames_reach_the_preview(desk: Desk) -> None:
    studio = desk.studio()
    desk.engine.frame.emit(PreviewFrame(np.zeros((128, 72, 4), np.uint8), 0.0, 1))

    assert studio.window.preview.has_picture
    studio.window.close_for_good()


def test_an_error_inside_is_told_and_the_show_goes_on(desk: Desk) -> None:
    studio = desk.studio()
    desk.reporter.reported.emit("ValueError: lost")
    (toast,) = studio.window.toasts.shown

    assert "ValueError: lost" in toast.text.text()
    studio.window.close_for_good()


def test_the_host_invites_an_assistant_and_reads_who_changed_what(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        line = await joined(studio, room)
        await line.send(Private(AssistantsChanged([WANG])))
        studio.window.menus.entries[Entry.ASSISTANTS].trigger()
        (assistants,) = studio.window.findChildren(AssistantsDialog)
        await until(lambda: assistants.rows.keys == ["1"])
        assistants.add_button.click()
        (asked,) = assistants.findChildren(InviteDialog)
        asked.invite_button.click()
        while not isinstance(message := await line.receive(), Act):
            pass
        assert isinstance(message.command, InviteAssistant)
        await line.send(Accepted(message.request_id))
        await until(lambda: bool(assistants.findChildren(CodeDialog)))
        assistants.findChildren(CodeDialog)[0].accept()
        assistants.accept()

        room.audit = [audit_line("price", "100", "90")]
        studio.window.menus.entries[Entry.AUDIT].trigger()
        (audit,) = studio.window.findChildren(AuditDialog)
        await until(lambda: audit.table.rowCount() == 1)
        studio.close()

    desk.run(play)


def test_the_orders_window_opens_by_its_hotkey_and_closes_with_the_studio(desk: Desk) -> None:
    async def play(studio: Studio, room: FakeRoom) -> None:
        await joined(studio, room)
        studio.window.menus.actions[Hotkey.ORDERS].trigger()
        (orders,) = shown_orders()
        await until(lambda: "no shop" in orders.list.message.text())
        studio.close()

    def shown_orders() -> list[OrdersWindow]:
        tops = QApplication.topLevelWidgets()
        return [top for top in tops if isinstance(top, OrdersWindow) and top.isVisible()]

    desk.run(play)

    assert shown_orders() == []
    assert SettingsStore(desk.folder).load().orders_layout
