"""The spin wheel as a kind of campaign."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import msgspec
from sqlalchemy import Connection
from typing_extensions import override

from backend.contract.campaigns import (
    CampaignDetail,
    CampaignKind,
    CampaignPhase,
    CampaignTerms,
    EndReason,
    MyPart,
)
from backend.contract.wheels import (
    MAX_PRIZE,
    MOST_COINS,
    MOST_HANDED_OVER,
    MOST_SLOTS,
    WheelPrize,
    WheelShown,
    WheelTerms,
)
from backend.fairness.deck import deck_of, sealed
from backend.fairness.digests import new_secret
from backend.shop.campaigns.closing import close_early, move_on_until_drained
from backend.shop.campaigns.kind import ActResult, CampaignAct, Kind, NotArmed, Result
from backend.shop.campaigns.refusals import tenth_of
from backend.shop.campaigns.rows import CampaignRow, Change, terms_of
from backend.shop.campaigns.telling import tell_rooms
from backend.shop.campaigns.wheel.spinning import ESCROW, Spinning, SpinWheels
from backend.shop.campaigns.wheel.wheels import (
    HeldPrize,
    Wheel,
    add_wheel,
    read_prizes,
    read_wheel,
    spin_times,
    spins_of,
    wheel_terms,
    winners_of,
)
from backend.shop.coupons.set_aside import most_each, put_back, set_aside
from backend.storage.writer import BulkOperation

NAMELESS: Final = NotArmed("nameless", f"Give each prize a name of at most {MAX_PRIZE} letters.")
ONE_OF_BOTH: Final = NotArmed("terms", "A prize gives coins or a coupon, not both. Choose one of them.")
TOO_MANY_SLOTS: Final = NotArmed(
    "too_many_slots", f"A wheel has {MOST_SLOTS} slots at most, prizes and blanks together. Take fewer."
)
TOO_MANY_COINS: Final = NotArmed("too_many_coins", f"A wheel gives {MOST_COINS} coins at most. Give fewer.")
TOO_MANY_TO_HAND_OVER: Final = NotArmed(
    "too_many_to_hand_over",
    f"Staff hand over {MOST_HANDED_OVER} prizes of a wheel at most. Give coins or coupons for the others.",
)
COUPON_SHORT: Final = NotArmed(
    "coupon_short", "A coupon is stopped or over, or too few of it are left. Make another one."
)
TOO_MANY_EACH: Final = NotArmed(
    "too_many_each",
    "One viewer could win more of a coupon than one buyer gets. Let each spin less often, or take another.",
)


class WheelKind(Kind):
    """Gives what the slots hold to who spins; their order is fixed before the wheel is announced."""

    name: ClassVar = CampaignKind.WHEEL

    def __init__(self) -> None:
        self._spinning = SpinWheels(self._tell)

    @property
    @override
    def acts(self) -> Mapping[type[CampaignAct], BulkOperation[Any, ActResult]]:
        return {Spinning: self._spinning}

    @override
    def coins(self, terms: CampaignTerms) -> int:
        return sum(prize.coins * prize.stock for prize in wheel_terms(terms).prizes)

    @override
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        terms, coins = wheel_terms(terms_of(row.terms)), row.coins
        if wrong := _wrong_with(terms, coins):
            return wrong
        if _gives_too_many(connection, terms):
            return TOO_MANY_EACH
        if not _set_coupons_aside(connection, terms.prizes, row.closes_at_ms, now_ms):
            return COUPON_SHORT
        secret = new_secret()
        deck = deck_of(row.campaign_id, [prize.stock for prize in terms.prizes], terms.blanks, secret)
        prizes = [
            HeldPrize(number, prize.stock, prize.coins, prize.coupon_id or None)
            for number, prize in enumerate(terms.prizes)
        ]
        add_wheel(connection, Wheel(row.campaign_id, secret.hex(), terms.slots, coins), deck, prizes)
        if coins:
            ESCROW.fund(connection, row.campaign_id, coins, now_ms)
        return Change(CampaignPhase.PREHEAT, row.opens_at_ms)

    @override
    def move_on(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change:
        return move_on_until_drained(row, now_ms) or _end(connection, row, EndReason.TIME, now_ms)

    @override
    def stop(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        return close_early(row, reason, now_ms) or _end(connection, row, reason, now_ms)

    @override
    def show(self, connection: Connection, row: CampaignRow) -> CampaignDetail:
        wheel, terms = read_wheel(connection, row.campaign_id), wheel_terms(terms_of(row.terms))
        handed_over = [number for number, prize in enumerate(terms.prizes) if prize.is_handed_over]
        return WheelShown(
            prizes=terms.prizes,
            blanks=terms.blanks,
            spins_each=terms.spins_each,
            left=wheel.left,
            prizes_left=[prize.left for prize in read_prizes(connection, row.campaign_id)],
            needs_follow=terms.needs_follow,
            account_minutes=terms.account_minutes,
            per_network=terms.per_network,
            one_a_phone=terms.one_a_phone,
            commitment=sealed(row.campaign_id, sealed_terms(terms), bytes.fromhex(wheel.secret)),
            secret=wheel.secret if row.is_over else "",
            winners=winners_of(connection, row.campaign_id, handed_over),
        )

    @override
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        spins = spin_times(connection, row.campaign_id)
        tenths = Counter(tenth_of(at_ms, row.opens_at_ms) for _, at_ms in spins)
        people = len({user_id for user_id, _ in spins})
        return Result(tenths, people, coins_out=read_wheel(connection, row.campaign_id).won_coins)

    @override
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        spins, terms = spins_of(connection, row.campaign_id, user_id), wheel_terms(terms_of(row.terms))
        won = [terms.prizes[spin.prize] for spin in spins if spin.prize is not None]
        return MyPart(
            is_in=bool(spins), coins=sum(prize.coins for prize in won), has_won=bool(won), spins=spins
        )

    def _tell(self, connection: Connection, row: CampaignRow, now_ms: int) -> None:
        tell_rooms(connection, {self.name: self}, [row], now_ms)


def sealed_terms(terms: WheelTerms) -> object:
    """Return what of a wheel's terms the commitment takes."""
    return {"blanks": terms.blanks, "prizes": [msgspec.to_builtins(prize) for prize in terms.prizes]}


def _wrong_with(terms: WheelTerms, coins: int) -> NotArmed | None:
    prizes = terms.prizes
    if not all(prize.name.strip() for prize in prizes):
        return NAMELESS
    if any(prize.coins and prize.coupon_id for prize in prizes):
        return ONE_OF_BOTH
    if terms.slots > MOST_SLOTS:
        return TOO_MANY_SLOTS
    if coins > MOST_COINS:
        return TOO_MANY_COINS
    handed_over = sum(prize.stock for prize in prizes if prize.is_handed_over)
    return TOO_MANY_TO_HAND_OVER if handed_over > MOST_HANDED_OVER else None


def _gives_too_many(connection: Connection, terms: WheelTerms) -> bool:
    stock: Counter[str] = Counter()
    for prize in terms.prizes:
        stock[prize.coupon_id] += prize.stock if prize.coupon_id else 0
    per_buyer = most_each(connection, stock)
    return any(most < min(stock[coupon_id], terms.spins_each) for coupon_id, most in per_buyer.items())


def _set_coupons_aside(
    connection: Connection, prizes: Sequence[WheelPrize], until_ms: int, now_ms: int
) -> bool:
    coupons = [prize for prize in prizes if prize.coupon_id]
    return all(set_aside(connection, one.coupon_id, one.stock, until_ms, now_ms) for one in coupons)


def _end(connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int) -> Change:
    """Give back what nobody won; one that was not open yet is called off."""
    wheel = read_wheel(connection, row.campaign_id)
    ESCROW.give_rest_back(connection, row.campaign_id, wheel.coins - wheel.won_coins, now_ms)
    for prize in read_prizes(connection, row.campaign_id):
        if prize.coupon_id is not None:
            put_back(connection, prize.coupon_id, prize.left, now_ms)
    phase = CampaignPhase.VOID if row.phase is CampaignPhase.PREHEAT else CampaignPhase.ENDED
    return Change(phase, None, end_reason=None if row.end_reason else reason, coins=wheel.won_coins)
