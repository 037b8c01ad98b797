import ipaddress

import pytest

from backend.shop.public_addresses import Standing, is_public, standing_of

PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "192.0.2.1",
    "192.0.0.8",
    "192.88.99.1",
    "::1",
    "fd00::1",
    "3fff::1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::7f00:1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
]
NEVER = [
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "fe80::1",
    "ff02::1",
    "fd00:ec2::254",
    "::ffff:169.254.169.254",
    "::ffff:0:a83f:8110",
    "64:ff9b::6464:64c8",
    "2002:a83f:8110::1",
    "64:ff9b:1::a00:1",
    "2001::a00:1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_a_private_network_is_private_in_any_spelling(address: str) -> None:
    assert standing_of(ipaddress.ip_address(address)) is Standing.PRIVATE


@pytest.mark.parametrize("address", NEVER)
def test_an_address_of_a_clouds_secrets_or_of_no_machine_is_never_reached(address: str) -> None:
    assert standing_of(ipaddress.ip_address(address)) is Standing.NEVER


@pytest.mark.parametrize("address", ["fec0::1", "feff::1"])
def test_a_site_local_address_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "192.0.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"],
)
def test_a_public_address_is_public_in_any_spelling(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
