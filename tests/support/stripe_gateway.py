"""A stand-in of Stripe for the tests: what its API documents of payments and refunds, over real HTTP.

localstripe cannot play what the cashier does: it takes no card when a payment is confirmed, and forgets keys.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import stripe
from typing_extensions import override

SECRET_KEY: Final = "sk_test_12345"
PUBLISHABLE_KEY: Final = "pk_test_12345"
WEBHOOK_SECRET: Final = "whsec_of_the_tests"
OVER: Final = {"succeeded", "canceled", "processing"}
Json = dict[str, Any]


class RefusedError(Exception):
    """What is answered with an error; its code is Stripe's."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code


class StripeGateway:
    """Stripe, and what buyers and the shop's people do there.

    Attributes:
        is_down: whether it answers everything with an error of its own, and keeps that under the key.
        requests: the paths that were asked for.
        now_s: when things are made that are made now.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_down = False
        self.requests: list[str] = []
        self.now_s = 1_700_000_000
        self._intents: dict[str, Json] = {}
        self._refunds: dict[str, Json] = {}
        self._answers: dict[str, tuple[Json, Json]] = {}
        self._broken = set[str]()
        self._numbers = count(1)

    def pay(self, intent_id: str, amount: int | None = None) -> None:
        """Let a buyer pay by a good card, or another amount come in; nothing comes for what is over."""
        intent = self._intents[intent_id]
        if intent["status"] not in {"succeeded", "canceled"}:
            received = intent["amount"] if amount is None else amount
            intent.update(status="succeeded", amount_received=received)

    def decline(self, intent_id: str) -> None:
        """Let a buyer's card be declined."""
        self._intents[intent_id]["last_payment_error"] = {"code": "card_declined"}

    def delay(self, intent_id: str) -> None:
        """Let the money be on its way."""
        self._intents[intent_id]["status"] = "processing"

    def see(self, intent_id: str) -> Json:
        """Return a PaymentIntent."""
        return dict(self._intents[intent_id])

    def find(self, attempt_id: str) -> str:
        """Return the name of an attempt's only PaymentIntent."""
        (found,) = (one for one in self._intents.values() if one["metadata"].get("attempt_id") == attempt_id)
        return str(found["id"])

    def refunds(self, intent_id: str) -> list[Json]:
        """Return the refunds of a payment."""
        return [one for one in self._refunds.values() if one["payment_intent"] == intent_id]

    def refund_by_hand(self, intent_id: str, amount: int) -> Json:
        """Give money back as in the dashboard."""
        return self._new_refund({"payment_intent": intent_id, "amount": str(amount)})

    def webhook(self, told: Json) -> tuple[dict[str, str], bytes]:
        """Return headers and body of a webhook that is sent now."""
        now_s = int(time.time())
        event = {"id": f"evt_{next(self._numbers)}", "object": "event", "type": "any", "livemode": False}
        body = json.dumps({**event, "created": now_s, "data": {"object": told}})
        header = stripe.WebhookSignature.generate_signature_header(body, WEBHOOK_SECRET, now_s)
        return {"Stripe-Signature": header}, body.encode()

    def answer(self, method: str, path: str, fields: Json, key: str) -> Json:
        """Answer a request; one with a key that is known is answered as the first time."""
        self.requests.append(f"{method} {path}")
        if fields.pop("key") != SECRET_KEY:
            raise RefusedError(401, "api_key_invalid")
        if self.is_down or key in self._broken:
            self._broken |= {key} - {""}
            raise RefusedError(500, "api_error")
        if key in self._answers:
            asked, answered = self._answers[key]
            if asked != fields:
                raise RefusedError(400, "idempotency_key_in_use")
            return answered
        answered = self._do(method, path.removeprefix("/v1/").split("/"), fields)
        if key:
            self._answers[key] = fields, dict(answered)
        return answered

    def _do(self, method: str, parts: list[str], fields: Json) -> Json:
        match method, parts:
            case "POST", ["payment_intents"]:
                return self._new_intent(fields)
            case "GET", ["payment_intents", intent_id]:
                return self._intent(intent_id)
            case "POST", ["payment_intents", intent_id, "cancel"]:
                intent = self._intent(intent_id)
                if intent["status"] in OVER:
                    raise RefusedError(400, "payment_intent_unexpected_state")
                intent["status"] = "canceled"
                return intent
            case "POST", ["refunds"]:
                return self._new_refund(fields)
            case "GET", [kind] if kind == "payment_intents" or "created[gte]" in fields:
                return _page(self._refunds if kind == "refunds" else self._intents, fields)
            case "GET", ["refunds"]:
                return {"object": "list", "data": self.refunds(fields["payment_intent"]), "has_more": False}
        raise RefusedError(404, "url_invalid")

    def _intent(self, intent_id: str) -> Json:
        if intent_id not in self._intents:
            raise RefusedError(404, "resource_missing")
        return self._intents[intent_id]

    def _new_intent(self, fields: Json) -> Json:
        amount = int(fields["amount"])
        if amount < 50:
            raise RefusedError(400, "amount_too_small")
        intent_id = f"pi_{next(self._numbers)}"
        self._intents[intent_id] = {
            "id": intent_id,
            "object": "payment_intent",
            "amount": amount,
            "amount_received": 0,
            "created": self.now_s,
            "client_secret": f"{intent_id}_secret_{next(self._numbers)}",
            "currency": fields["currency"],
            "livemode": False,
            "metadata": _metadata(fields),
            "status": "requires_payment_method",
        }
        return self._intents[intent_id]

    def _new_refund(self, fields: Json) -> Json:
        intent, amount = self._intent(fields["payment_intent"]), int(fields["amount"])
        given = sum(one["amount"] for one in self.refunds(intent["id"]))
        if given + amount > intent["amount_received"]:
            raise RefusedError(400, "charge_already_refunded")
        refund_id = f"re_{next(self._numbers)}"
        self._refunds[refund_id] = {
            "id": refund_id,
            "object": "refund",
            "amount": amount,
            "created": self.now_s,
            "currency": intent["currency"],
            "metadata": _metadata(fields),
            "payment_intent": intent["id"],
            "status": "succeeded",
        }
        return self._refunds[refund_id]


def _page(things: dict[str, Json], fields: Json) -> Json:
    """Two at a time, however many are asked for, so that who reads on is tried too."""
    ids = [key for key, one in things.items() if one["created"] >= int(fields.get("created[gte]", 0))]
    after = fields.get("starting_after")
    ids = ids[ids.index(after) + 1 :] if after else ids
    return {"object": "list", "data": [things[key] for key in ids[:2]], "has_more": len(ids) > 2}


def _metadata(fields: Json) -> dict[str, str]:
    prefix = "metadata["
    return {
        name.removeprefix(prefix)[:-1]: value for name, value in fields.items() if name.startswith(prefix)
    }


class _Handler(BaseHTTPRequestHandler):
    """Reads requests for a gateway, which a subclass names."""

    protocol_version = "HTTP/1.1"
    gateway: StripeGateway

    def do_GET(self) -> None:
        self._answer("GET")

    def do_POST(self) -> None:
        self._answer("POST")

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, method: str) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        fields: Json = dict(parse_qsl(address.query) + parse_qsl(body))
        key = self.headers.get("Idempotency-Key", "") if method == "POST" else ""
        try:
            fields["key"] = self.headers.get("Authorization", "").removeprefix("Bearer ")
            status, answer = 200, self.gateway.answer(method, address.path, fields, key)
        except RefusedError as error:
            kind = "api_error" if error.status >= 500 else "invalid_request_error"
            told = {"type": kind, "code": error.code, "message": f"no: {SECRET_KEY}"}
            status, answer = error.status, {"error": told}
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running_stripe_gateway() -> Iterator[StripeGateway]:
    """Run one for as long as the block runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    gateway = StripeGateway(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"gateway": gateway})
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
