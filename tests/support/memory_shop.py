"""A shop for one room without a database: it decides edits, moves coins and shows coupons to the room."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import TypeVar

from backend.contract.base import Author, RejectReason
from backend.contract.coupons import ClaimCondition, CouponKind, HeldCoupon, ShowCoupon, ShownCoupon
from backend.log.coupon_entries import CouponShown
from backend.log.entries import Entry
from backend.log.shop_entries import ProductEdited
from backend.money.wallet import NotMoved, Purse
from backend.shop.catalog.editing import Edited, EditResult, ProductEdit, RefusedEdit, decide_edit
from backend.shop.coins.buying import GiftWish, Grant
from backend.shop.coins.messages import CoinMessage, CoinsCame, GiftPaid
from backend.shop.coupons.claiming import NotClaimed
from backend.shop.coupons.coupons import RoomClaim
from backend.shop.idempotency import KeyReused
from backend.shop.room_products import Catalog

Result = TypeVar("Result")


def next_result(awaitable: Awaitable[Result]) -> Result:
    """Return the result of what waits for nothing."""
    steps = awaitable.__await__()
    try:
        next(steps)
    except StopIteration as done:
        result: Result = done.value
        return result
    raise AssertionError("it waits for something")


def shown_coupon(coupon_id: str, *, until_ms: int, left: int = 100) -> ShownCoupon:
    """Return a coupon as a room shows it."""
    return ShownCoupon(
        coupon_id=coupon_id,
        title="新客立减",
        kind=CouponKind.FIXED,
        amount_minor=500,
        percent_bp=0,
        cap_minor=None,
        minimum_minor=2_000,
        currency="CNY",
        products=0,
        condition=ClaimCondition.FOLLOW,
        watch_s=0,
        accounts_only=False,
        ends_at_ms=until_ms + 3_600_000,
        until_ms=until_ms,
        left=left,
    )


class MemoryShop:
    """Decides by the rules of the shop (see `ProductShop` and `GiftShop`), and is the room's mailbox.

    Args:
        catalog: what the room shows; the room itself puts in what was saved.

    Attributes:
        wallets: what each user has.
        now_ms: when coupons are shown.
        claims: who asked for coupons.
        refusals: why a coupon is not given out, by its id.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._now = {product.product_id: product for product in catalog.products}
        self._messages: list[Entry | CoinMessage] = []
        self.wallets: Counter[str] = Counter()
        self._versions: Counter[str] = Counter()
        self._moved: set[tuple[str, ...]] = set()
        self._ids = count(1)
        self.on_message: Callable[[], None] = lambda: None
        self.now_ms = 1_000_000
        self.claims: list[RoomClaim] = []
        self.refusals: dict[str, NotClaimed] = {}

    async def edit(self, edit: ProductEdit, by: Author) -> EditResult:
        """See `ProductShop.edit`."""
        before = self._now.get(edit.product_id)
        if before is None:
            return RefusedEdit(RejectReason.UNKNOWN_PRODUCT)
        result = decide_edit(before, edit)
        if isinstance(result, Edited) and result.product != before:
            self._now[edit.product_id] = result.product
            self._messages.append(ProductEdited(by, before, result.product))
            self.on_message()
        return result

    async def give(self, wish: GiftWish) -> Purse | NotMoved:
        """See `GiftShop.give`."""
        purse = self._move(("gift", wish.session_id, wish.user_id, wish.key), wish.user_id, -wish.coins)
        if isinstance(purse, Purse):
            self._messages.append(
                GiftPaid(
                    next(self._ids),
                    wish.session_id,
                    wish.user_id,
                    wish.key,
                    wish.gift_id,
                    wish.count,
                    wish.coins,
                    wish.text,
                    purse.coins,
                    purse.version,
                )
            )
            self.on_message()
        return purse

    async def grant(self, grant: Grant) -> Purse | NotMoved:
        """See `GiftShop.grant`."""
        purse = self._move(("grant", grant.session_id, grant.user_id), grant.user_id, grant.coins)
        if isinstance(purse, Purse):
            left = (purse.coins, purse.version)
            got = (grant.session_id, grant.user_id, grant.coins, grant.reason)
            self._messages.append(CoinsCame(next(self._ids), *got, *left))
            self.on_message()
        return purse

    async def show_coupon(self, session_id: str, command: ShowCoupon) -> RejectReason | None:
        """See `CouponShop.show_coupon`: it has every coupon."""
        coupon = shown_coupon(command.coupon_id, until_ms=self.now_ms + command.seconds * 1000)
        self._messages.append(CouponShown(next(self._ids), session_id, coupon))
        self.on_message()
        return None

    async def claim_coupon(self, asked: RoomClaim) -> HeldCoupon | NotClaimed | KeyReused:
        """See `CouponShop.claim_coupon`: it remembers who asked."""
        self.claims.append(asked)
        if asked.coupon_id in self.refusals:
            return self.refusals[asked.coupon_id]
        return HeldCoupon("g", asked.coupon_id, "off", CouponKind.FIXED, 500, 0, None, 0, [], 0, 1)

    def _move(self, ref: tuple[str, ...], user_id: str, coins: int) -> Purse | NotMoved:
        if ref in self._moved:
            return NotMoved.ALREADY
        if self.wallets[user_id] + coins < 0:
            return NotMoved.NOT_ENOUGH
        self._moved.add(ref)
        self.wallets[user_id] += coins
        self._versions[user_id] += 1
        return Purse(user_id, self.wallets[user_id], self._versions[user_id])

    def read(self, most: int) -> Sequence[Entry | CoinMessage]:
        """Give out what waits; see `Mailbox.read`."""
        taken, self._messages = self._messages[:most], self._messages[most:]
        return taken
