"""What a cashier's page needs of a provider at whose own place the buyer pays: a code to scan, or a page."""

from typing import Protocol

import msgspec

from backend.shop.payments.provider import PaymentRequest


class Payer(msgspec.Struct, frozen=True):
    """Who pays.

    Attributes:
        address: the IP address that the cashier's page was asked for from.
        return_url: the cashier's page, to come back to.
    """

    address: str
    return_url: str


class PayLinks(msgspec.Struct, frozen=True):
    """Where a payment is made; never kept, never logged: who has them can pay.

    Attributes:
        code: the text of a code that the provider's app scans; empty where there is none.
        page: the provider's own page or app; empty where there is none.
    """

    code: str = ""
    page: str = ""


class LinkProvider(Protocol):
    """A provider with a place of its own."""

    @property
    def name(self) -> str:
        """What attempts and webhooks call it."""

    @property
    def is_test(self) -> bool:
        """Whether no real money moves."""

    async def links(self, request: PaymentRequest, payer: Payer) -> PayLinks:
        """Return where a payment that waits is made.

        Raises:
            ProviderError: it cannot be had just now.
            NotTakenError: the provider takes no such payment.
        """
