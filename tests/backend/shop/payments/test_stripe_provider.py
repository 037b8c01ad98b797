"""Stripe against a stand-in that speaks its API, over real HTTP."""

from collections.abc import AsyncIterator, Iterator

import msgspec
import pytest

from backend.contract.payments import ProviderFinding
from backend.shop.outcomes import Closing
from backend.shop.payments.asking import ASK_PAUSE_MS
from backend.shop.payments.provider import (
    NotTakenError,
    PaymentReport,
    PaymentRequest,
    ProviderError,
    ProviderState,
)
from backend.shop.payments.sandbox_store import Outcome
from backend.shop.payments.stripe_keys import StripeKeys
from backend.shop.payments.stripe_provider import Stripe
from backend.storage.payment_tables import PAYMENT_ATTEMPTS, REFUNDS
from tests.backend.shop.payments.till import Till
from tests.support.stripe_gateway import (
    PUBLISHABLE_KEY,
    SECRET_KEY,
    StripeGateway,
    running_stripe_gateway,
)

REQUEST = PaymentRequest("a" * 32, 9_900, "CNY", 1_700_000_000_000)


@pytest.fixture
def gateway() -> Iterator[StripeGateway]:
    """Stripe's stand-in."""
    with running_stripe_gateway() as gateway:
        yield gateway


@pytest.fixture
async def provider(gateway: StripeGateway) -> AsyncIterator[Stripe]:
    """The shop's account there."""
    keys = StripeKeys(secret_key=SECRET_KEY, publishable_key=PUBLISHABLE_KEY, api=gateway.url)
    provider = Stripe(keys)
    yield provider
    await provider.end()


async def test_a_payment_is_begun_once_and_its_refund_given_once(
    gateway: StripeGateway, provider: Stripe
) -> None:
    begun = await provider.create(REQUEST)
    assert await provider.create(REQUEST) == begun
    gateway.pay(begun.ref)
    for _ in range(2):
        await provider.refund("r1", REQUEST.attempt_id, 900, begun.ref)
    assert [one["amount"] for one in gateway.refunds(begun.ref)] == [900]


async def test_an_amount_that_stripe_never_takes_is_told_apart_from_a_stripe_that_is_down(
    gateway: StripeGateway, provider: Stripe, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NotTakenError, match="amount_too_small"):
        await provider.create(msgspec.structs.replace(REQUEST, amount_minor=49))
    gateway.is_down = True
    with pytest.raises(ProviderError) as raised:
        await provider.create(REQUEST)
    assert SECRET_KEY not in f"{raised.value} {caplog.text}"
    gateway.is_down = False
    assert (await provider.create(REQUEST)).state is ProviderState.PENDING


async def test_a_wrong_key_is_told_without_showing_it(
    gateway: StripeGateway, caplog: pytest.LogCaptureFixture
) -> None:
    provider = Stripe(
        StripeKeys(secret_key="sk_test_wrong", publishable_key=PUBLISHABLE_KEY, api=gateway.url)
    )
    with pytest.raises(ProviderError) as raised:
        await provider.create(REQUEST)
    await provider.end()
    assert "sk_test_wrong" not in f"{raised.value} {caplog.text}"


async def test_a_check_of_stripe_tells_wrong_keys_from_a_stripe_out_of_reach(
    gateway: StripeGateway, provider: Stripe
) -> None:
    await provider.check()
    findings = []
    for secret_key, api in (("sk_test_wrong", gateway.url), (SECRET_KEY, "http://127.0.0.1:9")):
        one = Stripe(StripeKeys(secret_key=secret_key, publishable_key=PUBLISHABLE_KEY, api=api))
        with pytest.raises(ProviderError) as raised:
            await one.check()
        findings.append(raised.value.finding)
        await one.end()
    assert findings == [ProviderFinding.KEYS_REFUSED, ProviderFinding.UNREACHABLE]


async def test_money_that_is_on_its_way_cannot_be_closed(gateway: StripeGateway, provider: Stripe) -> None:
    begun = await provider.create(REQUEST)
    gateway.delay(begun.ref)
    assert (await provider.close("a", begun.ref)).state is ProviderState.PROCESSING


async def test_more_than_came_is_not_given_back(gateway: StripeGateway, provider: Stripe) -> None:
    begun = await provider.create(REQUEST)
    gateway.pay(begun.ref)
    with pytest.raises(ProviderError):
        await provider.refund("r1", REQUEST.attempt_id, 9_901, begun.ref)


def ref_of(till: Till, attempt_id: str) -> str:
    """What Stripe calls an attempt."""
    is_this = PAYMENT_ATTEMPTS.c.attempt_id == attempt_id
    return str(till.rows(PAYMENT_ATTEMPTS.select().where(is_this))[0]["provider_ref"])


async def test_a_payment_goes_from_beginning_to_refund(gateway: StripeGateway, provider: Stripe) -> None:
    begun = await provider.create(REQUEST)
    assert (begun.state, begun.amount_minor, begun.currency) == (ProviderState.PENDING, 9_900, "CNY")
    assert gateway.see(begun.ref)["metadata"] == {"attempt_id": REQUEST.attempt_id}
    gateway.pay(begun.ref)
    paid = await provider.ask(REQUEST.attempt_id, begun.ref)
    assert (paid.state, paid.amount_minor, paid.ref) == (ProviderState.PAID, 9_900, begun.ref)
    assert await provider.find_refund("r1", begun.ref) is None
    refund = await provider.refund("r1", REQUEST.attempt_id, 900, begun.ref)
    assert (refund.refund_id, refund.amount_minor, refund.is_done) == ("r1", 900, True)
    assert await provider.find_refund("r1", begun.ref) == refund
    by_hand = gateway.refund_by_hand(begun.ref, 700)
    listed = await provider.refunds_of(REQUEST.attempt_id, begun.ref, 900)
    assert {(one.refund_id, one.amount_minor) for one in listed} == {("r1", 900), (by_hand["id"], 700)}


async def test_a_payment_that_is_closed_takes_no_money_and_a_paid_one_stays_paid(
    gateway: StripeGateway, provider: Stripe
) -> None:
    one = await provider.create(REQUEST)
    two = await provider.create(msgspec.structs.replace(REQUEST, attempt_id="b" * 32))
    assert (await provider.close("a", one.ref)).state is ProviderState.CLOSED
    gateway.pay(one.ref)
    assert (await provider.close("a", one.ref)).state is ProviderState.CLOSED
    gateway.pay(two.ref)
    assert (await provider.close("a", two.ref)).state is ProviderState.PAID


async def test_a_declined_card_can_be_followed_by_another(gateway: StripeGateway, provider: Stripe) -> None:
    begun = await provider.create(REQUEST)
    gateway.decline(begun.ref)
    assert (await provider.ask("a", begun.ref)).state is ProviderState.PENDING
    gateway.pay(begun.ref)
    assert (await provider.ask("a", begun.ref)).state is ProviderState.PAID


async def test_a_payment_whose_name_was_never_heard_is_unknown(provider: Stripe) -> None:
    assert (await provider.ask("a", "")).state is ProviderState.UNKNOWN
    assert (await provider.close("a", "")).state is ProviderState.UNKNOWN
    with pytest.raises(ProviderError):
        await provider.form("a", "")
    with pytest.raises(ProviderError):
        await provider.ask("a", "pi_nothing")


async def test_the_form_of_a_payment_has_its_secret_and_the_public_key(
    gateway: StripeGateway, provider: Stripe
) -> None:
    begun = await provider.create(REQUEST)
    form = await provider.form("a", begun.ref)
    assert form.publishable_key == PUBLISHABLE_KEY
    assert form.client_secret == gateway.see(begun.ref)["client_secret"]
    assert provider.is_test


async def test_an_order_is_paid_at_stripe_by_asking_alone(
    till: Till, gateway: StripeGateway, provider: Stripe
) -> None:
    till.providers["stripe"] = provider
    order_id = till.place()
    attempt = await till.open(order_id, "stripe")
    gateway.pay(ref_of(till, attempt.attempt_id))
    till.now_ms += ASK_PAUSE_MS
    await till.payments.attempt(attempt.attempt_id)
    assert till.state(order_id) == ("open", "paid")
    assert till.accounts() == {"provider:stripe": 38_700, "sales": -38_000, "shipping": -700}


async def test_an_order_that_stripe_and_another_paid_is_paid_back_once(
    till: Till, gateway: StripeGateway, provider: Stripe
) -> None:
    till.providers["stripe"] = provider
    order_id = till.place()
    attempt, other = await till.open(order_id, "stripe"), await till.open(order_id)
    ref = ref_of(till, attempt.attempt_id)
    gateway.pay(ref)
    await till.choose(other, Outcome.PAY)
    till.now_ms += ASK_PAUSE_MS
    await till.payments.attempt(attempt.attempt_id)
    await till.payments.refund_all()
    await till.payments.refund_all()
    assert till.refunds() == [("paid_twice", "done", 38_700)]
    assert [one["amount"] for one in gateway.refunds(ref)] == [38_700]


async def test_a_refund_that_stripe_had_accepted_before_a_kill_is_not_given_twice(
    till: Till, gateway: StripeGateway, provider: Stripe
) -> None:
    till.providers["stripe"] = provider
    order_id = till.place()
    attempt = await till.open(order_id, "stripe")
    ref = ref_of(till, attempt.attempt_id)
    gateway.pay(ref)
    till.release(order_id)
    till.orders.left = False  # sold meanwhile: the money goes back
    till.now_ms += ASK_PAUSE_MS
    await till.payments.attempt(attempt.attempt_id)
    ((reason, state, _amount),) = till.refunds()
    assert (reason, state) == ("paid_late", "requested")
    refund_id = str(till.rows(REFUNDS.select())[0]["refund_id"])
    first = await provider.refund(refund_id, attempt.attempt_id, 38_700, ref)
    await till.payments.refund_all()
    assert till.refunds() == [("paid_late", "done", 38_700)]
    assert await provider.find_refund(refund_id, ref) == first


async def test_an_order_whose_time_is_over_is_closed_at_stripe_first(
    till: Till, gateway: StripeGateway, provider: Stripe
) -> None:
    till.providers["stripe"] = provider
    order_id = till.place()
    attempt = await till.open(order_id, "stripe")
    assert await till.payments.close_attempts(order_id) is Closing.CLOSED
    assert gateway.see(ref_of(till, attempt.attempt_id))["status"] == "canceled"


async def test_stripe_lists_what_came_in_and_went_back_since_a_moment(
    gateway: StripeGateway, provider: Stripe
) -> None:
    old = await provider.create(REQUEST)
    gateway.pay(old.ref)
    gateway.now_s += 100
    await provider.refund("r-old", REQUEST.attempt_id, 300, old.ref)
    begun = []
    for letter in "bcdef":
        begun.append(await provider.create(msgspec.structs.replace(REQUEST, attempt_id=letter * 32)))
        gateway.pay(begun[-1].ref)
    await provider.create(msgspec.structs.replace(REQUEST, attempt_id="9" * 32))

    reports = await provider.reports_since((gateway.now_s - 50) * 1000)
    payments = [one for one in reports if isinstance(one, PaymentReport)]
    assert [(one.attempt_id, one.state) for one in payments] == [
        (letter * 32, ProviderState.PAID) for letter in "bcdef"
    ]
    refunds = [one for one in reports if not isinstance(one, PaymentReport)]
    assert [(one.refund_id, one.payment_ref, one.is_done) for one in refunds] == [("r-old", old.ref, True)]
    gateway.is_down = True
    with pytest.raises(ProviderError):
        await provider.reports_since(0)
