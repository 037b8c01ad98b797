"""The player splits a packet as the backend does, from the same secret."""

from playwright.async_api import Page

from backend.fairness.split import sealed, shares_of

SPLIT = """async (packets) => {
    const { sharesOf, sealOf } = await import("/campaigns/red_packet/packet-split.js");
    return packets.map((packet) => [sharesOf(...packet), sealOf(...packet)]);
}"""
SECRETS = [bytes(range(number, number + 32)) for number in range(4)]
PACKETS = [("c-1", 1, 1), ("c-2", 7, 7), ("c-3", 1000, 50), ("红包", 10_000_000, 2000)]


async def test_shares_and_seal_of_a_secret_are_those_of_the_backend(lan_page: Page) -> None:
    packets = [(*packet, secret.hex()) for packet, secret in zip(PACKETS, SECRETS, strict=True)]
    found = await lan_page.evaluate(SPLIT, [list(one) for one in packets])
    for (campaign_id, coins, shares, secret), (split, seal) in zip(packets, found, strict=True):
        assert split == shares_of(campaign_id, coins, shares, bytes.fromhex(secret))
        assert seal == sealed(campaign_id, coins, shares, bytes.fromhex(secret))
