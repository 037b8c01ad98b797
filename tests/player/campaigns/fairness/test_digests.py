"""The player's own SHA-256 and HMAC, against Python's."""

import hashlib
import hmac
import random

from playwright.async_api import Page

from backend.fairness.digests import commitment
from backend.fairness.draw import hash_of_nonce, pseudonym
from tests.support.node import run_module

MODULE = 'const f = await import("/campaigns/fairness/digests.js");'


async def test_the_players_digests_are_those_of_python_at_every_length(lan_page: Page) -> None:
    chance = random.Random(5)
    messages = [chance.randbytes(length) for length in [*range(140), 1000, 70_000]]
    made = await lan_page.evaluate(
        f"async (all) => {{ {MODULE} return all.map((hex) => f.hexOf(f.sha256(f.fromHex(hex)))); }}",
        [message.hex() for message in messages],
    )

    assert made == [hashlib.sha256(message).hexdigest() for message in messages]


async def test_the_players_hmac_is_that_of_python(lan_page: Page) -> None:
    chance = random.Random(6)
    pairs = [
        (chance.randbytes(key), chance.randbytes(length)) for key in (0, 32, 64) for length in (0, 55, 200)
    ]
    made = await lan_page.evaluate(
        f"async (all) => {{ {MODULE}"
        " return all.map(([key, message]) => f.hexOf(f.hmac(f.fromHex(key), f.fromHex(message)))); }",
        [[key.hex(), message.hex()] for key, message in pairs],
    )

    assert made == [hmac.digest(key, message, "sha256").hex() for key, message in pairs]


async def test_the_player_computes_commitment_pseudonym_and_hash_as_the_shop_does() -> None:
    made = await run_module(
        'const f = await player("campaigns/fairness/digests.js"); const fixed = f.fromHex("07".repeat(32));'
        'return [f.commitment("draw", "01A", terms, fixed), f.pseudonym("01A", "v_茶"),'
        ' f.hashOfNonce("01A", "0f".repeat(16)), f.newNonce(), f.newNonce()];',
        list[str],
        terms='{"prize":"茶"}',
    )

    assert made[0] == commitment("draw", "01A", '{"prize":"茶"}', b"\x07" * 32)
    assert made[1:3] == [pseudonym("01A", "v_茶"), hash_of_nonce("01A", "0f" * 16)]
    assert [len(nonce) for nonce in made[3:]] == [32, 32]
    assert made[3] != made[4]
