"""By what a buyer is known: account, phone and address; a limit a buyer counts each of them.

Counts outlive the orders of an erased buyer. So that they name nobody, phone and address are hashed with a
secret of the shop: without it nobody finds a phone by trying all there are.
"""

import hashlib
import hmac
import re
import unicodedata
from typing import Final

from sqlalchemy import Connection, select

from backend.contract.addresses import Address
from backend.contract.phones import plain_digits
from backend.shop.customers.countries import CALLING_CODES
from backend.storage.catalog_tables import SHOP_SECRETS

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_NOT_DIGITS: Final = re.compile("[^0-9]+")


def keys_of(buyer_id: str, address: Address, secret: bytes) -> tuple[str, str, str]:
    """Return all keys of a buyer who sends to an address; `secret` is that of `read_key_secret`."""
    return (
        account_key(buyer_id),
        f"phone:{_keyed(secret, phone_key(address.phone, address.country))}",
        f"address:{_keyed(secret, address_key(address))}",
    )


def account_key(buyer_id: str) -> str:
    """Return the key of a buyer's account alone."""
    return f"user:{buyer_id}"[:160]


def read_key_secret(connection: Connection) -> bytes:
    """Read with what phones and addresses are hashed; the database got it with its tables."""
    value = connection.scalar(select(SHOP_SECRETS.c.value).where(SHOP_SECRETS.c.name == "buyer_keys"))
    return bytes.fromhex(str(value))


def phone_key(phone: str, country: str) -> str:
    """Return the digits of a phone number after its country's code, however it was typed; empty for none."""
    folded = plain_digits(phone)
    digits = _NOT_DIGITS.sub("", folded)
    if not digits:
        return ""
    # Numbers of countries whose code is not known here stay apart by the country's letters.
    code = CALLING_CODES.get(country, "")
    is_international = folded.lstrip().startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if is_international else (code or country) + digits.removeprefix("0")
    if code and digits.startswith(code * 2) and not is_international:
        digits = digits.removeprefix(code)
    return digits[:32]


def _keyed(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()


def address_key(address: Address) -> str:
    """Return the hash of a place without what is written in one way or another: case, width, spaces."""
    parts = (address.country, address.province, address.city, address.district, address.street)
    folded = unicodedata.normalize("NFKC", "".join(parts)).casefold()
    return hashlib.sha256(_NOT_WORDS.sub("", folded).encode()).hexdigest()
