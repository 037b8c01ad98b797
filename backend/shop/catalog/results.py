"""What changes of the catalogue answer where they are refused; a reason that its reader can act on."""

import msgspec

from backend.contract.currency import plain_amount
from backend.contract.products import StaffProduct
from backend.contract.sale_settings import Profile


class NotFit(msgspec.Struct, frozen=True):
    """A field cannot be so; `pointer` leads to it in the request (RFC 6901)."""

    pointer: str
    why: str


class ChangedMeanwhile(msgspec.Struct, frozen=True):
    """The editor did not see the product as it is now, which is this."""

    product: StaffProduct


class CodeTaken(msgspec.Struct, frozen=True):
    """Another SKU, of this product, has the code."""

    code: str
    spu_id: str
    title: str


class UnknownPicture(msgspec.Struct, frozen=True):
    """No picture of this name was uploaded."""

    name: str


class ListingFull(msgspec.Struct, frozen=True):
    """The room shows as many products as it may."""


class BadReference(msgspec.Struct, frozen=True):
    """The shop may not cross out this price.

    Attributes:
        pointer: to it in the request (RFC 6901).
        profile: whose rule says so: the EU's of what was offered, China's of what was paid.
        allowed_minor: the one that it may cross out; None for none that is above the price.
    """

    pointer: str
    profile: Profile
    allowed_minor: int | None
    currency: str

    @property
    def allowed(self) -> str:
        """The price that may be crossed out as people read it; empty for none."""
        return "" if self.allowed_minor is None else plain_amount(self.allowed_minor, self.currency)

    @property
    def kind(self) -> str:
        """Which refusal it is, in a word."""
        if not self.allowed:
            return "reference_none"
        return "reference_offered" if self.profile is Profile.EU else "reference_sold"

    @property
    def why(self) -> str:
        """The rule, and what helps."""
        if self.profile is Profile.EU:
            rule = "the lowest price of the 30 days before this one (Directive 98/6/EC, Art. 6a)"
        else:
            rule = "the lowest price that was paid in the 7 days before this one, else the last one"
        if not self.allowed:
            return f"A crossed-out price must be {rule}, and there is none above the price. Leave it empty."
        return f"A crossed-out price must be {rule}: {self.allowed}. Enter that, or leave it empty."


ProductRefused = NotFit | BadReference | ChangedMeanwhile | CodeTaken | UnknownPicture | ListingFull
