import pytest

from backend.public_names import PublicName, read_address, read_name, read_prefix, read_proxy


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shop.example.com", PublicName("", "shop.example.com", None)),
        ("Shop.Example.com.", PublicName("", "shop.example.com", None)),
        ("shop:8443", PublicName("", "shop", 8443)),
        ("https://shop.example.com", PublicName("https", "shop.example.com", None)),
        ("http://店.example:8080", PublicName("http", "xn--hxt.example", 8080)),
    ],
)
def test_a_name_may_say_scheme_and_port(text: str, name: PublicName) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["", "ftp://shop", "://shop", "shop/live", "a b", "shop:0", "shop:x", "*", "me@shop", "a..b", "[::1]"],
)
def test_what_is_no_name_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="expected a name such as"):
        read_name(text)


def test_a_prefix_is_a_path_without_a_slash_at_its_end() -> None:
    assert read_prefix("/live") == read_prefix("/live/") == "/live"
    assert read_prefix("/shop/live-2") == "/shop/live-2"
    assert read_prefix("") == read_prefix("/") == ""


@pytest.mark.parametrize("text", ["live", "//live", "/a b", "/../x", "/a?b", "/r", "/api/live"])
def test_what_is_no_prefix_or_one_of_our_own_paths_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="expected a path"):
        read_prefix(text)


def test_a_proxy_is_an_address_or_a_network() -> None:
    assert [read_proxy(text) for text in ("10.0.0.7", "10.0.0.0/8", "::1")] == [
        "10.0.0.7/32",
        "10.0.0.0/8",
        "::1/128",
    ]


@pytest.mark.parametrize("text", ["proxy.example", "*", "10.0.0.1/8", ""])
def test_what_is_neither_address_nor_network_is_told(text: str) -> None:
    with pytest.raises(ValueError, match="expected an IP address or a network"):
        read_proxy(text)


@pytest.mark.parametrize("text", ["router.example", "0.0.0.0", "::", "224.0.0.1", "10.0.0.0/8"])
def test_only_an_address_that_can_be_sent_to_is_advertised(text: str) -> None:
    assert read_address(" 203.0.113.7 ") == "203.0.113.7"
    with pytest.raises(ValueError, match="expected an IP address such as"):
        read_address(text)
