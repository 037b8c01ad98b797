"""What a shop has from Stripe."""

from typing import Final

import msgspec
from typing_extensions import override

API: Final = "https://api.stripe.com"


class StripeKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of a shop's account.

    Attributes:
        secret_key: `sk_…` or `rk_…`; kept by the backend.
        publishable_key: `pk_…`; the cashier's page has it.
        webhook_secret: `whsec_…` of the endpoint; empty where Stripe cannot reach the backend.
        account: `acct_…`, to which money must go; empty where it is not to be compared.
        api: address of the API, another one in tests.
    """

    secret_key: str
    publishable_key: str
    webhook_secret: str = ""
    account: str = ""
    api: str = API

    @property
    def is_live(self) -> bool:
        """Whether they move real money."""
        return "_live_" in self.secret_key

    @override
    def __repr__(self) -> str:
        """Return the class's name alone: a log or a trace must not have keys."""
        return type(self).__name__

    def problem(self) -> str:
        """Return what is wrong with them, in words without the keys; empty where nothing is."""
        if not self.secret_key.startswith(("sk_", "rk_")):
            return "the secret key begins with sk_ or rk_"
        if not self.publishable_key.startswith("pk_"):
            return "the publishable key begins with pk_"
        if ("_live_" in self.publishable_key) != self.is_live:
            return "one key is of the test mode and the other is not"
        if self.webhook_secret and not self.webhook_secret.startswith("whsec_"):
            return "the webhook secret begins with whsec_"
        return ""
