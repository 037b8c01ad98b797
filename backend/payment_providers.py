"""The payment providers that are on, by the environment and a file beside the secret."""

import logging
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from backend.data_folder import SANDBOX_KEY, StartError, load_secret
from backend.http.public import viewer_base
from backend.options import ServeOptions
from backend.shop.payments import sandbox
from backend.shop.payments.card_form import CARDS as STRIPE
from backend.shop.payments.stripe_keys import StripeKeys
from backend.storage.database import Database

if TYPE_CHECKING:
    from backend.shop.payments.stripe_provider import Stripe

log = logging.getLogger("livestall.payments")

FILE: Final = "payments.toml"
SWITCHED_ON: Final = "LIVESTALL_PAYMENTS"
SANDBOX_KEY_VARIABLE: Final = "LIVESTALL_SANDBOX_KEY"
KNOWN: Final = (STRIPE, sandbox.NAME)
OTHERS_MAY_READ: Final = 0o077


class PaymentProviders(msgspec.Struct, frozen=True):
    """Those that are on; None for each that is not."""

    stripe: "Stripe | None"
    sandbox: sandbox.Sandbox | None


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
    settings = _read_settings(folder, environment)
    names = _switched_on(environment, settings)
    stripe = _open_stripe(settings[STRIPE], options) if STRIPE in names else None
    play = None
    if sandbox.NAME in names:
        if stripe is not None and not stripe.is_test:
            log.warning("the sandbox is on beside Stripe: buyers can pay orders with play money")
        play = sandbox.Sandbox(database, _sandbox_key(folder, environment), clock_ms=clock_ms)
    return PaymentProviders(stripe, play)


def _read_settings(folder: Path, environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the settings of each provider; the environment counts above the file."""
    written = _read_file(folder / FILE)
    settings = dict[str, dict[str, str]]()
    for field in StripeKeys.__struct_fields__:
        value = environment.get(f"LIVESTALL_STRIPE_{field.upper()}", "")
        if value:
            settings.setdefault(STRIPE, {})[field] = value
    for name, values in written.items():
        if name not in KNOWN or not isinstance(values, dict):
            raise StartError(f"{folder / FILE} has a part {name!r}; there are: [{STRIPE}].")
        settings[name] = {**values, **settings.get(name, {})}
    return settings


def _read_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and mode & OTHERS_MAY_READ:
                raise StartError(f"Others may read {path}, which holds keys. Run: chmod 600 {path}")
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        # A TOML error names a line, not what stands there.
        raise StartError(f"{path} cannot be read: {error}") from error


def _switched_on(environment: Mapping[str, str], settings: Mapping[str, object]) -> list[str]:
    wanted = environment.get(SWITCHED_ON, "").replace(",", " ").split()
    if not wanted:
        return [STRIPE] if STRIPE in settings else [sandbox.NAME]
    for name in wanted:
        if name not in KNOWN:
            raise StartError(f"{SWITCHED_ON} names {name!r}; there are: {', '.join(KNOWN)}.")
        if name == STRIPE and STRIPE not in settings:
            raise StartError(f"{SWITCHED_ON} names stripe, but there are no keys. {_HOW}")
    return wanted


_HOW: Final = (
    f"Put LIVESTALL_STRIPE_SECRET_KEY and LIVESTALL_STRIPE_PUBLISHABLE_KEY into the environment, or "
    f"secret_key and publishable_key below [stripe] in {FILE} in the data folder."
)


def _open_stripe(settings: Mapping[str, str], options: ServeOptions) -> "Stripe":
    try:
        keys = msgspec.convert(settings, StripeKeys)
    except msgspec.ValidationError as error:
        raise StartError(f"The settings of Stripe are not complete: {error}. {_HOW}") from None
    problem = keys.problem()
    if problem:
        raise StartError(f"The keys of Stripe cannot be right: {problem}.")
    _check_https(keys, options)
    # Loading the SDK takes as long as the rest of the start: only shops that use it wait for it.
    from backend.shop.payments.stripe_provider import Stripe

    return Stripe(keys)


def _check_https(keys: StripeKeys, options: ServeOptions) -> None:
    """Real money needs https all the way to the viewer; test keys may go without."""
    base = viewer_base(options, "127.0.0.1", options.port)
    if base.startswith("https://"):
        return
    if keys.is_live:
        raise StartError(
            "Stripe is on with live keys, but viewers are given http. Real payments need https: give "
            "--name https://… with a proxy in front (--trusted-proxy), or --tls-cert and --tls-key."
        )
    log.warning("Stripe's test mode runs over http; live keys need https")


def _sandbox_key(folder: Path, environment: Mapping[str, str]) -> bytes:
    # Several nodes that are to know each other's webhooks share the variable.
    return environment.get(SANDBOX_KEY_VARIABLE, "").encode() or load_secret(folder, SANDBOX_KEY)
