"""A stand-in for WeChat Pay v3 over real HTTP: it signs with keys of its own, and can be asked."""

import base64
import json
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any, Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.shop.payments.wechat_keys import WeChatKeys
from tests.support.gateways import Asked, Reply, key_of, private_pem_of, public_pem_of, serving

MERCHANT: Final = "1230000109"
APP: Final = "wxd678efh567hg6787"
API_KEY: Final = "0123456789abcdef0123456789abcdef"
CERTIFICATE: Final = "444F4864EA9B34415"
PUBLIC_KEY_ID: Final = "PUB_KEY_ID_0114232134912410000000000000"
CHINA: Final = timezone(timedelta(hours=8))
Json = dict[str, Any]
Webhook = tuple[dict[str, str], bytes]


class Signing(NamedTuple):
    """How a webhook is signed.

    Attributes:
        at_s: when, in seconds since 1970; None for now.
        owner: whose key signs.
        serial: what that key is said to be.
        api_key: what its resource is closed with.
    """

    at_s: int | None = None
    owner: str = "wechat"
    serial: str = PUBLIC_KEY_ID
    api_key: str = API_KEY


GENUINE: Final = Signing()


class RefusedError(Exception):
    """What is answered with an error of WeChat Pay's."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class WeChatGateway:
    """WeChat Pay, and what buyers and the shop's people do there.

    Attributes:
        url: where it listens.
        is_down: whether it answers everything with an error of its own.
        signs_as: whose key signs its answers.
        signer: what that key is called.
        forbids: whether the shop has no contract for such payments.
        gives_back_at_once: whether a refund is done when it is asked for.
        requests: what was asked.
    """

    def __init__(self) -> None:
        self.url = ""
        self.is_down = False
        self.signs_as = "wechat"
        self.signer = PUBLIC_KEY_ID
        self.gives_back_at_once = True
        self.forbids = False
        self.requests: list[str] = []
        self.payments: dict[str, Json] = {}
        self.refunds: dict[str, Json] = {}
        self._numbers = count(1)

    def keys(self, **changes: str) -> WeChatKeys:
        """The shop's keys."""
        keys = {
            "merchant_id": MERCHANT,
            "app_id": APP,
            "certificate_serial": CERTIFICATE,
            "private_key": private_pem_of("merchant"),
            "api_key": API_KEY,
            "public_key": public_pem_of("wechat"),
            "public_key_id": PUBLIC_KEY_ID,
            "api": self.url,
        }
        return WeChatKeys(**{**keys, **changes})

    def pay(self, attempt_id: str, total: int | None = None, **changes: object) -> None:
        """Let a buyer pay, or another amount come in; nothing comes for what is closed."""
        payment = self.payments[attempt_id]
        if payment["trade_state"] in {"CLOSED", "SUCCESS"}:
            return
        payment.update(trade_state="SUCCESS", transaction_id=f"42000{next(self._numbers)}", **changes)
        if total is not None:
            payment["amount"]["total"] = total

    def delay(self, attempt_id: str) -> None:
        """Let the money be on its way."""
        self.payments[attempt_id]["trade_state"] = "USERPAYING"

    def decline(self, attempt_id: str) -> None:
        """Let a buyer's bank decline."""
        self.payments[attempt_id]["trade_state"] = "PAYERROR"

    def finish_refund(self, refund_id: str, status: str = "SUCCESS") -> None:
        """Let a refund that is on its way end so."""
        self.refunds[refund_id]["status"] = status

    def refund_by_hand(self, attempt_id: str, amount: int) -> str:
        """Give money back as in the merchant platform, and return what WeChat Pay calls the refund."""
        refund_id = f"5030000{next(self._numbers)}"
        self._refund({"out_trade_no": attempt_id, "out_refund_no": refund_id, "amount": {"refund": amount}})
        return refund_id

    def given_back(self, attempt_id: str) -> list[int]:
        """What went back of a payment, each."""
        known = self.refunds.values()
        return [int(one["amount"]["refund"]) for one in known if one["out_trade_no"] == attempt_id]

    def told(self, attempt_id: str, event: int = 1, signing: Signing = GENUINE) -> Webhook:
        """Return a webhook about a payment."""
        return signed(f"EV-{event}", "TRANSACTION.SUCCESS", self.payments[attempt_id], signing)

    def told_of_refund(self, refund_id: str, event: int = 1, signing: Signing = GENUINE) -> Webhook:
        """Return a webhook about a refund."""
        refund = self.refunds[refund_id]
        told = {key: value for key, value in refund.items() if key != "status"}
        told.update(mchid=MERCHANT, refund_status=refund["status"])
        told["amount"] = {key: value for key, value in refund["amount"].items() if key != "currency"}
        return signed(f"ER-{event}", f"REFUND.{refund['status']}", told, signing)

    def answer(self, asked: Asked) -> Reply:
        """Answer a request that the merchant signed."""
        self.requests.append(f"{asked.method} {asked.path.partition('?')[0]}")
        try:
            answered = self._do(asked)
        except RefusedError as error:
            return Reply(error.status, json.dumps({"code": error.code, "message": "no"}))
        body = "" if answered is None else json.dumps(answered, ensure_ascii=False)
        headers = _signature(body, int(time.time()), self.signs_as, self.signer)
        return Reply(204 if answered is None else 200, body, headers)

    def _do(self, asked: Asked) -> Json | None:
        if self.is_down:
            raise RefusedError(500, "SYSTEM_ERROR")
        _check_signature(asked)
        fields: Json = json.loads(asked.body or "{}")
        parts = asked.path.partition("?")[0].removeprefix("/v3/").split("/")
        match asked.method, parts:
            case "POST", ["pay", "transactions", "native"]:
                self._begin("NATIVE", fields)
                return {"code_url": f"weixin://wxpay/bizpayurl?pr={fields['out_trade_no'][:8]}"}
            case "POST", ["pay", "transactions", "h5"]:
                if not fields["scene_info"]["payer_client_ip"]:
                    raise RefusedError(400, "PARAM_ERROR")
                self._begin("MWEB", fields)
                return {"h5_url": f"https://wx.tenpay.com/checkmweb?prepay_id={fields['out_trade_no'][:8]}"}
            case "GET", ["pay", "transactions", "out-trade-no", attempt_id]:
                return self._payment(attempt_id)
            case "POST", ["pay", "transactions", "out-trade-no", attempt_id, "close"]:
                self._close(attempt_id)
                return None
            case "POST", ["refund", "domestic", "refunds"]:
                return self._refund(fields)
            case "GET", ["refund", "domestic", "refunds", refund_id]:
                if refund_id not in self.refunds:
                    raise RefusedError(404, "RESOURCE_NOT_EXISTS")
                return self.refunds[refund_id]
        raise RefusedError(400, "PARAM_ERROR")

    def _begin(self, kind: str, fields: Json) -> None:
        if self.forbids:
            raise RefusedError(403, "NO_AUTH")
        has_zone = "time_expire" not in fields or datetime.fromisoformat(fields["time_expire"]).tzinfo
        if fields["amount"]["currency"] != "CNY" or fields["mchid"] != MERCHANT or not has_zone:
            raise RefusedError(400, "PARAM_ERROR")
        known = self.payments.get(fields["out_trade_no"])
        if known is not None and known["trade_state"] != "NOTPAY":
            raise RefusedError(400, "ORDERPAID" if known["trade_state"] == "SUCCESS" else "ORDER_CLOSED")
        if known is not None and known["trade_type"] != kind:
            raise RefusedError(400, "INVALID_REQUEST")
        self.payments[fields["out_trade_no"]] = {
            "appid": fields["appid"],
            "mchid": fields["mchid"],
            "out_trade_no": fields["out_trade_no"],
            "trade_type": kind,
            "trade_state": "NOTPAY",
            "trade_state_desc": "订单未支付",
            "amount": {"total": fields["amount"]["total"], "currency": "CNY"},
        }

    def _payment(self, attempt_id: str) -> Json:
        if attempt_id not in self.payments:
            raise RefusedError(404, "ORDER_NOT_EXIST")
        return self.payments[attempt_id]

    def _close(self, attempt_id: str) -> None:
        payment = self._payment(attempt_id)
        if payment["trade_state"] in {"SUCCESS", "USERPAYING"}:
            raise RefusedError(400, "ORDERPAID")
        payment["trade_state"] = "CLOSED"

    def _refund(self, fields: Json) -> Json:
        refund_id, attempt_id = fields["out_refund_no"], fields["out_trade_no"]
        if refund_id in self.refunds:
            return self.refunds[refund_id]
        payment, amount = self._payment(attempt_id), fields["amount"]["refund"]
        total = payment["amount"]["total"]
        given = sum(self.given_back(attempt_id))
        is_wrong = fields["amount"].get("total", total) != total
        if is_wrong or payment["trade_state"] not in {"SUCCESS", "REFUND"} or given + amount > total:
            raise RefusedError(403, "NOT_ENOUGH")
        payment["trade_state"] = "REFUND"
        self.refunds[refund_id] = {
            "out_refund_no": refund_id,
            "out_trade_no": attempt_id,
            "transaction_id": payment["transaction_id"],
            "status": "SUCCESS" if self.gives_back_at_once else "PROCESSING",
            "amount": {"total": total, "refund": amount, "currency": "CNY"},
        }
        return self.refunds[refund_id]


def signed(event_id: str, event_type: str, resource: Json, signing: Signing = GENUINE) -> Webhook:
    """Return a webhook, its resource closed with the shop's APIv3 key."""
    at_s = int(time.time()) if signing.at_s is None else signing.at_s
    original = event_type.partition(".")[0].lower()
    nonce = secrets.token_hex(6)
    closed = AESGCM(signing.api_key.encode()).encrypt(
        nonce.encode(), json.dumps(resource).encode(), original.encode()
    )
    body = json.dumps(
        {
            "id": event_id,
            "create_time": datetime.fromtimestamp(at_s, CHINA).isoformat(),
            "event_type": event_type,
            "resource_type": "encrypt-resource",
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "original_type": original,
                "ciphertext": base64.b64encode(closed).decode(),
                "nonce": nonce,
                "associated_data": original,
            },
            "summary": "支付成功",
        },
        ensure_ascii=False,
    )
    headers = _signature(body, at_s, signing.owner, signing.serial)
    return {name.lower(): value for name, value in headers.items()}, body.encode()


def platform_certificate() -> str:
    """Return a certificate of WeChat Pay's key, as older merchants have it."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Tenpay.com sign")])
    now = datetime.now(CHINA)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key_of("wechat").public_key())
        .serial_number(0x5157F09EFDC096DE15EBE81A47057A72)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .sign(key_of("wechat"), hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _signature(body: str, at_s: int, key: str, serial: str) -> dict[str, str]:
    nonce = secrets.token_hex(16)
    message = f"{at_s}\n{nonce}\n{body}\n".encode()
    signature = key_of(key).sign(message, padding.PKCS1v15(), hashes.SHA256())
    return {
        "Wechatpay-Signature": base64.b64encode(signature).decode(),
        "Wechatpay-Timestamp": str(at_s),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Serial": serial,
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
    }


def _check_signature(asked: Asked) -> None:
    """Refuse what the merchant did not sign (pay.weixin.qq.com/doc/v3/merchant/4012365342)."""
    scheme, _, told = asked.headers.get("authorization", "").partition(" ")
    given = dict(re.findall(r'(\w+)="([^"]*)"', told))
    if scheme != "WECHATPAY2-SHA256-RSA2048" or given.get("serial_no") != CERTIFICATE:
        raise RefusedError(401, "SIGN_ERROR")
    message = "\n".join([asked.method, asked.path, given["timestamp"], given["nonce_str"], asked.body, ""])
    try:
        key_of("merchant").public_key().verify(
            base64.b64decode(given["signature"]), message.encode(), padding.PKCS1v15(), hashes.SHA256()
        )
    except InvalidSignature:
        raise RefusedError(401, "SIGN_ERROR") from None


@contextmanager
def running_wechat_gateway() -> Iterator[WeChatGateway]:
    """Run one for as long as the block runs."""
    gateway = WeChatGateway()
    with serving(gateway.answer) as url:
        gateway.url = url
        yield gateway
