import asyncio
from collections.abc import Callable
from typing import Self

import pytest
from typing_extensions import override

from backend.contract.live import LivePhase
from backend.contract.stream import StreamCondition
from backend.data_folder import StartError
from backend.identity.auth import TokenSigner
from backend.media import Media, RelayReport
from backend.relay.client import RelayClient
from backend.relay.doors import PublishDenial
from backend.relay.options import RelayOptions
from backend.relay.succession import HOST_PARTY, Contender
from backend.room.history import History
from backend.room.room import Room
from tests.support.log_memory import LogMemory

SECRET = b"0123456789abcdef0123456789abcdef"


class FakeRelay(RelayClient):
    """A relay without a worker, that says what a test wants said."""

    def __init__(self, heard: Callable[[str, bool], None]) -> None:
        super().__init__(RelayOptions(), heard)
        self._heard = heard
        self.starts = True

    def notice(self, room: str, *conditions: StreamCondition) -> None:
        self.on_conditions_changed(room, conditions)

    def say(self, room: str, *, is_publishing: bool) -> None:
        self._heard(room, is_publishing)

    @override
    async def __aenter__(self) -> Self:
        if not self.starts:
            raise RuntimeError("the relay did not start within 20 s; see the log")
        return self

    @override
    async def __aexit__(self, *_error: object) -> None:
        return None


class Studio:
    def __init__(self) -> None:
        self.relays: list[FakeRelay] = []
        self.signer = TokenSigner(SECRET)
        self.media = Media(self._make, self.signer)
        self.room = Room("main", "直播间", store=LogMemory(), history=History("e"), clock_ms=lambda: 0)

    def _make(self, heard: Callable[[str, bool], None]) -> FakeRelay:
        self.relays.append(FakeRelay(heard))
        return self.relays[0]

    async def authorize(self, token: str | None, room: str = "main") -> Contender | PublishDenial:
        return await self.media._authorize(room, token)


@pytest.fixture
def studio() -> Studio:
    return Studio()


async def test_the_hosts_token_publishes_into_its_room_and_no_other(studio: Studio) -> None:
    token = studio.signer.host("main")
    assert await studio.authorize(token) == Contender(HOST_PARTY)
    assert await studio.authorize(token, "other") is PublishDenial.FORBIDDEN


async def test_a_viewers_token_watches_and_does_not_publish(studio: Studio) -> None:
    assert await studio.authorize(studio.signer.viewer("main", "guest-1")) is PublishDenial.FORBIDDEN


@pytest.mark.parametrize("token", [None, "", "nonsense", TokenSigner(SECRET[::-1]).host("main")])
async def test_without_a_token_of_ours_nobody_publishes(studio: Studio, token: str | None) -> None:
    assert await studio.authorize(token) is PublishDenial.UNAUTHORIZED


async def test_a_room_hears_of_its_publisher_and_unknown_rooms_are_passed_over(studio: Studio) -> None:
    async with studio.media.serving({"main": studio.room}):
        studio.relays[0].say("nope", is_publishing=True)
        studio.relays[0].say("main", is_publishing=True)
        await _settle(studio.room)
        live = studio.room.snapshot().live
        assert (live.phase, live.is_publishing) == (LivePhase.LIVE, True)
        studio.relays[0].say("main", is_publishing=False)
        await _settle(studio.room)
        assert not studio.room.snapshot().live.is_publishing


async def test_a_room_hears_what_is_noticed_of_its_stream(studio: Studio) -> None:
    async with studio.media.serving({"main": studio.room}):
        studio.relays[0].say("main", is_publishing=True)
        studio.relays[0].notice("nope", StreamCondition.NO_VIDEO)
        studio.relays[0].notice("main", StreamCondition.NO_VIDEO)
        await _settle(studio.room)
        assert studio.room.snapshot().live.conditions == [StreamCondition.NO_VIDEO]


async def test_while_the_worker_is_down_there_are_no_numbers(studio: Studio) -> None:
    async with studio.media.serving({"main": studio.room}):
        assert await studio.media.report("main") == RelayReport(None, None)


async def test_a_relay_that_does_not_start_names_cause_and_remedy(studio: Studio) -> None:
    studio.relays[0].starts = False
    with pytest.raises(StartError, match="relay did not start"):
        async with studio.media.serving({}):
            pass


async def _settle(room: Room) -> None:
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(room.run())
        await room.tick()
        work.cancel()
