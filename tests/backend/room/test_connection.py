"""Slow and silent clients over real sockets."""

import asyncio
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from backend.contract.audience import SetNickname
from backend.contract.cards import ShowCard
from backend.contract.protocol import Join, Reliable, Snapshot, encode
from backend.room import connection
from backend.room.frames import Prepared
from backend.room.hub import Lane
from backend.room.session import BREACHES_AT_ONCE
from tests.backend.kinds import as_type
from tests.backend.running import RunningBackend, running_backend


async def test_a_client_that_does_not_read_is_cut_and_the_others_get_everything(
    backend: RunningBackend,
) -> None:
    room = backend.backend.local["main"]
    admission = await backend.enter()
    async with backend.host() as host, backend.client() as good:
        await good.join()
        slow = await connect(
            backend.socket_url(admission), compression=None, proxy=None, max_queue=1, ping_interval=None
        )
        await slow.send(encode(Join()))
        while room.snapshot().presence.viewers < 2:
            await host.next()
        slow.transport.pause_reading()
        filler = Prepared(b'{"type":"sampled","events":[]%s}' % (b" " * 200_000))
        for _ in range(100):
            room._hub.publish(filler, Lane.RELIABLE)
            await good.next()
            if room._hub.cut_count:
                break
        assert room._hub.cut_count == 1
        await host.act(ShowCard("demo-tea"))
        assert (await good.next_event()).seq == 1
        while room.snapshot().presence.viewers > 1:
            await good.next()
        slow.transport.abort()


async def test_who_was_cut_comes_back_and_resumes(backend: RunningBackend) -> None:
    room = backend.backend.local["main"]
    async with backend.host() as host:
        async with backend.client() as slow:
            snapshot = as_type(Snapshot, await slow.join())
            _, line = room._hub._lines
            line.cut(1013, "too slow; come back and resume")
            await host.act(ShowCard("demo-tea"))
            assert await slow.close_code() == 1013
        async with backend.client() as again:
            await again.join(snapshot.epoch, snapshot.seq)
            assert as_type(Reliable, await again.next_event()).seq == 1


async def test_a_guest_who_floods_with_names_is_shown_out(backend: RunningBackend) -> None:
    async with backend.client() as guest:
        await guest.join()
        for _ in range(BREACHES_AT_ONCE + 1):
            await guest.send_command(SetNickname("\ufdfa" * 5_400))
        assert await guest.close_code() == 1008


async def test_who_says_nothing_is_shown_out(
    backend: RunningBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "JOIN_WITHIN_S", 0.05)
    async with backend.client() as silent:
        assert await silent.close_code() == 1008


async def test_who_joined_may_be_silent_for_as_long_as_they_like(
    backend: RunningBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "JOIN_WITHIN_S", 1.0)
    async with backend.host() as host, backend.client() as viewer:
        await viewer.join()
        await asyncio.sleep(1.2)
        await host.act(ShowCard("demo-tea"))
        assert (await viewer.next_event()).seq == 1


async def test_when_the_backend_ends_everybody_is_told_to_come_back(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.client() as viewer:
        await viewer.join()
        backend.backend.end()
        assert await viewer.close_code() == 1012
