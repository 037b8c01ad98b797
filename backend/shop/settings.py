"""What holds for the whole shop: its currency, and how shipping is counted."""

from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.shop.currency import read_currency
from backend.shop.pricing.shipping import FREE, ShippingTemplate
from backend.storage.payment_tables import SHIPPING_TEMPLATES

DEFAULT_TEMPLATE: Final = "default"


class ShopSettings(msgspec.Struct, frozen=True):
    """The settings that a purchase needs."""

    currency: str
    shipping: ShippingTemplate


def read_settings(connection: Connection) -> ShopSettings:
    """Read the settings; shipping is free where nothing was set."""
    is_default = SHIPPING_TEMPLATES.c.template_id == DEFAULT_TEMPLATE
    body = connection.scalar(select(SHIPPING_TEMPLATES.c.body).where(is_default))
    template = FREE if body is None else msgspec.json.decode(body, type=ShippingTemplate)
    return ShopSettings(read_currency(connection), template)
