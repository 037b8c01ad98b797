"""Red packets: coins or coupons for the first who tap, shared out beforehand by chance."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, UpTo

MOST_SHARES: Final = 2000
MOST_BEST: Final = 10
COUNTDOWN_S: Final = range(3, 300 + 1)
DURATION_S: Final = range(10, 600 + 1)


class RedPacketTerms(msgspec.Struct, frozen=True, tag_field="kind", tag="red_packet"):
    """What staff choose of a red packet.

    Attributes:
        shares: how many people get one.
        coins: all together; at least one each. 0 where it gives coupons.
        coupon_id: of which everybody who gets a share is given one; empty where it gives coins.
        countdown_s: from the announcement to the start; one of `COUNTDOWN_S`.
        duration_s: after which the rest goes back; one of `DURATION_S`.
    """

    shares: Annotated[int, msgspec.Meta(ge=1, le=MOST_SHARES)]
    coins: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)] = 0
    coupon_id: Annotated[str, UpTo(32)] = ""
    countdown_s: Annotated[int, msgspec.Meta(ge=COUNTDOWN_S.start, lt=COUNTDOWN_S.stop)] = 10
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 600


class LuckyShare(msgspec.Struct, frozen=True):
    """Who got how many coins, as everybody sees it."""

    user_id: str
    coins: int


class RedPacketShown(msgspec.Struct, frozen=True, tag_field="kind", tag="red_packet"):
    """A red packet as everybody sees it.

    Attributes:
        left: shares that nobody has yet.
        commitment: of the split, made before anybody could claim; hexadecimal.
        best: the largest shares that were claimed, the largest first.
    """

    shares: int
    coins: int
    coupon_id: str
    left: int
    commitment: str = ""
    best: list[LuckyShare] = []
