import asyncio
import sys

import pytest

from backend.egress.egress_process import run_egress
from backend.egress.messages import FragmentMade, InitMade
from backend.relay.outcomes import RelayProblem
from tests.support.feeding import Feeder

SAYS_NONSENSE = (
    "import sys; sys.stdout.buffer.write(bytes([0, 0, 0, 1, 7])); sys.stdout.flush(); sys.stdin.read()"
)
STAYS = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


async def test_the_film_comes_out_of_the_process_as_fragments() -> None:
    feeder = Feeder(seconds=2)
    made: list[InitMade | FragmentMade] = []
    async with asyncio.timeout(60):
        await run_egress("main", feeder.open, made.append)
    assert isinstance(made[0], InitMade)
    fragments = [one for one in made if isinstance(one, FragmentMade)]
    assert fragments[0].is_key
    assert sum(one.duration for one in fragments) >= 90_000 * 18 // 10
    assert b"prft" in fragments[-1].data


async def test_a_relay_that_does_not_feed_it_ends_it() -> None:
    async def refuse(_room: str, _port: int, _secret: str) -> RelayProblem:
        return RelayProblem(503, "relay_down", "The relay is not running.")

    made: list[InitMade | FragmentMade] = []
    async with asyncio.timeout(60):
        await run_egress("main", refuse, made.append)
    assert made == []


async def test_what_nobody_understands_is_an_error() -> None:
    async with asyncio.timeout(60):
        with pytest.raises(ValueError, match="int"):
            await run_egress("main", Feeder().open, print, [sys.executable, "-c", SAYS_NONSENSE])


async def test_a_process_that_does_not_end_by_itself_is_killed() -> None:
    async with asyncio.timeout(60):
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(
                run_egress("main", Feeder().open, print, [sys.executable, "-c", STAYS])
            )
            await asyncio.sleep(0.3)
            running.cancel()
        assert running.cancelled()
