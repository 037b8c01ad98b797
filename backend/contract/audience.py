"""What viewers do besides talking: likes, follows, names, product requests."""

from typing import Final

import msgspec

from backend.contract.base import AssistantRight, Author, Message, Role
from backend.contract.bounds import Id, Name
from backend.contract.chat import Mute
from backend.contract.guests import Guest

TAPS_PER_SECOND: Final = 15
MOST_TAPS: Final = 60
# Products that one viewer may ask for, and that are listed as the most wanted.
MOST_REQUESTS: Final = 20
RANKED: Final = 20


class ProductRequest(msgspec.Struct, frozen=True):
    """How many viewers ask the host to explain a product (求讲解); it falls to 0 when its card is shown."""

    product_id: str
    count: int


class You(msgspec.Struct, frozen=True):
    """What only you are told about yourself.

    Attributes:
        mute: None while you may write.
        requested: ids of the products you asked to have explained.
        vote: the index of the answer you chose in the open poll; None before.
        rights: what you may do as staff; the host has all.
        rights_until_ms: when an assistant's rights end by themselves; None for all others.
        watching_from_ms: since when you watch this live session, without the time that you were away: at a
            server's time `t` you watched for `t - watching_from_ms`. None while none is on air; one that
            begins while you are here gives its own beginning.
        draw_words: ids of the open draws whose word you said.
        guest: how far you have come on your way on air; None where you are on none.
    """

    user_id: str
    name: str
    role: Role
    is_follower: bool
    has_checked_in: bool
    mute: Mute | None
    requested: list[str]
    vote: int | None
    rights: list[AssistantRight] = []
    rights_until_ms: int | None = None
    watching_from_ms: int | None = None
    draw_words: list[str] = []
    guest: Guest | None = None


class SendLikes(Message, frozen=True, tag="send_likes"):
    """Give likes: the taps of the last second or more in one message, at most one message a second.

    What goes beyond 15 taps a second of one viewer is not counted.
    """

    count: int


class Follow(Message, frozen=True, tag="follow"):
    """Follow the host."""


class Unfollow(Message, frozen=True, tag="unfollow"):
    """Follow the host no more."""


class RequestProduct(Message, frozen=True, tag="request_product"):
    """Ask the host to explain a product (求讲解)."""

    product_id: Id


class CheckIn(Message, frozen=True, tag="check_in"):
    """Say "here", once a live session."""


class SetNickname(Message, frozen=True, tag="set_nickname"):
    """Choose the name that others see: 1 to 20 characters, plain text."""

    name: Name


class LikeMilestoneReached(Message, frozen=True, tag="like_milestone_reached"):
    """The session's likes passed a round number."""

    likes: int


class LikesChanged(Message, frozen=True, tag="likes_changed"):
    """The exact likes of this session, and how many came since the last such event."""

    total: int
    recent: int


class JoinsShown(Message, frozen=True, tag="joins_shown"):
    """A few of those who joined lately; not who came back within 30 s of leaving."""

    authors: list[Author]


class RequestsChanged(Message, frozen=True, tag="requests_changed"):
    """Which products viewers ask to have explained, the most wanted first, at most 20."""

    requests: list[ProductRequest]


class FollowersChanged(Message, frozen=True, tag="followers_changed"):
    """How many follow the host."""

    followers: int


class CheckInsChanged(Message, frozen=True, tag="check_ins_changed"):
    """How many checked in in this session."""

    check_ins: int


class YouChanged(Message, frozen=True, tag="you_changed"):
    """What is known of you: sent after each snapshot or resumption, and whenever it changes."""

    you: You
