"""A flood of danmu over real sockets: the crowd is sampled, and what must arrive does."""

from contextlib import AsyncExitStack
from pathlib import Path

from backend.contract.chat_commands import PinDanmu, SendDanmu
from backend.contract.chat_events import DanmuEchoed, DanmuPinned, DanmuSent, StaffDanmuSent
from backend.messages import Reliable, Sampled, ServerMessage, Snapshot
from backend.options import ServeOptions
from tests.backend.kinds import as_type
from tests.backend.room.test_chat_desk import told
from tests.backend.running import Client, running_backend

CROWD = 60


class Heard:
    """What a viewer who only watches was told."""

    def __init__(self) -> None:
        self.sampled: list[str] = []
        self.staff: list[str] = []
        self.pinned = ""
        self.total = 0

    def take(self, message: ServerMessage) -> None:
        """Take in what concerns danmu."""
        match message:
            case Sampled(events=events):
                for event in events:
                    if isinstance(event, DanmuSent):
                        self.sampled += [danmu.text for danmu in event.danmu]
                        self.total = event.total
            case Reliable(event=StaffDanmuSent(danmu=danmu)):
                self.staff.append(danmu.text)
            case Reliable(event=DanmuPinned(pinned=pinned)):
                self.pinned = pinned.danmu.text

    async def listen(self, client: Client) -> None:
        """Listen until the flood is over and the pinned danmu came."""
        while not self.pinned or self.total < CROWD:
            self.take(await client.next())


async def test_nobody_misses_own_staff_and_pinned_danmu_and_the_count_is_true(tmp_path: Path) -> None:
    options = ServeOptions(enters_per_second=1000, enters_at_once=1000)
    heard = Heard()
    async with running_backend(tmp_path, options) as backend, AsyncExitStack() as stack:
        host = await stack.enter_async_context(backend.host())
        watching, *crowd = [await stack.enter_async_context(backend.client()) for _ in range(CROWD + 1)]
        for client in (watching, *crowd):
            await client.join()
        for number, client in enumerate(crowd):
            await client.send_command(SendDanmu(f"冲 {number}"))
        await host.send_command(SendDanmu("主播在这里"))
        said = as_type(StaffDanmuSent, await host.hears(StaffDanmuSent)).danmu
        await host.act(PinDanmu(said.danmu_id, 60))

        for number, client in enumerate(crowd):
            assert (await told(client, DanmuEchoed)).danmu.text == f"冲 {number}"
        await heard.listen(watching)
        late = await stack.enter_async_context(backend.client())
        snapshot = as_type(Snapshot, await late.join())

    assert heard.staff == ["主播在这里"]
    assert heard.pinned == "主播在这里"
    assert 0 < len(heard.sampled) == len(set(heard.sampled)) < CROWD
    assert snapshot.danmu_total == CROWD + 1
