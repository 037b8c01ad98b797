import contextlib
import errno
import secrets
import socket
import sys
from collections.abc import Iterator

import pytest

from backend.relay.dtls import SRTP_PROFILES, SrtpKeys, SrtpProfile
from backend.relay.engines import choose_fan_out
from backend.relay.fanout import Audience, FanOut, Receiver, SendtoFanOut, Shift
from backend.relay.gso import GsoFanOut, pack_sockaddr, probe
from backend.relay.libsrtp import SrtpReceiver, SrtpSender
from backend.relay.loss import Loss
from backend.relay.messages import FanEngine
from backend.relay.rtp import RtpPacket, build_rtp
from backend.relay.segments import MAX_SEGMENTS, Run, segment_runs

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="segmentation offload is Linux'")


class Inbox:
    """A receiver of packets: its socket, its keys, and how the sender sees it."""

    def __init__(self, profile: SrtpProfile, family: socket.AddressFamily = socket.AF_INET) -> None:
        key = secrets.token_bytes(profile.key + profile.salt)
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        self.socket.settimeout(5)
        self.receiver = Receiver(SrtpSender(SrtpKeys(profile, key, key)), self.socket.getsockname()[:2])
        self._srtp = SrtpReceiver(SrtpKeys(profile, key, key))

    def take(self, count: int) -> list[bytes | None]:
        """The next packets, decrypted."""
        return [self._srtp.unprotect(self.socket.recv(2048)) for _ in range(count)]

    def is_empty(self) -> bool:
        self.socket.settimeout(0)
        try:
            self.socket.recv(2048)
        except BlockingIOError:
            return True
        return False


@pytest.fixture(params=[pytest.param("gso", marks=linux), "sendto"])
def engine(request: pytest.FixtureRequest) -> FanOut:
    return GsoFanOut() if request.param == "gso" else SendtoFanOut(Loss(0, 0))


@pytest.fixture
def outbox() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.settimeout(0)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
        yield sock


def audience(outbox: socket.socket, receivers: list[Receiver]) -> Audience:
    made = Audience(outbox, 96, receivers[0].sender.tag_bytes)
    for receiver in receivers:
        made.add(receiver)
    return made


def packets(*sizes: int) -> list[bytes]:
    return [build_rtp(RtpPacket(0, 96, n, 0, 1, secrets.token_bytes(size))) for n, size in enumerate(sizes)]


@pytest.mark.parametrize("profile", SRTP_PROFILES, ids=lambda profile: profile.name)
@pytest.mark.parametrize("sizes", [(1000,), (1188,) * 9 + (300,), (50, 1200, 1200, 1199, 1199, 3, 0)])
def test_everybody_gets_every_packet_in_order(
    engine: FanOut, outbox: socket.socket, profile: SrtpProfile, sizes: tuple[int, ...]
) -> None:
    inboxes = [Inbox(profile) for _ in range(5)]
    sent = packets(*sizes)
    engine.send(audience(outbox, [inbox.receiver for inbox in inboxes]), sent)
    for inbox in inboxes:
        assert inbox.take(len(sent)) == sent
        assert inbox.is_empty()
        inbox.socket.close()
    assert engine.sent == 5 * len(sent)
    assert engine.dropped == 0


@pytest.mark.parametrize("receivers", [1, 3, 150])
def test_receivers_with_shifts_get_numbers_and_times_of_their_own(
    engine: FanOut, outbox: socket.socket, receivers: int
) -> None:
    inboxes = [Inbox(SRTP_PROFILES[0]) for _ in range(receivers)]
    for index, inbox in enumerate(inboxes):
        inbox.receiver.shift = Shift(65_530 + index & 0xFFFF, 2**32 - 7 - index)
    plain = [
        RtpPacket(0x80 * (n == 4), 96, 65_534 + n & 0xFFFF, 3 + n, 1, secrets.token_bytes(1188 - n))
        for n in range(5)
    ]
    engine.send(audience(outbox, [inbox.receiver for inbox in inboxes]), [build_rtp(one) for one in plain])
    for inbox in inboxes:
        numbers, time = inbox.receiver.shift
        assert inbox.take(5) == [
            build_rtp(
                one._replace(
                    sequence_number=one.sequence_number + numbers & 0xFFFF,
                    timestamp=one.timestamp + time & 0xFFFFFFFF,
                )
            )
            for one in plain
        ]
        inbox.socket.close()


def test_many_receivers_and_many_packets_take_several_rounds(engine: FanOut, outbox: socket.socket) -> None:
    inboxes = [Inbox(SRTP_PROFILES[0]) for _ in range(150)]
    sent = packets(*[1188] * 70)
    engine.send(audience(outbox, [inbox.receiver for inbox in inboxes]), sent)
    for inbox in inboxes:
        assert inbox.take(len(sent)) == sent
        inbox.socket.close()


def test_ipv6_receivers_are_reached(engine: FanOut) -> None:
    with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as outbox:
        try:
            inbox = Inbox(SRTP_PROFILES[0], socket.AF_INET6)
        except OSError:
            pytest.skip("no IPv6 here")
        outbox.settimeout(0)
        sent = packets(900, 900, 100)
        engine.send(audience(outbox, [inbox.receiver]), sent)
        assert inbox.take(3) == sent
        inbox.socket.close()


def test_one_who_cannot_be_reached_does_not_harm_the_others(engine: FanOut, outbox: socket.socket) -> None:
    first, last = Inbox(SRTP_PROFILES[0]), Inbox(SRTP_PROFILES[0])
    key = secrets.token_bytes(44)
    # The broadcast address is refused with EACCES.
    nobody = Receiver(SrtpSender(SrtpKeys(SRTP_PROFILES[0], key, key)), ("255.255.255.255", 9))
    sent = packets(1000, 1000, 200)
    engine.send(audience(outbox, [first.receiver, nobody, last.receiver]), sent)
    assert first.take(3) == last.take(3) == sent
    assert nobody.dropped == engine.dropped == 3
    assert engine.sent == 6
    for inbox in (first, last):
        inbox.socket.close()


@linux
def test_a_full_buffer_drops_instead_of_waiting(
    outbox: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = GsoFanOut()
    inbox = Inbox(SRTP_PROFILES[0])

    class FullLibc:
        def sendmmsg(self, *_: object) -> int:
            engine._cffi.errno = errno.EAGAIN
            return -1

    monkeypatch.setattr(engine, "_libc", FullLibc())
    engine.send(audience(outbox, [inbox.receiver]), packets(1000, 1000))
    assert (engine.sent, engine.dropped, inbox.receiver.dropped) == (0, 2, 2)
    inbox.socket.close()


@linux
def test_a_device_that_cannot_segment_gets_packets_one_by_one(
    outbox: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = GsoFanOut()
    inbox = Inbox(SRTP_PROFILES[0])
    libc = engine._libc

    class WeakLibc:
        calls = 0

        def sendmmsg(self, *arguments: object) -> int:
            self.calls += 1
            if self.calls == 1:
                engine._cffi.errno = errno.EIO
                return -1
            return int(libc.sendmmsg(*arguments))

    monkeypatch.setattr(engine, "_libc", WeakLibc())
    engine.send(audience(outbox, [inbox.receiver]), packets(1000, 1000))
    assert engine.dropped == 2
    sent = packets(1000, 1000, 1000)
    engine.send(audience(outbox, [inbox.receiver]), sent)
    assert inbox.take(3) == sent
    inbox.socket.close()


def test_runs_hold_packets_of_one_size_and_at_most_one_shorter_at_the_end() -> None:
    assert list(segment_runs([10, 10, 10, 4])) == [Run(0, 4, 10, 34)]
    assert list(segment_runs([10, 4, 10])) == [Run(0, 2, 10, 14), Run(2, 1, 10, 10)]
    assert list(segment_runs([4, 10, 10])) == [Run(0, 1, 4, 4), Run(1, 2, 10, 20)]
    assert list(segment_runs([10, 9, 9, 9])) == [Run(0, 2, 10, 19), Run(2, 2, 9, 18)]
    assert list(segment_runs([])) == []
    assert [run.packets for run in segment_runs([10] * 150)] == [MAX_SEGMENTS, MAX_SEGMENTS, 22]
    assert all(run.total_bytes <= 65000 for run in segment_runs([1400] * 150))


def test_addresses_are_packed_as_the_system_wants_them() -> None:
    assert pack_sockaddr(("192.0.2.1", 443))[2:8] == b"\x01\xbb\xc0\x00\x02\x01"
    assert len(pack_sockaddr(("192.0.2.1", 443))) == 16
    assert len(pack_sockaddr(("2001:db8::1", 443))) == 28


@linux
def test_auto_takes_the_fast_engine_where_the_probe_succeeds() -> None:
    wanted = FanEngine.GSO if probe() else FanEngine.SENDTO
    assert choose_fan_out(FanEngine.AUTO, Loss(0, 0)).name is wanted


def test_the_portable_engine_is_taken_where_it_is_wanted_or_packets_are_to_be_lost() -> None:
    assert choose_fan_out(FanEngine.SENDTO, Loss(0, 0)).name is FanEngine.SENDTO
    assert choose_fan_out(FanEngine.GSO, Loss(0.1, 0)).name is FanEngine.SENDTO


def test_loss_strikes_as_often_as_it_should_and_alike_for_one_seed() -> None:
    one, other = Loss(0.03, 7), Loss(0.03, 7)
    strikes = [one.strikes() for _ in range(20_000)]
    assert 500 < sum(strikes) < 700
    assert strikes == [other.strikes() for _ in range(20_000)]
    never = Loss(0.0, 7)
    assert not any(never.strikes() for _ in range(100))


def test_a_packet_that_cannot_be_encrypted_does_not_leave_in_the_clear(
    engine: FanOut, outbox: socket.socket
) -> None:
    inbox = Inbox(SRTP_PROFILES[0])
    everybody = audience(outbox, [inbox.receiver])
    newest = build_rtp(RtpPacket(0, 96, 9000, 0, 1, b"newest"))
    too_old = build_rtp(RtpPacket(0, 96, 100, 0, 1, b"secret" * 9))
    engine.send(everybody, [newest, too_old])
    assert inbox.take(1) == [newest]
    inbox.socket.settimeout(0.2)
    with contextlib.suppress(TimeoutError):
        assert b"secret" not in inbox.socket.recv(2048)
    assert (engine.sent, engine.dropped, inbox.receiver.dropped) == (1, 1, 1)
    inbox.socket.close()
