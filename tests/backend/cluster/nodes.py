"""Real nodes (`main.py serve`), and clients that check what they hear."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from backend.contract.cards import CardShown
from backend.contract.http import Admission
from backend.contract.orders import Order
from backend.contract.protocol import Reliable, Snapshot
from tests.backend.http.api.shopping import HOME
from tests.backend.running import Client, as_admission
from tests.support.adults import say_age
from tests.support.programs import Program, run_backend

PATIENCE_S = 15.0


class ServedNode:
    """One node and how to reach it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.url = program.ready.url
        self.host_token = program.ready.host_token

    async def enter(self, token: str | None = None) -> Admission:
        """Ask to be let in."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with httpx.AsyncClient(trust_env=False) as http:
            return as_admission(await http.post(f"{self.url}/api/rooms/main/enter", headers=headers))

    async def adult(self) -> str:
        """The token of a new guest who said that they are old enough for coins."""
        async with httpx.AsyncClient(trust_env=False, base_url=self.url) as http:
            token = as_admission(await http.post("/api/rooms/main/enter")).token
            await say_age(http, token)
        return token

    async def post(self, path: str, token: str, **body: str) -> httpx.Response:
        """Ask something of the room as the token's holder."""
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(trust_env=False) as http:
            return await http.post(f"{self.url}/api/rooms/main/{path}", headers=headers, json=body)

    async def buy(self, buyer: Admission, sku_id: str, key: str = "key-1") -> Order:
        """Buy one unit here: get a quote, and order by it."""
        lines = [{"sku_id": sku_id, "quantity": 1}]
        headers = {"Authorization": f"Bearer {buyer.token}", "Idempotency-Key": key}
        async with httpx.AsyncClient(trust_env=False, base_url=self.url, headers=headers) as http:
            # A home of its own: what waits for its money is counted by phone and place, too.
            home = {**HOME, "street": buyer.user_id, "phone": f"1{int(buyer.user_id[-8:], 16):010}"}
            quote = await http.post("/api/v1/quotes", json={"lines": lines})
            wanted = {"lines": lines, "address": home, "quote_hash": quote.json()["hash"], "method": "online"}
            answer = await http.post("/api/v1/orders", json=wanted)
        assert answer.status_code == 201, answer.text
        return msgspec.json.decode(answer.content, type=Order)

    async def audit(self, query: str) -> bytes:
        """Ask for the room's audit log as its host."""
        headers = {"Authorization": f"Bearer {self.host_token}"}
        async with httpx.AsyncClient(trust_env=False) as http:
            answer = await http.get(f"{self.url}/api/rooms/main/audit?{query}", headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.content

    def socket_url(self, admission: Admission) -> str:
        """Where the admission's ticket opens a socket on this node."""
        return f"{self.url.replace('http', 'ws', 1)}{admission.socket_path}?ticket={admission.ticket}"

    @asynccontextmanager
    async def client(self, token: str | None = None) -> AsyncIterator[Client]:
        """Open a socket: a new guest's, or that of the token's holder."""
        async with connect(self.socket_url(await self.enter(token)), compression=None, proxy=None) as socket:
            yield Client(socket)

    @asynccontextmanager
    async def host(self) -> AsyncIterator[Client]:
        """The host, already in the room."""
        async with self.client(self.host_token) as client:
            await client.join()
            yield client


@asynccontextmanager
async def running_nodes(
    folder: Path, database: str, bus: str, count: int = 2
) -> AsyncIterator[list[ServedNode]]:
    """Run nodes one after the other; the first owns the room."""
    async with AsyncExitStack() as stack:
        nodes: list[ServedNode] = []
        for number in range(count):
            node = running_node(folder / f"node-{number}", database, bus)
            nodes.append(await stack.enter_async_context(node))
        yield nodes


@asynccontextmanager
async def running_node(data: Path, database: str, bus: str) -> AsyncIterator[ServedNode]:
    """Run one node."""
    options = ("--port", "0", "--demo", "--database", database, "--bus", bus)
    async with run_backend(data, *options) as program:
        yield ServedNode(program)


class Follower:
    """A viewer who stays, whatever breaks: comes back to any node and notes each reliable event's number."""

    def __init__(self, nodes: list[ServedNode]) -> None:
        self._nodes = nodes
        self.epoch, self.seq = "", 0
        self.seqs: list[int] = []
        self.snapshots: list[int] = []
        self.is_in = asyncio.Event()
        self._card = ""
        self._has_news = asyncio.Event()
        self._token: str | None = None

    async def run(self) -> None:
        """Follow until cancelled."""
        for node in self._turns():
            try:
                await self._follow(node)
            except (OSError, httpx.HTTPError, ConnectionClosed, InvalidStatus, TimeoutError):
                await asyncio.sleep(0.1)
            except AssertionError:
                await asyncio.sleep(0.2)

    def _turns(self) -> Iterator[ServedNode]:
        while True:
            yield from self._nodes

    async def _follow(self, node: ServedNode) -> None:
        admission = await node.enter(self._token)
        self._token = admission.token
        async with connect(node.socket_url(admission), compression=None, proxy=None) as socket:
            client = Client(socket)
            joined = await client.join(self.epoch, self.seq)
            if isinstance(joined, Snapshot):
                self.snapshots.append(joined.seq)
                self.epoch, self.seq = joined.epoch, joined.seq
            self.is_in.set()
            while True:
                message = await client.next()
                if isinstance(message, Reliable):
                    self._take(message)

    def _take(self, message: Reliable) -> None:
        assert message.seq == self.seq + 1, f"expected {self.seq + 1}, got {message.seq}"
        self.seq = message.seq
        self.seqs.append(message.seq)
        if isinstance(message.event, CardShown):
            self._card = message.event.card.product.product_id
        self._has_news.set()

    async def until_card(self, product_id: str) -> None:
        """Wait until this product's card is on air."""
        while self._card != product_id:
            self._has_news.clear()
            await self._has_news.wait()
