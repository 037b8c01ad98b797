"""A stand-in for Alipay's gateway over real HTTP: it signs with a key of its own (RSA2), and can be asked."""

import base64
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from backend.shop.payments.alipay_keys import AlipayKeys
from tests.support.gateways import Asked, Reply, key_of, private_pem_of, public_pem_of, serving

APP: Final = "2021000123456789"
SELLER: Final = "2088102169481075"
CHINA: Final = timezone(timedelta(hours=8))
FORM: Final = "%Y-%m-%d %H:%M:%S"
PAYING: Final = {"alipay.trade.page.pay", "alipay.trade.wap.pay"}
Json = dict[str, Any]
Webhook = tuple[dict[str, str], bytes]


class Signing(NamedTuple):
    """How a webhook is signed.

    Attributes:
        at_s: when, in seconds since 1970; None for now.
        owner: whose key signs.
    """

    at_s: int | None = None
    owner: str = "alipay"


GENUINE: Final = Signing()


class RefusedError(Exception):
    """What is answered with an error of Alipay's, signed."""

    def __init__(self, code: str, sub_code: str) -> None:
        super().__init__(sub_code)
        self.code = code
        self.sub_code = sub_code


class UnsignedError(Exception):
    """What is answered with an error that nobody signed, as where the app's signature is wrong."""


class AlipayGateway:
    """Alipay, and what buyers and the shop's people do there.

    Attributes:
        url: where it listens.
        is_down: whether it answers everything with an error of its own.
        signs_as: whose key signs its answers.
        has_codes: whether the shop has a contract for codes to scan.
        requests: what was asked.
        trades: by attempt, from when a buyer scanned or signed in.
    """

    def __init__(self) -> None:
        self.url = ""
        self.is_down = False
        self.signs_as = "alipay"
        self.has_codes = True
        self.requests: list[str] = []
        self.trades: dict[str, Json] = {}
        self._offers: dict[str, Json] = {}
        self._refunds: list[Json] = []
        self._numbers = count(1)

    def keys(self, **changes: str) -> AlipayKeys:
        """The shop's keys."""
        keys = {
            "app_id": APP,
            "private_key": private_pem_of("app"),
            "public_key": public_pem_of("alipay"),
            "seller_id": SELLER,
            "api": self.url,
        }
        return AlipayKeys(**{**keys, **changes})

    def open_page(self, address: str) -> Json:
        """Let a buyer open a page of Alipay's that the shop signed, and return what stands in the address."""
        fields = dict(parse_qsl(urlsplit(address).query))
        _check_signature(fields)
        content: Json = json.loads(fields["biz_content"])
        assert fields["method"] in PAYING
        self._offers[content["out_trade_no"]] = content
        return {**fields, "biz_content": content}

    def scan(self, attempt_id: str) -> None:
        """Let a buyer scan a code, or sign in on a page: now there is a trade."""
        offer = self._offers[attempt_id]
        self.trades.setdefault(
            attempt_id,
            {
                "out_trade_no": attempt_id,
                "trade_no": f"202612012200{next(self._numbers)}",
                "trade_status": "WAIT_BUYER_PAY",
                "total_amount": offer["total_amount"],
            },
        )

    def pay(self, attempt_id: str, total: int | None = None) -> None:
        """Let a buyer scan and pay, or another amount come in; nothing comes for what is closed."""
        self.scan(attempt_id)
        trade = self.trades[attempt_id]
        if trade["trade_status"] != "WAIT_BUYER_PAY":
            return
        trade.update(trade_status="TRADE_SUCCESS", send_pay_date=datetime.now(CHINA).strftime(FORM))
        if total is not None:
            trade["total_amount"] = yuan(total)

    def refund_by_hand(self, attempt_id: str, amount: int) -> str:
        """Give money back as in the merchant's console, and return what Alipay calls the refund."""
        refund_id = f"HZ{next(self._numbers)}"
        self._refund({"out_trade_no": attempt_id, "out_request_no": refund_id, "refund_amount": yuan(amount)})
        return refund_id

    def given_back(self, attempt_id: str) -> list[int]:
        """What went back of a trade, each."""
        return [fen(one["refund_amount"]) for one in self._refunds if one["out_trade_no"] == attempt_id]

    def told(self, attempt_id: str, event: int = 1, signing: Signing = GENUINE, **changes: str) -> Webhook:
        """Return a webhook about a trade."""
        trade = self.trades[attempt_id]
        fields = {key: value for key, value in trade.items() if key != "send_pay_date"}
        if "send_pay_date" in trade:
            fields["gmt_payment"] = trade["send_pay_date"]
        return signed({**fields, "notify_id": f"N{event}", **changes}, signing)

    def told_of_refund(self, refund_id: str, event: int = 1, signing: Signing = GENUINE) -> Webhook:
        """Return a webhook about a refund; its amount is what went back in all until then."""
        (index,) = (n for n, one in enumerate(self._refunds) if one["out_request_no"] == refund_id)
        attempt_id = self._refunds[index]["out_trade_no"]
        until_then = self._refunds[: index + 1]
        in_all = sum(fen(one["refund_amount"]) for one in until_then if one["out_trade_no"] == attempt_id)
        return self.told(
            attempt_id, event, signing, refund_fee=yuan(in_all), out_biz_no=refund_id, gmt_refund=_now()
        )

    def answer(self, asked: Asked) -> Reply:
        """Answer a request that the app signed."""
        if self.is_down:
            return Reply(502, "Bad Gateway", {"Content-Type": "text/html"})
        fields = {key: values[0] for key, values in parse_qs(asked.body, keep_blank_values=True).items()}
        method = fields["method"]
        self.requests.append(method)
        name = f"{method.replace('.', '_')}_response"
        try:
            _check_signature(fields)
            done = self._do(method, json.loads(fields["biz_content"]))
            answered = {"code": "10000", "msg": "Success", **done}
        except UnsignedError:
            refusal = {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-signature"}
            return Reply(200, json.dumps({name: refusal}))
        except RefusedError as error:
            answered = {"code": error.code, "msg": "Business Failed", "sub_code": error.sub_code}
        told = json.dumps(answered, ensure_ascii=False, separators=(",", ":"))
        return Reply(200, f'{{"{name}":{told},"sign":"{_sign(told, self.signs_as)}"}}')

    def _do(self, method: str, content: Json) -> Json:
        match method:
            case "alipay.trade.precreate":
                if not self.has_codes:
                    raise RefusedError("40006", "isv.insufficient-isv-permissions")
                datetime.strptime(content["time_expire"], FORM).replace(tzinfo=CHINA)
                self._offers[content["out_trade_no"]] = content
                return {"qr_code": f"https://qr.alipay.com/bax{content['out_trade_no'][:12]}"}
            case "alipay.trade.query":
                return self._trade(content)
            case "alipay.trade.close":
                return self._close(content)
            case "alipay.trade.refund":
                return self._refund(content)
            case "alipay.trade.fastpay.refund.query":
                return self._find_refund(content)
        raise RefusedError("40004", "isv.invalid-method")

    def _trade(self, content: Json) -> Json:
        for trade in self.trades.values():
            if content.get("out_trade_no") == trade["out_trade_no"]:
                return trade
            if content.get("trade_no") == trade["trade_no"]:
                return trade
        raise RefusedError("40004", "ACQ.TRADE_NOT_EXIST")

    def _close(self, content: Json) -> Json:
        trade = self._trade(content)
        if trade["trade_status"] not in {"WAIT_BUYER_PAY", "TRADE_CLOSED"}:
            raise RefusedError("40004", "ACQ.REASON_TRADE_STATUS_INVALID")
        trade["trade_status"] = "TRADE_CLOSED"
        return {"trade_no": trade["trade_no"]}

    def _refund(self, content: Json) -> Json:
        trade, amount = self._trade(content), fen(content["refund_amount"])
        known = [one for one in self._refunds if one["out_request_no"] == content["out_request_no"]]
        given, total = sum(self.given_back(content["out_trade_no"])), fen(trade["total_amount"])
        if not known:
            if trade["trade_status"] != "TRADE_SUCCESS" or given + amount > total:
                raise RefusedError("40004", "ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
            self._refunds.append(content)
            given += amount
            if given == total:
                trade["trade_status"] = "TRADE_CLOSED"
        return {"refund_fee": yuan(given), "fund_change": "N" if known else "Y"}

    def _find_refund(self, content: Json) -> Json:
        trade = self._trade(content)
        for one in self._refunds:
            if (one["out_trade_no"], one["out_request_no"]) == (
                trade["out_trade_no"],
                content["out_request_no"],
            ):
                return {**one, "refund_status": "REFUND_SUCCESS"}
        return {}


def signed(fields: Json, signing: Signing = GENUINE) -> Webhook:
    """Return a webhook of these fields."""
    at_s = int(time.time()) if signing.at_s is None else signing.at_s
    told = {
        "app_id": APP,
        "seller_id": SELLER,
        "charset": "utf-8",
        "notify_type": "trade_status_sync",
        "notify_time": datetime.fromtimestamp(at_s, CHINA).strftime(FORM),
        "subject": "订单 1",
        **fields,
    }
    message = "&".join(f"{key}={value}" for key, value in sorted(told.items()))
    body = urlencode({**told, "sign_type": "RSA2", "sign": _sign(message, signing.owner)})
    return {"content-type": "application/x-www-form-urlencoded; charset=utf-8"}, body.encode()


def yuan(amount: int) -> str:
    """Fen as yuan."""
    return f"{amount / 100:.2f}"


def fen(text: str) -> int:
    """Yuan as fen."""
    return round(float(text) * 100)


def _now() -> str:
    return datetime.now(CHINA).strftime(FORM)


def _sign(text: str, owner: str) -> str:
    signature = key_of(owner).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return base64.b64encode(signature).decode()


def _check_signature(fields: Json) -> None:
    """Refuse what the app did not sign (opendocs.alipay.com/common/02mse2)."""
    signature = base64.b64decode(fields["sign"])
    message = "&".join(f"{key}={value}" for key, value in sorted(fields.items()) if key != "sign")
    try:
        key_of("app").public_key().verify(signature, message.encode(), padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        raise UnsignedError from None


@contextmanager
def running_alipay_gateway() -> Iterator[AlipayGateway]:
    """Run one for as long as the block runs."""
    gateway = AlipayGateway()
    with serving(gateway.answer) as url:
        gateway.url = f"{url}/gateway.do"
        yield gateway
