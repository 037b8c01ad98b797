"""A flood of danmu over real sockets: the crowd is sampled, and what must arrive does."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from backend.contract.base import AssistantRight
from backend.contract.chat import (
    Danmu,
    DanmuEchoed,
    DanmuPinned,
    DanmuSent,
    PaidDanmuSent,
    PinDanmu,
    SendDanmu,
    StaffDanmuSent,
)
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.invitation import code_digest
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted, Private, Reliable, Sampled, ServerMessage, Snapshot
from backend.contract.staff import InviteAssistant
from backend.options import ServeOptions
from tests.backend.kinds import as_type
from tests.backend.running import Client, RunningBackend, as_admission, running_backend

CROWD = 60
EACH = 4
GIVERS = 8
WORDS = 3
CODE = "ABCDE-FGHJK"


class Heard:
    """What somebody in the room was told of what is said."""

    def __init__(self) -> None:
        self.sampled: list[Danmu] = []
        self.paid: list[Danmu] = []
        self.staff: list[str] = []
        self.own: list[str] = []
        self.pinned = ""
        self.totals: list[int] = []

    def take(self, message: ServerMessage) -> None:
        """Take in what concerns danmu."""
        match message:
            case Sampled(events=events):
                for event in events:
                    if isinstance(event, DanmuSent):
                        self.sampled += event.danmu
                        self.totals.append(event.total)
            case Reliable(event=StaffDanmuSent(danmu=danmu)):
                self.staff.append(danmu.text)
            case Reliable(event=PaidDanmuSent(danmu=paid)):
                self.paid += paid
            case Reliable(event=DanmuPinned(pinned=pinned)):
                self.pinned = pinned.danmu.text
            case Private(event=DanmuEchoed(danmu=danmu)):
                self.own.append(danmu.text)

    async def listen(self, client: Client, total: int) -> None:
        """Listen until the count is whole and the pinned danmu came: nothing comes after that."""
        while not self.pinned or not self.totals or self.totals[-1] < total:
            self.take(await client.next())


async def crowd_of(backend: RunningBackend, stack: AsyncExitStack, count: int) -> list[Client]:
    return [await stack.enter_async_context(backend.client()) for _ in range(count)]


async def assistant(backend: RunningBackend, stack: AsyncExitStack, host: Client) -> Client:
    """An assistant who may chat."""
    digest = await asyncio.to_thread(code_digest, CODE, "main")
    assert isinstance(await host.act(InviteAssistant(digest, [AssistantRight.CHAT], 1, 1)), Accepted)
    admission = as_admission(await backend.assist(CODE))
    helper = await stack.enter_async_context(backend.client(admission.token))
    await helper.join()
    return helper


async def flood(crowd: Sequence[Client], givers: Sequence[Client], session_id: str) -> None:
    """Let all speak at once, and the givers give words with their gifts."""
    for turn in range(EACH):
        for number, client in enumerate(crowd):
            await client.send_command(SendDanmu(f"冲 {number}-{turn}"))
        for number, giver in enumerate(givers):
            if turn < WORDS:
                gift = SendGift(session_id, f"key-{turn:04}", "rose", text=f"礼 {number}-{turn}")
                await giver.send_command(gift)


async def test_own_staff_paid_and_pinned_danmu_all_arrive_and_the_count_is_true(tmp_path: Path) -> None:
    options = ServeOptions(has_demo=True, enters_per_second=1000, enters_at_once=1000)
    total = CROWD * EACH + GIVERS * WORDS + 2
    words = sorted(f"礼 {number}-{turn}" for number in range(GIVERS) for turn in range(WORDS))
    async with running_backend(tmp_path, options) as backend, AsyncExitStack() as stack:
        backend.are_adults = True
        host = await stack.enter_async_context(backend.host())
        helper = await assistant(backend, stack, host)
        await host.act(GoLive())
        watching, *others = await crowd_of(backend, stack, 1 + CROWD + GIVERS)
        session_id = as_type(Snapshot, await watching.join()).live.session_id
        for client in others:
            await client.join()
        crowd, givers = others[:CROWD], others[CROWD:]
        for giver in givers:
            assert isinstance(await giver.act(ClaimDemoCoins()), Accepted)

        await flood(crowd, givers, session_id)
        await host.send_command(SendDanmu("主播在这里"))
        await helper.send_command(SendDanmu("助理也在"))
        said = as_type(StaffDanmuSent, await host.hears(StaffDanmuSent)).danmu
        await host.act(PinDanmu(said.danmu_id, 60))
        heard = [Heard() for _ in range(1 + len(others))]
        for one, client in zip(heard, (watching, *others), strict=True):
            await one.listen(client, total)
        late = await stack.enter_async_context(backend.client())
        snapshot = as_type(Snapshot, await late.join())

    for one in heard:
        assert sorted(one.staff) == ["主播在这里", "助理也在"]
        assert one.pinned == said.text
        assert sorted(danmu.text for danmu in one.paid) == words
        assert {danmu.coins for danmu in one.paid} == {1}
        assert one.totals == sorted(one.totals)
        assert one.totals[-1] == total
        ids = [danmu.danmu_id for danmu in one.sampled]
        assert 0 < len(ids) == len(set(ids)) < CROWD * EACH
    for number in range(CROWD):
        assert heard[1 + number].own == [f"冲 {number}-{turn}" for turn in range(EACH)]
    assert snapshot.danmu_total == total
