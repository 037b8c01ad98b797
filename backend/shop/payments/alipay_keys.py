"""What a shop has from Alipay."""

import re
from typing import Final

import msgspec
from typing_extensions import override

from backend.shop.payments.rsa_keys import NoKeyError, is_pair, private_pem, public_pem

API: Final = "https://openapi.alipay.com/gateway.do"
_DIGITS: Final = re.compile(r"\d{6,32}", re.ASCII)


class AlipayKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of an app at Alipay, which signs with RSA2 and no certificates.

    Attributes:
        private_key: of the app, as PEM or as Alipay's tool writes it.
        public_key: Alipay's own, not the app's.
        seller_id: 2088…, to which money must go; empty where it is not to be compared.
        api: address of the gateway; Alipay's sandbox, or another one in tests.
    """

    app_id: str
    private_key: str
    public_key: str
    seller_id: str = ""
    api: str = API

    @property
    def is_live(self) -> bool:
        """Whether they move real money."""
        return self.api == API

    @override
    def __repr__(self) -> str:
        """Return the class's name alone: a log or a trace must not have keys."""
        return type(self).__name__

    def problem(self) -> str:
        """Return what is wrong with them, in words without the keys; empty where nothing is."""
        if not _DIGITS.fullmatch(self.app_id):
            return "app_id is a number"
        if self.seller_id and not self.seller_id.startswith("2088"):
            return "seller_id begins with 2088"
        try:
            own = private_pem(self.private_key)
        except NoKeyError:
            return "private_key is the app's RSA2 private key (应用私钥)"
        try:
            theirs = public_pem(self.public_key)
        except NoKeyError:
            return "public_key is Alipay's RSA2 public key (支付宝公钥)"
        return "public_key is the app's own, not Alipay's (支付宝公钥)" if is_pair(own, theirs) else ""
