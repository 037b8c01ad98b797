"""How the shop sells, as its host reads and changes it."""

from collections.abc import Callable
from typing import Final

import msgspec
from sqlalchemy import Connection, select

from backend.contract.campaigns import CampaignKind
from backend.contract.sale_settings import SaleSettings
from backend.contract.shipping import ShippingTemplate
from backend.shop.catalog.announcing import announce_listing
from backend.shop.currency import CURRENCY_ROW, read_currency
from backend.shop.idempotency import KeyReused, Request, whole, write_once
from backend.shop.settings import (
    SaleRules,
    read_profile,
    read_rules,
    read_shipping,
    write_profile,
    write_rules,
    write_setting,
    write_shipping,
)
from backend.storage.campaign_tables import CAMPAIGNS
from backend.storage.catalog_tables import LISTINGS
from backend.storage.database import Database
from backend.storage.order_tables import ORDERS
from backend.storage.writer import GroupWriter

OK: Final = 200
_KEEPING: Final = whole(SaleSettings)
_WITH_PRICES: Final = (CampaignKind.FLASH_SALE, CampaignKind.AUCTION)


class CurrencyKept(msgspec.Struct, frozen=True):
    """Why the currency stays as it is."""

    currency: str


class CurrencyLocked(CurrencyKept, frozen=True):
    """The shop has sold in this currency, and keeps it."""


class CampaignRuns(CurrencyKept, frozen=True):
    """A campaign that is not over has prices in this currency."""


class SettingsStore:
    """The settings of the sale.

    All methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(self, database: Database, writer: GroupWriter, *, clock_ms: Callable[[], int]) -> None:
        self._database = database
        self._writer = writer
        self._clock_ms = clock_ms

    async def read(self) -> SaleSettings:
        """Return the settings."""
        return await self._database.read(_read)

    async def save(self, wanted: SaleSettings, request: Request) -> SaleSettings | CurrencyKept | KeyReused:
        """Change the settings; orders that stand keep what they were placed with."""
        return await write_once(
            self._writer,
            request,
            _KEEPING,
            lambda connection: _save(connection, wanted, self._clock_ms()),
            status=OK,
            clock_ms=self._clock_ms,
        )

    async def shipping(self) -> ShippingTemplate:
        """Return how shipping is counted."""
        return await self._database.read(read_shipping)

    async def save_shipping(self, wanted: ShippingTemplate, request: Request) -> ShippingTemplate | KeyReused:
        """Change how shipping is counted; orders that stand keep what they were placed with."""
        cleaned = msgspec.structs.replace(wanted, return_to=wanted.return_to.strip())

        def act(connection: Connection) -> ShippingTemplate:
            write_shipping(connection, cleaned)
            return cleaned

        keeping = whole(ShippingTemplate)
        return await write_once(self._writer, request, keeping, act, status=OK, clock_ms=self._clock_ms)


def _read(connection: Connection) -> SaleSettings:
    rules = read_rules(connection)
    return SaleSettings(
        read_currency(connection),
        list(rules.methods),
        rules.unpaid,
        rules.unpaid_guest,
        read_profile(connection),
        rules.transfer_text,
        _has_sold(connection),
        rules.has_auction_licence,
    )


def _has_sold(connection: Connection) -> bool:
    return connection.scalar(select(ORDERS.c.order_id).limit(1)) is not None


def _has_running_prices(connection: Connection) -> bool:
    campaign = CAMPAIGNS.c
    runs = campaign.kind.in_(_WITH_PRICES), campaign.next_at_ms.is_not(None)
    return connection.scalar(select(campaign.campaign_id).where(*runs).limit(1)) is not None


def _save(connection: Connection, wanted: SaleSettings, now_ms: int) -> SaleSettings | CurrencyKept:
    currency = read_currency(connection)
    if wanted.currency != currency:
        if _has_sold(connection):
            return CurrencyLocked(currency)
        if _has_running_prices(connection):
            return CampaignRuns(currency)
        write_setting(connection, CURRENCY_ROW, wanted.currency)
        rooms = select(LISTINGS.c.room_id).distinct().order_by(LISTINGS.c.room_id)
        announce_listing(connection, [str(room_id) for room_id in connection.scalars(rooms)], now_ms)
    methods = tuple(dict.fromkeys(wanted.methods))
    rules = SaleRules(
        methods,
        wanted.unpaid,
        wanted.unpaid_guest,
        wanted.transfer_text.strip(),
        wanted.has_auction_licence,
    )
    write_rules(connection, rules)
    write_profile(connection, wanted.profile)
    return _read(connection)
