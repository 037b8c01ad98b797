"""Answers what lines would cost now. The functions run inside the caller's transaction."""

import msgspec
from sqlalchemy import Connection

from backend.contract.addresses import Address
from backend.contract.orders import AskQuote, Quote
from backend.contract.sale_settings import Profile
from backend.contract.shipping import ShippingRule
from backend.shop.catalog.listing import read_listed
from backend.shop.catalog.skus import CatalogSku, left_of, read_available, read_skus, stocked_ids
from backend.shop.coupons.grants import read_held, usable
from backend.shop.customers.address_book import find_address
from backend.shop.customers.address_check import BadAddress, checked_address
from backend.shop.customers.buyer_keys import account_key, keys_of, read_key_secret
from backend.shop.customers.countries import COUNTRIES
from backend.shop.flash_sale.deciding import read_flash_sales
from backend.shop.flash_sale.sales import FlashPrice
from backend.shop.orders.known import read_sessions
from backend.shop.orders.open_parcels import read_open_parcels
from backend.shop.orders.results import AddressMissing, NotDelivered, SkuUnavailable
from backend.shop.people import Person
from backend.shop.pricing.quotes import make_quote, merged
from backend.shop.pricing.shipping import ALONE, SentAlong, rule_for
from backend.shop.settings import read_settings

QuoteResult = Quote | SkuUnavailable | NotDelivered | AddressMissing | BadAddress


class _Place(msgspec.Struct, frozen=True):
    """Where it goes, as far as that is known."""

    country: str
    province: str
    address: Address | None


class _Moment(msgspec.Struct, frozen=True):
    """When it is asked, and where it goes as far as that is known."""

    address: Address | None
    now_ms: int


def quote_for(connection: Connection, person: Person, asked: AskQuote, now_ms: int) -> QuoteResult:
    """Return the exact sum of what a person wants of what their room sells."""
    place = _place(connection, person, asked)
    if not isinstance(place, _Place):
        return place
    units = merged(asked.lines)
    skus = read_skus(connection, units)
    missing = _not_sold(connection, person.room_id, units, skus)
    if missing is not None:
        return SkuUnavailable(missing)
    settings = read_settings(connection)
    rule = rule_for(settings.shipping, place.country, place.province)
    if rule is None:
        return NotDelivered(place.country, place.province)
    available = read_available(connection, stocked_ids(skus.values()))
    return make_quote(
        units,
        skus,
        {sku_id: left_of(sku, available) for sku_id, sku in skus.items()},
        currency=settings.currency,
        shipping=rule,
        methods=settings.rules.methods,
        coupons=usable(
            read_held(connection, {person.buyer_id}, now_ms).get(person.buyer_id, []), asked.grant_id, now_ms
        ),
        names_duty=settings.profile is Profile.EU,
        along=_along(connection, person, place, rule),
        flash=_flash(connection, person, asked, skus, _Moment(place.address, now_ms)),
    )


def _flash(
    connection: Connection,
    person: Person,
    asked: AskQuote,
    skus: dict[str, CatalogSku],
    moment: _Moment,
) -> dict[str, FlashPrice]:
    keys = [account_key(person.buyer_id)]
    if moment.address is not None:
        keys = [*keys_of(person.buyer_id, moment.address, read_key_secret(connection))]
    sales = read_flash_sales(connection, {person.room_id}, keys, moment.now_ms)
    opens_at_ms = [one.opens_at_ms for one in sales.sales if one.campaign_id == asked.campaign_id]
    at_ms = max([moment.now_ms, *opens_at_ms])
    return sales.prices(person.room_id, merged(asked.lines), skus, keys, at_ms)


def _place(
    connection: Connection, person: Person, asked: AskQuote
) -> _Place | NotDelivered | AddressMissing | BadAddress:
    address = asked.address
    if address is None and asked.address_id is not None:
        address = find_address(connection, person.buyer_id, asked.address_id)
        if address is None:
            return AddressMissing()
    if address is None:
        is_known = asked.country in COUNTRIES
        return _Place(asked.country, asked.province, None) if is_known else NotDelivered(asked.country, "")
    checked = checked_address(address)
    if isinstance(checked, BadAddress):
        return checked
    return _Place(checked.country, checked.province, checked)


def _not_sold(
    connection: Connection, room_id: str, units: dict[str, int], skus: dict[str, CatalogSku]
) -> str | None:
    listed = read_listed(connection, [room_id], {sku.spu_id for sku in skus.values()})
    for sku_id in units:
        if sku_id not in skus or (room_id, skus[sku_id].spu_id) not in listed:
            return sku_id
    return None


def _along(connection: Connection, person: Person, place: _Place, rule: ShippingRule) -> SentAlong:
    session_id = read_sessions(connection, {person.room_id}).get(person.room_id)
    if place.address is None or session_id is None:
        return ALONE
    parcels = read_open_parcels(connection, {person.buyer_id}, {session_id})
    return parcels.together(person.buyer_id, session_id, place.address).along(rule)
