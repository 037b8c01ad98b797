"""The answers that orders and payments give each other; neither imports the other."""

from enum import Enum, auto


class Paid(Enum):
    """What became of an order when money came for it."""

    DONE = auto()
    ALREADY = auto()  # it was paid before: the second payment goes back
    GONE = auto()  # it was cancelled, and stays so: what it held, or who it was for, is gone; money goes back


class Closing(Enum):
    """Whether an order that was not paid in time may let go of its stock."""

    CLOSED = auto()  # no provider takes money for it any more
    PAID = auto()
    PROCESSING = auto()  # a provider does not say yet: the hold goes on
