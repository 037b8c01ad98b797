"""A room's queue: pending commands, and the batch that one transaction makes of them."""

import asyncio
from collections.abc import Sequence
from typing import TypeGuard, TypeVar

import msgspec

from backend.contract.protocol import Command
from backend.features.actor import Actor
from backend.features.deliveries import Delivery, Rejection
from backend.features.feature_set import QueuedCommand
from backend.log.entries import Entry, Record

Result = TypeVar("Result")


class PendingCommand(msgspec.Struct, frozen=True):
    """A command that waits for its turn.

    Attributes:
        received_at_ms: when the server got it, on whichever node; what waits meanwhile does not change it.
        answer: None for a fact, which nobody waits for.
    """

    command: Command | QueuedCommand
    actor: Actor
    received_at_ms: int
    answer: asyncio.Future[Rejection | None] | None = None


class Repeat(msgspec.Struct, frozen=True):
    """What may have been lost is delivered again."""


class Barrier(msgspec.Struct, frozen=True):
    """A caller waits until every command before its own was tried."""

    passed: asyncio.Future[None]


class Mail(msgspec.Struct, frozen=True):
    """What waits elsewhere until it is saved; `is_saved` says whether it is, after one try."""

    entries: Sequence[Entry | QueuedCommand]
    is_saved: asyncio.Future[bool]


# What happened, happened: entries, facts and repetitions are tried again when they cannot be saved.
Fact = PendingCommand | Entry | Repeat
Waiting = Fact | Barrier | Mail


class Batch:
    """What one transaction saves."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.deliveries: list[Delivery] = []
        self.accepted: list[asyncio.Future[Rejection | None]] = []
        self.facts: list[Fact] = []
        self.barriers: list[Barrier] = []
        self.mail: list[Mail] = []


def is_fact(item: Waiting) -> TypeGuard[PendingCommand]:
    """Whether it is something that happened, which nobody waits for."""
    return isinstance(item, PendingCommand) and item.answer is None


def resolve(future: asyncio.Future[Result] | None, result: Result) -> None:
    """Give who waits the result; nothing where nobody does, or not any more."""
    if future is not None and not future.done():
        future.set_result(result)
