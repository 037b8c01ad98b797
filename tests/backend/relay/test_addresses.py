import socket
from collections import namedtuple

import psutil
import pytest

from backend.relay.addresses import reachable_addresses

Address = namedtuple("Address", ["family", "address"])
Stats = namedtuple("Stats", ["isup"])
BOTH = (socket.AF_INET, socket.AF_INET6)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of which only loopback's addresses can be had for sure."""
    addresses = {
        "lo": [Address(socket.AF_INET, "127.0.0.1"), Address(socket.AF_INET6, "::1")],
        "cable": [Address(socket.AF_INET, "127.1.0.5"), Address(socket.AF_INET6, "fe80::1%cable")],
        "wireless": [Address(socket.AF_INET, "127.2.0.5")],
        "tentative": [Address(socket.AF_INET, "203.0.113.7")],
    }
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: addresses)
    monkeypatch.setattr(
        psutil, "net_if_stats", lambda: {name: Stats(name != "wireless") for name in addresses}
    )


@pytest.mark.usefixtures("machine")
def test_only_addresses_that_others_can_use_now_are_told() -> None:
    assert reachable_addresses() == ["127.0.0.1", "127.1.0.5"]
    assert reachable_addresses(BOTH) == ["127.0.0.1", "127.1.0.5", "::1"]


def test_loopback_is_the_last_of_the_addresses_to_try() -> None:
    assert reachable_addresses()[-1] == "127.0.0.1"


def test_a_machine_without_any_network_still_reaches_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(psutil, "net_if_addrs", dict)

    assert reachable_addresses() == ["127.0.0.1"]
