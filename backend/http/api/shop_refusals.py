"""The shop's refusals as problem details."""

from typing import Final

from backend.contract.problems import ProblemDetails
from backend.contract.shop_problems import (
    AddressProblem,
    LimitReachedProblem,
    MethodProblem,
    OrderProblem,
    ParcelProblem,
    QuoteChangedProblem,
    SkuProblem,
    SoldOutProblem,
    UnpaidProblem,
)
from backend.http.api.flash_refusals import problem_of_flash
from backend.http.api.problems import ApiError, refusal
from backend.shop.customers.address_check import LEAST_DIGITS, MOST_DIGITS, AddressFault, BadAddress
from backend.shop.idempotency import KeyReused
from backend.shop.orders.results import (
    AddressMissing,
    FlashMissed,
    LimitReached,
    MethodOff,
    NotAllowedNow,
    NotDelivered,
    NotInOrder,
    PaymentUnderWay,
    QuoteChanged,
    SkuUnavailable,
    SoldOut,
    UnpaidTooMuch,
)

ShopRefusal = (
    QuoteChanged
    | FlashMissed
    | SoldOut
    | LimitReached
    | MethodOff
    | UnpaidTooMuch
    | SkuUnavailable
    | NotDelivered
    | AddressMissing
    | BadAddress
    | NotAllowedNow
    | NotInOrder
    | PaymentUnderWay
    | KeyReused
)

NO_ORDER: Final = "There is no such order, or it is not yours."

_FAULTS: Final = {
    AddressFault.EMPTY: "write something that can be read.",
    AddressFault.TOO_LONG: "write less.",
    AddressFault.NOT_A_COUNTRY: "send the two letters of a country (ISO 3166), such as CN.",
    AddressFault.NOT_A_PHONE: f"send a number of {LEAST_DIGITS} to {MOST_DIGITS} digits.",
    AddressFault.NOT_AN_EMAIL: "send one address such as ann@example.com, or none.",
}


def no_order() -> ApiError:
    """Refuse who asks for an order that is not there, or is another's: nobody learns which."""
    return refusal(404, NO_ORDER)


def refuse(result: ShopRefusal) -> ApiError:
    """Return the refusal that a result of the shop means."""
    return ApiError(_problem(result))


def _problem(result: ShopRefusal) -> ProblemDetails:
    match result:
        case QuoteChanged() | FlashMissed():
            return _problem_of_sum(result)
        case SoldOut(sku_id=sku_id, left=left):
            return SoldOutProblem(
                type="sold_out",
                title="Not so many are left",
                status=409,
                detail=f"Of {sku_id} {left} are left.",
                sku_id=sku_id,
                left=left,
            )
        case LimitReached(sku_id=sku_id, limit=limit, left=left):
            return LimitReachedProblem(
                type="limit_reached",
                title="One buyer may not have so many",
                status=409,
                detail=f"Of {sku_id} one buyer may have {limit}."
                + (f" {left} are left to you." if left else ""),
                sku_id=sku_id,
                limit=limit,
                left=left,
            )
        case SkuUnavailable(sku_id=sku_id):
            return SkuProblem(
                type="sku_unavailable",
                title="It is not on sale",
                status=409,
                detail=f"There is no {sku_id} on sale in this room. Take it out of the cart.",
                sku_id=sku_id,
            )
        case MethodOff() | UnpaidTooMuch() | PaymentUnderWay():
            return _problem_of_payment(result)
        case _:
            return _problem_of_orders(result)


def _problem_of_sum(result: QuoteChanged | FlashMissed) -> ProblemDetails:
    if isinstance(result, FlashMissed):
        return problem_of_flash(result)
    return QuoteChangedProblem(
        type="quote_changed",
        title="The sum has changed",
        status=409,
        detail="A price, a reduction or the shipping has changed. Show the new sum, and ask again.",
        quote=result.quote,
    )


def _problem_of_payment(result: MethodOff | UnpaidTooMuch | PaymentUnderWay) -> ProblemDetails:
    match result:
        case MethodOff(methods=methods):
            return MethodProblem(
                type="method_off",
                title="The shop does not take this way to pay",
                status=409,
                detail=f"Choose another way to pay: {', '.join(methods)}.",
                methods=methods,
            )
        case PaymentUnderWay(order=order):
            return OrderProblem(
                type="payment_under_way",
                title="A payment of the order is under way",
                status=409,
                detail="The provider cannot say yet whether the money comes. Try again in a minute.",
                order=order,
            )
        case UnpaidTooMuch(cap=cap, is_guest=is_guest):
            more = " More may be held with an account." if is_guest else ""
            return UnpaidProblem(
                type="unpaid_limit",
                title="Too much waits for your payment",
                status=409,
                detail=f"At most {cap.orders} orders and {cap.units} units may wait for a buyer's payment, "
                f"counted by account, by phone and by address. Pay or cancel one of them first.{more}",
                most_orders=cap.orders,
                most_units=cap.units,
                is_guest=is_guest,
            )


def _problem_of_orders(
    result: NotDelivered | AddressMissing | BadAddress | NotAllowedNow | NotInOrder | KeyReused,
) -> ProblemDetails:
    match result:
        case NotAllowedNow(order=order):
            return OrderProblem(
                type="not_allowed_now",
                title="The order does not allow it now",
                status=409,
                detail=f"The order is {order.state}, its payment {order.payment_state}.",
                order=order,
            )
        case NotInOrder(line=line, left=left):
            return ParcelProblem(
                type="not_in_order",
                title="The order holds no more of it",
                status=409,
                detail=f"Of line {line} {left} are left to send.",
                line=line,
                left=left,
            )
        case NotDelivered(country=country, province=province):
            return _plain(
                "not_delivered",
                "The shop sends nothing there",
                409,
                f"The shop does not send to {country} {province}.",
            )
        case AddressMissing():
            return _plain(
                "address_missing", "There is no address", 422, "Send an address, or one of your address book."
            )
        case BadAddress(field=field, fault=fault):
            return AddressProblem(
                type="bad_address",
                title="A field of the address is wrong",
                status=422,
                detail=f"{field}: {_FAULTS[fault]}",
                field=field,
            )
        case KeyReused():
            return _plain(
                "key_reused",
                "The Idempotency-Key was used for something else",
                422,
                "Send a new Idempotency-Key for each thing you want done.",
            )


def _plain(kind: str, title: str, status: int, detail: str) -> ProblemDetails:
    return ProblemDetails(type=kind, title=title, status=status, detail=detail)
