import pytest

from backend.limits import WebhookReach
from backend.shop.webhooks.addresses import AddressError, Destination, check_url, destination_of

INTERNET, LAN = WebhookReach.INTERNET, WebhookReach.LAN


async def tried(url: str, reach: WebhookReach) -> Destination:
    """Keep an address, and send there."""
    check_url(url, reach)
    return await destination_of(url, reach)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "shop.example.com/hook",
        "ftp://shop.example.com/",
        "file:///etc/passwd",
        "https://",
        "https:///hook",
        "https://user@shop.example.com/",
        "https://user:word@shop.example.com/",
        "https://shop.example.com/#part",
        "https://shop.example.com:0/",
        "https://shop.example.com:99999/",
        "https://shop.example.com/a b",
        "https://shop.example.com/\n",
        "https://店.example.com/",
        "https://[::1",
        "https://shop.example.com/" + "x" * 500,
    ],
)
@pytest.mark.parametrize("reach", [INTERNET, LAN])
def test_what_is_no_address_for_webhooks_is_refused(url: str, reach: WebhookReach) -> None:
    with pytest.raises(AddressError):
        check_url(url, reach)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "[::1]",
        "192.168.1.5",
        "10.0.0.1",
        "172.16.0.1",
        "[fd00::1]",
        "[::ffff:192.168.1.5]",
        "127.1",
    ],
)
async def test_this_machine_and_its_network_are_reached_only_where_that_is_allowed(host: str) -> None:
    for url in (f"http://{host}:8080/hook", f"https://{host}/hook"):
        with pytest.raises(AddressError, match="--webhooks-to-lan"):
            await tried(url, INTERNET)
        await tried(url, LAN)


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "168.63.129.16",
        "100.100.100.200",
        "[fd00:ec2::254]",
        "[64:ff9b::a9fe:a9fe]",
        "[fe80::1]",
        "0.0.0.0",
        "[::]",
        "224.0.0.1",
        "[ff02::1]",
        "255.255.255.255",
        "[::ffff:169.254.169.254]",
        "[2002:a9fe:a9fe::1]",
    ],
)
@pytest.mark.parametrize("reach", [INTERNET, LAN])
async def test_some_addresses_are_never_reached(host: str, reach: WebhookReach) -> None:
    with pytest.raises(AddressError):
        await destination_of(f"https://{host}/hook", reach)


async def test_a_name_is_checked_by_what_it_stands_for_and_the_connection_goes_there() -> None:
    with pytest.raises(AddressError, match="--webhooks-to-lan"):
        await destination_of("https://localhost/hook", INTERNET)
    to = await destination_of("http://localhost:8080/a/b?c=d", LAN)
    assert to.url in {"http://127.0.0.1:8080/a/b?c=d", "http://[::1]:8080/a/b?c=d"}
    assert (to.host, to.name) == ("localhost:8080", "localhost")
    with pytest.raises(AddressError, match="stands for no address"):
        await destination_of("https://nowhere.invalid/", LAN)


async def test_over_the_internet_nothing_goes_in_the_clear() -> None:
    with pytest.raises(AddressError, match="https"):
        check_url("http://8.8.8.8/hook", INTERNET)
    with pytest.raises(AddressError, match="https"):
        await destination_of("http://8.8.8.8/hook", LAN)
    assert (await destination_of("https://8.8.8.8", INTERNET)).url == "https://8.8.8.8:443/"
