"""Why the catalogue did not answer as wished, and what helps."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import UNSET
from PySide6.QtCore import QCoreApplication

from backend.contract.products import StaffProduct
from studio.connection.error_details import detail_of
from studio.connection.room_http import RejectedError
from studio.shop.carried import Carried
from widgets.common.money import amount_text
from widgets.shop.conflicts import UNCHANGED, Difference
from widgets.shop.file_problems import file_problem
from widgets.shop.import_texts import field_texts
from widgets.shop.products_acts import ChangeDetails, ProductAct, SetPrice, SetTitle

MOST_TOLD: Final = 3


def reading_problem(error: Exception) -> tuple[str, str]:
    """Why the products could not be read, and what helps."""
    translate = QCoreApplication.translate
    cause = translate("Products", "The products could not be read ({detail}).")
    remedy = translate("Products", "Check the line to the server, then try again.")
    return cause.format(detail=detail_of(error)), remedy


def no_place() -> tuple[str, str]:
    """Why there are no products while there is no room."""
    translate = QCoreApplication.translate
    return (
        translate("Products", "Not connected to a room."),
        translate("Products", "The products come as soon as there is one."),
    )


def no_right() -> tuple[str, str]:
    """Why an assistant changes no products."""
    translate = QCoreApplication.translate
    return (
        translate("Products", "You need the right to products or to prices."),
        translate("Products", "Ask the host for it."),
    )


def not_connected() -> str:
    """Why nothing was sent."""
    translate = QCoreApplication.translate
    return translate("Products", "Not connected: it may not have been saved. Look again in a moment.")


def gone() -> str:
    """Why a product cannot be changed that was there a moment ago."""
    translate = QCoreApplication.translate
    return translate("Products", "The product is not there any more. Refresh the list.")


def act_problem(error: Exception) -> str:
    """Why an act was not carried out, and what helps."""
    if not isinstance(error, RejectedError):
        return not_connected()
    if error.kind == "not_a_catalog" and (known := file_problem(str(error))):
        return known
    text = _refusals().get(error.kind, "{detail}")
    return text.format(detail=detail_of(error), price=error.allowed)


def _refusals() -> dict[str, str]:
    """What the shop refuses, in our words; where the case matters, with the shop's own behind them."""
    translate = QCoreApplication.translate
    return {
        "product_changed": translate(
            "Products", "Another editor was faster. Look again, then try once more."
        ),
        "code_taken": translate("Products", "Another SKU has this code. Choose another one ({detail})"),
        "product_not_fit": translate("Products", "The product cannot be so: {detail}"),
        "not_found": gone(),
        "reference_offered": translate(
            "Products",
            "The reference price must be the lowest price of the 30 days before this one: {price}. "
            "Enter that, or leave it empty.",
        ),
        "reference_sold": translate(
            "Products",
            "The reference price must be the lowest price that was paid in the 7 days before this one, "
            "else the last one that was paid: {price}. Enter that, or leave it empty.",
        ),
        "reference_none": translate(
            "Products",
            "Before this price no higher one was asked for or paid that may be crossed out. "
            "Leave the reference price empty.",
        ),
        "forbidden": translate("Products", "You may not do this. Ask the host for the right ({detail})"),
        "stock_too_low": translate("Products", "There is not so much in stock: {detail}"),
        "not_a_picture": translate("Products", "Choose a JPEG, PNG or WebP picture ({detail})"),
        "too_large": translate("Products", "The picture is too large. Choose a smaller one ({detail})"),
        "not_a_catalog": translate("Products", "This is no file of products: {detail}"),
        "listing_full": translate("Products", "A room shows at most 500 products. Take one out first."),
    }


def note(carried: Carried, known: Mapping[str, StaffProduct]) -> str:
    """What was not done of an act that was carried out; empty where all was."""
    translate = QCoreApplication.translate
    if carried.kept:
        return translate("Products", "Kept off the shelf, because there are orders of it: {titles}").format(
            titles=_titles([product.title for product in carried.products])
        )
    if carried.import_left:
        text = translate("Products", "Not taken back, because others changed or bought it since: {titles}")
        told = [f"{one.title} ({field_texts(one.fields)})" for one in carried.import_left]
        return text.format(titles=_titles(told))
    if not carried.refused:
        return ""
    titles = [known[spu_id].title for spu_id in carried.refused if spu_id in known]
    text = translate("Products", "{n} not changed: {titles}. {detail}")
    detail = next(iter(carried.refused.values()))
    return text.format(n=len(carried.refused), titles=_titles(titles), detail=detail)


def _titles(titles: list[str]) -> str:
    comma = QCoreApplication.translate("Products", ", ")
    return comma.join(titles[:MOST_TOLD]) + ("…" if len(titles) > MOST_TOLD else "")


def conflict_rows(
    act: ProductAct, now: StaffProduct, seen: StaffProduct | None, currency: str
) -> list[Difference]:
    """On what two editors of a product do not agree; empty where the act does not say what it wants."""
    return [row for row in _rows(act, now, seen, currency) if row.yours != row.theirs]


def _rows(
    act: ProductAct, now: StaffProduct, seen: StaffProduct | None, currency: str
) -> Iterator[Difference]:
    translate = QCoreApplication.translate
    title, price = translate("Products", "Title"), translate("Products", "Price")
    yours: dict[str, str] = {}
    match act:
        case SetTitle():
            yours["title"] = act.title
        case SetPrice():
            yours[act.sku_id] = amount_text(act.price_minor, currency)
        case ChangeDetails(change=change):
            if change.title is not UNSET:
                yours["title"] = change.title
            prices = {sku.sku_id: sku.price_minor for sku in change.skus}
            yours |= {
                sku_id: amount_text(minor, currency) for sku_id, minor in prices.items() if minor is not UNSET
            }
        case _:
            return
    before = {} if seen is None else {sku.sku_id: sku.price_minor for sku in seen.skus}
    if "title" in yours or (seen is not None and seen.title != now.title):
        yield Difference(title, yours.get("title", UNCHANGED), now.title)
    for sku in now.skus:
        specs = " · ".join(spec[-1] for spec in sku.specs if spec)
        if sku.sku_id in yours or before.get(sku.sku_id, sku.price_minor) != sku.price_minor:
            name = f"{price} {specs}".strip()
            yield Difference(name, yours.get(sku.sku_id, UNCHANGED), amount_text(sku.price_minor, currency))
    if not yours:
        yield Difference(translate("Products", "Details"), translate("Products", "yours"), UNCHANGED)
