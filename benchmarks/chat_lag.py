"""Chat while the shop sells: a thousand viewers and 500 purchases a second, against the same room at rest.

The real backend in a process of its own, which the purchases share: transactions, messages to the room, and
what buyer, host and crowd hear of each; only the HTTP requests are left out. The lag is that of the host's
words from their sending to their coming back by the room's log and the fan-out. Rest and sale take turns.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpx
import msgspec
from websockets.sync.client import ClientConnection, connect

from backend.contract.chat import SendDanmu
from backend.contract.http import Admission
from backend.contract.protocol import Act, Join, encode
from benchmarks.crowd import compiled
from benchmarks.room import ENTER, Server, serving

ROUNDS: Final = 5
EVERY_S: Final = 0.25
HEARD: Final = '"staff_danmu_sent"'


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--viewers", type=int, default=1000)
    parser.add_argument("--buyers", type=float, default=500.0, help="purchases a second")
    parser.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    asked = parser.parse_args()
    with compiled("crowd") as program, serving(program) as server, server.viewers(asked.viewers):
        figures = _compared(server, asked.buyers, asked.seconds)
    print(json.dumps({"figures": figures}))


def _compared(server: Server, buyers: float, seconds: float) -> dict[str, float]:
    ratios, rates = [], []
    with _host(server) as host:
        _lags_ms(host, 1.0)
        for _ in range(ROUNDS):
            rest = _lags_ms(host, seconds)
            server.tell("buy", buyers, seconds + 1)
            time.sleep(0.5)
            sale = _lags_ms(host, seconds)
            rates.append(server.answer()["rate"])
            ratios.append(statistics.median(sale) / statistics.median(rest))
            print(
                f"  at rest {_text(rest)}, at {rates[-1]:.0f} purchases a second {_text(sale)}: "
                f"{ratios[-1]:.2f}",
                flush=True,
            )
    return {"chat_lag_ratio": round(statistics.median(ratios), 2), "sold_per_s": round(min(rates))}


@contextmanager
def _host(server: Server) -> Iterator[ClientConnection]:
    url = f"http://127.0.0.1:{server.port}"
    headers = {"Authorization": f"Bearer {server.host_token}"}
    admission = msgspec.json.decode(httpx.post(url + ENTER, headers=headers).content, type=Admission)
    socket_url = f"ws://127.0.0.1:{server.port}{admission.socket_path}?ticket={admission.ticket}"
    with connect(socket_url, proxy=None, compression=None, max_queue=None) as host:
        host.send(encode(Join()).decode())
        yield host


def _lags_ms(host: ClientConnection, seconds: float) -> list[float]:
    """Speak again and again, and return how long each took to come back."""
    lags, end = [], time.monotonic() + seconds
    while time.monotonic() < end:
        began = time.monotonic()
        host.send(encode(Act(1, SendDanmu(f"现在 {began}"))).decode())
        while HEARD not in str(host.recv()):
            pass
        lags.append((time.monotonic() - began) * 1000)
        _read_on(host, began + EVERY_S)
    return lags


def _read_on(host: ClientConnection, until_s: float) -> None:
    """Read what else comes: what waits unread would count as the next lag."""
    while (left := until_s - time.monotonic()) > 0:
        try:
            host.recv(timeout=left)
        except TimeoutError:
            return


def _text(lags_ms: list[float]) -> str:
    ordered = sorted(lags_ms)
    return f"{statistics.median(ordered):.1f} ms (most {ordered[-1]:.0f})"


if __name__ == "__main__":
    main()
