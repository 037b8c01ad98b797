"""Who owns a room, decided by a real database that all nodes share."""

import threading
from collections.abc import Iterator

import msgspec
import pytest

from backend.cluster.lease import Lease, LeaseStore
from backend.cluster.outbox import FencedOutbox, load_history
from backend.contract.base import Author, Role
from backend.contract.cards import CardHidden
from backend.contract.chat import Danmu, PaidDanmuSent
from backend.contract.erasing import PersonErased
from backend.contract.protocol import Reliable, ReliableEvent, decode_server_message
from backend.room.history import RING_SIZE
from backend.storage.database import Database
from backend.storage.engines import PostgresServer
from backend.storage.outbox import NotOwnerError
from tests.support.postgres import Postgres


@pytest.fixture
def shared(postgres: Postgres) -> Iterator[Database]:
    database = Database(PostgresServer(postgres.new_database()))
    yield database
    database.close()


@pytest.fixture
def leases(shared: Database) -> LeaseStore:
    return LeaseStore(shared)


def taken(store: LeaseStore, node_id: str = "one") -> Lease:
    lease = store.take("main", node_id)
    assert lease is not None
    return lease


def tell(database: Database, lease: Lease, *seqs: int) -> None:
    with database.transaction() as connection:
        FencedOutbox(lease).write(connection, [Reliable(seq, CardHidden()) for seq in seqs])


def test_one_node_owns_a_room_at_a_time(leases: LeaseStore) -> None:
    lease = taken(leases)
    assert leases.take("main", "two") is None
    assert leases.renew(lease)
    other = leases.take("other", "two")
    assert other is not None
    assert other.room_id == "other"


def test_of_many_that_ask_at_once_one_gets_it(leases: LeaseStore) -> None:
    got: list[Lease | None] = []
    nodes = [
        threading.Thread(target=lambda name=f"node{n}": got.append(leases.take("main", name)))
        for n in range(8)
    ]
    for node in nodes:
        node.start()
    for node in nodes:
        node.join()
    assert len([lease for lease in got if lease is not None]) == 1


def test_a_lease_that_is_not_renewed_passes_on_with_the_numbering(shared: Database) -> None:
    short = LeaseStore(shared, lease_ms=0)
    first, second = taken(short, "one"), taken(short, "two")
    assert (second.term, second.epoch) == (first.term + 1, first.epoch)
    assert not short.renew(first)
    assert short.renew(second)


def test_who_lets_go_lets_another_in_at_once(leases: LeaseStore) -> None:
    leases.release(taken(leases))
    assert taken(leases, "two").term == 2


def test_a_lease_is_taken_while_a_writer_holds_the_turn(shared: Database, leases: LeaseStore) -> None:
    with shared.transaction():
        assert taken(leases).term == 1


def test_an_owner_of_an_older_term_keeps_nothing(shared: Database) -> None:
    short = LeaseStore(shared, lease_ms=0)
    old, new = taken(short, "one"), taken(short, "two")
    tell(shared, new, 1, 2)
    with pytest.raises(NotOwnerError, match=r"another node's by now.*Nothing was kept"):
        tell(shared, old, 3)
    assert load_history(shared, new).seq == 2


def test_nobody_takes_a_lease_in_the_middle_of_its_owners_transaction(shared: Database) -> None:
    short = LeaseStore(shared, lease_ms=0)
    lease = taken(short, "one")
    got: list[Lease | None] = []
    other = threading.Thread(target=lambda: got.append(short.take("main", "two")))
    with shared.transaction() as connection:
        FencedOutbox(lease).write(connection, [Reliable(1, CardHidden())])
        other.start()
        other.join(0.1)
        assert other.is_alive()
    other.join()
    assert got != [None]
    assert load_history(shared, lease).seq == 1


def test_what_was_told_is_told_on_by_the_next_owner(shared: Database) -> None:
    short = LeaseStore(shared, lease_ms=0)
    tell(shared, taken(short), *range(1, 6))
    history = load_history(shared, taken(short, "two"))
    missed = history.missed(history.epoch, 3)
    assert missed is not None
    assert [decode_server_message(one.payload) for one in missed] == [
        Reliable(seq, CardHidden()) for seq in (4, 5)
    ]
    assert history.number([CardHidden()])[0].seq == 6


def test_no_more_is_kept_than_clients_may_ask_for(shared: Database) -> None:
    short = LeaseStore(shared, lease_ms=0)
    lease = taken(short)
    tell(shared, lease, *range(1, RING_SIZE + 1))
    tell(shared, lease, *range(RING_SIZE + 1, RING_SIZE + 11))
    history = load_history(shared, msgspec.structs.replace(lease, epoch="e"))
    assert len(history.last()) == RING_SIZE
    assert history.seq == RING_SIZE + 10


def test_the_next_owner_does_not_tell_on_who_was_erased(shared: Database) -> None:
    short = LeaseStore(shared, lease_ms=0)
    lease = taken(short)
    anna = Author("anna", "Anna", Role.VIEWER, is_follower=False)
    events: list[ReliableEvent] = [
        PaidDanmuSent([Danmu(1, anna, "I am Anna", 5, None, coins=1)]),
        PersonErased("anna"),
    ]
    with shared.transaction() as connection:
        FencedOutbox(lease).write(connection, [Reliable(seq, event) for seq, event in enumerate(events, 1)])
    # Its owner died before the rows were rewritten.
    history = load_history(shared, taken(short, "two"))
    assert history.seq == 2
    assert not [one for one in history.last() if b"Anna" in one.payload]
