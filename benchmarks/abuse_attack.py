"""The attackers of `abuse.py`, in a process of their own: `names URL GUESTS`, until stdin closes.

Each guest sends a name of 5,400 letters, of which Unicode would make 18 times as many, 20 times a second, and
comes back as another guest when it is shown out. Prints `ready` when the first of all are in, at the end
what became of the tries as one line of JSON.
"""

import asyncio
import contextlib
import json
import struct
import sys
import time
from collections import Counter
from typing import Final

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.protocol import State

from backend.contract.audience import SetNickname
from backend.contract.http import Admission
from backend.contract.protocol import Act, Join, encode

PER_SECOND: Final = 20
NAME: Final = "\ufdfa" * 5_400
ENTER: Final = "/api/rooms/main/enter"


class Attack:
    """Guests that flood a room with names."""

    def __init__(self, url: str, guests: int) -> None:
        self._url = url
        self._missing = guests
        self._http = httpx.AsyncClient(base_url=url, timeout=30)
        payload = encode(Act(1, SetNickname(NAME)))
        # Made once, masked with zeros (RFC 6455 §5.2): the attackers' own work must slow nobody down.
        self._frame = struct.pack("!BBH4x", 0x81, 0x80 | 126, len(payload)) + payload
        self.counts: Counter[str] = Counter()

    async def flood(self) -> None:
        """Be one guest after the other, until cancelled."""
        is_first = True
        while True:
            with contextlib.suppress(WebSocketException, httpx.HTTPError, OSError, msgspec.MsgspecError):
                admission = msgspec.json.decode((await self._http.post(ENTER)).content, type=Admission)
                address = (
                    f"{self._url.replace('http', 'ws', 1)}{admission.socket_path}?ticket={admission.ticket}"
                )
                async with connect(address, compression=None, proxy=None) as socket:
                    await socket.send(encode(Join()).decode())
                    if is_first:
                        self._come_in()
                    is_first = False
                    await self._talk(socket)
            self.counts["shown out or kept out"] += 1
            await asyncio.sleep(0.5)

    def _come_in(self) -> None:
        self._missing -= 1
        if not self._missing:
            print("ready", flush=True)

    async def _talk(self, socket: ClientConnection) -> None:
        async with asyncio.TaskGroup() as tasks:
            reading = tasks.create_task(self._read(socket))
            began, sent = time.monotonic(), 0
            while not reading.done() and socket.state is State.OPEN:
                socket.transport.write(self._frame)
                sent += 1
                self.counts["names sent"] += 1
                await asyncio.sleep(max(0.0, began + sent / PER_SECOND - time.monotonic()))

    async def _read(self, socket: ClientConnection) -> None:
        with contextlib.suppress(WebSocketException):
            async for data in socket:
                if '"rejected"' in str(data):
                    self.counts["refused"] += 1


async def main() -> None:
    """Attack until stdin closes."""
    _, kind, url, guests = sys.argv
    assert kind == "names", f"expected names, got {kind}"
    attack = Attack(url, int(guests))
    async with asyncio.TaskGroup() as tasks:
        floods = [tasks.create_task(attack.flood()) for _ in range(int(guests))]
        await asyncio.to_thread(sys.stdin.read)
        for flood in floods:
            flood.cancel()
    print(json.dumps(attack.counts), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
