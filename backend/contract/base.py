"""What every part of the contract stands on."""

from enum import StrEnum
from typing import Annotated, Final

import msgspec

from backend.contract.words_of import WordsOf


class Message(
    msgspec.Struct, frozen=True, tag_field="type", forbid_unknown_fields=False, omit_defaults=False
):
    """What every message has: a `type` on the wire; it never changes once made."""


class Role(StrEnum):
    """What a user may do in a room."""

    HOST = "host"
    ASSISTANT = "assistant"
    VIEWER = "viewer"


HOST_USER: Final = "host"
"""The user id of every room's host."""


class AssistantRight(StrEnum):
    """What an assistant may do; the host has every right, a viewer none."""

    PRODUCTS = "products"  # cards, titles and stock
    PRICES = "prices"
    CAMPAIGNS = "campaigns"
    CHAT = "chat"  # write as staff, moderate, polls, answers
    GUESTS = "guests"
    NUMBERS = "numbers"  # see the live numbers
    ORDERS = "orders"  # of the room: see, ship, cancel, confirm a payment
    REFUNDS = "refunds"  # give money back
    PAYMENTS = "payments"  # of the shop, in its first room: money that matches nothing, settlements
    CUSTOMERS = "customers"  # see names, phones and addresses on orders in full


class Author(msgspec.Struct, frozen=True):
    """Who said or did something in the room, as others see them.

    Attributes:
        user_id: names the user in this room.
        name: plain text, at most 20 characters; empty only of a person who was erased.
        role: host and assistant wear a badge.
        is_follower: whether they followed the host then.
    """

    user_id: str
    name: Annotated[str, WordsOf("user_id")]
    role: Role
    is_follower: bool


class RejectReason(StrEnum):
    """Why a command was refused; a reason the user can act on."""

    FORBIDDEN = "forbidden"
    UNKNOWN_PRODUCT = "unknown_product"
    NOT_LIVE = "not_live"
    ALREADY = "already"
    TOO_FAST = "too_fast"
    MALFORMED = "malformed"
    MUTED = "muted"  # `retry_ms` tells for how long, 0 for the rest of this live session
    BLOCKED = "blocked"
    CHAT_PAUSED = "chat_paused"
    FOLLOWERS_ONLY = "followers_only"
    ACCOUNTS_ONLY = "accounts_only"  # guests may not: it needs an account
    SLOW_MODE = "slow_mode"  # `retry_ms` tells when the next danmu may come
    LINKS_OFF = "links_off"
    BLOCKED_WORD = "blocked_word"
    NAME_UNAVAILABLE = (
        "name_unavailable"  # another's, or too much like one: a role's, an account's, the staff's
    )
    EMPTY = "empty"  # nothing readable is left of the text
    TOO_LONG = "too_long"
    IS_STAFF = "is_staff"  # host and assistants are not muted or blocked
    UNKNOWN_DANMU = "unknown_danmu"
    UNKNOWN_USER = "unknown_user"
    UNKNOWN_POLL = "unknown_poll"
    UNKNOWN_QUESTION = "unknown_question"
    UNKNOWN_ASSISTANT = "unknown_assistant"
    UNKNOWN_STEP = "unknown_step"  # of the run of show
    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OPEN = "not_open"  # a campaign that opens later
    EXPIRED = "expired"  # a campaign that is over
    NONE_LEFT = "none_left"  # others were faster
    NOT_ELIGIBLE = "not_eligible"  # it is not for them: no entry, no prize, or bids that were taken out
    ACCOUNT_TOO_NEW = "account_too_new"  # when the campaign opened
    PHONE_MISSING = "phone_missing"  # one must be in the address book
    PHONE_USED = "phone_used"  # somebody takes part with it
    NETWORK_FULL = "network_full"  # as many take part from it as may
    WORD_UNSAID = "word_unsaid"  # it is to be said in the chat first
    NOT_BOUGHT = "not_bought"  # nor was the word said that does instead
    WON_LATELY = "won_lately"  # and this draw leaves out who did
    BID_TOO_LOW = "bid_too_low"  # less than the next step, or than one's own maximum
    NOT_REGISTERED = "not_registered"  # a bidder says first where it goes
    BARRED = "barred"  # who left two won auctions unpaid bids no more
    GUESTS_CLOSED = "guests_closed"  # staff let nobody ask to come on air now
    GUEST_BARRED = "guest_barred"  # staff let this viewer ask no more in this live session
    SEATS_FULL = "seats_full"  # every guest's seat is taken
    TOO_MANY = "too_many"
    WRONG_CODE = "wrong_code"  # unknown, used, or out of date
    UNKNOWN_GIFT = "unknown_gift"
    COUPON_UNKNOWN = "coupon_unknown"
    COUPON_BY_CODE = "coupon_by_code"  # a code alone gives it: no room shows it
    COUPON_NOT_YET = "coupon_not_yet"
    COUPON_ENDED = "coupon_ended"
    COUPON_NONE_LEFT = "coupon_none_left"
    COUPON_ALREADY = "coupon_already"  # the buyer has as many as one gets
    NOT_FOLLOWING = "not_following"
    NOT_WATCHED = "not_watched"  # `retry_ms` tells for how much longer one has to watch
    UNKNOWN_PICTURE = "unknown_picture"  # not one that an upload gave
    NOT_ENOUGH_COINS = "not_enough_coins"
    AGE_UNCONFIRMED = "age_unconfirmed"
    CONFLICT = "conflict"  # another editor changed it meanwhile: see `Rejected.conflict`
    UNAVAILABLE = "unavailable"  # the backend could not store it (a full disk); its log names the cause
