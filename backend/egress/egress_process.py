"""An egress process as a child: started, fed by the relay, listened to, and ended."""

import asyncio
import contextlib
import logging
import secrets
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from backend.egress.messages import (
    EgressOptions,
    FragmentMade,
    InitMade,
    Listening,
    decode_made,
    encode_egress_options,
)
from backend.relay.messages import read_frame
from backend.relay.outcomes import RelayProblem

logger = logging.getLogger("livestall.egress")

STOP_TIMEOUT_S: Final = 2.0
EGRESS_COMMAND: Final = (sys.executable, "-m", "backend.egress.process")
# The process is found as a module of this folder, wherever the backend was started from.
PROGRAM_FOLDER: Final = Path(__file__).parents[2]

OpenTap = Callable[[str, int, str], Awaitable[RelayProblem | None]]
OnMade = Callable[[InitMade | FragmentMade], None]


async def run_egress(
    room: str, open_tap: OpenTap, on_made: OnMade, command: Sequence[str] = EGRESS_COMMAND
) -> None:
    """Make fragments of a room until the process ends, or until cancelled; then it is gone.

    Args:
        room: its id.
        open_tap: `(room, port, secret)`: let the relay feed the process.
        on_made: called with what it makes.
        command: how it is started.

    Raises:
        OSError: it cannot be started.
        ValueError: it says what nobody understands.
    """
    options = EgressOptions(secrets.token_hex(32))
    async with _process(options, command) as process:
        if process.stdout is None:
            return
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                made = decode_made(await read_frame(process.stdout))
                if not isinstance(made, Listening):
                    on_made(made)
                elif (problem := await open_tap(room, made.port, options.secret)) is not None:
                    logger.warning("room %s: the relay does not feed its egress: %s", room, problem.message)
                    return


@asynccontextmanager
async def _process(options: EgressOptions, command: Sequence[str]) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, cwd=PROGRAM_FOLDER)
    try:
        if process.stdin is not None:
            with contextlib.suppress(ConnectionError):
                process.stdin.write(encode_egress_options(options) + b"\n")
                await process.stdin.drain()
        yield process
    finally:
        await _end(process)


async def _end(process: Process) -> None:
    """It ends with its stdin; one that does not is killed."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        async with asyncio.timeout(STOP_TIMEOUT_S):
            await process.wait()
    except TimeoutError:
        logger.warning("an egress process did not end by itself")
    finally:
        # Also when we are cancelled while we wait: a child is never left behind.
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
