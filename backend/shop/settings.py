"""What holds for the whole shop: its currency, how shipping is counted, and the rules of its place."""

from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select

from backend.contract.orders import PaymentMethod
from backend.contract.sale_settings import CAP, GUEST_CAP, RETURN_DAYS, Profile, UnpaidCap
from backend.contract.shipping import FREE, ShippingTemplate
from backend.shop.currency import read_currency
from backend.storage.catalog_tables import SHOP_SETTINGS
from backend.storage.payment_tables import SHIPPING_TEMPLATES

DEFAULT_TEMPLATE: Final = "default"
_IS_DEFAULT: Final = SHIPPING_TEMPLATES.c.template_id == DEFAULT_TEMPLATE
_RULES_ROW: Final = "sale_rules"
_PROFILE_ROW: Final = "profile"


class SaleRules(msgspec.Struct, frozen=True):
    """How orders may be paid, and how much may wait for its money; see `SaleSettings`.

    What holds stock for days without any money is off until the shop turns it on.
    """

    methods: tuple[PaymentMethod, ...] = (PaymentMethod.ONLINE,)
    unpaid: UnpaidCap = CAP
    unpaid_guest: UnpaidCap = GUEST_CAP
    transfer_text: str = ""
    has_auction_licence: bool = False


class ShopSettings(msgspec.Struct, frozen=True):
    """The settings that a purchase needs."""

    currency: str
    shipping: ShippingTemplate
    rules: SaleRules
    profile: Profile = Profile.CN


class ReturnRules(msgspec.Struct, frozen=True):
    """How long goods may go back.

    Attributes:
        days: after the day of the delivery; the last counts whole.
        day_begins_ms: of the shop's time, after that of UTC's; the latest of the place, where it has several.
    """

    days: int
    day_begins_ms: int


_HOUR_MS: Final = 3_600_000
_DAY_BEGINS_MS: Final = {
    Profile.CN: -8 * _HOUR_MS,
    Profile.EU: _HOUR_MS,  # the Azores
    Profile.OTHER: 12 * _HOUR_MS,
}


def read_profile(connection: Connection) -> Profile:
    """Read whose rules the shop follows: those of China where none was set."""
    profile = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == _PROFILE_ROW))
    return Profile(profile) if profile in set(Profile) else Profile.CN


def write_profile(connection: Connection, profile: Profile) -> None:
    """Change whose rules the shop follows."""
    write_setting(connection, _PROFILE_ROW, profile.value)


def read_return_rules(connection: Connection) -> ReturnRules:
    """Read the rules of the shop's profile."""
    profile = read_profile(connection)
    return ReturnRules(RETURN_DAYS[profile], _DAY_BEGINS_MS[profile])


def read_settings(connection: Connection) -> ShopSettings:
    """Read the settings."""
    return ShopSettings(
        read_currency(connection), read_shipping(connection), read_rules(connection), read_profile(connection)
    )


def read_shipping(connection: Connection) -> ShippingTemplate:
    """Read how shipping is counted; it is free where nothing was set."""
    body = connection.scalar(select(SHIPPING_TEMPLATES.c.body).where(_IS_DEFAULT))
    return FREE if body is None else msgspec.json.decode(body, type=ShippingTemplate)


def write_shipping(connection: Connection, template: ShippingTemplate) -> None:
    """Change how shipping is counted."""
    connection.execute(delete(SHIPPING_TEMPLATES).where(_IS_DEFAULT))
    body = msgspec.json.encode(template).decode()
    connection.execute(insert(SHIPPING_TEMPLATES).values(template_id=DEFAULT_TEMPLATE, body=body))


def read_rules(connection: Connection) -> SaleRules:
    """Read how the shop is paid."""
    value = connection.scalar(select(SHOP_SETTINGS.c.value).where(SHOP_SETTINGS.c.name == _RULES_ROW))
    return SaleRules() if value is None else msgspec.json.decode(value, type=SaleRules)


def write_rules(connection: Connection, rules: SaleRules) -> None:
    """Change how the shop is paid."""
    write_setting(connection, _RULES_ROW, msgspec.json.encode(rules).decode())


def write_setting(connection: Connection, name: str, value: str) -> None:
    """Write one setting over what it was."""
    connection.execute(delete(SHOP_SETTINGS).where(SHOP_SETTINGS.c.name == name))
    connection.execute(insert(SHOP_SETTINGS).values(name=name, value=value))
