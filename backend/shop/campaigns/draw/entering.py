"""Entries and revealed numbers of draws: many in one commit, each decided in its turn."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from sqlalchemy import Connection

from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignPhase
from backend.contract.draws import LEFT_OUT_DAYS
from backend.fairness.draw import hash_of_nonce, pseudonym
from backend.shop.campaigns.draw.bought import who_bought
from backend.shop.campaigns.draw.entries import (
    Draw,
    Entered,
    add_entries,
    draw_terms,
    find_entries,
    prove,
    read_draw,
    won_since,
)
from backend.shop.campaigns.eligibility import Eligibility
from backend.shop.campaigns.kind import ActResult, CampaignAct
from backend.shop.campaigns.rows import CampaignRow, find_campaigns, terms_of
from backend.shop.campaigns.telling import TELL_EVERY_MS, tell_soon
from backend.shop.coins.ages import of_age

_DAY_MS: Final = 24 * 3_600_000
TAKES_ENTRIES: Final = frozenset({CampaignPhase.OPEN, CampaignPhase.CLOSING})
"""When entries are decided; while it closes, those that came before."""


class Entering(CampaignAct, frozen=True):
    """Somebody wants to take part.

    Attributes:
        nonce_hash: their device's.
        origin: a keyed digest of the network address; empty where it is not known.
        must_have_bought: whether they have to, for they did not say the word that does instead.
    """

    nonce_hash: str
    origin: str = ""
    must_have_bought: bool = False


class Revealing(CampaignAct, frozen=True):
    """Somebody's device reveals its number; nobody asks to take part by it."""

    is_counted: ClassVar[bool] = False

    nonce: str


class EnterDraws:
    """Decides entries of many people at once; a `BulkOperation` of the group writer."""

    def perform(self, connection: Connection, items: Sequence[Entering]) -> Sequence[ActResult]:
        """Return of each why it is refused, or None where the person takes part now."""
        rows = find_campaigns(connection, {item.campaign_id for item in items})
        answers: list[ActResult] = [RejectReason.UNKNOWN_CAMPAIGN] * len(items)
        for campaign_id, row in rows.items():
            places = [place for place, item in enumerate(items) if item.campaign_id == campaign_id]
            decided = _enter(connection, row, [items[place] for place in places])
            for place, answer in zip(places, decided, strict=True):
                answers[place] = answer
        return answers


class RevealNonces:
    """Takes the numbers of many devices at once; a `BulkOperation` of the group writer."""

    def perform(self, connection: Connection, items: Sequence[Revealing]) -> Sequence[ActResult]:
        """Return of each why it is refused, or None where it is in the list."""
        rows = find_campaigns(connection, {item.campaign_id for item in items})
        answers: list[ActResult] = [RejectReason.UNKNOWN_CAMPAIGN] * len(items)
        for campaign_id, row in rows.items():
            places = [place for place, item in enumerate(items) if item.campaign_id == campaign_id]
            decided = _reveal(connection, row, [items[place] for place in places])
            for place, answer in zip(places, decided, strict=True):
                answers[place] = answer
        return answers


def _enter(connection: Connection, row: CampaignRow, wishes: Sequence[Entering]) -> list[ActResult]:
    draw, users = read_draw(connection, row.campaign_id), {wish.user_id for wish in wishes}
    has_entered = set(find_entries(connection, row.campaign_id, users))
    adults, lately = of_age(connection, users), _left_out(connection, row, users)
    bought = who_bought(connection, row, {wish.user_id for wish in wishes if wish.must_have_bought})
    eligibility = Eligibility(connection, row, draw_terms(terms_of(row.terms)), wishes)
    entered: list[Entered] = []
    answers: list[ActResult] = []
    for wish in wishes:
        refused = _lateness(row, draw, wish.at_ms)
        if refused is None and wish.user_id in has_entered:
            refused = RejectReason.ALREADY
        elif refused is None and wish.user_id not in adults:
            refused = RejectReason.AGE_UNCONFIRMED
        elif refused is None and wish.user_id in lately:
            refused = RejectReason.WON_LATELY
        elif refused is None and wish.must_have_bought and wish.user_id not in bought:
            refused = RejectReason.NOT_BOUGHT
        elif refused is None:
            refused = eligibility.refusal(wish)
        answers.append(refused)
        if refused is None:
            has_entered.add(wish.user_id)
            eligibility.count(wish)
            entered.append(_entry(draw, wish, number=draw.entries + len(entered) + 1))
    if entered:
        add_entries(connection, draw, entered)
        eligibility.write(connection)
        tell_soon(connection, row, max(wish.at_ms for wish in wishes))
    return answers


def _lateness(row: CampaignRow, draw: Draw, at_ms: int) -> ActResult:
    # What counts is when the server received it, not how far the campaign's timer is.
    if at_ms < row.opens_at_ms:
        return RejectReason.NOT_OPEN
    closed_at_ms = row.closes_at_ms if draw.closed_at_ms is None else draw.closed_at_ms
    is_late = row.phase not in TAKES_ENTRIES or at_ms >= closed_at_ms
    return RejectReason.EXPIRED if is_late else None


def _left_out(connection: Connection, row: CampaignRow, users: set[str]) -> set[str]:
    if not draw_terms(terms_of(row.terms)).excludes_winners:
        return set()
    return won_since(connection, users, row.opens_at_ms - LEFT_OUT_DAYS * _DAY_MS)


def _entry(draw: Draw, wish: Entering, *, number: int) -> Entered:
    who = pseudonym(draw.campaign_id, wish.user_id)
    return Entered(wish.user_id, number, who, wish.nonce_hash, "", wish.at_ms)


def _reveal(connection: Connection, row: CampaignRow, reveals: Sequence[Revealing]) -> list[ActResult]:
    entries = find_entries(connection, row.campaign_id, {one.user_id for one in reveals})
    nonces: dict[str, str] = {}
    answers: list[ActResult] = []
    for one in reveals:
        refused = _refusal_of_nonce(row, entries, one)
        answers.append(refused)
        if refused is None and not entries[one.user_id].nonce:
            nonces[one.user_id] = one.nonce
    if nonces:
        draw = prove(connection, read_draw(connection, row.campaign_id), nonces)
        # The last one ends the wait.
        now_ms = max(one.at_ms for one in reveals)
        tell_soon(connection, row, now_ms - TELL_EVERY_MS if draw.proven == draw.entries else now_ms)
    return answers


def _refusal_of_nonce(row: CampaignRow, entries: Mapping[str, Entered], one: Revealing) -> ActResult:
    if row.phase is not CampaignPhase.DRAWING:
        return RejectReason.NOT_OPEN if row.phase in TAKES_ENTRIES else RejectReason.EXPIRED
    if one.user_id not in entries:
        return RejectReason.NOT_ELIGIBLE
    is_its = hash_of_nonce(row.campaign_id, one.nonce) == entries[one.user_id].nonce_hash
    return None if is_its else RejectReason.MALFORMED
