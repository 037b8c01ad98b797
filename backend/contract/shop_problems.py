"""Refusals of the shop that have more to say than words."""

from backend.contract.cases import Case
from backend.contract.coins import CoinPackage
from backend.contract.orders import Order, PaymentMethod, Quote
from backend.contract.payments import SuspenseItem
from backend.contract.problems import ProblemDetails


class QuoteChangedProblem(ProblemDetails, frozen=True, kw_only=True):
    """`quote_changed`: the sum is not the one that the buyer saw; this one counts now."""

    quote: Quote


class FlashProblem(ProblemDetails, frozen=True, kw_only=True):
    """The buyer saw the price of a flash sale, and does not get it.

    `flash_not_open`: it came `ms` before the start; `flash_over`: `ms` after the end; `flash_sold_out`:
    others have the units, `left` are there; `flash_limit`: one buyer gets `limit`, and may have `left` more.

    Attributes:
        quote: what counts now.
    """

    campaign_id: str
    sku_id: str
    ms: int
    left: int
    limit: int
    quote: Quote


class CampaignPriceProblem(ProblemDetails, frozen=True, kw_only=True):
    """`below_floor`, `no_reduction`: a flash sale may not have this price.

    Attributes:
        allowed: the nearest one that it may have, as people read it.
    """

    allowed: str


class SoldOutProblem(ProblemDetails, frozen=True, kw_only=True):
    """`sold_out`: less is left of a SKU than is wanted."""

    sku_id: str
    left: int


class LimitReachedProblem(ProblemDetails, frozen=True, kw_only=True):
    """`limit_reached`: the buyer would have more of a SKU than one buyer may.

    Attributes:
        left: units that the buyer may still have; 0 where that is not told.
    """

    sku_id: str
    limit: int
    left: int


class MethodProblem(ProblemDetails, frozen=True, kw_only=True):
    """`method_off`: the shop does not take this way to pay; these it takes."""

    methods: list[PaymentMethod]


class UnpaidProblem(ProblemDetails, frozen=True, kw_only=True):
    """`unpaid_limit`: the buyer would hold more of the stock without having paid than one buyer may.

    Attributes:
        most_orders, most_units: what a buyer may hold unpaid.
        is_guest: whether it would be more with an account.
    """

    most_orders: int
    most_units: int
    is_guest: bool


class CurrencyProblem(ProblemDetails, frozen=True, kw_only=True):
    """`currency_locked`: the shop has sold in this currency; `campaign_runs`: a campaign has prices in it."""

    currency: str


class SuspenseProblem(ProblemDetails, frozen=True, kw_only=True):
    """`settled_already`: somebody settled the money before; this is how."""

    item: SuspenseItem


class SkuProblem(ProblemDetails, frozen=True, kw_only=True):
    """`sku_unavailable`: there is no such SKU, or it is not on sale."""

    sku_id: str


class OrderProblem(ProblemDetails, frozen=True, kw_only=True):
    """`not_allowed_now`: the order's state does not allow the step; this is how it stands."""

    order: Order


class ParcelProblem(ProblemDetails, frozen=True, kw_only=True):
    """`not_in_order`: a parcel cannot hold more of a line than is left to send."""

    line: int
    left: int


class AddressProblem(ProblemDetails, frozen=True, kw_only=True):
    """`bad_address`: a field of the address is wrong.

    Attributes:
        field: its name, such as `phone`.
    """

    field: str


class CaseProblem(ProblemDetails, frozen=True, kw_only=True):
    """`case_not_allowed_now`: the case's state does not allow the step; this is how it stands."""

    case: Case


class CaseLineProblem(ProblemDetails, frozen=True, kw_only=True):
    """`not_claimable`: a case cannot be about so many units of a line.

    Attributes:
        left: units that it may be about.
    """

    line: int
    left: int


class ShippingProblem(ProblemDetails, frozen=True, kw_only=True):
    """`shipping_too_much`: more of the shipping is to go back than is left of it."""

    left_minor: int


class CoinsSpentProblem(ProblemDetails, frozen=True, kw_only=True):
    """`coins_spent`: more coins are to be taken back than the buyer has.

    Attributes:
        left: coins in the buyer's wallet.
    """

    left: int


class PackageProblem(ProblemDetails, frozen=True, kw_only=True):
    """`package_gone`: the shop does not sell such coins at this price; this is what it sells.

    Attributes:
        is_on: whether coins can be bought at all.
    """

    is_on: bool
    packages: list[CoinPackage]


class AgeProblem(ProblemDetails, frozen=True, kw_only=True):
    """`age_unconfirmed`: the person must say first that they are so old; `too_young`: they are not."""

    age: int


class WindowProblem(ProblemDetails, frozen=True, kw_only=True):
    """`window_over`: the return window of a completed order is over.

    Attributes:
        ended_at_ms: the first moment that was too late.
    """

    ended_at_ms: int


class UnfinishedProblem(ProblemDetails, frozen=True, kw_only=True):
    """`unfinished`: orders or cases of the buyer are open, or an auction in which they bid.

    Attributes:
        numbers: of these orders.
        has_bid: whether there is such an auction.
    """

    numbers: list[str]
    has_bid: bool
