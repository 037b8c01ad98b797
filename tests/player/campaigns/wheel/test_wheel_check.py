"""The slots of a wheel as the player computes them, against Python's."""

import msgspec

from backend.contract.campaigns import Campaign, CampaignPhase, MyPart
from backend.contract.wheels import WheelPrize, WheelShown, WheelSpin, WheelTerms, WheelWinner
from backend.fairness.deck import BLANK, deck_of, sealed
from backend.shop.campaigns.wheel.wheel import sealed_terms
from tests.support.node import run_module

SECRET = bytes(range(32))
PRIZES = [
    WheelPrize('保温杯 "大"\\', 2),
    WheelPrize("é<金币>", 3, coins=20),
    WheelPrize("券", 1, coupon_id="c1"),
]
STOCKS = [2, 3, 1]
DECK = deck_of("01J", STOCKS, 4, SECRET)
WHEEL = WheelShown(
    PRIZES,
    blanks=4,
    spins_each=1,
    left=0,
    prizes_left=[0, 0, 0],
    commitment=sealed("01J", sealed_terms(WheelTerms(PRIZES, 4)), SECRET),
    secret=SECRET.hex(),
    winners=[WheelWinner("anna", 0, DECK.index(0))],
)
CAMPAIGN = Campaign("01J", 9, "", CampaignPhase.ENDED, 0, 1, None, "", WHEEL)
PART = MyPart(spins=[WheelSpin("k", 0, None if DECK[0] == BLANK else DECK[0])])


async def wrong(wheel: WheelShown = WHEEL, part: MyPart | None = PART, noted: str | None = None) -> object:
    """Return what the player finds wrong."""
    return await run_module(
        'const f = await player("campaigns/wheel/wheel-check.js");'
        "return f.wrongIn(campaign, wheel, part, noted);",
        object,
        campaign=msgspec.to_builtins(CAMPAIGN),
        wheel=msgspec.to_builtins(wheel),
        part=msgspec.to_builtins(part),
        noted=noted,
    )


async def test_the_player_computes_the_decks_that_the_shop_does() -> None:
    kinds = [(1, [1], 0), (2, [1, 2, 3], 5), (3, [300], 700), (4, [1] * 8, 0)]
    made = await run_module(
        'const f = await player("campaigns/wheel/wheel-check.js");'
        "return kinds.map(([id, stocks, blanks]) => f.deckOf(`c${id}`, stocks, blanks, secret));",
        list[list[int]],
        kinds=kinds,
        secret=SECRET.hex(),
    )
    assert made == [deck_of(f"c{number}", stocks, blanks, SECRET) for number, stocks, blanks in kinds]


async def test_a_wheel_that_is_as_it_was_sealed_passes_on_the_device() -> None:
    assert await wrong() is None
    assert await wrong(noted=WHEEL.commitment, part=None) is None


async def test_each_change_of_a_wheel_is_found_on_the_device() -> None:
    replace = msgspec.structs.replace
    other = WheelSpin("k", 0, 0 if DECK[0] != 0 else 1)
    found = [
        await wrong(noted="00" * 32),
        await wrong(replace(WHEEL, secret="00" * 32)),
        await wrong(replace(WHEEL, blanks=5)),
        await wrong(replace(WHEEL, prizes=[replace(PRIZES[0], coins=1), *PRIZES[1:]])),
        await wrong(part=MyPart(spins=[other])),
        await wrong(replace(WHEEL, winners=[WheelWinner("anna", 0, DECK.index(1))])),
    ]
    assert found == ["noted", "seal", "seal", "seal", "own", "list"]
