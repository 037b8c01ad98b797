"""Bids of auctions: many in one commit, each decided in its turn by when the server received it."""

from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from backend.contract.auctions import LATE_S, MOST_BIDS_EACH, MOST_EXTENSIONS
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from backend.shop.auction.holds import read_barred
from backend.shop.campaigns.auction.bids import (
    Bid,
    Bidder,
    add_bids,
    auction_terms,
    keys_in,
    progress_of,
    read_bidders,
    read_standing,
)
from backend.shop.campaigns.auction.standing import Maximum
from backend.shop.campaigns.eligibility import Eligibility
from backend.shop.campaigns.kind import ActResult, CampaignAct
from backend.shop.campaigns.rows import CampaignRow, Change, change_campaign, find_campaigns, terms_of
from backend.shop.customers.buyer_keys import account_key
from backend.storage.database import StorageError

LATE_MS: Final = LATE_S * 1000
TAKES_BIDS: Final = frozenset({CampaignPhase.PREHEAT, CampaignPhase.OPEN, CampaignPhase.CLOSING})

Tell = Callable[[Connection, CampaignRow, int], None]
"""Writes to the room of a campaign how it is."""


class Bidding(CampaignAct, frozen=True):
    """Somebody bids.

    Attributes:
        max_minor: the most that they would pay.
        key: the same one bids once.
        origin: a keyed digest of the network address that they bid from; empty where it is not known.
    """

    max_minor: int = 0
    key: str = ""
    origin: str = ""


class PlaceBids:
    """Decides bids of many people at once; a `BulkOperation` of the group writer.

    Args:
        tell: called once a commit for each auction that got a bid.
    """

    def __init__(self, tell: Tell) -> None:
        self._tell = tell

    def perform(self, connection: Connection, items: Sequence[Bidding]) -> Sequence[ActResult]:
        """Return of each why it is refused, or None where it counts."""
        rows = find_campaigns(connection, {item.campaign_id for item in items})
        answers: list[ActResult] = [RejectReason.UNKNOWN_CAMPAIGN] * len(items)
        for campaign_id, row in rows.items():
            places = [place for place, item in enumerate(items) if item.campaign_id == campaign_id]
            places.sort(key=lambda place: items[place].at_ms)
            decided = self._of_one(connection, row, [items[place] for place in places])
            for place, answer in zip(places, decided, strict=True):
                answers[place] = answer
        return answers

    def _of_one(self, connection: Connection, row: CampaignRow, items: Sequence[Bidding]) -> list[ActResult]:
        deciding = _Deciding(connection, row, items)
        answers = [deciding.decide(item) for item in items]
        if deciding.accepted:
            add_bids(connection, row.campaign_id, deciding.accepted)
            deciding.eligibility.write(connection)
            changed = change_campaign(connection, row, deciding.change())
            if changed is None:
                raise StorageError(f"The campaign {row.campaign_id} changed while bids came.")
            self._tell(connection, changed, max(item.at_ms for item in items))
        return answers


class _Deciding:
    """An auction as bids find it; each that is accepted changes it for those after it.

    Attributes:
        accepted: the bids that count, in their order.
        eligibility: who may bid.
    """

    def __init__(self, connection: Connection, row: CampaignRow, items: Sequence[Bidding]) -> None:
        user_ids = {item.user_id for item in items}
        self._row = row
        self._progress = progress_of(row)
        self._closes_at_ms = row.closes_at_ms
        self._bidders = read_bidders(connection, row.campaign_id, user_ids)
        self._standing = read_standing(connection, row)
        self._keys = keys_in(connection, row.campaign_id, user_ids)
        self._may_not = self._find_barred(connection, user_ids)
        terms = auction_terms(terms_of(row.terms))
        # Who bids already is not asked about again; the phone is that of where it would go.
        new = [one for one in items if not self._has_bid(one)]
        phones = {user_id: bidder.phone_key for user_id, bidder in self._bidders.items()}
        self.eligibility = Eligibility(connection, row, terms, new, phones)
        self.accepted: list[Bid] = []

    def decide(self, item: Bidding) -> ActResult:
        """Accept a bid, or say why not."""
        keys = self._keys.setdefault(item.user_id, set())
        if item.key in keys:
            return None
        refused = self._too_early_or_late(item) or self._not_of_a_bidder(item) or self._too_low(item)
        if refused is not None:
            return refused
        if len(keys) >= MOST_BIDS_EACH:
            return RejectReason.TOO_MANY
        keys.add(item.key)
        self._accept(item)
        return None

    def change(self) -> Change:
        """Return where the auction goes with the bids that were accepted."""
        row, closes_at_ms = self._row, self._closes_at_ms
        is_extended = closes_at_ms != row.closes_at_ms
        # A bid can come before the timer that opens it, and be decided after the one that closes it.
        goes_on = is_extended or row.phase is not CampaignPhase.CLOSING
        return Change(
            CampaignPhase.OPEN if goes_on else row.phase,
            closes_at_ms if goes_on else row.next_at_ms,
            progress=msgspec.json.encode(self._progress),
            closes_at_ms=closes_at_ms,
        )

    def _too_early_or_late(self, item: Bidding) -> ActResult:
        if self._row.phase not in TAKES_BIDS:
            return RejectReason.EXPIRED
        if item.at_ms < self._row.opens_at_ms:
            return RejectReason.NOT_OPEN
        return RejectReason.EXPIRED if item.at_ms >= self._closes_at_ms else None

    def _not_of_a_bidder(self, item: Bidding) -> ActResult:
        bidder = self._bidders.get(item.user_id)
        if bidder is None or not bidder.address:
            return RejectReason.NOT_REGISTERED
        if item.user_id in self._may_not:
            return RejectReason.BARRED
        if bidder.is_out:
            return RejectReason.NOT_ELIGIBLE
        return None if bidder.has_bid else self.eligibility.refusal(item)

    def _has_bid(self, item: Bidding) -> bool:
        bidder = self._bidders.get(item.user_id)
        return bidder is not None and bidder.has_bid

    def _too_low(self, item: Bidding) -> ActResult:
        leader = self._standing.leader
        if leader is not None and leader.user_id == item.user_id:
            is_enough = item.max_minor > leader.max_minor
        else:
            is_enough = item.max_minor >= self._standing.next_minor
        return None if is_enough else RejectReason.BID_TOO_LOW

    def _accept(self, item: Bidding) -> None:
        progress, before = self._progress, self._standing
        number = progress.bids + 1
        is_new = not self._has_bid(item)
        if is_new:
            self.eligibility.count(item)
        self._standing = self._standing.with_maximum(
            Maximum(item.user_id, item.max_minor, item.at_ms, number)
        )
        self._bidders[item.user_id] = msgspec.structs.replace(
            self._bidders[item.user_id], max_minor=item.max_minor, max_at_ms=item.at_ms, max_number=number
        )
        moved_end, extensions = progress.moved_end, progress.extensions
        # Where others see nothing new, as of most raises of who leads, they have nothing to answer.
        is_seen = before.seen != self._standing.seen
        if is_seen and extensions < MOST_EXTENSIONS and item.at_ms >= self._closes_at_ms - LATE_MS:
            self._closes_at_ms += LATE_MS
            extensions += 1
            moved_end = (*moved_end, number)
        self._progress = msgspec.structs.replace(
            progress,
            bids=number,
            bidders=progress.bidders + is_new,
            extensions=extensions,
            moved_end=moved_end,
        )
        self.accepted.append(self._bid(item, number))

    def _bid(self, item: Bidding, number: int) -> Bid:
        leader = self._standing.leader
        return Bid(
            number,
            item.user_id,
            item.key,
            item.max_minor,
            item.at_ms,
            self._standing.price_minor,
            "" if leader is None else leader.user_id,
        )

    def _find_barred(self, connection: Connection, user_ids: set[str]) -> set[str]:
        keys = {user_id: _keys_of(user_id, self._bidders.get(user_id)) for user_id in user_ids}
        barred = read_barred(connection, set().union(*keys.values()))
        return {user_id for user_id in user_ids if keys[user_id] & barred}


def _keys_of(user_id: str, bidder: Bidder | None) -> set[str]:
    return {account_key(user_id), *([bidder.phone_key] if bidder is not None else [])}
