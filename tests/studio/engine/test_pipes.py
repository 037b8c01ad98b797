import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from studio.engine.messages.commands import EngineCommand, HideSlate, ReloadModels, RenderLooks
from studio.engine.messages.events import EngineReady, MeterMeasured, decode_event
from studio.engine.messages.values import encode
from studio.engine.pipes import CommandPump, EventSender
from tests.studio.engine.sources.waiting import until

Pipes = tuple[Connection, Connection]


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    studio, engine = multiprocessing.Pipe()
    yield studio, engine
    studio.close()
    engine.close()


def test_events_are_sent_in_order_and_all_of_them_before_the_end(pipes: Pipes) -> None:
    studio, engine = pipes
    sender = EventSender(engine)
    sender.start()
    for number in range(20):
        sender.send(EngineReady(pid=number, encoder=""))
    sender.close()
    received = [decode_event(studio.recv_bytes()) for _ in range(20)]
    assert received == [EngineReady(pid=number, encoder="") for number in range(20)]


def test_meters_are_left_out_when_the_studio_does_not_keep_up(pipes: Pipes) -> None:
    studio, engine = pipes
    sender = EventSender(engine)
    for _ in range(1000):
        sender.send(MeterMeasured("main", peak_db=-1, rms_db=-2))
    sender.send(EngineReady(pid=1, encoder=""))
    sender.start()
    received = 0
    while not isinstance(decode_event(studio.recv_bytes()), EngineReady):
        received += 1
    assert 0 < received < 100
    sender.close()


def test_a_studio_that_is_gone_does_not_stop_the_engine_s_threads(pipes: Pipes) -> None:
    studio, engine = pipes
    sender = EventSender(engine)
    sender.start()
    studio.close()
    for _ in range(10):
        sender.send(EngineReady(pid=1, encoder=""))
    sender.close()
    assert not sender._thread.is_alive()


class Carried:
    """What the pump brought to the main thread."""

    def __init__(self) -> None:
        self.commands: list[EngineCommand] = []
        self.is_gone = False
        self.knows_first = False

    def on_command(self, command: EngineCommand) -> None:
        if command == ReloadModels():
            raise LookupError("expected by this test")
        self.commands.append(command)

    def on_gone(self) -> None:
        self.is_gone = True

    def before_gone(self) -> None:
        self.knows_first = True

    def has(self, count: int) -> bool | None:
        QCoreApplication.processEvents()
        return len(self.commands) >= count or None


Begin = Callable[[Carried], None]


@pytest.fixture
def begin(qapp: QApplication, pipes: Pipes) -> Iterator[Begin]:
    """Starts a pump and keeps it until its thread has ended, as the engine does.

    Destroyed by that thread, it would take from Qt what the main thread is about to deliver.
    """
    studio, engine = pipes
    pumps: list[CommandPump] = []

    def start(carried: Carried) -> None:
        pumps.append(CommandPump(engine, carried.on_command, carried.on_gone, carried.before_gone))
        pumps[-1].start()

    yield start
    studio.close()
    for pump in pumps:
        pump._thread.join(5)
        assert not pump._thread.is_alive()
    QCoreApplication.processEvents()


def test_commands_arrive_in_order_and_nonsense_does_no_harm(
    begin: Begin, pipes: Pipes, caplog: pytest.LogCaptureFixture
) -> None:
    studio, _engine = pipes
    carried = Carried()
    begin(carried)
    for data in (
        encode(HideSlate()),
        b"nonsense",
        b"",
        encode({"type": "explode"}),
        encode(RenderLooks("s1")),
    ):
        studio.send_bytes(data)
    until(lambda: carried.has(2))
    assert carried.commands == [HideSlate(), RenderLooks("s1")]
    assert caplog.text.count("not a command") == 3
    assert not carried.is_gone


def test_a_command_that_fails_is_logged_and_the_next_is_carried_out(
    begin: Begin, pipes: Pipes, caplog: pytest.LogCaptureFixture
) -> None:
    studio, _engine = pipes
    carried = Carried()
    begin(carried)
    studio.send_bytes(encode(ReloadModels()))
    studio.send_bytes(encode(HideSlate()))
    until(lambda: carried.has(1))
    assert carried.commands == [HideSlate()]
    assert "command not carried out" in caplog.text


def test_a_studio_that_is_gone_is_noticed_beside_the_main_thread(begin: Begin, pipes: Pipes) -> None:
    studio, _engine = pipes
    carried = Carried()
    begin(carried)
    studio.close()
    until(lambda: carried.knows_first or None)
    assert not carried.is_gone
    until(lambda: (carried.has(0) and carried.is_gone) or None)
