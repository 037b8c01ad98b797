"""Makes, lists and stops coupons, and gives them to buyers."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from backend.contract.coupons import ClaimCoupon, Coupon, CouponsPage, HeldCoupon, MyCoupons, NewCoupon
from backend.shop.coupons.grants import read_held
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.ids import new_id
from backend.shop.people import Person
from backend.storage.coupon_tables import COUPON_GRANTS, COUPONS
from backend.storage.database import Database, read_rows
from backend.storage.writer import GroupWriter

OK: Final = 200
CREATED: Final = 201
MOST_LISTED: Final = 500
_WISH: Final = NewCoupon.__struct_fields__


class Unclaimable(StrEnum):
    """Why a buyer gets no coupon."""

    UNKNOWN = "coupon_unknown"
    NOT_YET = "coupon_not_yet"
    ENDED = "coupon_ended"
    NONE_LEFT = "coupon_none_left"
    ALREADY = "coupon_already"


class NotClaimed(msgspec.Struct, frozen=True):
    """A buyer gets none."""

    why: Unclaimable


class CodeInUse(msgspec.Struct, frozen=True):
    """Another coupon has the code."""

    code: str


class Coupons:
    """The coupons of the shop.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def page(self) -> CouponsPage:
        """Return the newest coupons."""
        return await self._database.read(lambda connection: CouponsPage(_read(connection)))

    async def make(self, person: Person, wish: NewCoupon, request: Request) -> Coupon | CodeInUse | KeyReused:
        """Make a coupon."""
        now_ms = self._clock_ms()

        def act(connection: Connection) -> Coupon | CodeInUse:
            code = wish.code.casefold() or None
            is_same = COUPONS.c.code == code
            if code and connection.scalar(select(COUPONS.c.coupon_id).where(is_same)) is not None:
                return CodeInUse(wish.code)
            coupon_id = new_id(now_ms)
            values = {
                **msgspec.structs.asdict(wish),
                "code": code,
                "spu_ids": msgspec.json.encode(wish.spu_ids).decode(),
            }
            connection.execute(
                insert(COUPONS).values(
                    coupon_id=coupon_id, actor=person.user_id, created_at_ms=now_ms, **values
                )
            )
            return _read(connection, coupon_id)[0]

        keeping = whole(Coupon)
        return await write_once(self._writer, request, keeping, act, status=CREATED, clock_ms=self._clock_ms)

    async def stop(self, coupon_id: str) -> Coupon | None:
        """Give no more of a coupon out; None where there is none."""

        def act(connection: Connection) -> Coupon | None:
            is_this = COUPONS.c.coupon_id == coupon_id
            connection.execute(update(COUPONS).where(is_this).values(is_stopped=True))
            found = _read(connection, coupon_id)
            return found[0] if found else None

        return await self._writer.run(act)

    async def held(self, person: Person) -> MyCoupons:
        """Return what a buyer can use in an order, now or later."""
        now_ms, buyer_id = self._clock_ms(), person.buyer_id

        def read(connection: Connection) -> MyCoupons:
            return MyCoupons(read_held(connection, {buyer_id}, now_ms).get(buyer_id, []))

        return await self._database.read(read)

    async def claim(
        self, person: Person, wish: ClaimCoupon, request: Request
    ) -> HeldCoupon | NotClaimed | KeyReused:
        """Give a coupon to a buyer."""
        return await write_once(
            self._writer,
            request,
            whole(HeldCoupon),
            lambda connection: _claim(connection, person.buyer_id, wish, self._clock_ms()),
            status=CREATED,
            clock_ms=self._clock_ms,
        )


def _claim(connection: Connection, buyer_id: str, wish: ClaimCoupon, now_ms: int) -> HeldCoupon | NotClaimed:
    # Who knows the id alone does not get what only a code gives.
    is_it = (
        COUPONS.c.code == wish.code.casefold()
        if wish.code
        else (COUPONS.c.coupon_id == wish.coupon_id) & COUPONS.c.code.is_(None)
    )
    rows = read_rows(connection, select(COUPONS).where(is_it))
    if not rows:
        return NotClaimed(Unclaimable.UNKNOWN)
    coupon, coupon_id = rows[0], str(rows[0]["coupon_id"])
    why = _why_not(connection, coupon, buyer_id, now_ms)
    if why is not None:
        return NotClaimed(why)
    is_left = COUPONS.c.coupon_id == coupon_id, COUPONS.c.claimed < COUPONS.c.quota
    counted = update(COUPONS).where(*is_left).values(claimed=COUPONS.c.claimed + 1)
    if connection.execute(counted).rowcount != 1:
        return NotClaimed(Unclaimable.NONE_LEFT)
    grant_id = new_id(now_ms)
    row = {"grant_id": grant_id, "coupon_id": coupon_id, "buyer_id": buyer_id, "claimed_at_ms": now_ms}
    connection.execute(insert(COUPON_GRANTS).values(row))
    held = read_held(connection, {buyer_id}, now_ms)[buyer_id]
    return next(one for one in held if one.grant_id == grant_id)


def _why_not(
    connection: Connection, coupon: dict[str, object], buyer_id: str, now_ms: int
) -> Unclaimable | None:
    if coupon["is_stopped"] or now_ms >= int(str(coupon["ends_at_ms"])):
        return Unclaimable.ENDED
    if now_ms < int(str(coupon["begins_at_ms"])):
        return Unclaimable.NOT_YET
    grant = COUPON_GRANTS.c
    of_buyer = (grant.coupon_id == coupon["coupon_id"], grant.buyer_id == buyer_id)
    had = int(connection.scalar(select(func.count()).select_from(COUPON_GRANTS).where(*of_buyer)) or 0)
    return Unclaimable.ALREADY if had >= int(str(coupon["per_buyer"])) else None


def _read(connection: Connection, coupon_id: str | None = None) -> list[Coupon]:
    grant = COUPON_GRANTS.c
    used = (
        select(func.count())
        .where(grant.coupon_id == COUPONS.c.coupon_id, grant.order_id.is_not(None))
        .scalar_subquery()
    )
    query = select(COUPONS, used.label("used")).order_by(COUPONS.c.coupon_id.desc()).limit(MOST_LISTED)
    if coupon_id is not None:
        query = query.where(COUPONS.c.coupon_id == coupon_id)
    return [_coupon(row) for row in read_rows(connection, query)]


def _coupon(row: dict[str, object]) -> Coupon:
    values = {
        **{name: row[name] for name in _WISH},
        "spu_ids": msgspec.json.decode(str(row["spu_ids"])),
        "code": row["code"] or "",
    }
    return msgspec.convert({**row, "wish": values}, Coupon)
