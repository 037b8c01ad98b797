"""What winners of goods do: see what waits for them, and say where it goes."""

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from sqlalchemy import Connection

from backend.contract.addresses import Address
from backend.contract.base import RejectReason
from backend.contract.campaigns import CampaignKind, MyPart
from backend.contract.prizes import MyPrizes, PrizeState
from backend.contract.shipping import ShippingRule
from backend.shop.campaigns.draw.entries import draw_terms
from backend.shop.campaigns.draw.my_prizes import waiting_prizes
from backend.shop.campaigns.draw.passing import draws_to_pass_on, pass_on
from backend.shop.campaigns.kind import Kind
from backend.shop.campaigns.rows import CampaignRow, find_campaign, terms_of
from backend.shop.catalog.skus import read_known_skus
from backend.shop.customers.address_book import find_address
from backend.shop.customers.address_check import BadAddress, checked_address
from backend.shop.left_alone import LeftAlone
from backend.shop.orders.carved import CarvedUnit, order_carved
from backend.shop.orders.results import AddressMissing, NotDelivered
from backend.shop.people import Person
from backend.shop.pricing.shipping import rule_for
from backend.shop.prizes.prizes import Prize, change_prize, find_prize, hand_over_prize
from backend.shop.settings import read_settings
from backend.storage.database import Database, StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.shop")

Refused = RejectReason | AddressMissing | BadAddress | NotDelivered
ClaimResult = MyPart | Refused
EVERY_S: Final = 30.0
_FREE: Final = ShippingRule(first_minor=0)


class Prizes:
    """The goods that people won; all methods may raise `StorageError`, those that write `BusyError` too.

    Args:
        kind: that of draws.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self, database: Database, writer: GroupWriter, kind: Kind, *, clock_ms: Callable[[], int]
    ) -> None:
        self._database = database
        self._writer = writer
        self._kind = kind
        self._clock_ms = clock_ms
        self._left_alone = LeftAlone(clock_ms)

    async def run(self) -> None:
        """Pass on what nobody claimed in time, for ever."""
        while True:
            try:
                await self.pass_on()
            except (StorageError, BusyError) as error:
                log.warning("Prizes were not passed on this time: %s", error)
            except Exception:
                # The border of a task: what nobody foresaw must not end it.
                log.exception("Prizes were not passed on this time")
            await asyncio.sleep(EVERY_S)

    async def waiting(self, person: Person) -> MyPrizes:
        """Return what a person won and did not claim yet."""
        return await self._database.read(lambda connection: waiting_prizes(connection, person.user_id))

    async def claim(
        self, person: Person, campaign_id: str, address_id: str, received_at_ms: int
    ) -> ClaimResult:
        """Make the order of what a person won, for nothing; the same claim again is answered alike.

        `received_at_ms` is when the server got it: that decides whether it is in time.
        """
        act = partial(
            self._claim,
            person=person,
            campaign_id=campaign_id,
            address_id=address_id,
            received_at_ms=received_at_ms,
        )
        return await self._writer.run(act)

    async def pass_on(self) -> None:
        """Pass on what nobody claimed in time until now."""
        due = await self._database.read(lambda connection: draws_to_pass_on(connection, self._clock_ms()))
        left_alone = set(self._left_alone.names())
        for campaign_id in due:
            if campaign_id not in left_alone:
                await self._pass_on(campaign_id)

    async def _pass_on(self, campaign_id: str) -> None:
        try:
            await self._writer.run(
                lambda connection: pass_on(connection, self._kind, campaign_id, self._clock_ms())
            )
        except BusyError:
            raise  # all of them would be turned away now
        except Exception:
            # One that fails, by its rows or by the database, must not hold up the others.
            log.exception("The prizes of the draw %s were not passed on this time", campaign_id)
            self._left_alone.add(campaign_id)
        else:
            self._left_alone.forget(campaign_id)

    def _claim(
        self,
        connection: Connection,
        person: Person,
        campaign_id: str,
        address_id: str,
        received_at_ms: int,
    ) -> ClaimResult:
        row = find_campaign(connection, campaign_id)
        if row is None or row.room_id != person.room_id or row.kind is not CampaignKind.DRAW:
            return RejectReason.UNKNOWN_CAMPAIGN
        prize = find_prize(connection, campaign_id, person.user_id)
        if prize is None:
            return RejectReason.NOT_ELIGIBLE
        if prize.order_id is not None:
            return self._kind.part_of(connection, row, person.user_id)  # it was claimed before
        if prize.state is not PrizeState.WAITING or received_at_ms >= prize.claim_until_ms:
            return RejectReason.EXPIRED
        address = _address(connection, person, address_id)
        if not isinstance(address, Address):
            return address
        _order(connection, row, prize, address, self._clock_ms())
        return self._kind.part_of(connection, row, person.user_id)


def _address(
    connection: Connection, person: Person, address_id: str
) -> Address | AddressMissing | BadAddress | NotDelivered:
    saved = find_address(connection, person.buyer_id, address_id)
    if saved is None:
        return AddressMissing()
    address = checked_address(saved)
    if isinstance(address, BadAddress):
        return address
    if rule_for(read_settings(connection).shipping, address.country, address.province) is None:
        return NotDelivered(address.country, address.province)
    return address


def _order(connection: Connection, row: CampaignRow, prize: Prize, address: Address, now_ms: int) -> None:
    sku_id = draw_terms(terms_of(row.terms)).sku_id
    unit = CarvedUnit(
        campaign_id=row.campaign_id,
        room_id=row.room_id,
        session_id=row.session_id,
        sku=read_known_skus(connection, [sku_id])[sku_id],
        buyer_id=prize.user_id,
        address=address,
        price_minor=0,
        hand_over=hand_over_prize(sku_id),
    )
    order = order_carved(connection, unit, [_FREE], now_ms)
    change_prize(connection, prize, PrizeState.CLAIMED, order.order_id)
