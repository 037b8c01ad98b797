"""Makes, lists, shows and stops coupons, and gives them to buyers."""

from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from backend.contract.base import RejectReason
from backend.contract.coupons import (
    AskCoupon,
    Coupon,
    CouponCheck,
    CouponFault,
    CouponsPage,
    HeldCoupon,
    MyCoupons,
    NewCoupon,
    fault_of,
)
from backend.plain_text import clean
from backend.shop.coupons.cards import CardWish, show, tell_stopped
from backend.shop.coupons.claiming import NotClaimed, Standing, claim
from backend.shop.coupons.grants import read_held, read_past
from backend.shop.coupons.warnings import warnings_of
from backend.shop.currency import read_currency
from backend.shop.idempotency import KeyReused, Request, answered, hash_of, whole, write_once
from backend.shop.ids import new_id
from backend.shop.people import Person
from backend.storage.coupon_tables import COUPON_GRANTS, COUPONS
from backend.storage.database import Database, read_rows
from backend.storage.writer import GroupWriter

CREATED: Final = 201
MOST_LISTED: Final = 500
_WISH: Final = NewCoupon.__struct_fields__
_HELD: Final = whole(HeldCoupon)
IN_ROOM: Final = "room-coupons"


class CodeInUse(msgspec.Struct, frozen=True):
    """Another coupon has the code."""

    code: str


class RoomClaim(msgspec.Struct, frozen=True):
    """A viewer asks for a coupon in a room, which says how they stand there."""

    user_id: str
    coupon_id: str
    key: str
    standing: Standing

    @property
    def request(self) -> Request:
        """What is asked once."""
        return Request(self.user_id, IN_ROOM, self.key, hash_of(self.coupon_id.encode()))


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
        return await self._database.read(
            lambda connection: CouponsPage(_read(connection), read_currency(connection))
        )

    async def check(self, wish: NewCoupon) -> CouponCheck:
        """Return what is to be thought of before a coupon is made."""
        return await self._database.read(lambda connection: CouponCheck(warnings_of(connection, wish)))

    async def make(
        self, person: Person, wish: NewCoupon, request: Request
    ) -> Coupon | CouponFault | CodeInUse | KeyReused:
        """Make a coupon."""
        now_ms, title = self._clock_ms(), clean(wish.title)
        fault = CouponFault.NO_TITLE if isinstance(title, RejectReason) else fault_of(wish)
        if fault is not None:
            return fault

        def act(connection: Connection) -> Coupon | CodeInUse:
            code = wish.code.casefold() or None
            is_same = COUPONS.c.code == code
            if code and connection.scalar(select(COUPONS.c.coupon_id).where(is_same)) is not None:
                return CodeInUse(wish.code)
            coupon_id = new_id(now_ms)
            values = {
                **msgspec.structs.asdict(wish),
                "title": title,
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
            tell_stopped(connection, coupon_id, self._clock_ms())
            found = _read(connection, coupon_id)
            return found[0] if found else None

        return await self._writer.run(act)

    async def show(self, wish: CardWish) -> RejectReason | None:
        """Show a coupon to a room, which hears of it by the shop's messages; or return why not."""

        def act(connection: Connection) -> RejectReason | None:
            found = _read(connection, wish.coupon_id)
            if not found:
                return RejectReason.COUPON_UNKNOWN
            return show(connection, found[0], wish, self._clock_ms())

        return await self._writer.run(act)

    async def held(self, person: Person) -> MyCoupons:
        """Return what a buyer can use in an order, now or later, and what they had."""
        now_ms, buyer_id = self._clock_ms(), person.buyer_id

        def read(connection: Connection) -> MyCoupons:
            past = read_past(connection, buyer_id, now_ms)
            held = read_held(connection, {buyer_id}, now_ms).get(buyer_id, [])
            return MyCoupons(held, past.used, past.ended, read_currency(connection))

        return await self._database.read(read)

    async def claim(
        self, person: Person, wish: AskCoupon, request: Request
    ) -> HeldCoupon | NotClaimed | KeyReused:
        """Give a coupon to a buyer who is in no room, or by a code: only what needs nothing of a room."""
        standing = Standing(has_account=not person.is_guest)
        return await self._claim(person.buyer_id, wish, standing, request)

    async def claim_in_room(self, asked: RoomClaim) -> HeldCoupon | NotClaimed | KeyReused:
        """Give a coupon to a viewer of a room."""
        wish = AskCoupon(asked.coupon_id)
        return await self._claim(asked.user_id, wish, asked.standing, asked.request)

    async def claimed_in_room(self, request: Request) -> HeldCoupon | KeyReused | None:
        """Return what a request of a room's viewer gave; None where it gave nothing yet."""
        known = await self._database.read(lambda connection: answered(connection, request, _HELD))
        return known.answer if known else None

    async def _claim(
        self, buyer_id: str, wish: AskCoupon, standing: Standing, request: Request
    ) -> HeldCoupon | NotClaimed | KeyReused:
        return await write_once(
            self._writer,
            request,
            _HELD,
            lambda connection: claim(connection, buyer_id, wish, standing, self._clock_ms()),
            status=CREATED,
            clock_ms=self._clock_ms,
        )


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
