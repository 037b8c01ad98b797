"""Puts the shop of a backend together: service, payments, their providers, and the routes of them."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from starlette.routing import BaseRoute

from backend.contract.payments import ProviderOn
from backend.http.api.address_routes import AddressRoutes
from backend.http.api.api_token_routes import ApiTokenRoutes
from backend.http.api.auction_routes import AuctionRoutes
from backend.http.api.bookkeeping_routes import BookkeepingRoutes
from backend.http.api.campaign_routes import CampaignRoutes
from backend.http.api.case_picture_routes import CasePictureRoutes
from backend.http.api.case_routes import CaseRoutes
from backend.http.api.catalog_routes import CatalogRoutes
from backend.http.api.coin_routes import CoinRoutes
from backend.http.api.coupon_routes import CouponRoutes
from backend.http.api.desk_routes import DeskRoutes
from backend.http.api.draw_routes import DrawRoutes
from backend.http.api.endpoint import AnyEndpoint
from backend.http.api.exchange_routes import ExchangeRoutes
from backend.http.api.legal_routes import LegalRoutes
from backend.http.api.lookup_routes import LookupRoutes
from backend.http.api.mail_routes import MailRoutes
from backend.http.api.message_routes import MessageRoutes
from backend.http.api.order_routes import OrderRoutes
from backend.http.api.payment_routes import PaymentRoutes
from backend.http.api.picture_routes import PictureRoutes
from backend.http.api.privacy_routes import PrivacyRoutes
from backend.http.api.prize_routes import PrizeRoutes
from backend.http.api.product_routes import ProductRoutes
from backend.http.api.provider_routes import ProviderRoutes
from backend.http.api.refund_routes import RefundRoutes
from backend.http.api.settings_routes import SettingsRoutes
from backend.http.api.stock_routes import StockRoutes
from backend.http.api.webhook_target_routes import WebhookTargetRoutes
from backend.http.cashier import Cashier
from backend.http.legal_pages import LegalPages
from backend.http.text_webhooks import TextWebhooks
from backend.identity.api_tokens import ApiTokenStore
from backend.identity.auth import TokenSigner
from backend.limits import WebhookReach
from backend.payment_providers import PaymentProviders
from backend.shop.cancelling import Cancelling
from backend.shop.cases.cases import Cases
from backend.shop.cases.pictures import CasePictures
from backend.shop.cases.staff_refunds import StaffRefunds
from backend.shop.catalog.exchange.exchange import Exchange
from backend.shop.catalog.exchange.linked_pictures import LinkedPictures
from backend.shop.catalog.pictures.fetching import PictureFetcher
from backend.shop.catalog.pictures.folder import PictureFolder
from backend.shop.catalog.pictures.pictures import Pictures
from backend.shop.catalog.products import Products
from backend.shop.customers.customers import Customers
from backend.shop.legal import LegalTexts
from backend.shop.mail.mails import Mails
from backend.shop.messages.messages import Messages
from backend.shop.orders.desk import OrderDesk
from backend.shop.payments.bookkeeping import Bookkeeping
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import WebhookError
from backend.shop.payments.provider_list import ProviderList
from backend.shop.payments.provider_names import ALIPAY
from backend.shop.payments.reconciling import Reconciling
from backend.shop.payments.sandbox import NAME
from backend.shop.payments.settling import UnknownAttemptError
from backend.shop.privacy.privacy import Privacy
from backend.shop.sale_settings import SettingsStore
from backend.shop.shop import Shop
from backend.shop.sweep import ShopSweep
from backend.shop.topup.top_ups import TopUps
from backend.shop.webhooks.webhooks import Webhooks
from backend.storage.database import Database, StorageError
from backend.storage.writer import BusyError, GroupWriter

log = logging.getLogger("livestall.payments")


class Selling:
    """The shop at work.

    Args:
        database: opened; it stays the caller's.
        providers: those that are on.
        pictures: the pictures of products.
        signer: knows what webhooks are signed with.
        reach: how far webhooks go.
        mails: makes the e-mails to buyers, written through the shop's writer.
        clock_ms: the server's time, in milliseconds since 1970.

    Attributes:
        endpoints: of the API.
        routes: of the cashier, and of legal pages.
        api_tokens: know the shop's programs.
        on_erased: called where rooms are to forget somebody.
    """

    def __init__(
        self,
        database: Database,
        providers: PaymentProviders,
        *,
        pictures: PictureFolder,
        signer: TokenSigner,
        reach: WebhookReach,
        mails: Callable[[GroupWriter], Mails],
        clock_ms: Callable[[], int],
    ) -> None:
        self.shop = Shop(database, clock_ms=clock_ms)
        self.on_erased: Callable[[], None] = lambda: None
        self._providers = providers
        writer, orders, by_name = self.shop.writer, self.shop.paid_orders, providers.by_name
        self.payments = Payments(database, writer, providers=by_name, orders=orders, clock_ms=clock_ms)
        self._reconciling = Reconciling(database, writer, providers=by_name, orders=orders, clock_ms=clock_ms)
        self.cases = Cases(database, self.shop.writer, orders=self.shop.paid_orders, clock_ms=clock_ms)
        self._settings = SettingsStore(database, writer, clock_ms=clock_ms)
        self._sweep = ShopSweep(self.shop.writer, clock_ms=clock_ms)
        key_of = signer.webhook_key
        self._webhooks = Webhooks(database, writer, key_of=key_of, reach=reach, clock_ms=clock_ms)
        self._mails = mails(writer)
        self.api_tokens = ApiTokenStore(database, clock_ms=clock_ms)
        legal = LegalTexts(database, self.shop.writer, clock_ms=clock_ms)
        self.endpoints: Sequence[AnyEndpoint] = [
            *CatalogRoutes(self.shop).endpoints(),
            *_of_catalog(database, self.shop.writer, pictures, clock_ms),
            *StockRoutes(self.shop).endpoints(),
            *self._of_orders(database, clock_ms),
            *self._of_money(database, clock_ms),
            *CaseRoutes(self.cases, self.payments).endpoints(),
            *CasePictureRoutes(CasePictures(database, self.shop.writer, clock_ms=clock_ms)).endpoints(),
            *self._of_customers(database, clock_ms),
            *ApiTokenRoutes(self.api_tokens).endpoints(),
            *WebhookTargetRoutes(self._webhooks).endpoints(),
            *MailRoutes(self._mails).endpoints(),
            *LegalRoutes(legal).endpoints(),
            *CampaignRoutes(self.shop.campaigns).endpoints(),
            *DrawRoutes(self.shop.campaigns).endpoints(),
            *AuctionRoutes(self.shop.auctions).endpoints(),
            *PrizeRoutes(self.shop.prizes).endpoints(),
        ]
        cashier = Cashier(
            self.payments, providers.sandbox, providers.stripe, places=providers.links, clock_ms=clock_ms
        )
        notices = TextWebhooks(self.payments, ALIPAY).routes() if providers.alipay else []
        self.routes: Sequence[BaseRoute] = [*notices, *cashier.routes(), *LegalPages(legal).routes()]

    def _of_customers(self, database: Database, clock_ms: Callable[[], int]) -> Sequence[AnyEndpoint]:
        """Return the endpoints of who buys, and of what the shop knows of them."""
        customers = Customers(database, self.shop.writer, clock_ms=clock_ms)
        privacy = Privacy(database, self.shop.writer, clock_ms=clock_ms, on_erased=self._tell_erased)
        return [
            *AddressRoutes(customers).endpoints(),
            *LookupRoutes(privacy).endpoints(),
            *PrivacyRoutes(privacy).endpoints(),
        ]

    def _of_orders(self, database: Database, clock_ms: Callable[[], int]) -> Sequence[AnyEndpoint]:
        """Return the endpoints of orders, of what staff do with them, and of how they are sold."""
        writer = self.shop.writer
        cancelling = Cancelling(database, self.shop, ask_closing=self.payments.close_attempts)
        desk = OrderDesk(database, writer, clock_ms=clock_ms)
        messages = Messages(database, writer, clock_ms=clock_ms)
        refunds = StaffRefunds(writer, orders=self.shop.paid_orders, clock_ms=clock_ms)
        return [
            *OrderRoutes(self.shop, cancelling, desk, messages).endpoints(),
            *DeskRoutes(desk, messages).endpoints(),
            *MessageRoutes(messages).endpoints(),
            *RefundRoutes(refunds, self.payments).endpoints(),
            *SettingsRoutes(self._settings).endpoints(),
            *CoinRoutes(TopUps(database, writer, clock_ms=clock_ms)).endpoints(),
            *CouponRoutes(self.shop.coupons).endpoints(),
        ]

    def _of_money(self, database: Database, clock_ms: Callable[[], int]) -> Sequence[AnyEndpoint]:
        """Return the endpoints of payments, of their providers, and of the books."""
        providers = self._providers
        books = Bookkeeping(
            database,
            self.shop.writer,
            providers=providers.by_name,
            orders=self.shop.paid_orders,
            clock_ms=clock_ms,
        )
        return [
            *PaymentRoutes(self.shop, self.payments, self._settings, methods=_methods(providers)).endpoints(),
            *BookkeepingRoutes(books, self.payments).endpoints(),
            *ProviderRoutes(_listed(database, providers), keys_file=providers.keys_file).endpoints(),
        ]

    async def run(self) -> None:
        """Do all that is due by time, give money back, send webhooks and e-mails, for as long as it runs.

        After a restore that begins when payments are compared with their providers.
        """
        await self._reconciling.run()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.shop.run(self.payments.close_attempts))
            tasks.create_task(self.payments.run())
            tasks.create_task(self.cases.run())
            tasks.create_task(self._webhooks.run())
            tasks.create_task(self._mails.run())
            tasks.create_task(self._sweep.run())
            if self._providers.sandbox is not None:
                tasks.create_task(self._providers.sandbox.run(self._deliver))

    async def end(self) -> None:
        """Write what waits, close connections to providers, then end."""
        for provider in self._providers.real:
            await provider.end()
        await asyncio.to_thread(self.shop.close)

    def _tell_erased(self) -> None:
        self.on_erased()

    async def _deliver(self, headers: Mapping[str, str], body: bytes) -> bool:
        # Past the network, as the sandbox is in this process; signature and all else are checked the same.
        try:
            await self.payments.take_webhook(NAME, headers, body)
        except (WebhookError, UnknownAttemptError, StorageError, BusyError) as error:
            log.warning("a webhook of the sandbox is sent again later: %s", error)
            return False
        except Exception:
            # The border of the sandbox's task: one webhook must not end the backend.
            log.exception("a webhook of the sandbox is sent again later")
            return False
        return True


def _of_catalog(
    database: Database, writer: GroupWriter, folder: PictureFolder, clock_ms: Callable[[], int]
) -> Sequence[AnyEndpoint]:
    """Return the endpoints by which staff change the catalogue."""
    products, pictures = (
        Products(database, writer, pictures=folder, clock_ms=clock_ms),
        Pictures(folder, database, writer),
    )
    linked = LinkedPictures(database, writer, pictures, folder, PictureFetcher(), clock_ms=clock_ms)
    exchange = Exchange(database, writer, folder=folder, linked=linked, clock_ms=clock_ms)
    return [
        *ProductRoutes(products).endpoints(),
        *PictureRoutes(pictures).endpoints(),
        *ExchangeRoutes(exchange).endpoints(),
    ]


def _listed(database: Database, providers: PaymentProviders) -> ProviderList:
    return ProviderList(
        database,
        providers.by_name,
        have_keys=providers.have_keys,
        webhook_urls=providers.webhook_urls,
    )


def _methods(providers: PaymentProviders) -> list[ProviderOn]:
    """Return what a buyer can choose from."""
    return [ProviderOn(one.name, one.is_test) for one in providers.by_name.values()]
