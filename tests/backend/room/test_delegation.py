import asyncio

from backend.contract.base import RejectReason
from backend.features.deliveries import Delegated, Rejection
from backend.room.delegation import MOST_AT_ONCE, Delegations
from backend.storage.database import StorageError

NOT_NOW = Rejection(RejectReason.UNAVAILABLE)


class Service:
    """A service that decides when the test says so."""

    def __init__(self) -> None:
        self.may_decide = asyncio.Event()
        self.heard: list[str] = []
        self.answers: list[Rejection | None] = []
        self.error: Exception | None = None

    async def decide(self) -> str:
        await self.may_decide.wait()
        if self.error is not None:
            raise self.error
        return "done"

    async def hear(self) -> None:
        self.heard.append("room")

    def answer(self, result: str) -> None:
        self.heard.append(result)

    def delegated(self) -> Delegated:
        return Delegated(self.decide, self.answer)


async def test_who_asked_is_answered_after_the_room_has_heard() -> None:
    service = Service()
    delegations = Delegations(service.hear)
    async with delegations.open():
        delegations.ask(service.delegated(), service.answers.append)
        assert service.answers == []
        service.may_decide.set()
    assert service.heard == ["room", "done"]
    assert service.answers == [None]


async def test_a_service_that_cannot_decide_now_refuses() -> None:
    service = Service()
    service.error = StorageError("The disk is full. Free some space on it.")
    service.may_decide.set()
    delegations = Delegations(service.hear)
    async with delegations.open():
        delegations.ask(service.delegated(), service.answers.append)
    assert service.answers == [NOT_NOW]


async def test_too_many_at_a_time_are_refused_at_once() -> None:
    service = Service()
    delegations = Delegations(service.hear)
    async with delegations.open():
        for _ in range(MOST_AT_ONCE + 1):
            delegations.ask(service.delegated(), service.answers.append)
        assert [one.reason for one in service.answers if one] == [RejectReason.TOO_FAST]
        service.may_decide.set()
    assert service.answers[1:] == [None] * MOST_AT_ONCE
