import socket

import pytest

from backend.contract.startup import StartProblem
from backend.data_folder import StartError
from backend.http.listening import advertised, free_udp_port, is_wildcard, listen


def test_port_zero_takes_a_free_one() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_a_taken_port_names_cause_and_remedy() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(StartError, match=f"Port {port} is taken.*--port 0") as caught:
            listen("127.0.0.1", port)
    assert caught.value.problem is StartProblem.PORT_TAKEN


@pytest.mark.parametrize("host", ["no such host", "192.0.2.1"])
def test_an_address_that_is_not_ours_names_cause_and_remedy(host: str) -> None:
    with pytest.raises(StartError, match=r"Use --host 127\.0\.0\.1 or 0\.0\.0\.0"):
        listen(host, 0)


def test_loopback_is_told_to_loopback_alone() -> None:
    assert advertised("127.0.0.1") == ["127.0.0.1"]
    assert advertised("localhost") == ["127.0.0.1"]


def test_an_address_of_ipv6_is_told_as_it_is() -> None:
    assert advertised("::1") == ["::1"]


def test_on_every_address_those_of_ipv4_and_ipv6_are_listened_on() -> None:
    with listen("::", 0) as listener:
        port = listener.getsockname()[1]
        for host in ("127.0.0.1", "::1"):
            socket.create_connection((host, port), timeout=5).close()
    assert {"127.0.0.1", "::1"} <= set(advertised("::"))
    assert "::1" not in advertised("0.0.0.0")


def test_every_address_is_told_when_all_are_listened_on_loopback_last() -> None:
    addresses = advertised("0.0.0.0")
    assert addresses[-1] == "127.0.0.1"
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_wildcard_is_told_from_an_address(host: str) -> None:
    assert is_wildcard(host)
    assert not is_wildcard("127.0.0.1")
    assert not is_wildcard("localhost")


def test_media_goes_by_the_same_number_where_it_is_free_and_by_any_where_not() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert free_udp_port(["127.0.0.1"], port) == 0
    assert free_udp_port(["127.0.0.1", "::1"], port) == port
