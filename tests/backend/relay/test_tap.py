"""What a program on this machine gets of a room, and what it cannot hold up."""

import asyncio
import time
from collections.abc import Iterator

import pytest
from typing_extensions import override

from backend.relay.rtcp import SenderReport, parse_rtcp
from backend.relay.rtp import parse_rtp
from backend.relay.tap import HEADER, MEDIA, MOST_WAITING_BYTES, Tap, TapKind
from backend.relay.track import CLOCK_RATES
from tests.backend.relay.running import keyframe_requests, running_relay, sending, until
from tests.support.rtp_stream import FakeStream

SECRET = "the secret"


class Listener(asyncio.Protocol):
    """Takes in what a tap sends.

    Attributes:
        data: all of it.
    """

    def __init__(self) -> None:
        self.data = b""
        self.transport: asyncio.BaseTransport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        self.data += data

    def frames(self) -> Iterator[tuple[int, bytes]]:
        """The whole frames after the secret."""
        at = len(SECRET)
        assert self.data[:at] == SECRET.encode()[: len(self.data)]
        while at + HEADER.size <= len(self.data):
            kind, length = HEADER.unpack_from(self.data, at)
            body = self.data[at + HEADER.size : at + HEADER.size + length]
            if len(body) < length:
                return
            yield kind, body
            at += HEADER.size + length

    def kinds(self) -> set[int]:
        return {kind for kind, _ in self.frames()}


@pytest.fixture
async def listener() -> Listener:
    return Listener()


async def open_tap(listener: Listener, tap: Tap) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: listener, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await loop.create_connection(lambda: tap, "127.0.0.1", port)
    return server


async def test_a_tap_gets_what_viewers_get_and_the_clocks(listener: Listener) -> None:
    async with running_relay() as relay:
        stream = FakeStream(1)
        publisher = await relay.publisher()
        async with sending(publisher, stream):
            await until(lambda: relay.room().is_publishing)
            publisher.send_rtcp(stream.reports(time.time()))
            await until(lambda: relay.room().tracks["audio"].sender_report(0.0))
            keyframe_requests(publisher)
            tap = Tap(
                SECRET,
                lambda one: relay.router.add_tap("room", one),
                lambda one: relay.router.remove_tap("room", one),
            )
            async with await open_tap(listener, tap):
                await until(lambda: listener.kinds() == set(TapKind))
                assert keyframe_requests(publisher) > 0
                tracks = relay.room().tracks
                packets = [
                    (kind, parse_rtp(body)) for kind, body in listener.frames() if kind in MEDIA.values()
                ]
                for name, kind in MEDIA.items():
                    numbers = [packet.sequence_number for one, packet in packets if one == kind and packet]
                    assert {packet.ssrc for one, packet in packets if one == kind and packet} == {
                        tracks[name].stream.ssrc
                    }
                    assert numbers == [numbers[0] + index & 0xFFFF for index in range(len(numbers))]
                reports = [body for kind, body in listener.frames() if kind == TapKind.AUDIO_REPORT]
                assert isinstance(parse_rtcp(reports[0])[0], SenderReport)
                assert listener.transport is not None
                listener.transport.close()
                await until(lambda: not tracks["video"].taps)


async def test_a_tap_of_a_room_that_is_not_there_is_closed(listener: Listener) -> None:
    async with running_relay() as relay:
        closed: list[Tap] = []
        tap = Tap(SECRET, lambda one: relay.router.add_tap("nowhere", one), closed.append)
        async with await open_tap(listener, tap):
            await until(lambda: closed == [tap])


async def test_a_tap_ends_with_the_relay(listener: Listener) -> None:
    closed: list[Tap] = []
    async with running_relay() as relay:
        publisher = await relay.publisher()
        async with sending(publisher, FakeStream(1)):
            await until(lambda: relay.room().is_publishing)
            server = await open_tap(
                listener, Tap(SECRET, lambda one: relay.router.add_tap("room", one), closed.append)
            )
    await until(lambda: closed)
    server.close()


class FullTransport(asyncio.Transport):
    """A transport whose other side does not read."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = 0
        self.written: list[bytes] = []

    @override
    def get_write_buffer_size(self) -> int:
        return self.waiting

    @override
    def is_closing(self) -> bool:
        return False

    @override
    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written.append(bytes(data))


def test_who_reads_too_slowly_loses_packets_until_it_has_caught_up() -> None:
    transport = FullTransport()
    tap = Tap(SECRET, lambda _: None, lambda _: None)
    tap.connection_made(transport)
    for waiting, is_sent in (
        (0, True),
        (MOST_WAITING_BYTES, True),
        (MOST_WAITING_BYTES + 1, False),
        (MOST_WAITING_BYTES - 1, False),
        (MOST_WAITING_BYTES // 2, True),
        (MOST_WAITING_BYTES - 1, True),
    ):
        transport.waiting = waiting
        transport.written.clear()
        tap.send(TapKind.VIDEO, [b"packet"])
        assert bool(transport.written) is is_sent, waiting


def test_every_kind_of_track_has_its_frames() -> None:
    assert set(MEDIA) == set(CLOCK_RATES)
