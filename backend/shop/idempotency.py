"""Answers given once: the same key gets the same answer, with another body it is refused.

Accepted answers are kept in the transaction that earned them; refusals are not kept. Of what holds a person's
address only the name is kept, and the thing is read again.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final, Generic, Never, TypeVar

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select

from backend.storage.order_tables import IDEMPOTENCY_KEYS
from backend.storage.writer import GroupWriter

FOR_EVER: Final = "orders"
"""The route whose answers are never cleared: an order is placed once, however late its key comes again."""

Accepted = TypeVar("Accepted", bound=msgspec.Struct)
Refused = TypeVar("Refused")
Answer = TypeVar("Answer")
Missing = TypeVar("Missing", covariant=True)


class Request(msgspec.Struct, frozen=True):
    """What a client asks for under a key of its own.

    Attributes:
        actor: who asks; keys of different actors have nothing to do with each other.
        route: what is asked, such as `orders`.
        body_hash: see `hash_of`.
    """

    actor: str
    route: str
    key: str
    body_hash: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """What may be asked once."""
        return (self.actor, self.route, self.key)


class KeptAnswer(msgspec.Struct, frozen=True):
    """What was answered."""

    body_hash: str
    status: int
    answer: str


class KeyReused(msgspec.Struct, frozen=True):
    """The key was used for something else before."""

    key: str


class Recalled(msgspec.Struct, Generic[Answer], frozen=True):
    """What a key that was used before is answered with."""

    answer: Answer


class Keeping(msgspec.Struct, Generic[Accepted, Missing], frozen=True):
    """How accepted answers of a kind are kept, and given again.

    Attributes:
        keep: returns as JSON what is enough to give an answer again.
        recall: gives it again from that, to whom it may be given now.
    """

    accepted: type[Accepted]
    keep: Callable[[Accepted], bytes]
    recall: Callable[[Connection, str], Accepted | Missing]


def whole(accepted: type[Accepted]) -> Keeping[Accepted, Never]:
    """Return how answers are kept that hold nothing of a person: as they were."""

    def recall(_connection: Connection, kept: str) -> Accepted:
        return msgspec.json.decode(kept, type=accepted)

    return Keeping[Accepted, Never](accepted, msgspec.json.encode, recall)


def hash_of(body: bytes) -> str:
    """Return the hash of a request's body."""
    return hashlib.sha256(body).hexdigest()


def find_answers(
    connection: Connection, requests: Sequence[Request]
) -> dict[tuple[str, str, str], KeptAnswer]:
    """Return what was answered before, by the requests' identities, whatever the body was."""
    columns = IDEMPOTENCY_KEYS.c
    query = select(IDEMPOTENCY_KEYS).where(
        columns.actor.in_(sorted({one.actor for one in requests})),
        columns.route.in_(sorted({one.route for one in requests})),
        columns.key.in_(sorted({one.key for one in requests})),
    )
    return {
        (row.actor, row.route, row.key): KeptAnswer(row.body_hash, row.status, row.answer)
        for row in connection.execute(query)
    }


def answer_row(request: Request, *, status: int, answer: bytes, at_ms: int) -> dict[str, object]:
    """Return the row of an answer that is accepted."""
    return {
        "actor": request.actor,
        "route": request.route,
        "key": request.key,
        "body_hash": request.body_hash,
        "status": status,
        "answer": answer.decode(),
        "at_ms": at_ms,
    }


def keep_answer(connection: Connection, request: Request, *, status: int, answer: bytes, at_ms: int) -> None:
    """Keep an accepted answer, in the transaction that earned it."""
    connection.execute(
        insert(IDEMPOTENCY_KEYS).values(answer_row(request, status=status, answer=answer, at_ms=at_ms))
    )


def answered(
    connection: Connection, request: Request, keeping: Keeping[Accepted, Missing]
) -> Recalled[Accepted | Missing | KeyReused] | None:
    """Return how the same request is answered that came before; None for a new key."""
    kept = find_answers(connection, [request]).get(request.identity)
    return None if kept is None else Recalled(_again(connection, request, keeping, kept))


def once(
    connection: Connection,
    request: Request,
    keeping: Keeping[Accepted, Missing],
    act: Callable[[], Accepted | Refused],
    *,
    status: int,
    at_ms: int,
) -> Accepted | Missing | Refused | KeyReused:
    """Act, unless the same was asked before: then it is answered by what came of that.

    Answers of the accepted type are kept, with the HTTP status they have; all others are refusals.
    """
    kept = find_answers(connection, [request]).get(request.identity)
    if kept is not None:
        return _again(connection, request, keeping, kept)
    answer = act()
    if isinstance(answer, keeping.accepted):
        keep_answer(connection, request, status=status, answer=keeping.keep(answer), at_ms=at_ms)
    return answer


async def write_once(
    writer: GroupWriter,
    request: Request,
    keeping: Keeping[Accepted, Missing],
    act: Callable[[Connection], Accepted | Refused],
    *,
    status: int,
    clock_ms: Callable[[], int],
) -> Accepted | Missing | Refused | KeyReused:
    """Do as `once` in a turn of the writer's own; raise as `GroupWriter.run` does."""
    return await writer.run(
        lambda connection: once(
            connection, request, keeping, lambda: act(connection), status=status, at_ms=clock_ms()
        )
    )


def clear_answers(connection: Connection, *, before_ms: int, most: int) -> int:
    """Delete answers that are older than a time, at most so many; return how many. Placed orders stay."""
    columns = IDEMPOTENCY_KEYS.c
    # Spelled out: an index of some rows is used only where the statement names the same ones.
    query = select(columns.actor, columns.route, columns.key).where(
        columns.at_ms < before_ms, columns.route != literal_column(f"'{FOR_EVER}'")
    )
    rows = [row._asdict() for row in connection.execute(query.order_by(columns.at_ms).limit(most))]
    if rows:
        is_this = [columns[name] == bindparam(f"old_{name}") for name in rows[0]]
        renamed = [{f"old_{name}": value for name, value in row.items()} for row in rows]
        connection.execute(delete(IDEMPOTENCY_KEYS).where(*is_this), renamed)
    return len(rows)


def _again(
    connection: Connection, request: Request, keeping: Keeping[Accepted, Missing], kept: KeptAnswer
) -> Accepted | Missing | KeyReused:
    if kept.body_hash != request.body_hash:
        return KeyReused(request.key)
    return keeping.recall(connection, kept.answer)
