"""The keys of payment providers, as the environment and a file beside the secret hold them."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from backend.data_folder import StartError
from backend.shop.payments.alipay_keys import AlipayKeys
from backend.shop.payments.provider_names import ALIPAY, SANDBOX, STRIPE, TITLES, WECHAT
from backend.shop.payments.stripe_keys import StripeKeys
from backend.shop.payments.wechat_keys import WeChatKeys

FILE: Final = "payments.toml"
SWITCHED_ON: Final = "LIVESTALL_PAYMENTS"
ON: Final = "on"
OTHERS_MAY_READ: Final = 0o077
MOST_PEM_BYTES: Final = 16 * 1024

Keys = StripeKeys | WeChatKeys | AlipayKeys
KINDS: Final[Mapping[str, type[Keys]]] = {WECHAT: WeChatKeys, ALIPAY: AlipayKeys, STRIPE: StripeKeys}
# The one that is proposed first stands first.
KNOWN: Final = (*KINDS, SANDBOX)
_IN_FILES: Final = frozenset({"private_key", "public_key"})

Settings = Mapping[str, Mapping[str, Any]]


def read_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """Return the settings of each provider that has some; the environment counts above the file.

    Raises:
        StartError: the file, or one that it names, may be read by others, or makes no sense.
    """
    settings = _from_environment(environment)
    for name, values in _read_file(folder / FILE).items():
        if name == ON:
            continue
        if name not in KINDS or not isinstance(values, dict):
            raise StartError(f"{folder / FILE} has a part {name!r}; there are: [{'], ['.join(KINDS)}].")
        settings[name] = {**values, **settings.get(name, {})}
    return {name: _with_files(values, folder) for name, values in settings.items()}


def read_switched_on(folder: Path) -> list[str]:
    """Return the providers that the file says are on; none where it does not say.

    Raises:
        StartError: the file may be read by others, or makes no sense.
    """
    try:
        return msgspec.convert(_read_file(folder / FILE).get(ON, []), list[str])
    except msgspec.ValidationError:
        example = f'{ON} = ["{WECHAT}", "{SANDBOX}"]'
        raise StartError(f"{folder / FILE} has to list what is on as in: {example}") from None


def switched_on(environment: Mapping[str, str], settings: Settings, in_file: Sequence[str] = ()) -> list[str]:
    """Return the names of the providers that are on: those that are named, else those that have keys.

    The environment counts above the file. The sandbox takes play money where no provider has keys, or where
    it is named.

    Raises:
        StartError: one is named that there is not, or that has no keys.
    """
    in_environment = environment.get(SWITCHED_ON, "").replace(",", " ").split()
    wanted, where = (in_environment, SWITCHED_ON) if in_environment else (in_file, f"{ON} in {FILE}")
    if not wanted:
        return [name for name in KINDS if name in settings] or [SANDBOX]
    for name in wanted:
        if name not in KNOWN:
            raise StartError(f"{where} names {name!r}; there are: {', '.join(KNOWN)}.")
        if name in KINDS and name not in settings:
            raise StartError(f"{where} names {name}, but there are no keys. {_how(name)}")
    return list(dict.fromkeys(wanted))


def keys_of(name: str, settings: Settings) -> Keys:
    """Return the keys of a provider.

    Raises:
        StartError: some are missing, or cannot be right; the message shows none of them.
    """
    try:
        keys = msgspec.convert(dict(settings[name]), KINDS[name])
    except msgspec.ValidationError as error:
        raise StartError(f"The settings of {TITLES[name]} are not complete: {error}. {_how(name)}") from None
    problem = keys.problem()
    if problem:
        raise StartError(f"The keys of {TITLES[name]} cannot be right: {problem}. {_how(name)}")
    return keys


def _how(name: str) -> str:
    fields = [one.name for one in msgspec.structs.fields(KINDS[name]) if one.required]
    variables = ", ".join(f"LIVESTALL_{name.upper()}_{field.upper()}" for field in fields)
    return (
        f"Put {variables} into the environment, or {', '.join(fields)} below [{name}] in {FILE} "
        "in the data folder."
    )


def _from_environment(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    settings: dict[str, dict[str, Any]] = {}
    for name, kind in KINDS.items():
        for field in kind.__struct_fields__:
            value = environment.get(f"LIVESTALL_{name.upper()}_{field.upper()}", "")
            if value:
                settings.setdefault(name, {})[field] = value
    return settings


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_private(path))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        # A TOML error names a line, not what stands there.
        raise StartError(f"{path} cannot be read: {error}") from error


def _with_files(values: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return settings with the content of the PEM files that they name, such as `apiclient_key.pem`."""
    whole = dict(values)
    for field in _IN_FILES & set(whole):
        value = whole[field]
        if isinstance(value, str) and value.endswith(".pem"):
            path = folder / value
            try:
                whole[field] = read_private(path)
            except (OSError, ValueError) as error:
                raise StartError(f"{path}, which is named as {field}, cannot be read: {error}") from error
    return whole


def read_private(path: Path) -> str:
    """Return what a file holds that its owner alone may read.

    Raises:
        StartError: others may.
        OSError: it cannot be read.
        UnicodeDecodeError: it is no text.
    """
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        if os.name == "posix" and mode & OTHERS_MAY_READ:
            raise StartError(f"Others may read {path}, which holds keys. Run: chmod 600 {path}")
        return file.read(MOST_PEM_BYTES).decode()
