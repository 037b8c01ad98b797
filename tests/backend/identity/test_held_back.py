from pathlib import Path

import httpx
import msgspec
from websockets.asyncio.client import connect

from backend.contract.chat import BlockUser
from backend.contract.http import Problem
from backend.contract.protocol import Accepted
from backend.features.chat.sanctions import BLOCKED
from backend.identity.held_back import HeldBack
from backend.options import ServeOptions
from tests.backend.running import Client, RunningBackend, as_admission, running_backend


class Clock:
    """A clock that goes on when told."""

    now_s = 100.0

    def read(self) -> float:
        return self.now_s


def test_an_address_is_held_back_for_its_room_and_its_time_alone() -> None:
    clock = Clock()
    held = HeldBack(60, clock.read)
    held.hold("main", "203.0.113.9")
    assert held.left_s("main", "203.0.113.9") == 60
    assert held.left_s("main", "198.51.100.7") == held.left_s("other", "203.0.113.9") == 0
    clock.now_s += 59.5
    assert held.left_s("main", "203.0.113.9") == 1
    clock.now_s += 1
    assert held.left_s("main", "203.0.113.9") == 0


def test_guesses_from_many_addresses_do_not_fill_the_memory() -> None:
    held = HeldBack(60)
    for number in range(10_050):
        held.hold("main", str(number))
    assert held.left_s("main", "0") == 0
    assert held.left_s("main", "10049") > 0


async def enter(backend: RunningBackend, address: str, token: str = "") -> httpx.Response:
    headers = {"X-Forwarded-For": address, **({"Authorization": f"Bearer {token}"} if token else {})}
    return await backend.http.post("/api/rooms/main/enter", headers=headers)


async def block_somebody(backend: RunningBackend, address: str) -> None:
    admission = as_admission(await enter(backend, address))
    url, headers = backend.socket_url(admission), {"X-Forwarded-For": address}
    async with (
        backend.host() as host,
        connect(url, compression=None, proxy=None, additional_headers=headers) as socket,
    ):
        guest = Client(socket)
        await guest.join()
        assert isinstance(await host.act(BlockUser(admission.user_id)), Accepted)
        assert await guest.close_code() == BLOCKED


async def test_no_new_guest_comes_from_where_somebody_was_just_blocked(tmp_path: Path) -> None:
    async with running_backend(tmp_path, ServeOptions(trusted_proxies=("127.0.0.1",))) as backend:
        friend = as_admission(await enter(backend, "203.0.113.9"))
        await block_somebody(backend, "203.0.113.9")
        refused = await enter(backend, "203.0.113.9")
        assert (refused.status_code, int(refused.headers["retry-after"]) > 590) == (429, True)
        assert msgspec.json.decode(refused.content, type=Problem).error == "held_back"
        assert (await enter(backend, "203.0.113.9", friend.token)).status_code == 200
        assert (await enter(backend, "198.51.100.7")).status_code == 200


async def test_nobody_is_held_back_where_the_setting_says_so_or_all_share_a_proxy(tmp_path: Path) -> None:
    options = ServeOptions(trusted_proxies=("127.0.0.1",), hold_back_s=0)
    async with running_backend(tmp_path, options) as backend:
        await block_somebody(backend, "203.0.113.9")
        assert (await enter(backend, "203.0.113.9")).status_code == 200
    async with running_backend(tmp_path) as backend:
        await block_somebody(backend, "203.0.113.9")  # nobody vouches for that: it is this machine's
        assert (await enter(backend, "203.0.113.9")).status_code == 200
