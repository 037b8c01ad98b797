import pytest
from starlette.requests import HTTPConnection

from backend.http.request_limits import address_of


@pytest.mark.parametrize(
    ("client", "address"),
    [
        (("203.0.113.7", 50000), "203.0.113.7"),
        (("::ffff:203.0.113.7", 50000), "203.0.113.7"),
        (("2001:db8:1:2:3:4:5:6", 50000), "2001:db8:1:2::/64"),
        (("203.0.113.7:50000", 0), "203.0.113.7"),
        (("[2001:db8:1:2::5]:50000", 0), "2001:db8:1:2::/64"),
        (("unknown", 0), "unknown"),
        (None, ""),
    ],
)
def test_an_address_is_the_viewers_and_of_ipv6_the_network(
    client: tuple[str, int] | None, address: str
) -> None:
    assert address_of(HTTPConnection({"type": "http", "client": client})) == address
