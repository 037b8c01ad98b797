"""The red packet as a kind of campaign."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar, Final

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
from backend.contract.red_packets import RedPacketShown
from backend.fairness.digests import new_secret
from backend.fairness.split import sealed, shares_of
from backend.shop.campaigns.closing import close_early, move_on_until_drained
from backend.shop.campaigns.kind import ActResult, CampaignAct, Kind, NotArmed, Result
from backend.shop.campaigns.red_packet.claiming import ESCROW, ClaimShares, ShareClaim
from backend.shop.campaigns.red_packet.packets import (
    Packet,
    add_packet,
    claim_times,
    find_claim,
    last_claim_ms,
    packet_terms,
    read_best,
    read_packet,
)
from backend.shop.campaigns.refusals import tenth_of
from backend.shop.campaigns.rows import CampaignRow, Change, terms_of
from backend.shop.campaigns.telling import tell_rooms
from backend.shop.coupons.set_aside import put_back, set_aside
from backend.storage.writer import BulkOperation

ONE_OF_BOTH: Final = NotArmed("terms", "A red packet gives either coins or a coupon. Choose one of them.")
TOO_FEW_COINS: Final = NotArmed(
    "too_few_coins", "There must be a coin for each share. Give more coins, or fewer shares."
)
COUPON_SHORT: Final = NotArmed(
    "coupon_short", "The coupon is stopped or over, or too few of it are left. Make another one."
)


class RedPacketKind(Kind):
    """Gives coins or coupons to the first who claim; the shares are fixed before the packet is announced."""

    name: ClassVar = CampaignKind.RED_PACKET

    def __init__(self) -> None:
        self._claiming = ClaimShares(self._tell)

    @property
    @override
    def acts(self) -> Mapping[type[CampaignAct], BulkOperation[Any, ActResult]]:
        return {ShareClaim: self._claiming}

    @override
    def coins(self, terms: CampaignTerms) -> int:
        return packet_terms(terms).coins

    @override
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        terms = packet_terms(terms_of(row.terms))
        if bool(terms.coins) == bool(terms.coupon_id):
            return ONE_OF_BOTH
        if not terms.coupon_id and terms.coins < terms.shares:
            return TOO_FEW_COINS
        coupon_id, until_ms = terms.coupon_id, row.closes_at_ms
        if coupon_id and not set_aside(connection, coupon_id, terms.shares, until_ms, now_ms):
            return COUPON_SHORT
        secret = new_secret()
        packet = Packet(
            row.campaign_id, secret.hex(), terms.shares, terms.coins, terms.coupon_id or None, 0, 0
        )
        # Coupons are alike: there is nothing to split.
        shares = (
            shares_of(row.campaign_id, terms.coins, terms.shares, secret)
            if terms.coins
            else [0] * terms.shares
        )
        add_packet(connection, packet, shares)
        if terms.coins:
            ESCROW.fund(connection, row.campaign_id, terms.coins, now_ms)
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
        packet, terms = read_packet(connection, row.campaign_id), packet_terms(terms_of(row.terms))
        secret = bytes.fromhex(packet.secret)
        emptied_at_ms = last_claim_ms(connection, row.campaign_id) if packet.left == 0 else None
        return RedPacketShown(
            shares=packet.shares,
            coins=packet.coins,
            coupon_id=packet.coupon_id or "",
            left=packet.left,
            needs_follow=terms.needs_follow,
            account_minutes=terms.account_minutes,
            per_network=terms.per_network,
            one_a_phone=terms.one_a_phone,
            commitment=sealed(row.campaign_id, packet.coins, packet.shares, secret) if packet.coins else "",
            secret=packet.secret if row.is_over and packet.coins else "",
            best=read_best(connection, packet, row.opens_at_ms),
            emptied_after_ms=None if emptied_at_ms is None else max(0, emptied_at_ms - row.opens_at_ms),
        )

    @override
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        packet, times = (
            read_packet(connection, row.campaign_id),
            claim_times(connection, row.campaign_id),
        )
        tenths = Counter(tenth_of(at_ms, row.opens_at_ms) for at_ms in times)
        return Result(tenths, packet.claimed, coins_out=packet.claimed_coins)

    @override
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        found = find_claim(connection, row.campaign_id, user_id)
        if found is None:
            return MyPart()
        place, coins = found
        return MyPart(is_in=True, coins=coins, has_won=True, place=place)

    def _tell(self, connection: Connection, row: CampaignRow, now_ms: int) -> None:
        tell_rooms(connection, {self.name: self}, [row], now_ms)


def _end(connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int) -> Change:
    """Give back what nobody claimed; one that was not open yet is called off."""
    packet = read_packet(connection, row.campaign_id)
    ESCROW.give_rest_back(connection, row.campaign_id, packet.coins_left, now_ms)
    if packet.coupon_id is not None:
        put_back(connection, packet.coupon_id, packet.left, now_ms)
    phase = CampaignPhase.VOID if row.phase is CampaignPhase.PREHEAT else CampaignPhase.ENDED
    return Change(phase, None, end_reason=None if row.end_reason else reason, coins=packet.claimed_coins)
