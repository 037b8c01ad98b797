"""What can happen in a room, as the event log keeps it; every number and every snapshot is a fold of these.

An entry is past tense and complete: folding needs nothing but the entries, in the order of their numbers.
"""

from typing import Annotated

import msgspec

from backend.contract.base import Author, Message
from backend.contract.chat import Danmu, ModerationAction
from backend.contract.countdown import Countdown
from backend.contract.gifts import SentGift
from backend.contract.polls import Poll
from backend.contract.profile import RoomProfile
from backend.contract.stream import StreamCondition
from backend.contract.words_of import WordsOf
from backend.log.coupon_entries import CouponEntry
from backend.log.guest_entries import GuestEntry
from backend.log.run_entries import RunEntry
from backend.log.shop_entries import ShopEntry
from backend.log.staff_entries import StaffEntry


class BackendStarted(Message, frozen=True, tag="backend_started"):
    """The backend started or restarted: nobody is connected."""


class SessionBegan(Message, frozen=True, tag="session_began"):
    """A live session began; its numbers begin at zero.

    `reason` is `host`, or `publisher` where the beginning of a stream, which follows, began it.
    """

    session_id: str
    reason: str = "host"


class SessionEnded(Message, frozen=True, tag="session_ended"):
    """The live session ended; `reason` as in `Live`."""

    reason: str


class LivePaused(Message, frozen=True, tag="live_paused"):
    """The host paused the session."""


class LiveResumed(Message, frozen=True, tag="live_resumed"):
    """The host went on."""


class StreamBegan(Message, frozen=True, tag="stream_began"):
    """The relay gets a stream from here on: media time begins at zero."""


class StreamEnded(Message, frozen=True, tag="stream_ended"):
    """The relay gets no stream any more."""


class StreamConditionsChanged(Message, frozen=True, tag="stream_conditions_changed"):
    """The relay noticed what viewers cannot see or hear of the stream."""

    conditions: list[StreamCondition]


class ShowAlive(Message, frozen=True, tag="show_alive"):
    """The session is still on air: a backend that is away for long ends it when it comes back."""


class CardPutUp(Message, frozen=True, tag="card_put_up"):
    """A product's card was shown; what was asked of the product is fulfilled."""

    product_id: str


class CardTakenDown(Message, frozen=True, tag="card_taken_down"):
    """The card was taken off."""


class Joined(Message, frozen=True, tag="entered"):
    """A viewer came in with the first of their connections, or came back to it (see `Counters.is_return`).

    `source` is the tag of the link they came by; empty where it had none.
    """

    user_id: str
    source: str = ""


class Left(Message, frozen=True, tag="left"):
    """A viewer's last connection ended."""

    user_id: str


class Said(Message, frozen=True, tag="said"):
    """A user wrote a danmu.

    Attributes:
        question_id: the folded question that it asked, 0 for none; None where its words still tell.
    """

    danmu: Danmu
    question_id: int | None = None


class Liked(Message, frozen=True, tag="liked"):
    """A viewer gave likes; `count` is what was counted."""

    user_id: str
    count: int


class Followed(Message, frozen=True, tag="followed"):
    """A viewer follows the host."""

    user_id: str


class Unfollowed(Message, frozen=True, tag="unfollowed"):
    """A viewer follows the host no more."""

    user_id: str


class Named(Message, frozen=True, tag="named"):
    """A user chose a name."""

    user_id: str
    name: Annotated[str, WordsOf("user_id")]


class AccountNamed(Message, frozen=True, tag="account_named"):
    """A viewer made an account of this name: it is theirs alone, and they go by it."""

    user_id: str
    name: Annotated[str, WordsOf("user_id")]


class Requested(Message, frozen=True, tag="requested"):
    """A viewer asked to have a product explained."""

    user_id: str
    product_id: str


class CheckedIn(Message, frozen=True, tag="checked_in"):
    """A viewer checked in."""

    user_id: str


class PollBegan(Message, frozen=True, tag="poll_began"):
    """Staff opened a poll."""

    poll: Poll


class Voted(Message, frozen=True, tag="voted"):
    """A viewer chose an answer of the open poll."""

    user_id: str
    option: int


class PollEnded(Message, frozen=True, tag="poll_ended"):
    """The open poll took its last vote."""


class PollReopened(Message, frozen=True, tag="poll_reopened"):
    """Staff let the last poll take votes again."""


class CountdownBegan(Message, frozen=True, tag="countdown_began"):
    """Staff began a countdown."""

    countdown: Countdown


class CountdownEnded(Message, frozen=True, tag="countdown_ended"):
    """The countdown ran out, or staff stopped it."""


class CountdownResumed(Message, frozen=True, tag="countdown_resumed"):
    """Staff let the countdown go on that they had stopped."""


class ProfileEdited(Message, frozen=True, tag="profile_edited"):
    """The host changed how the room presents itself."""

    by: Author
    before: RoomProfile
    after: RoomProfile


class DidModerate(Message, frozen=True, tag="did_moderate"):
    """A moderator did something."""

    action: ModerationAction


class CounterMarked(Message, frozen=True, tag="counter_marked"):
    """What was counted came to an end: how much of it came from the address that brought most.

    Attributes:
        counter: `votes`, `likes`, `follows`, `check_ins`, or `requests`.
        about: the question of a poll.
        counted: in all, as far as it is known where from.
        largest: from one address.
        addresses: how many there were.
    """

    counter: str
    about: str
    counted: int
    largest: int
    addresses: int


class MuteExpired(Message, frozen=True, tag="mute_expired"):
    """A mute's time is over; what it took away stays away."""

    user_id: str


class PinExpired(Message, frozen=True, tag="pin_expired"):
    """The pinned danmu's time is over."""


class Answered(Message, frozen=True, tag="answered"):
    """Staff answered a folded question; an empty text means aloud.

    Attributes:
        asker_id: who asked it first: an answer repeats what was asked.
    """

    question_id: int
    text: Annotated[str, WordsOf("asker_id")]
    asker_id: str = ""


class CoinsGranted(Message, frozen=True, tag="coins_granted"):
    """A user got coins; `reason` is a word for programs: `demo` for nothing, `bought`.

    Attributes:
        outbox_id: of the shop's message; 0 from before wallets were the shop's.
        left, wallet_version: what the user had then, and the version of that.
        session_id: that they were given in for nothing; empty where they were bought, and in old entries.
    """

    author: Author
    coins: int
    reason: str
    outbox_id: int = 0
    left: int = 0
    wallet_version: int = 0
    session_id: str = ""


class GiftSent(Message, frozen=True, tag="gift_sent"):
    """A viewer sent gifts and paid for them; `key` is the one they sent them by. See `CoinsGranted`."""

    gift: SentGift
    key: str
    outbox_id: int = 0
    left: int = 0
    wallet_version: int = 0


class GiftReturned(Message, frozen=True, tag="gift_returned"):
    """A viewer paid for gifts that could not be shown any more, and has the coins back.

    Attributes:
        outbox_id: of the shop's message.
        session_id: the live session that they were for.
    """

    outbox_id: int
    session_id: str
    user_id: str
    key: str
    gift_id: str
    count: int
    coins: int


class Erased(Message, frozen=True, tag="erased"):
    """A person asked to be erased: what was folded of their name and their words goes.

    The entries before it are written anew without them; see `backend.erasing`.
    """

    user_id: str


MoneyEntry = CoinsGranted | GiftSent | GiftReturned

Entry = (
    BackendStarted
    | SessionBegan
    | SessionEnded
    | LivePaused
    | LiveResumed
    | StreamBegan
    | StreamEnded
    | StreamConditionsChanged
    | ShowAlive
    | CardPutUp
    | CardTakenDown
    | Joined
    | Left
    | Said
    | Liked
    | Followed
    | Unfollowed
    | Named
    | AccountNamed
    | Requested
    | CheckedIn
    | PollBegan
    | Voted
    | PollEnded
    | PollReopened
    | CountdownBegan
    | CountdownEnded
    | CountdownResumed
    | ProfileEdited
    | DidModerate
    | CounterMarked
    | MuteExpired
    | PinExpired
    | Answered
    | Erased
    | StaffEntry
    | MoneyEntry
    | ShopEntry
    | CouponEntry
    | RunEntry
    | GuestEntry
)


class Record(msgspec.Struct, frozen=True):
    """An entry at its place in the log.

    Attributes:
        number: 1, 2, 3 … in each room, without gaps, over all its sessions.
        at_ms: the server's time.
        session_id: the live session it belongs to; empty before the first.
        media_ms: how long the relay had been getting the stream that was on, by the server's clock; None
            without a stream. Of `StreamEnded`, how long the stream was in all.
    """

    number: int
    at_ms: int
    session_id: str
    entry: Entry
    media_ms: int | None = None
