from collections.abc import Callable

import pytest
from sqlalchemy import insert

from backend.contract.stream_keys import MOST_KEYS, new_stream_key, stream_key_digest
from backend.identity.stream_keys import FRESH_S, PARTY_PREFIX, KeyRing, StreamKeyError, StreamKeyStore
from backend.relay.succession import HOST_PARTY
from backend.storage.database import Database
from backend.storage.tables import ROOMS


@pytest.fixture
def store(database: Database) -> StreamKeyStore:
    with database.transaction() as connection:
        for room in ("main", "other"):
            connection.execute(insert(ROOMS).values(room_id=room, title=room, created_at_ms=0))
    return StreamKeyStore(database)


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ring(store: StreamKeyStore, clock: Callable[[], float]) -> KeyRing:
    return KeyRing(store, clock, lambda: 777)


def add(store: StreamKeyStore, name: str = "OBS", room: str = "main", at_ms: int = 5) -> tuple[str, str]:
    key = new_stream_key()
    return key, store.add(room, name, stream_key_digest(key), at_ms).key_id


async def test_a_key_publishes_in_its_room_and_no_other(ring: KeyRing) -> None:
    key, key_id = add(ring.store, "OBS on the counter PC")
    contender = await ring.contender("main", key)
    assert contender is not None
    assert (contender.party, contender.name) == (PARTY_PREFIX + key_id, "OBS on the counter PC")
    assert not contender.takes_over
    assert await ring.contender("other", key) is None


@pytest.mark.parametrize("token", ["", "lsk-", "lsk-" + "A" * 43, "x" * 5000])
async def test_what_is_no_key_of_the_room_publishes_nothing(ring: KeyRing, token: str) -> None:
    add(ring.store)
    assert await ring.contender("main", token) is None


async def test_of_a_key_only_the_digest_is_kept(store: StreamKeyStore) -> None:
    key, _ = add(store)
    ((shown, digest),) = store.all("main")
    assert key not in repr((shown, digest))
    assert digest == stream_key_digest(key)


async def test_the_host_sees_when_a_key_was_made_and_last_used(ring: KeyRing) -> None:
    key, _ = add(ring.store, at_ms=5)
    ((before, _),) = ring.store.all("main")
    assert (before.created_at_ms, before.last_used_at_ms) == (5, None)
    await ring.contender("main", key)
    ((after, _),) = ring.store.all("main")
    assert after.last_used_at_ms == 777


async def test_a_revoked_key_is_worth_nothing(ring: KeyRing) -> None:
    key, key_id = add(ring.store)
    assert await ring.has("main", PARTY_PREFIX + key_id)
    removed = ring.store.remove("main", key_id)
    assert removed is not None
    assert removed.name == "OBS"
    ring.forget("main")
    assert await ring.contender("main", key) is None
    assert not await ring.has("main", PARTY_PREFIX + key_id)
    assert ring.store.remove("main", key_id) is None


async def test_what_another_program_changes_counts_within_a_second(ring: KeyRing, clock: Clock) -> None:
    assert await ring.contender("main", new_stream_key()) is None
    key, _ = add(ring.store)
    assert await ring.contender("main", key) is None, "read a moment ago"
    clock.now_s += FRESH_S
    assert await ring.contender("main", key) is not None


async def test_the_hosts_studio_needs_no_key(ring: KeyRing) -> None:
    assert await ring.has("main", f"{HOST_PARTY}/a1")


@pytest.mark.parametrize("name", ["", "  ", "\u202e", "x" * 41])
def test_a_name_that_nobody_can_read_is_refused(store: StreamKeyStore, name: str) -> None:
    with pytest.raises(StreamKeyError, match="readable characters") as refused:
        add(store, name)
    assert refused.value.status == 422
    assert store.all("main") == []


def test_a_name_is_given_once_a_room(store: StreamKeyStore) -> None:
    add(store, "OBS")
    add(store, "OBS", room="other")
    with pytest.raises(StreamKeyError, match="this name") as refused:
        add(store, "OBS")
    assert refused.value.status == 409


def test_what_is_no_digest_is_refused(store: StreamKeyStore) -> None:
    with pytest.raises(StreamKeyError, match="SHA-256"):
        store.add("main", "OBS", "the key itself", 1)


def test_a_room_has_a_bounded_number_of_keys(store: StreamKeyStore) -> None:
    for number in range(MOST_KEYS):
        add(store, f"camera {number}")
    with pytest.raises(StreamKeyError, match="at most"):
        add(store, "one more")
