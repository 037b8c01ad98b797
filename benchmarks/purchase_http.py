"""Purchases over HTTP against the least that the same app answers, by the CPU that the server spends on each.

The real backend in a process of its own: token, pace, idempotency key, transaction, and what its room hears.
"""

import asyncio
import json
import statistics
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

import httpx
import msgspec

from backend.contract.orders import PlaceOrder, Quote
from backend.identity.auth import TokenSigner
from benchmarks.crowd import compiled
from benchmarks.room import Server, serving
from benchmarks.room_sale import PRODUCT
from benchmarks.room_server import SECRET
from tests.backend.shop.goods import ROOM, home_of, order_of

ROUNDS: Final = 5
REQUESTS: Final = 1500
CONNECTIONS: Final = 64
WARM_UP: Final = 300


def main() -> None:
    """Measure and print the figures as the last line."""
    with compiled("crowd") as program, serving(program) as server:
        server.ask("sell")
        print(json.dumps({"figures": _compared(server)}))


def _compared(server: Server) -> dict[str, float]:
    orders, nothing = _orders(_quote(server)), _nothing()
    _cost_us(server, orders, WARM_UP, 201)
    ratios, rounds = [], []
    for _ in range(ROUNDS):
        bare, ours = _cost_us(server, nothing, REQUESTS, 200), _cost_us(server, orders, REQUESTS, 201)
        ratios.append(ours / bare)
        rounds.append(f"{ours:.0f}/{bare:.0f}")
    print(f"µs of CPU a purchase/an empty answer {rounds}", flush=True)
    return {"buy_http_ratio": round(statistics.median(ratios), 2)}


def _cost_us(server: Server, requests: Iterator[bytes], wanted: int, status: int) -> float:
    sent = [next(requests) for _ in range(wanted)]
    before = server.ask("cpu")["cpu_s"]
    asyncio.run(_ask_all(server.port, sent, status))
    return (server.ask("cpu")["cpu_s"] - before) / wanted * 1e6


async def _ask_all(port: int, requests: Sequence[bytes], status: int) -> None:
    async with asyncio.TaskGroup() as tasks:
        for first in range(CONNECTIONS):
            tasks.create_task(_ask(port, requests[first::CONNECTIONS], status))


async def _ask(port: int, requests: Sequence[bytes], status: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        [length] = [line.split(":")[1] for line in head.splitlines() if line.startswith("content-length")]
        body = await reader.readexactly(int(length))
        assert head.split()[1] == str(status), body
    writer.close()


def _quote(server: Server) -> Quote:
    wanted = {"lines": [{"sku_id": PRODUCT, "quantity": 1}]}
    headers = {"Authorization": f"Bearer {_token('asks')}", "Idempotency-Key": "quote"}
    answer = httpx.post(f"http://127.0.0.1:{server.port}/api/v1/quotes", json=wanted, headers=headers)
    return msgspec.json.decode(answer.content, type=Quote)


def _orders(quote: Quote) -> Iterator[bytes]:
    for number in count():
        buyer = f"buyer-{number}"
        yield _order(order_of(quote, address=home_of(buyer)), buyer)


def _order(wanted: PlaceOrder, buyer: str) -> bytes:
    body = msgspec.json.encode(wanted)
    head = (
        "POST /api/v1/orders HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {_token(buyer)}",
        "Content-Type: application/json",
        "Idempotency-Key: once",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def _nothing() -> Iterator[bytes]:
    while True:
        yield b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def _token(buyer: str) -> str:
    return TokenSigner(SECRET).viewer(ROOM, buyer)


if __name__ == "__main__":
    main()
