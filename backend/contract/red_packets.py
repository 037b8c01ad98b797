"""Red packets: coins or coupons for the first who tap, shared out beforehand by chance."""

from typing import Annotated, Final

import msgspec

from backend.contract.bounds import MAX_INTEGER, UpTo
from backend.contract.campaign_commands import CampaignCommand
from backend.contract.eligibility import AccountMinutes, PerNetwork

MOST_SHARES: Final = 2000
MOST_COINS: Final = 10_000_000
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
        needs_follow: whether one must follow the host.
        account_minutes: how old one's account must be; None where guests may take part, too.
        per_network: how many shares people of one network address get; None for no limit.
        one_a_phone: whether who takes part must have a phone in their address book that nobody claimed with.
    """

    shares: Annotated[int, msgspec.Meta(ge=1, le=MOST_SHARES)]
    coins: Annotated[int, msgspec.Meta(ge=0, le=MOST_COINS)] = 0
    coupon_id: Annotated[str, UpTo(32)] = ""
    countdown_s: Annotated[int, msgspec.Meta(ge=COUNTDOWN_S.start, lt=COUNTDOWN_S.stop)] = 10
    duration_s: Annotated[int, msgspec.Meta(ge=DURATION_S.start, lt=DURATION_S.stop)] = 600
    needs_follow: bool = False
    account_minutes: AccountMinutes = None
    per_network: PerNetwork = None
    one_a_phone: bool = False


class LuckyShare(msgspec.Struct, frozen=True):
    """Who got how many coins, as everybody sees it.

    Attributes:
        place: which of the shares it was; 0 for the first that was claimed.
        after_ms: how long after the start the server received the claim.
    """

    user_id: str
    coins: Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
    place: int
    after_ms: int


class RedPacketShown(msgspec.Struct, frozen=True, tag_field="kind", tag="red_packet"):
    """A red packet as everybody sees it.

    Attributes:
        left: shares that nobody has yet.
        commitment: to the secret that the split follows from, made before anybody could claim; hexadecimal.
        secret: revealed at the end; empty before. Whoever has it can compute each share.
        best: the largest shares that were claimed, the largest first; of coupons the first that were.
        emptied_after_ms: how long after the start the last share was claimed; None where some are left.
    """

    shares: int
    coins: int
    coupon_id: str
    left: int
    needs_follow: bool = False
    account_minutes: int | None = None
    per_network: int | None = None
    one_a_phone: bool = False
    commitment: str = ""
    secret: str = ""
    best: list[LuckyShare] = []
    emptied_after_ms: int | None = None


class ClaimPacket(CampaignCommand, frozen=True, tag="claim_packet"):
    """Take a share of a red packet; each person gets one."""
