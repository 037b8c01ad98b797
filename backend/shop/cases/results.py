"""Why a case does not become what was asked; a reason that its reader can act on."""

import msgspec

from backend.contract.cases import Case


class CaseNotAllowedNow(msgspec.Struct, frozen=True):
    """The case's state or kind does not allow the step; this is how it stands."""

    case: Case


class TooManyPictures(msgspec.Struct, frozen=True):
    """The case has as many pictures as one holds."""


class NotClaimable(msgspec.Struct, frozen=True):
    """A case cannot be about so many units of a line.

    Attributes:
        left: units that no other case is about, and that were sent where they are to come back.
    """

    line: int
    left: int


class WindowOver(msgspec.Struct, frozen=True):
    """The time to send goods of the completed order back is over.

    Attributes:
        ended_at_ms: the first moment that is too late.
    """

    ended_at_ms: int


class CoinsSpent(msgspec.Struct, frozen=True):
    """More coins are to be taken back than the buyer has.

    Attributes:
        left: coins in the wallet.
    """

    left: int


class ShippingTooMuch(msgspec.Struct, frozen=True):
    """More of the shipping is to go back than is left of it."""

    left_minor: int
