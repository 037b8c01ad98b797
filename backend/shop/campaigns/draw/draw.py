"""The draw as a kind of campaign."""

from collections import Counter
from collections.abc import Mapping
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
from backend.contract.draws import PRESENCE_S, REVEAL_S, WATCH_ENDS_BEFORE_S, DrawShown
from backend.fairness.digests import commitment, new_secret
from backend.shop.campaigns.closing import DRAINED_AFTER_MS
from backend.shop.campaigns.draw.bought import who_bought
from backend.shop.campaigns.draw.drawing import bundle_of, find_winners, fix_list
from backend.shop.campaigns.draw.entering import EnterDraws, Entering, Revealing, RevealNonces
from backend.shop.campaigns.draw.entries import (
    Draw,
    add_draw,
    change_draw,
    draw_terms,
    find_entries,
    read_draw,
    read_entries,
    read_winners,
)
from backend.shop.campaigns.draw.goods import carve_goods, give_all_units_back, progress_of
from backend.shop.campaigns.draw.my_prizes import my_prize, prize_counts
from backend.shop.campaigns.kind import ActResult, CampaignAct, Kind, NotArmed, Result
from backend.shop.campaigns.refusals import tenth_of
from backend.shop.campaigns.rows import CampaignRow, Change, terms_of
from backend.storage.writer import BulkOperation

# A timer that is later than this was away, and so was the way for the numbers.
SLEPT_MS: Final = 3000

NO_PRIZE: Final = NotArmed("terms", "Say what is won.")
WATCHES_TOO_LONG: Final = NotArmed(
    "watch_too_long",
    f"Who comes when it opens could not take part: ask for at least {WATCH_ENDS_BEFORE_S} s less of watching "
    "than it is open, or keep it open longer.",
)
NO_FREE_WAY: Final = NotArmed(
    "no_free_way", "Who buys nothing must have a way in, too: give a word that they say instead."
)
TOO_LATE: Final = NotArmed("too_late", "It is closed: who won is being found.")


class DrawKind(Kind):
    """Anybody who meets the conditions may win, all with the same chance; everybody can check who won."""

    name: ClassVar = CampaignKind.DRAW
    needs_reason: ClassVar = True

    def __init__(self) -> None:
        self._entering = EnterDraws()
        self._revealing = RevealNonces()

    @property
    @override
    def acts(self) -> Mapping[type[CampaignAct], BulkOperation[Any, ActResult]]:
        return {Entering: self._entering, Revealing: self._revealing}

    @override
    def coins(self, terms: CampaignTerms) -> int:
        return draw_terms(terms).prize_coins * draw_terms(terms).winners

    @override
    def arm(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change | NotArmed:
        terms = draw_terms(terms_of(row.terms))
        if not terms.prize.strip():
            return NO_PRIZE
        if terms.bought_or_word and not terms.word.strip():
            return NO_FREE_WAY
        if terms.watched_s > max(0, terms.duration_s - WATCH_ENDS_BEFORE_S):
            return WATCHES_TOO_LONG
        goods = carve_goods(connection, row, terms, now_ms)
        if isinstance(goods, NotArmed):
            return goods
        secret = new_secret()
        sealed = commitment(self.name, row.campaign_id, row.terms, secret)
        add_draw(connection, Draw(row.campaign_id, secret.hex(), sealed))
        return Change(CampaignPhase.OPEN, row.closes_at_ms, progress=msgspec.json.encode(goods))

    @override
    def move_on(self, connection: Connection, row: CampaignRow, now_ms: int) -> Change:
        draw = read_draw(connection, row.campaign_id)
        match row.phase:
            case CampaignPhase.OPEN if now_ms < row.closes_at_ms:
                return Change(row.phase, row.closes_at_ms)
            case CampaignPhase.OPEN:
                return _close(connection, draw, row.closes_at_ms)
            case CampaignPhase.CLOSING if now_ms < (drained_ms := _drained_at_ms(row, draw)):
                return Change(row.phase, drained_ms)  # others may still be decided
            case CampaignPhase.CLOSING if draw.entries == 0:
                give_all_units_back(connection, row, now_ms)
                return Change(CampaignPhase.ENDED, None, end_reason=EndReason.NO_ENTRIES, coins=0)
            case CampaignPhase.CLOSING:
                return _wait_for_numbers(connection, row, draw, now_ms)
            case _:
                return _draw(connection, row, draw, now_ms)

    @override
    def stop(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        if reason is EndReason.STOPPED:
            give_all_units_back(connection, row, now_ms)
            return Change(CampaignPhase.VOID, None, end_reason=reason, coins=0)
        return self.close_early(connection, row, reason, now_ms)

    @override
    def close_early(
        self, connection: Connection, row: CampaignRow, reason: EndReason, now_ms: int
    ) -> Change | NotArmed:
        if row.phase is not CampaignPhase.OPEN:
            return TOO_LATE
        return _close(connection, read_draw(connection, row.campaign_id), now_ms, reason)

    @override
    def show(self, connection: Connection, row: CampaignRow) -> CampaignDetail:
        draw = read_draw(connection, row.campaign_id)
        return DrawShown(
            terms=draw_terms(terms_of(row.terms)),
            terms_text=row.terms,
            entries=draw.entries,
            commitment=draw.commitment,
            root=draw.root,
            proven=draw.proven,
            drawn_at_ms=draw.drawn_at_ms,
            winners=read_winners(connection, row.campaign_id),
            goods=progress_of(row).goods,
        )

    @override
    def result(self, connection: Connection, row: CampaignRow) -> Result:
        entered = read_entries(connection, row.campaign_id)
        tenths = Counter(tenth_of(one.at_ms, row.opens_at_ms) for one in entered)
        coins_out = row.coins if row.is_over else 0
        return Result(tenths, len(entered), coins_out=coins_out, prizes=prize_counts(connection, row))

    @override
    def part_of(self, connection: Connection, row: CampaignRow, user_id: str) -> MyPart:
        mine = find_entries(connection, row.campaign_id, {user_id}).get(user_id)
        terms = draw_terms(terms_of(row.terms))
        has_bought = terms.bought_or_word and user_id in who_bought(connection, row, {user_id})
        if mine is None:
            return MyPart(has_bought=has_bought)
        has_won = mine.place is not None
        coins = terms.prize_coins if has_won else 0
        return MyPart(
            is_in=True,
            coins=coins,
            has_won=has_won,
            number=mine.number,
            is_proven=bool(mine.nonce),
            has_bought=has_bought,
            prize=my_prize(connection, row, user_id),
        )

    @override
    def bundle(self, connection: Connection, row: CampaignRow) -> str | None:
        # Called off, or without entries, there is nothing to check.
        return bundle_of(connection, row) if row.is_over and _is_drawn(connection, row) else None


def _is_drawn(connection: Connection, row: CampaignRow) -> bool:
    return bool(read_draw(connection, row.campaign_id).mix)


def _drained_at_ms(row: CampaignRow, draw: Draw) -> int:
    closed_at_ms = row.closes_at_ms if draw.closed_at_ms is None else draw.closed_at_ms
    return closed_at_ms + DRAINED_AFTER_MS


def _close(connection: Connection, draw: Draw, at_ms: int, reason: EndReason | None = None) -> Change:
    change_draw(connection, draw, closed_at_ms=at_ms)
    return Change(CampaignPhase.CLOSING, at_ms + DRAINED_AFTER_MS, end_reason=reason)


def _wait_for_numbers(connection: Connection, row: CampaignRow, draw: Draw, now_ms: int) -> Change:
    until_ms = now_ms + _window_ms(row)
    fix_list(connection, draw, until_ms)
    return Change(CampaignPhase.DRAWING, until_ms)


def _window_ms(row: CampaignRow) -> int:
    terms = draw_terms(terms_of(row.terms))
    return 1000 * (PRESENCE_S if terms.needs_presence else REVEAL_S)


def _draw(connection: Connection, row: CampaignRow, draw: Draw, now_ms: int) -> Change:
    until_ms, is_complete = draw.drawn_at_ms or now_ms, draw.proven == draw.entries
    if not is_complete and now_ms < until_ms:
        return Change(row.phase, until_ms)
    if not is_complete and now_ms > until_ms + SLEPT_MS:
        again_ms = now_ms + _window_ms(row)
        change_draw(connection, draw, drawn_at_ms=again_ms)
        return Change(row.phase, again_ms)
    coins = find_winners(connection, row, now_ms)
    reason = None if row.end_reason else EndReason.TIME
    return Change(CampaignPhase.ENDED, None, end_reason=reason, coins=coins)
