"""What a shop has from WeChat Pay."""

import re
from typing import Final

import msgspec
from typing_extensions import override

from backend.shop.payments.rsa_keys import NoKeyError, is_certificate, private_pem, public_pem, serial_of

API: Final = "https://api.mch.weixin.qq.com"
API_KEY_BYTES: Final = 32
_DIGITS: Final = re.compile(r"\d{6,32}", re.ASCII)
_SERIAL: Final = re.compile(r"[0-9A-Fa-f]{8,64}", re.ASCII)


class WeChatKeys(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of a merchant's account.

    Attributes:
        merchant_id: 商户号.
        app_id: the app, official account or website that the merchant is tied to.
        certificate_serial: serial number of the merchant's own certificate.
        private_key: of that certificate, as PEM (`apiclient_key.pem`).
        api_key: the APIv3 key, 32 bytes, which opens webhooks.
        public_key: WeChat Pay's public key, or its platform certificate, as PEM.
        public_key_id: `PUB_KEY_ID_…`; empty with a platform certificate, which has its own.
        api: address of the API, another one in tests.
    """

    merchant_id: str
    app_id: str
    certificate_serial: str
    private_key: str
    api_key: str
    public_key: str
    public_key_id: str = ""
    api: str = API

    @property
    def is_live(self) -> bool:
        """Whether they move real money: WeChat Pay has no test mode of its own."""
        return self.api == API

    @property
    def signer(self) -> str:
        """What WeChat Pay calls the key that it signs with."""
        return serial_of(self.public_key) if is_certificate(self.public_key) else self.public_key_id

    @override
    def __repr__(self) -> str:
        """Return the class's name alone: a log or a trace must not have keys."""
        return type(self).__name__

    def problem(self) -> str:
        """Return what is wrong with them, in words without the keys; empty where nothing is."""
        if not _DIGITS.fullmatch(self.merchant_id):
            return "merchant_id is a number"
        if not self.app_id.startswith("wx"):
            return "app_id begins with wx"
        if not _SERIAL.fullmatch(self.certificate_serial):
            return "certificate_serial is a hexadecimal number, shown beside the merchant's certificate"
        if len(self.api_key.encode()) != API_KEY_BYTES:
            return f"api_key, the APIv3 key, has {API_KEY_BYTES} letters"
        return self._problem_of_pems()

    def _problem_of_pems(self) -> str:
        try:
            private_pem(self.private_key)
        except NoKeyError:
            return "private_key is what stands in apiclient_key.pem"
        try:
            public_pem(self.public_key)
            signer = self.signer
        except NoKeyError:
            return "public_key is what stands in pub_key.pem, or in a platform certificate"
        is_named = is_certificate(self.public_key) or signer.startswith("PUB_KEY_ID_")
        return "" if is_named else "public_key_id begins with PUB_KEY_ID_"
