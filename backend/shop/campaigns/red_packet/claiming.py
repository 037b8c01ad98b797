"""Claims of red packets: many in one commit, each decided in its turn."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection

from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase, EndReason
from backend.shop.campaigns.eligibility import Eligibility
from backend.shop.campaigns.escrow import Escrow, Win
from backend.shop.campaigns.kind import ActResult, CampaignAct
from backend.shop.campaigns.red_packet.packets import (
    Claimed,
    Packet,
    add_claims,
    next_shares,
    packet_terms,
    read_packet,
    who_claimed,
)
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign, find_campaigns, terms_of
from backend.shop.campaigns.telling import tell_soon
from backend.shop.coins.ages import of_age
from backend.shop.coupons.set_aside import CouponLimits, give_set_aside
from backend.storage.database import StorageError

ESCROW: Final = Escrow("packet")

Tell = Callable[[Connection, CampaignRow, int], None]
"""Writes to the room of a campaign how it is."""


class ShareClaim(CampaignAct, frozen=True):
    """Somebody wants a share.

    Attributes:
        origin: a keyed digest of the network address; empty where it is not known.
    """

    origin: str = ""


class ClaimShares:
    """Decides claims of many people at once; a `BulkOperation` of the group writer.

    Args:
        tell: called where a packet moves on by what was taken; other counts are told by the timer.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def perform(self, connection: Connection, items: Sequence[ShareClaim]) -> Sequence[ActResult]:
        """Return of each why it is refused, or None where a share was given."""
        rows = find_campaigns(connection, {item.campaign_id for item in items})
        answers: list[ActResult] = [RejectReason.UNKNOWN_CAMPAIGN] * len(items)
        for campaign_id, row in rows.items():
            places = [place for place, item in enumerate(items) if item.campaign_id == campaign_id]
            decided = self._of_one(connection, row, [items[place] for place in places])
            for place, answer in zip(places, decided, strict=True):
                answers[place] = answer
        return answers

    def _of_one(
        self, connection: Connection, row: CampaignRow, claims: Sequence[ShareClaim]
    ) -> list[ActResult]:
        deciding = _Deciding(connection, row, claims)
        answers = [deciding.decide(claim) for claim in claims]
        if deciding.given:
            now_ms = max(claim.at_ms for claim in claims)
            packet = add_claims(connection, deciding.packet, deciding.given)
            deciding.eligibility.write(connection)
            _hand_over(connection, packet, deciding.given, now_ms)
            self._show(connection, row, packet, now_ms)
        return answers

    def _show(self, connection: Connection, row: CampaignRow, packet: Packet, now_ms: int) -> None:
        change = _change(row, packet)
        if change is None:
            tell_soon(connection, row, now_ms)
            return
        changed = change_campaign(connection, row, change)
        if changed is None:
            raise StorageError(f"The campaign {row.campaign_id} changed while shares of it were claimed.")
        self._tell(connection, changed, now_ms)


class _Deciding:
    """What is known of a packet and of who claims, and what was decided for those before.

    Attributes:
        packet: as it was before.
        given: the shares that are handed out, in their order.
        eligibility: who may have one.
    """

    def __init__(self, connection: Connection, row: CampaignRow, claims: Sequence[ShareClaim]) -> None:
        terms = packet_terms(terms_of(row.terms))
        self.packet = read_packet(connection, row.campaign_id)
        self.given: list[Claimed] = []
        self._row = row
        self._shares = next_shares(connection, self.packet, len(claims))
        users = {claim.user_id for claim in claims}
        self._has_one = who_claimed(connection, row.campaign_id, users)
        # Most of a crowd come when none is left: what they may need not be looked up.
        asking = claims if self._shares else []
        asked = users if self._shares else set()
        self.eligibility = Eligibility(connection, row, terms, asking)
        self._adults = of_age(connection, asked) if terms.coins else asked
        coupon_ids = [terms.coupon_id] if terms.coupon_id else []
        self._coupons = CouponLimits(connection, coupon_ids, asked)

    def decide(self, claim: ShareClaim) -> ActResult:
        if refused := self._refusal(claim):
            return refused
        place = len(self.given)
        self.given.append(
            Claimed(
                user_id=claim.user_id,
                place=self.packet.claimed + place,
                coins=self._shares[place],
                at_ms=claim.at_ms,
            )
        )
        self._has_one.add(claim.user_id)
        self.eligibility.count(claim)
        return None

    def _refusal(self, claim: ShareClaim) -> ActResult:
        # What counts is when the server received it, not how far the campaign's timer is.
        if claim.at_ms < self._row.opens_at_ms:
            return RejectReason.NOT_OPEN
        if claim.user_id in self._has_one:
            return RejectReason.ALREADY
        if len(self.given) == len(self._shares):
            return RejectReason.NONE_LEFT
        if self._row.is_over or claim.at_ms >= self._row.closes_at_ms:
            return RejectReason.EXPIRED
        if claim.user_id not in self._adults:
            return RejectReason.AGE_UNCONFIRMED
        return self.eligibility.refusal(claim) or self._coupons.refusal(claim.user_id)


def _hand_over(connection: Connection, packet: Packet, given: Sequence[Claimed], now_ms: int) -> None:
    if packet.coupon_id is not None:
        give_set_aside(connection, packet.coupon_id, [claim.user_id for claim in given], now_ms)
        return
    wins = [Win(claim.user_id, claim.user_id, claim.coins) for claim in given]
    ESCROW.pay(connection, packet.campaign_id, wins, now_ms)


def _change(row: CampaignRow, packet: Packet) -> Change | None:
    """Return where it goes by what was taken; None where nothing but its counts changed."""
    if packet.left == 0:
        reason = None if row.end_reason else EndReason.NONE_LEFT
        return Change(CampaignPhase.ENDED, None, end_reason=reason, coins=packet.claimed_coins)
    if row.phase is CampaignPhase.PREHEAT:
        # A claim can come before the timer that opens it.
        return Change(CampaignPhase.OPEN, row.closes_at_ms)
    return None
