"""What holds for the whole shop: its currency, how shipping is counted, and the rules of its place."""

from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.shop.currency import read_currency
from backend.shop.pricing.shipping import FREE, ShippingTemplate
from backend.storage.catalog_tables import SHOP_SETTINGS
from backend.storage.payment_tables import SHIPPING_TEMPLATES

DEFAULT_TEMPLATE: Final = "default"


class ShopSettings(msgspec.Struct, frozen=True):
    """The settings that a purchase needs."""

    currency: str
    shipping: ShippingTemplate


class ReturnRules(msgspec.Struct, frozen=True):
    """How long goods may go back.

    Attributes:
        days: after the day of the delivery; the last counts whole.
        day_begins_ms: of the shop's time, after that of UTC's; the latest of the place, where it has several.
    """

    days: int
    day_begins_ms: int


_HOUR_MS: Final = 3_600_000
_RULES: Final = {
    "CN": ReturnRules(7, -8 * _HOUR_MS),
    "EU": ReturnRules(14, _HOUR_MS),  # the Azores
    "other": ReturnRules(7, 12 * _HOUR_MS),
}


def read_return_rules(connection: Connection) -> ReturnRules:
    """Read the rules of the shop's profile: those of China where none was set."""
    profile = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == "profile"))
    return _RULES.get(str(profile), _RULES["CN"])


def read_settings(connection: Connection) -> ShopSettings:
    """Read the settings; shipping is free where nothing was set."""
    is_default = SHIPPING_TEMPLATES.c.template_id == DEFAULT_TEMPLATE
    body = connection.scalar(select(SHIPPING_TEMPLATES.c.body).where(is_default))
    template = FREE if body is None else msgspec.json.decode(body, type=ShippingTemplate)
    return ShopSettings(read_currency(connection), template)
