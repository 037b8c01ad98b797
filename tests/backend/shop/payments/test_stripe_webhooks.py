"""Webhooks of Stripe's, signed as it signs them: forged, altered, late, replayed, of others."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import stripe

from backend.contract.payments import Attempt
from backend.shop.outcomes import Closing
from backend.shop.payments.asking import ASK_PAUSE_MS
from backend.shop.payments.stripe_keys import StripeKeys
from backend.shop.payments.stripe_provider import Stripe
from backend.shop.payments.stripe_webhooks import MAX_AGE_MS
from backend.storage.payment_tables import PAYMENT_ATTEMPTS
from tests.backend.shop.payments.till import Till

SECRET = "whsec_of_the_tests"
KEYS = StripeKeys(
    secret_key="sk_test_1",
    publishable_key="pk_test_1",
    webhook_secret=SECRET,
    account="acct_shop",
    api="http://127.0.0.1:9",  # nobody listens there: only webhooks are told
)
INTENT = "pi_1"


class Post:
    """Sends webhooks about one attempt to the shop."""

    def __init__(self, till: Till, attempt: Attempt) -> None:
        self.till = till
        self.attempt = attempt

    def intent(self, status: str = "succeeded", **changes: object) -> dict[str, Any]:
        """A PaymentIntent as Stripe writes it, shortened."""
        return {
            "id": INTENT,
            "object": "payment_intent",
            "amount": self.attempt.amount_minor,
            "amount_received": self.attempt.amount_minor if status == "succeeded" else 0,
            "currency": "cny",
            "livemode": False,
            "metadata": {"attempt_id": self.attempt.attempt_id},
            "on_behalf_of": None,
            "status": status,
            "transfer_data": None,
            **changes,
        }

    def body(self, told: dict[str, Any], event_id: str = "evt_1", **changes: object) -> bytes:
        """An event as Stripe writes it, shortened."""
        created_s = self.till.now_ms // 1000
        event = {"id": event_id, "object": "event", "type": "any", "livemode": False, "created": created_s}
        return json.dumps({**event, "data": {"object": told}, **changes}, indent=2).encode()

    async def send(
        self, body: bytes, secret: str = SECRET, *, age_ms: int = 0, signed: bytes | None = None
    ) -> str:
        """Send a body, signed so long ago with this secret."""
        header = stripe.WebhookSignature.generate_signature_header(
            (signed or body).decode(), secret, (self.till.now_ms - age_ms) // 1000
        )
        return await self.till.receive({"stripe-signature": header}, body, "stripe")

    async def tell(self, status: str = "succeeded", event_id: str = "evt_1", **changes: object) -> str:
        """Send a PaymentIntent."""
        return await self.send(self.body(self.intent(status, **changes), event_id))

    @property
    def order(self) -> tuple[str, str]:
        return self.till.state(self.attempt.order_id)


@pytest.fixture
async def post(till: Till) -> AsyncIterator[Post]:
    """A shop with Stripe, and one attempt that Stripe knows as `pi_1`."""
    provider = Stripe(KEYS)
    attempt = await till.open()
    with till.database.shop_transaction() as connection:
        values = {"provider": "stripe", "provider_ref": INTENT}
        connection.execute(PAYMENT_ATTEMPTS.update().values(values))
    till.providers["stripe"] = provider
    yield Post(till, attempt)
    await provider.end()


async def test_a_webhook_of_stripes_pays_the_order_once(post: Post) -> None:
    assert await post.tell() == "paid"
    assert await post.tell() == "replayed"
    assert await post.tell(event_id="evt_2") == "nothing"
    assert post.order == ("open", "paid")
    assert post.till.accounts() == {"provider:stripe": 38_700, "sales": -38_000, "shipping": -700}


async def test_a_webhook_that_was_forged_or_altered_is_refused(post: Post) -> None:
    body = post.body(post.intent())
    altered = body.replace(b"38700", b"00001")
    assert altered != body
    refused = [
        await post.send(body, "whsec_of_somebody"),
        await post.send(altered, signed=body),
        await post.till.receive({}, body, "stripe"),
        await post.till.receive({"stripe-signature": "t=1,v1=abc"}, body, "stripe"),
        await post.till.receive({"stripe-signature": "v1="}, body, "stripe"),
        await post.till.receive({"stripe-signature": "\u00e9"}, b"\xff", "stripe"),
    ]
    assert set(refused) == {"WebhookError"}
    assert post.order == ("open", "unpaid")


@pytest.mark.parametrize("age_ms", [MAX_AGE_MS + 1_000, -MAX_AGE_MS - 1_000, 86_400_000])
async def test_a_webhook_that_is_late_or_of_the_future_is_refused(post: Post, age_ms: int) -> None:
    body = post.body(post.intent())
    assert await post.send(body, age_ms=age_ms) == "WebhookError"
    assert await post.send(body, age_ms=age_ms // abs(age_ms) * (MAX_AGE_MS - 1_000)) == "paid"


@pytest.mark.parametrize(
    "changes",
    [
        {"amount_received": 38_699},
        {"currency": "usd"},
    ],
)
async def test_money_of_stripes_that_does_not_match_is_put_aside(post: Post, changes: dict[str, Any]) -> None:
    assert await post.tell(**changes) == "suspense"
    assert post.order == ("open", "unpaid")
    assert len(post.till.suspense()) == 1


@pytest.mark.parametrize(
    "changes", [{"transfer_data": {"destination": "acct_other"}}, {"on_behalf_of": "acct_other"}]
)
async def test_money_of_stripes_that_goes_to_another_account_changes_nothing(
    post: Post, changes: dict[str, Any]
) -> None:
    assert await post.tell(**changes) == "of_another"
    assert (post.order, post.till.suspense()) == (("open", "unpaid"), [])


async def test_a_webhook_of_another_account_changes_nothing(post: Post) -> None:
    assert await post.send(post.body(post.intent(), account="acct_other")) == "of_another"
    assert post.till.suspense() == []
    assert await post.send(post.body(post.intent(), "evt_2", account="acct_shop")) == "paid"


async def test_a_webhook_of_the_other_mode_is_refused(post: Post) -> None:
    assert await post.send(post.body(post.intent(), livemode=True)) == "WebhookError"


async def test_what_is_no_word_on_a_payment_of_the_shops_changes_nothing(post: Post) -> None:
    assert await post.tell(metadata={}) == "nothing"
    assert await post.send(post.body({"object": "customer", "id": "cus_1"})) == "nothing"
    assert await post.send(post.body({"id": "no kind"})) == "WebhookError"
    assert await post.send(b"[]") == "WebhookError"
    assert post.till.suspense() == []


async def test_a_payment_of_an_attempt_that_is_not_there_is_sent_again(post: Post) -> None:
    assert await post.tell(metadata={"attempt_id": "nowhere"}) == "UnknownAttemptError"


async def test_a_declined_card_leaves_the_attempt_open_and_a_cancelled_payment_closes_it(post: Post) -> None:
    assert await post.tell("requires_payment_method") == "nothing"
    assert post.till.attempt_state(post.attempt) == "pending"
    assert await post.tell("processing", "evt_2") == "nothing"
    assert await post.tell("canceled", "evt_3") == "closed"
    assert await post.tell("succeeded", "evt_4") == "paid"  # the money counts, whatever was told before
    assert await post.tell("canceled", "evt_5") == "nothing"


async def test_a_refund_that_was_made_in_the_dashboard_is_seen(post: Post) -> None:
    await post.tell()
    refund = {"id": "re_1", "object": "refund", "amount": 700, "currency": "cny", "payment_intent": INTENT}
    pending = {**refund, "status": "pending"}
    assert await post.send(post.body(pending, "evt_2")) == "nothing"
    assert await post.send(post.body({**refund, "status": "succeeded"}, "evt_3")) == "refunded"
    assert post.order == ("open", "part_refunded")
    assert await post.send(post.body({**refund, "status": "succeeded"}, "evt_4")) == "nothing"
    assert await post.tell(event_id="evt_5") == "nothing"
    assert post.order == ("open", "part_refunded")
    assert await post.send(post.body({**refund, "status": "failed"}, "evt_6")) == "refund_came_back"
    assert post.order == ("open", "paid")


async def test_a_refund_of_a_payment_that_is_not_the_shops_changes_nothing(post: Post) -> None:
    refund = {"id": "re_1", "object": "refund", "amount": 700, "currency": "cny", "status": "succeeded"}
    assert await post.send(post.body({**refund, "payment_intent": "pi_other"})) == "nothing"
    assert await post.send(post.body(refund, "evt_2")) == "nothing"


async def test_stripe_out_of_reach_leaves_the_attempt_as_it_is(post: Post) -> None:
    post.till.now_ms += ASK_PAUSE_MS
    seen = await post.till.payments.attempt(post.attempt.attempt_id)
    assert seen is not None
    assert seen.state == "pending"
    assert await post.till.payments.close_attempts(post.attempt.order_id) is Closing.PROCESSING
