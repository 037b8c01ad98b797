"""Coupons that staff show to the room; the shop decides who gets one, by what the room knows of them."""

from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Final, Protocol

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason, Role
from backend.contract.coupons import (
    MOST_SHOWN,
    SHOWN_S,
    ClaimCoupon,
    CouponsChanged,
    HeldCoupon,
    HideCoupon,
    ShowCoupon,
    ShownCoupon,
)
from backend.contract.gifts import KEY
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delegated, Delivery, Rejection, ToAll
from backend.features.feature import Anyone, Feature
from backend.limits import KeyedBuckets
from backend.log.coupon_entries import CouponCounted, CouponHidden, CouponShown
from backend.log.entries import Entry, Record
from backend.shop.coupons.claiming import NotClaimed, Standing
from backend.shop.coupons.coupons import RoomClaim
from backend.shop.idempotency import KeyReused

NONE_LEFT_MS: Final = 10_000
PER_SECOND: Final = 0.5
AT_ONCE: Final = 6


class CouponShop(Protocol):
    """The shop's coupons, for one room; what it shows comes back by the shop's messages."""

    def show_coupon(self, session_id: str, command: ShowCoupon) -> Awaitable[RejectReason | None]:
        """Show a coupon to the room."""

    def claim_coupon(self, asked: RoomClaim) -> Awaitable[HeldCoupon | NotClaimed | KeyReused]:
        """Give a coupon to a viewer."""


class CouponCardsState(msgspec.Struct):
    """What is folded: what is shown, by id, the oldest first; nothing where no session is on."""

    session_id: str = ""
    shown: dict[str, ShownCoupon] = msgspec.field(default_factory=dict)


class CouponCards(Feature[CouponCardsState]):
    """Shows coupons until their time is over, none is left, staff take them off, or the session ends.

    Args:
        is_follower, watched_s: what the room knows of a user; the second is given the time as well.
        shop: gives coupons out; without one there are none.
    """

    name = "coupons"
    state_type = CouponCardsState
    commands: ClassVar = {
        ShowCoupon: AssistantRight.CAMPAIGNS,
        HideCoupon: AssistantRight.CAMPAIGNS,
        ClaimCoupon: Anyone.ANYONE,
    }
    entries = (CouponShown, CouponCounted, CouponHidden)

    def __init__(
        self,
        state: CouponCardsState | None = None,
        *,
        is_follower: Callable[[str], bool],
        watched_s: Callable[[str, int], int],
        shop: CouponShop | None = None,
    ) -> None:
        self.state = state or CouponCardsState()
        self._is_follower = is_follower
        self._watched_s = watched_s
        self._shop = shop
        self._pace = KeyedBuckets(per_second=PER_SECOND, burst=AT_ONCE)

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case ShowCoupon():
                return self._show(command)
            case HideCoupon(coupon_id=coupon_id):
                is_shown = coupon_id in self.state.shown
                return (CouponHidden(coupon_id),) if is_shown else ()
            case ClaimCoupon():
                return self._claim(command, actor, now_ms)
        return super().decide(command, actor, now_ms)

    def _show(self, command: ShowCoupon) -> Decision:
        state, shop = self.state, self._shop
        if command.seconds not in SHOWN_S:
            return Rejection(RejectReason.MALFORMED)
        if not state.session_id:
            return Rejection(RejectReason.NOT_LIVE)
        if len(state.shown) >= MOST_SHOWN and command.coupon_id not in state.shown:
            return Rejection(RejectReason.TOO_MANY)
        if shop is None:
            return Rejection(RejectReason.UNAVAILABLE)
        return Delegated(lambda: shop.show_coupon(state.session_id, command), _refused)

    def _claim(self, command: ClaimCoupon, actor: Actor, now_ms: int) -> Decision:
        shop, user_id = self._shop, actor.user_id
        if actor.role is not Role.VIEWER:
            return Rejection(RejectReason.FORBIDDEN)  # who sells here gives nothing to themselves
        if not KEY.fullmatch(command.key):
            return Rejection(RejectReason.MALFORMED)
        if retry_ms := self._pace.take(user_id, now_ms / 1000):
            return Rejection(RejectReason.TOO_FAST, retry_ms)
        if shop is None:
            return Rejection(RejectReason.UNAVAILABLE)
        watched_s = self._watched_s(user_id, now_ms) if self.state.session_id else 0
        standing = Standing(self._is_follower(user_id), watched_s, has_account=bool(actor.version))
        asked = RoomClaim(user_id, command.coupon_id, command.key, standing)
        return Delegated(lambda: shop.claim_coupon(asked), _not_claimed)

    @override
    def due(self, now_ms: int) -> list[Entry]:
        return [CouponHidden(one.coupon_id) for one in self.state.shown.values() if one.until_ms <= now_ms]

    # --- What has happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        shown = self.state.shown
        before = list(shown.values())
        match record.entry:
            case CouponShown(session_id=session_id, coupon=coupon):
                if session_id == self.state.session_id:
                    shown.pop(coupon.coupon_id, None)
                    shown[coupon.coupon_id] = coupon
            case CouponCounted(coupon_id=coupon_id) as counted if coupon_id in shown:
                shown[coupon_id] = _counted(shown[coupon_id], counted, record.at_ms)
            case CouponHidden(coupon_id=coupon_id):
                shown.pop(coupon_id, None)
        return [] if list(shown.values()) == before else [self._changed()]

    @override
    def begin_session(self, session_id: str) -> list[Delivery]:
        self.state.session_id = session_id
        return self._clear()

    @override
    def end_session(self) -> list[Delivery]:
        # What viewers hold counts on; only the card goes.
        self.state.session_id = ""
        return self._clear()

    def _clear(self) -> list[Delivery]:
        if not self.state.shown:
            return []
        self.state.shown.clear()
        return [self._changed()]

    def _changed(self) -> Delivery:
        return ToAll(CouponsChanged(self._newest_first()))

    @override
    def gather(self, deliveries: list[Delivery]) -> list[Delivery]:
        # What many claims of one transaction made of the count is said once.
        ours = [place for place, one in enumerate(deliveries) if _is_ours(one)]
        return [one for place, one in enumerate(deliveries) if place not in ours[:-1]]

    @override
    def show(self) -> dict[str, Any]:
        return {"coupons": self._newest_first()}

    def _newest_first(self) -> list[ShownCoupon]:
        return list(reversed(self.state.shown.values()))


def _is_ours(delivery: Delivery) -> bool:
    return isinstance(delivery, ToAll) and isinstance(delivery.event, CouponsChanged)


def _counted(coupon: ShownCoupon, counted: CouponCounted, at_ms: int) -> ShownCoupon:
    # Messages of one commit may come in another order: what is left grows by what is put back alone.
    left = counted.left if counted.is_put_back else min(counted.left, coupon.left)
    until_ms = coupon.until_ms if left else min(coupon.until_ms, at_ms + NONE_LEFT_MS)
    return msgspec.structs.replace(coupon, left=left, until_ms=until_ms)


def _refused(result: RejectReason | None) -> Rejection | None:
    return Rejection(result) if result is not None else None


def _not_claimed(result: HeldCoupon | NotClaimed | KeyReused) -> Rejection | None:
    match result:
        case NotClaimed(why=why, retry_ms=retry_ms):
            return Rejection(why, retry_ms)
        case KeyReused():
            return Rejection(RejectReason.MALFORMED)
        case _:
            return None
