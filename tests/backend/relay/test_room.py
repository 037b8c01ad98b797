import asyncio
import contextlib
import time

import pytest

from backend.relay.messages import PeerRole
from backend.relay.outcomes import Answer, RelayProblem
from backend.relay.room import MOST_WAITING, MOST_WAITING_A_PARTY, WAITING_S
from backend.relay.rtcp import KeyframeRequest
from backend.relay.succession import Contender
from tests.backend.relay.running import RunningRelay, running_relay, sending, take_rtcp, until
from tests.support.rtc_client import RtcClient
from tests.support.rtp_stream import FakeStream, send_frame

STUDIO = Contender("host/1")
OBS = Contender("key:1", "OBS on the counter PC")


async def test_a_post_that_never_connects_leaves_the_picture_as_it_is() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=STUDIO)
        viewer = await relay.viewer()
        async with sending(first, FakeStream(1)):
            await viewer.has_media.wait()
            relay.accepted(PeerRole.PUBLISHER, relay.client().offer("sendonly"))
            before = viewer.packets
            await until(lambda: viewer.packets > before + 300)
        assert relay.told.publishing == [("room", True)]
        assert relay.told.closed == []
        assert viewer.lost == 0


async def test_a_publisher_that_connects_and_sends_nothing_leaves_the_picture_as_it_is() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=STUDIO)
        async with sending(first, FakeStream(1)):
            await until(lambda: relay.room().is_publishing)
            second = await relay.publisher(by=OBS)
            second.send_rtp(FakeStream(2).sound())
            middle = FakeStream(2).frame()[3]
            second.send_rtp(middle)
            await until(lambda: any(isinstance(one, KeyframeRequest) for one in take_rtcp(second)))
            (waiting,) = relay.room().waiting
            assert waiting.peer is not None
            waiting.peer.created_at -= WAITING_S
            await second.is_closed.wait()
        assert relay.told.reasons() == ["never_sent"]
        assert relay.told.publishing == [("room", True)]


async def test_viewers_go_over_to_another_publisher_without_a_gap() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=STUDIO)
        viewer = await relay.viewer()
        async with sending(first, FakeStream(1)):
            await viewer.has_media.wait()
            second = await relay.publisher(by=OBS)
            async with sending(second, FakeStream(2)):
                await first.is_closed.wait()
                before = viewer.packets
                await until(lambda: viewer.packets > before + 30)
        assert relay.told.reasons() == ["taken_over"]
        assert relay.told.taken_over == [(OBS, STUDIO)]
        stats = relay.room().stats(time.monotonic())
        assert (stats.publisher, stats.held_back) == (OBS.party, [STUDIO.party])
        assert relay.told.publishing == [("room", True)]
        assert viewer.lost == 0


async def test_sound_alone_takes_over_where_no_picture_was_offered() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=STUDIO)
        async with sending(first, FakeStream(1)):
            await until(lambda: relay.room().is_publishing)
            client = relay.client()
            offer = client.offer("sendonly").replace("m=video 9", "m=video 0")
            outcome = relay.router.offer("room", PeerRole.PUBLISHER, offer, by=OBS)
            assert isinstance(outcome, Answer)
            await client.connect(outcome.sdp)
            stream = FakeStream(2)
            while not relay.told.closed:
                client.send_rtp(stream.sound())
                await asyncio.sleep(0.02)
        assert relay.told.reasons() == ["taken_over"]


async def test_a_publisher_that_died_is_followed_by_the_first_media_that_comes() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=STUDIO)
        async with sending(first, FakeStream(1)):
            await until(lambda: relay.room().is_publishing)
        first.vanish()
        await until(lambda: not relay.room().is_publishing, "the silence is noticed")
        second = await relay.publisher(by=STUDIO)
        second.send_rtp(FakeStream(2).sound())
        await until(lambda: relay.room().is_publishing)
        assert relay.told.reasons() == ["taken_over"]


async def test_a_flood_of_offers_pushes_out_its_own_and_nobody_elses() -> None:
    async with running_relay() as relay:
        relay.router.offer("room", PeerRole.PUBLISHER, relay.client().offer("sendonly"), by=STUDIO)
        for _ in range(10):
            relay.router.offer("room", PeerRole.PUBLISHER, relay.client().offer("sendonly"), by=OBS)
        assert [one.by for one in relay.room().waiting] == [STUDIO] + [OBS] * MOST_WAITING_A_PARTY
        assert relay.told.reasons() == ["replaced"] * (10 - MOST_WAITING_A_PARTY)


async def test_a_crowd_that_waits_to_publish_is_bounded() -> None:
    async with running_relay() as relay:
        for number in range(2 * MOST_WAITING):
            by = Contender(f"key/{number}")
            relay.router.offer("room", PeerRole.PUBLISHER, relay.client().offer("sendonly"), by=by)
        assert len(relay.room().waiting) == MOST_WAITING


class Stubborn:
    """A program that publishes again whenever it is cut off, or refused."""

    def __init__(self, relay: RunningRelay, by: Contender, seed: int) -> None:
        self.problems: list[RelayProblem] = []
        self.tries = 0
        self._relay = relay
        self._by = by
        self._stream = FakeStream(seed)

    async def run(self) -> None:
        while True:
            client = self._relay.client()
            self.tries += 1
            outcome = self._relay.router.offer(
                "room", PeerRole.PUBLISHER, client.offer("sendonly"), by=self._by
            )
            if isinstance(outcome, RelayProblem):
                self.problems.append(outcome)
                await asyncio.sleep(0.05)
                continue
            await self._publish(client, outcome)

    async def _publish(self, client: RtcClient, answer: Answer) -> None:
        with contextlib.suppress(TimeoutError):
            await client.connect(answer.sdp, timeout_s=2.0)
            while not client.is_closed.is_set():
                send_frame(client, self._stream)
                await asyncio.sleep(0.02)


@pytest.mark.parametrize("other", [OBS, STUDIO], ids=["another key", "the same key"])
async def test_two_publishers_that_both_come_back_end_with_one_swap(other: Contender) -> None:
    async with running_relay() as relay, asyncio.TaskGroup() as tasks:
        first, second = Stubborn(relay, STUDIO, 1), Stubborn(relay, other, 2)
        running = [tasks.create_task(first.run())]
        await until(lambda: relay.told.publishing)
        running.append(tasks.create_task(second.run()))
        await until(lambda: len(first.problems) >= 20, "the first tries again and again")
        assert relay.told.reasons() == ["taken_over"]
        assert relay.told.publishing == [("room", True)]
        assert (second.tries, second.problems) == (1, [])
        problem = first.problems[0]
        assert (problem.status, problem.error, problem.by) == (409, "taken_over", other.name)
        assert problem.retry_s is not None
        for task in running:
            task.cancel()


async def test_the_displaced_one_takes_the_room_back_when_it_says_so() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=STUDIO)
        async with sending(first, FakeStream(1)):
            await until(lambda: relay.room().is_publishing)
            second = await relay.publisher(by=OBS)
            async with sending(second, FakeStream(2)):
                await first.is_closed.wait()
                again = await relay.publisher(by=Contender("host/1", "", takes_over=True))
                assert not second.is_closed.is_set(), "as long as it has not sent"
                async with sending(again, FakeStream(3)):
                    await second.is_closed.wait()
        outcome = relay.router.offer("room", PeerRole.PUBLISHER, relay.client().offer("sendonly"), by=OBS)
        assert isinstance(outcome, RelayProblem)


async def test_a_party_that_is_cut_loses_what_it_publishes_and_what_waits() -> None:
    async with running_relay() as relay:
        first = await relay.publisher(by=OBS)
        async with sending(first, FakeStream(1)):
            await until(lambda: relay.room().is_publishing)
            await relay.publisher(by=OBS)
            kept = await relay.publisher(by=STUDIO)
            relay.router.cut("room", OBS.party)
            relay.router.cut("nowhere", OBS.party)
            await first.is_closed.wait()
        assert relay.told.reasons() == ["revoked", "revoked"]
        assert not kept.is_closed.is_set()


async def test_cutting_the_host_cuts_each_of_their_studios_and_no_key() -> None:
    async with running_relay() as relay:
        offers = [
            relay.router.offer("room", PeerRole.PUBLISHER, relay.client().offer("sendonly"), by=by)
            for by in (STUDIO, OBS)
        ]
        assert all(isinstance(one, Answer) for one in offers)
        relay.router.cut("room", "host")
        assert relay.told.reasons() == ["revoked"]
        assert [one.by for one in relay.room().waiting] == [OBS]
