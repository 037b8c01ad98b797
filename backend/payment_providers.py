"""The payment providers that are on, by the environment and a file beside the secret."""

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from backend.data_folder import SANDBOX_KEY, StartError, load_secret
from backend.http.public import viewer_base
from backend.options import ServeOptions
from backend.payment_settings import FILE, Keys, keys_of, read_settings, read_switched_on, switched_on
from backend.shop.payments.alipay_keys import AlipayKeys
from backend.shop.payments.pay_links import LinkProvider
from backend.shop.payments.provider import Provider
from backend.shop.payments.provider_names import ALIPAY, SANDBOX, STRIPE, TITLES, WECHAT
from backend.shop.payments.sandbox import Sandbox
from backend.shop.payments.stripe_keys import StripeKeys
from backend.shop.payments.wechat_keys import WeChatKeys
from backend.storage.database import Database

if TYPE_CHECKING:
    from backend.shop.payments.alipay_provider import Alipay
    from backend.shop.payments.stripe_provider import Stripe
    from backend.shop.payments.wechat_provider import WeChat

log = logging.getLogger("livestall.payments")

WEBHOOK_PATHS: Final = {
    STRIPE: "/api/v1/webhooks/stripe",
    WECHAT: "/api/v1/webhooks/wechat",
    ALIPAY: "/pay/webhooks/alipay",  # which is answered in the word that Alipay wants
}
SANDBOX_KEY_VARIABLE: Final = "LIVESTALL_SANDBOX_KEY"


class PaymentProviders(msgspec.Struct, frozen=True):
    """Those that are on; None for each that is not.

    Attributes:
        order: their names, the one that is proposed first.
        have_keys: the names of those of which keys were found, on or not.
        webhook_urls: where each of them is told to send its webhooks.
        keys_file: where keys may stand.
    """

    stripe: "Stripe | None" = None
    wechat: "WeChat | None" = None
    alipay: "Alipay | None" = None
    sandbox: Sandbox | None = None
    order: tuple[str, ...] = ()
    have_keys: tuple[str, ...] = ()
    webhook_urls: Mapping[str, str] = {}
    keys_file: str = ""

    @property
    def real(self) -> "list[Stripe | WeChat | Alipay]":
        """Those that are not in this process."""
        return [one for one in (self.stripe, self.wechat, self.alipay) if one is not None]

    @property
    def links(self) -> dict[str, LinkProvider]:
        """Those at whose own place the buyer pays, by name."""
        return {one.name: one for one in (self.wechat, self.alipay) if one is not None}

    @property
    def by_name(self) -> dict[str, Provider]:
        """All of them, the one that is proposed first."""
        known: dict[str, Provider] = {one.name: one for one in self.real}
        if self.sandbox is not None:
            known[self.sandbox.name] = self.sandbox
        return {name: known[name] for name in self.order}


def open_providers(
    options: ServeOptions,
    folder: Path,
    *,
    database: Database,
    clock_ms: Callable[[], int],
    environment: Mapping[str, str] = os.environ,
) -> PaymentProviders:
    """Return the providers that are on: those that have keys, or the sandbox where none has.

    Raises:
        StartError: keys are missing or wrong, may be read by others, or https is missing for real money.
    """
    settings = read_settings(folder, environment)
    names = switched_on(environment, settings, read_switched_on(folder))
    base = viewer_base(options, "127.0.0.1", options.port)
    urls = {name: f"{base}{path}" for name, path in WEBHOOK_PATHS.items()}
    providers = PaymentProviders(
        order=tuple(names), have_keys=tuple(settings), webhook_urls=urls, keys_file=str(folder / FILE)
    )
    for name in names:
        if name == SANDBOX:
            play = Sandbox(database, _sandbox_key(folder, environment), clock_ms=clock_ms)
            providers = msgspec.structs.replace(providers, sandbox=play)
            continue
        keys = keys_of(name, settings)
        _check_https(name, keys, base)
        providers = msgspec.structs.replace(providers, **{name: _open(keys, urls[name], clock_ms)})
    if providers.sandbox is not None and not all(one.is_test for one in providers.real):
        log.warning("the sandbox is on beside real money: buyers can pay orders with play money")
    return providers


def _open(keys: Keys, webhook_url: str, clock_ms: Callable[[], int]) -> "Stripe | WeChat | Alipay":
    # Loading an SDK takes as long as the rest of the start: only shops that use it wait for it.
    match keys:
        case StripeKeys():
            from backend.shop.payments.stripe_provider import Stripe

            return Stripe(keys)
        case WeChatKeys():
            from backend.shop.payments.wechat_provider import WeChat

            return WeChat(keys, webhook_url, clock_ms=clock_ms)
        case AlipayKeys():
            from backend.shop.payments.alipay_provider import Alipay

            return Alipay(keys, webhook_url, clock_ms=clock_ms)


def _check_https(name: str, keys: Keys, base: str) -> None:
    """Real money needs https all the way to the viewer; test keys may go without."""
    if base.startswith("https://"):
        return
    if keys.is_live:
        raise StartError(
            f"{TITLES[name]} is on with live keys, but viewers are given http. Real payments need https: "
            "give --name https://… with a proxy in front (--trusted-proxy), or --tls-cert and --tls-key."
        )
    log.warning("%s in test mode runs over http; live keys need https", TITLES[name])


def _sandbox_key(folder: Path, environment: Mapping[str, str]) -> bytes:
    # Several nodes that are to know each other's webhooks share the variable.
    return environment.get(SANDBOX_KEY_VARIABLE, "").encode() or load_secret(folder, SANDBOX_KEY)
