"""Strangers and viewers who send nonsense: seeded, and the relay serves somebody afterwards each time."""

import random

import pytest

from backend.relay.messages import PeerRole
from backend.relay.rtcp import build_bitrate, build_nack, build_picture_loss, build_receiver_report
from backend.relay.rtp import build_rtp
from tests.backend.relay.running import RunningRelay, running_relay, until
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream, send_frame

ROUNDS = 1500


async def serves_somebody(relay: RunningRelay, publisher: RtcClient) -> None:
    """Somebody new comes and gets whole pictures."""
    viewer = await relay.viewer()
    stream = FakeStream(99)
    for _ in range(5):
        send_frame(publisher, stream)
    ssrc = relay.room().tracks["video"].stream.ssrc
    await until(lambda: ssrc in viewer.counted and viewer.counted[ssrc].packets >= 45)
    assert viewer.forged == 0
    viewer.close()


def mutated(dice: random.Random, data: bytes) -> bytes:
    """The bytes with some of them changed, cut or put twice."""
    changed = bytearray(data)
    for _ in range(dice.randrange(1, 8)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    end = dice.choice((len(changed), len(changed), dice.randrange(len(changed) + 1)))
    return bytes(changed[:end]) * dice.choice((1, 1, 1, 2))


async def pass_through(relay: RunningRelay, count: int) -> None:
    """Wait until the relay has read what was sent."""
    await until(lambda: relay.network.received >= count)


async def test_datagrams_of_strangers_are_thrown_away() -> None:
    dice = random.Random(1)
    async with running_relay() as relay:
        publisher = await relay.publisher()
        stranger = relay.client()
        stranger.remote = publisher.remote
        recorded: list[bytes] = []
        send = stranger.send_raw
        stranger.send_raw = recorded.append  # type: ignore[method-assign, assignment]
        stranger.check()
        stranger.send_raw = send  # type: ignore[method-assign]
        seeds = [
            *recorded,
            b"\x16\xfe\xfd" + bytes(40),
            bytes((0x80, 108)) + bytes(60),
            bytes((0x80, 200)) + bytes(60),
        ]
        for _ in range(ROUNDS // 50):
            before = relay.network.received
            for _ in range(50):
                stranger.send_raw(mutated(dice, dice.choice(seeds)) or b"\0")
                stranger.send_raw(dice.randbytes(dice.randrange(1, 120)))
            await pass_through(relay, before + 100)
        assert relay.told.closed == []
        assert len(relay.network.endpoints[0].peers) == 1, "nobody got in"
        await serves_somebody(relay, publisher)


async def test_broken_datagrams_of_a_known_address_are_thrown_away() -> None:
    dice = random.Random(2)
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        for _ in range(ROUNDS // 50):
            before = relay.network.received
            for _ in range(50):
                first = dice.choice((0, 1, 3, 20, 22, 23, 25, 63, 64, 127, 128, 129, 144, 191, 192, 255))
                viewer.send_raw(bytes((first,)) + dice.randbytes(dice.randrange(0, 100)))
            await pass_through(relay, before + 50)
        assert relay.told.closed == []
        await serves_somebody(relay, publisher)


async def test_malformed_rtp_of_a_publisher_does_no_harm() -> None:
    dice = random.Random(3)
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        for _ in range(ROUNDS // 50):
            before = relay.network.received
            for packet in [*stream.frame(), *stream.frame()]:
                data = mutated(dice, build_rtp(packet))[:1300]
                # Whatever it says, libsrtp takes it as RTP of version 2 only; a packet is at least a header.
                if len(data) >= 12 and data[0] >> 6 == 2 and not 192 <= data[1] <= 223:
                    protected = publisher._sender.protect(data) if publisher._sender else None
                    publisher.send_raw(protected or b"\0")
                else:
                    publisher.send_raw(b"\0")
            await pass_through(relay, before + 18)
        assert relay.told.closed == []
        viewer.close()
        await serves_somebody(relay, publisher)


@pytest.mark.parametrize("role", list(PeerRole))
async def test_malformed_rtcp_of_either_side_does_no_harm(role: PeerRole) -> None:
    dice = random.Random(4)
    async with running_relay() as relay:
        publisher = await relay.publisher()
        viewer = await relay.viewer()
        stream = FakeStream(1)
        send_frame(publisher, stream)
        await viewer.has_media.wait()
        ssrc = relay.room().tracks["video"].stream.ssrc
        seeds = [
            build_nack(1, ssrc, range(40)),
            build_picture_loss(1, ssrc),
            build_bitrate(1, 1000, [ssrc]),
            build_receiver_report(1, []),
            stream.reports(1e9),
        ]
        client = publisher if role is PeerRole.PUBLISHER else viewer
        for _ in range(ROUNDS // 50):
            before = relay.network.received
            for _ in range(50):
                data = mutated(dice, dice.choice(seeds) + dice.choice(seeds))
                # libsrtp needs a header of 8 bytes; the relay tells RTCP by its type.
                data = (
                    bytes((data[0] & 0x3F | 0x80, 192 + data[1] % 32)) + data[2:]
                    if len(data) >= 8
                    else seeds[0]
                )
                client.send_rtcp(data)
            await pass_through(relay, before + 50)
        assert relay.told.closed == []
        await serves_somebody(relay, publisher)


async def test_malformed_handshakes_close_their_own_peer_at_most() -> None:
    dice = random.Random(5)
    async with running_relay() as relay:
        publisher = await relay.publisher()
        for _ in range(25):
            client = relay.client()
            answer = relay.accepted(PeerRole.SUBSCRIBER, client.offer())
            send = client.send_raw

            def send_mutated(datagram: bytes, send=send) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
                is_handshake = 20 <= datagram[0] < 64
                send(datagram[:1] + mutated(dice, datagram[1:]) if is_handshake else datagram)

            client.send_raw = send_mutated  # type: ignore[method-assign]
            with pytest.raises(TimeoutError):
                await client.connect(answer.sdp, timeout_s=0.1)
            client.vanish()
        assert relay.room().waiting
        await serves_somebody(relay, publisher)


async def test_a_flood_of_handshake_bytes_costs_the_place() -> None:
    async with running_relay() as relay:
        publisher = await relay.publisher()
        client = relay.client()
        answer = relay.accepted(PeerRole.SUBSCRIBER, client.offer())
        client.send_raw, send = lambda _: None, client.send_raw  # type: ignore[method-assign, assignment]
        with pytest.raises(TimeoutError):
            await client.connect(answer.sdp, timeout_s=0.05)
        client.send_raw = send  # type: ignore[method-assign]
        client.check()
        await until(lambda: len(relay.network.endpoints[0].peers) == 2)
        for _ in range(80):
            client.send_raw(b"\x16\xfe\xfd" + bytes(1000))
        await until(lambda: relay.told.reasons() == ["handshake_flood"])
        await serves_somebody(relay, publisher)
