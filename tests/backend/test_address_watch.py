from collections.abc import Sequence

import pytest

from backend.address_watch import AddressWatch
from backend.relay.outcomes import RelayProblem

WIRELESS = ["192.168.1.5", "127.0.0.1"]
CABLE = ["10.0.0.7", "127.0.0.1"]
BOTH = ["192.168.1.5", "10.0.0.7", "127.0.0.1"]


class Machine:
    """Has the addresses that a test gives it, and a relay that takes what it may."""

    def __init__(self) -> None:
        self.addresses = WIRELESS
        self.problem: RelayProblem | None = None
        self.listened: list[list[str]] = []
        self.moves: list[str] = []
        self.watch = AddressWatch(lambda: self.addresses, self.listen_on, WIRELESS, self.moves.append)

    async def listen_on(self, addresses: Sequence[str]) -> RelayProblem | None:
        self.listened.append(list(addresses))
        return self.problem

    async def now_has(self, addresses: list[str]) -> None:
        self.addresses = addresses
        await self.watch.look()


@pytest.fixture
def machine() -> Machine:
    return Machine()


async def test_while_nothing_changes_nobody_is_told(machine: Machine) -> None:
    await machine.now_has(WIRELESS)

    assert (machine.listened, machine.moves) == ([], [])


async def test_from_wireless_to_cable_relay_and_viewers_follow(machine: Machine) -> None:
    await machine.now_has(BOTH)
    assert (machine.listened, machine.moves) == ([BOTH], []), (
        "the link that viewers have is as good as before"
    )
    await machine.now_has(CABLE)
    assert (machine.listened, machine.moves) == ([BOTH, CABLE], ["10.0.0.7"])


async def test_what_the_relay_cannot_take_is_tried_again_and_told_once(
    machine: Machine, caplog: pytest.LogCaptureFixture
) -> None:
    machine.problem = RelayProblem(503, "address_unusable", "UDP 10.0.0.7:8787 cannot be bound")
    await machine.now_has(BOTH)
    await machine.now_has(BOTH)
    machine.problem = None
    await machine.now_has(BOTH)
    await machine.now_has(BOTH)

    assert machine.listened == [BOTH, BOTH, BOTH]
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        "media does not go by all addresses of this machine: UDP 10.0.0.7:8787 cannot be bound"
    ]
