import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from studio.engine.messages.restreaming import RestreamChanged, RestreamState, RestreamTarget
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.publish.video_worker import EncoderSettings
from studio.engine.restream.target_thread import TargetThread
from tests.studio.engine.publish.conftest import FPS, HEIGHT, WIDTH, Feeds
from tests.studio.engine.record.show import play
from tests.support.free_port import free_port
from tests.support.rtmp import KEY, RtmpServer, SilentServer
from tests.support.rtmps import TlsFront

WAIT_S = 40.0


class Events:
    """Keeps what was told, and waits for it."""

    def __init__(self) -> None:
        self.all: list[RestreamChanged] = []
        self._changed = threading.Condition()

    def __call__(self, event: RestreamChanged) -> None:
        with self._changed:
            self.all.append(event)
            self._changed.notify_all()

    def wait(self, state: RestreamState, count: int = 1) -> RestreamChanged:
        def met() -> list[RestreamChanged]:
            return [event for event in self.all if event.state is state]

        with self._changed:
            assert self._changed.wait_for(lambda: len(met()) >= count, WAIT_S), self.all
            return met()[count - 1]


class Desk:
    """An encoder, and targets that are sent to."""

    def __init__(self, feeds: Feeds) -> None:
        self.feeds = feeds
        self.events = Events()
        self.encoder = SharedEncoder(feeds.video, EncoderChoice(lambda: ["libx264"]))
        self.encoder.configure(EncoderSettings("", FPS, 800))
        self.threads: list[TargetThread] = []

    def send(
        self, url: str, silent_seconds: float = 20.0, trust: ssl.SSLContext | None = None
    ) -> TargetThread:
        feeds, target = self.feeds, RestreamTarget("t1", url)
        made = TargetThread(
            target,
            self.encoder,
            feeds.audio,
            feeds.clock,
            self.events,
            silent_seconds=silent_seconds,
            trust=trust,
        )
        self.threads.append(made)
        return made


@pytest.fixture
def desk(feeds: Feeds) -> Iterator[Desk]:
    desk = Desk(feeds)
    yield desk
    for thread in desk.threads:
        thread.stop()
    for thread in desk.threads:
        thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RtmpServer]:
    server = RtmpServer(tmp_path, free_port())
    yield server
    server.close()


@pytest.fixture
def silent() -> Iterator[SilentServer]:
    server = SilentServer()
    yield server
    server.close()


def senders() -> list[psutil.Process]:
    children = psutil.Process().children(recursive=True)
    return [child for child in children if "studio.engine.restream.sender" in " ".join(child.cmdline())]


def wait_seconds(desk: Desk, seconds: float) -> None:
    """Wait until so much was encoded."""
    done, seen = threading.Event(), []

    def take(picture: object) -> None:
        seen.append(picture)
        if len(seen) > seconds * FPS:
            done.set()

    output = desk.encoder.output(take, lambda _detail: None)
    output.start()
    assert done.wait(WAIT_S)
    output.stop()


def test_another_platform_gets_picture_and_sound_of_the_one_encode(desk: Desk, server: RtmpServer) -> None:
    thread = desk.send(server.url)
    desk.events.wait(RestreamState.CONNECTED)
    wait_seconds(desk, 4)
    assert sum(each.name == "encoder" for each in threading.enumerate()) == 1
    thread.stop()
    thread.join()
    played = play(server.recording())
    assert played.codecs == ["h264", "aac"]
    assert played.size == (WIDTH, HEIGHT)
    assert len(played.picture_times) > 2 * FPS
    assert played.longest_silence < 0.05


def test_the_stream_key_stands_on_no_command_line(desk: Desk, server: RtmpServer) -> None:
    desk.send(server.url)
    desk.events.wait(RestreamState.CONNECTED)
    [sender] = senders()
    assert KEY not in " ".join(sender.cmdline())


def test_a_server_that_came_back_is_found_again(desk: Desk, tmp_path: Path) -> None:
    port = free_port()
    before = RtmpServer(tmp_path / "before", port)
    desk.send(before.url)
    desk.events.wait(RestreamState.CONNECTED)
    before.close()
    assert desk.events.wait(RestreamState.RECONNECTING).code == "lost"
    again = RtmpServer(tmp_path / "again", port)
    try:
        desk.events.wait(RestreamState.CONNECTED, count=2)
    finally:
        again.close()


def test_a_server_that_never_answers_is_given_up_and_its_process_ended(
    desk: Desk, silent: SilentServer
) -> None:
    desk.send(silent.url, silent_seconds=2.0)
    assert desk.events.wait(RestreamState.RECONNECTING).code == "silent"
    desk.threads[0].stop()
    desk.threads[0].join()
    assert senders() == []


def test_a_silent_server_holds_up_no_other_target(
    desk: Desk, silent: SilentServer, server: RtmpServer
) -> None:
    desk.send(silent.url)
    thread = desk.send(server.url)
    desk.events.wait(RestreamState.CONNECTED)
    wait_seconds(desk, 3)
    thread.stop()
    thread.join()
    assert len(play(server.recording()).picture_times) > FPS


@pytest.fixture
def front(tmp_path: Path, server: RtmpServer) -> Iterator[TlsFront]:
    front = TlsFront(tmp_path, server.port)
    yield front
    front.close()


def test_a_platform_with_tls_gets_all_under_its_own_address(
    desk: Desk, server: RtmpServer, front: TlsFront
) -> None:
    thread = desk.send(f"rtmps://localhost:{front.port}/live/{KEY}", trust=front.trust)
    desk.events.wait(RestreamState.CONNECTED)
    wait_seconds(desk, 4)
    thread.stop()
    thread.join()
    played = play(server.recording())
    assert played.codecs == ["h264", "aac"]
    assert len(played.picture_times) > 2 * FPS
    assert f"rtmps://localhost:{front.port}/live" in server.addresses()


def test_a_platform_whose_certificate_is_not_good_gets_nothing(
    desk: Desk, server: RtmpServer, front: TlsFront
) -> None:
    desk.send(f"rtmps://localhost:{front.port}/live/{KEY}")
    assert desk.events.wait(RestreamState.RECONNECTING).code == "untrusted"
    assert list(server.kept.glob("*")) == []


def test_a_refusal_is_told_without_the_key(desk: Desk, server: RtmpServer) -> None:
    desk.send(server.url.replace("/live/", "/closed/"))
    lost = desk.events.wait(RestreamState.RECONNECTING)
    assert lost.code == "lost"
    assert KEY not in lost.detail
    assert KEY not in repr(RestreamTarget("t1", server.url))
