"""Notices a far end that is gone: packets go out, and nothing is heard of them."""

import asyncio
from collections.abc import Sequence
from typing import Final

from studio.engine.publish.stream import OutgoingStream, WallClock

SILENCE_SECONDS: Final = 5.0
SILENCE_PACKETS: Final = 50


async def wait_for_silence(streams: Sequence[OutgoingStream], wall: WallClock) -> None:
    """Wait until nothing was heard for 5 s in which packets went out.

    Args:
        streams: all that go to the same far end.
        wall: the clock they are stamped with.
    """
    heard_at, sent_then = wall.now(), 0
    while True:
        await asyncio.sleep(SILENCE_SECONDS / 10)
        sent = sum(stream.packets_sent for stream in streams)
        latest = max(stream.heard_at for stream in streams)
        if latest > heard_at:
            heard_at, sent_then = latest, sent
        if wall.now() - heard_at > SILENCE_SECONDS and sent - sent_then > SILENCE_PACKETS:
            return
