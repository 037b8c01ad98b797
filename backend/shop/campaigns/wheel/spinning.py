"""Spins of wheels: many in one commit, each decided in its turn."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection

from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase, EndReason
from backend.contract.wheels import WheelTerms
from backend.shop.campaigns.eligibility import Eligibility
from backend.shop.campaigns.escrow import Escrow, Win
from backend.shop.campaigns.kind import ActResult, CampaignAct
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign, find_campaigns, terms_of
from backend.shop.campaigns.telling import tell_soon
from backend.shop.campaigns.wheel.wheels import (
    Spun,
    Wheel,
    add_spins,
    keys_of,
    next_slots,
    read_prizes,
    read_wheel,
    wheel_terms,
)
from backend.shop.coins.ages import of_age
from backend.shop.coupons.set_aside import CouponLimits, give_set_aside
from backend.storage.database import StorageError

ESCROW: Final = Escrow("wheel")

Tell = Callable[[Connection, CampaignRow, int], None]
"""Writes to the room of a campaign how it is."""


class Spinning(CampaignAct, frozen=True):
    """Somebody spins.

    Attributes:
        key: the same one spins once.
        origin: a keyed digest of the network address; empty where it is not known.
    """

    key: str = ""
    origin: str = ""


class SpinWheels:
    """Decides spins of many people at once; a `BulkOperation` of the group writer.

    Args:
        tell: called where a wheel moves on by what was taken; other counts are told by the timer.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def perform(self, connection: Connection, items: Sequence[Spinning]) -> Sequence[ActResult]:
        """Return of each why it is refused, or None where it counts."""
        rows = find_campaigns(connection, {item.campaign_id for item in items})
        answers: list[ActResult] = [RejectReason.UNKNOWN_CAMPAIGN] * len(items)
        for campaign_id, row in rows.items():
            places = [place for place, item in enumerate(items) if item.campaign_id == campaign_id]
            decided = self._of_one(connection, row, [items[place] for place in places])
            for place, answer in zip(places, decided, strict=True):
                answers[place] = answer
        return answers

    def _of_one(self, connection: Connection, row: CampaignRow, spins: Sequence[Spinning]) -> list[ActResult]:
        deciding = _Deciding(connection, row, spins)
        answers = [deciding.decide(spin) for spin in spins]
        if deciding.spun:
            now_ms = max(spin.at_ms for spin in spins)
            won_coins = _hand_over(connection, row.campaign_id, deciding.terms, deciding.spun, now_ms)
            wheel = add_spins(connection, deciding.wheel, deciding.spun, won_coins)
            deciding.eligibility.write(connection)
            self._show(connection, row, wheel, now_ms)
        return answers

    def _show(self, connection: Connection, row: CampaignRow, wheel: Wheel, now_ms: int) -> None:
        change = _change(row, wheel)
        if change is None:
            tell_soon(connection, row, now_ms)
            return
        changed = change_campaign(connection, row, change)
        if changed is None:
            raise StorageError(f"The campaign {row.campaign_id} changed while it was spun.")
        self._tell(connection, changed, now_ms)


class _Deciding:
    """What is known of a wheel and of who spins, and what was decided for those before.

    Attributes:
        wheel: as it was before.
        terms: what staff chose.
        spun: the spins that count, in their order.
        eligibility: who may spin.
    """

    def __init__(self, connection: Connection, row: CampaignRow, spins: Sequence[Spinning]) -> None:
        self.terms = wheel_terms(terms_of(row.terms))
        self.wheel = read_wheel(connection, row.campaign_id)
        self.spun: list[Spun] = []
        self._row = row
        self._slots = next_slots(connection, self.wheel, len(spins))
        users = {spin.user_id for spin in spins}
        self._keys = dict(keys_of(connection, row.campaign_id, users))
        # Once no slot is left, nobody's conditions need to be looked up.
        asked = users if self._slots else set()
        self._adults = of_age(connection, asked) if self.wheel.coins else asked
        self.eligibility = Eligibility(connection, row, self.terms, spins if asked else [])
        held = read_prizes(connection, row.campaign_id)
        coupon_ids = {prize.coupon_id for prize in held if prize.coupon_id is not None and prize.left}
        self._coupons = CouponLimits(connection, coupon_ids, asked)

    def decide(self, spin: Spinning) -> ActResult:
        keys = self._keys.setdefault(spin.user_id, set())
        if spin.key in keys:
            return None  # it was answered once: `MyPart` has what came of it
        if refused := self._refusal(spin, len(keys)):
            return refused
        place = len(self.spun)
        prize = self._slots[place]
        self.spun.append(
            Spun(
                place=self.wheel.spun + place,
                user_id=spin.user_id,
                turn=len(keys),
                key=spin.key,
                prize=prize,
                at_ms=spin.at_ms,
            )
        )
        if not keys:
            self.eligibility.count(spin)
        if prize is not None:
            self._coupons.count(spin.user_id, self.terms.prizes[prize].coupon_id)
        keys.add(spin.key)
        return None

    def _refusal(self, spin: Spinning, turn: int) -> ActResult:
        # What counts is when the server received it, not how far the campaign's timer is.
        if spin.at_ms < self._row.opens_at_ms:
            return RejectReason.NOT_OPEN
        if turn >= self.terms.spins_each:
            return RejectReason.ALREADY
        if len(self.spun) == len(self._slots):
            return RejectReason.NONE_LEFT
        if self._row.is_over or spin.at_ms >= self._row.closes_at_ms:
            return RejectReason.EXPIRED
        if spin.user_id not in self._adults:
            return RejectReason.AGE_UNCONFIRMED
        # Who spun before is counted already.
        refused = self.eligibility.refusal(spin) if turn == 0 else None
        return refused or self._coupons.refusal(spin.user_id)


def _hand_over(
    connection: Connection, campaign_id: str, terms: WheelTerms, spins: Sequence[Spun], now_ms: int
) -> int:
    """Give coins and coupons to who won them; return the coins."""
    wins: list[Win] = []
    coupons: dict[str, list[str]] = {}
    for spin in spins:
        if spin.prize is None:
            continue
        prize = terms.prizes[spin.prize]
        if prize.coins:
            wins.append(Win(str(spin.place), spin.user_id, prize.coins))
        elif prize.coupon_id:
            coupons.setdefault(prize.coupon_id, []).append(spin.user_id)
    if wins:
        ESCROW.pay(connection, campaign_id, wins, now_ms)
    for coupon_id, buyer_ids in coupons.items():
        give_set_aside(connection, coupon_id, buyer_ids, now_ms)
    return sum(win.coins for win in wins)


def _change(row: CampaignRow, wheel: Wheel) -> Change | None:
    """Return where it goes by what was taken; None where nothing but its counts changed."""
    if wheel.left == 0:
        reason = None if row.end_reason else EndReason.NONE_LEFT
        return Change(CampaignPhase.ENDED, None, end_reason=reason, coins=wheel.won_coins)
    if row.phase is CampaignPhase.PREHEAT:
        # A spin can come before the timer that opens it.
        return Change(CampaignPhase.OPEN, row.closes_at_ms)
    return None
