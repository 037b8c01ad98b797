"""What a cashier's page needs of a provider whose own form takes the card."""

from typing import Final, Protocol

import msgspec

CARDS: Final = "stripe"
"""The provider that has one."""


class CardForm(msgspec.Struct, frozen=True):
    """What the provider's form is opened with.

    Attributes:
        client_secret: lets its holder pay this one payment; never written down, never logged.
    """

    publishable_key: str
    client_secret: str


class CardProvider(Protocol):
    """A provider with a form of its own."""

    @property
    def is_test(self) -> bool:
        """Whether no real money moves."""

    async def form(self, attempt_id: str, ref: str) -> CardForm:
        """Return what the form of a payment is opened with, or raise `ProviderError`.

        The provider is asked once for a payment, however often its page is loaded.
        """
