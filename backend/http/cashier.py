"""The pages of the cashier: no login, the id in the address is the key."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from backend.contract.decoding import decode_json
from backend.contract.payments import AttemptState
from backend.http.cashier_page import draw, draw_missing
from backend.http.cashier_texts import TEXTS
from backend.http.cashier_view import CashierState, CashierView
from backend.http.languages import LANGUAGES, PageLanguage, language_of
from backend.http.player_files import PlayerFiles
from backend.http.problems import json_response, problem
from backend.http.qr import qr_svg
from backend.http.request_limits import Pace, address_of, read_bytes
from backend.shop.money_text import amount_text
from backend.shop.payments.card_form import CARDS, CardForm, CardProvider
from backend.shop.payments.checkout import Checkout
from backend.shop.payments.pay_links import LinkProvider, Payer, PayLinks
from backend.shop.payments.payments import Payments
from backend.shop.payments.provider import NotTakenError, ProviderError
from backend.shop.payments.sandbox import NAME, Sandbox
from backend.shop.payments.sandbox_store import Outcome

log = logging.getLogger("livestall.payments")

FILES: Final = Path(__file__).parent / "cashier_files"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# What Stripe's form needs beside (docs.stripe.com/security/guide, "Content security policy").
STRIPE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self' https://js.stripe.com https://*.js.stripe.com; "
    "img-src 'self' data: https://*.stripe.com; connect-src 'self' https://api.stripe.com; "
    "frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The browser within WeChat, which opens neither WeChat Pay from outside nor Alipay.
WECHAT_BROWSER: Final = "MicroMessenger"
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    # Who has the address can pay by it, and see what is paid: no other site is to learn it.
    "Referrer-Policy": "no-referrer",
}


class ShownState(msgspec.Struct, frozen=True):
    """What the page's script compares."""

    state: CashierState


class ChosenOutcome(msgspec.Struct, frozen=True):
    """The outcome that the buyer chose, as JSON."""

    outcome: Outcome


class Cashier:
    """The routes of the cashier.

    Args:
        sandbox: None where it is not on.
        cards: the provider with a card form; None where there is none.
        places: those at whose own place one pays, by name.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    def __init__(
        self,
        payments: Payments,
        sandbox: Sandbox | None,
        cards: CardProvider | None = None,
        *,
        places: Mapping[str, LinkProvider] | None = None,
        clock_ms: Callable[[], int],
    ) -> None:
        self._payments = payments
        self._sandbox = sandbox
        self._cards = cards
        self._places = dict(places or {})
        self._clock_ms = clock_ms
        self._files = PlayerFiles(FILES)
        self._looks = Pace(per_second=5, burst=60)
        self._choices = Pace(per_second=1, burst=30)

    def routes(self) -> list[BaseRoute]:
        """Return them."""
        return [
            Route("/pay/assets/{version}/{name}", self.asset),
            Route("/pay/{attempt}", self.page),
            Route("/pay/{attempt}/state", self.state),
            Route("/pay/{attempt}/qr.svg", self.qr_code),
            Route("/pay/{attempt}/outcome", self.choose, methods=["POST"]),
        ]

    async def asset(self, request: Request) -> Response:
        """Serve style and script."""
        found = self._files.asset(request.path_params["version"], request.path_params["name"])
        if found is None:
            return problem(404, "not_found", "The cashier has no such file. Reload the page.")
        return found.respond(request)

    async def page(self, request: Request) -> Response:
        """Show what is to pay, or what became of it."""
        checkout = await self._checkout(request)
        base, language = request.scope.get("root_path", ""), _language(request)
        texts, assets = TEXTS[language], f"{base}/pay/assets/{self._files.version}"
        if checkout is None:
            return _html(draw_missing(texts, assets, f"{base}/"), 404)
        attempt = checkout.attempt
        is_sandbox, place = attempt.provider == NAME, self._places.get(attempt.provider)
        state = await self._state(checkout)
        card = await self._card_form(checkout) if state is CashierState.WAITING else None
        is_in_wechat = WECHAT_BROWSER in request.headers.get("user-agent", "")
        has_links = place is not None and state is CashierState.WAITING and not is_in_wechat
        view = CashierView(
            state=state,
            texts=texts,
            amount=amount_text(attempt.amount_minor, attempt.currency),
            number=checkout.order_number,
            here=f"{base}{attempt.pay_path}",
            assets=assets,
            room_path=f"{base}/r/{checkout.room_id}",
            language=language,
            other=next(one for one in LANGUAGES if one != language),
            left_s=max(0, (attempt.expires_at_ms - self._clock_ms()) // 1000),
            is_test=is_sandbox or self._is_test(attempt.provider),
            card=card,
            has_outcomes=is_sandbox,
            place=attempt.provider if place else "",
            links=await self._links(place, checkout, request) if place and has_links else None,
            is_in_wechat=is_in_wechat,
        )
        return _html(draw(view), policy=STRIPE_POLICY if attempt.provider == CARDS else POLICY)

    async def state(self, request: Request) -> Response:
        """Tell the page's script what the page would show now."""
        checkout = await self._checkout(request)
        if checkout is None:
            return _no_such_payment()
        return json_response(ShownState(await self._state(checkout)), HEADERS)

    async def qr_code(self, request: Request) -> Response:
        """Draw the code of the page's own address, under the name by which it was asked for."""
        self._looks.take(address_of(request))
        path = f"{request.scope.get('root_path', '')}/pay/{request.path_params['attempt']}"
        link = str(request.url.replace(path=path, query=""))
        return Response(qr_svg(link), headers=HEADERS, media_type="image/svg+xml")

    async def choose(self, request: Request) -> Response:
        """Let the payment come out as the buyer chose, and lead back to the page."""
        self._choices.take(address_of(request))
        attempt_id = str(request.path_params["attempt"])
        outcome = await _read_outcome(request)
        if self._sandbox is None or await self._sandbox.act(attempt_id, outcome) is None:
            return _no_such_payment()
        query = f"?lang={_language(request)}"
        target = f"{request.scope.get('root_path', '')}/pay/{attempt_id}{query}"
        return RedirectResponse(target, 303, HEADERS)

    async def _checkout(self, request: Request) -> Checkout | None:
        self._looks.take(address_of(request))
        checkout = await self._payments.checkout(str(request.path_params["attempt"]))
        is_on = checkout is not None and checkout.attempt.provider in self._on()
        return checkout if is_on else None

    def _on(self) -> set[str]:
        names = {NAME} if self._sandbox is not None else set()
        return names | ({CARDS} if self._cards is not None else set()) | set(self._places)

    def _is_test(self, provider: str) -> bool:
        one = self._places.get(provider, self._cards)
        return one is not None and one.is_test

    async def _links(self, place: LinkProvider, checkout: Checkout, request: Request) -> PayLinks | None:
        path = f"{request.scope.get('root_path', '')}{checkout.attempt.pay_path}"
        here = str(request.url.replace(path=path, query=f"lang={_language(request)}"))
        try:
            return await place.links(checkout.request(), Payer(address_of(request), here))
        except (ProviderError, NotTakenError) as error:
            log.warning("attempt %s cannot be paid just now: %s", checkout.attempt.attempt_id, error)
            return None

    async def _card_form(self, checkout: Checkout) -> CardForm | None:
        if self._cards is None or checkout.attempt.provider != CARDS:
            return None
        try:
            return await self._cards.form(checkout.attempt.attempt_id, checkout.ref)
        except ProviderError as error:
            log.warning("the card form of attempt %s: %s", checkout.attempt.attempt_id, error)
            return None

    async def _money(self, checkout: Checkout) -> CashierState | None:
        """Return what the page shows where the buyer's money came, or is on its way; None where neither.

        No provider is asked: `Payments` did when it was time, whoever looks at the page.
        """
        if checkout.is_aside:
            return CashierState.PUT_ASIDE
        if checkout.is_processing:
            return CashierState.CHECKING
        attempt = checkout.attempt
        is_sandbox = attempt.provider == NAME
        payment = await self._sandbox.find(attempt.attempt_id) if self._sandbox and is_sandbox else None
        if payment is None or payment.state != "paid":
            return None
        is_right = payment.received_minor == attempt.amount_minor
        return CashierState.CHECKING if is_right else CashierState.PUT_ASIDE

    async def _state(self, checkout: Checkout) -> CashierState:
        attempt = checkout.attempt
        if attempt.state is AttemptState.PAID:
            return CashierState.GOES_BACK if checkout.goes_back else CashierState.PAID
        money = await self._money(checkout)
        if money is not None:
            return money
        if attempt.state is AttemptState.CLOSED or attempt.expires_at_ms <= self._clock_ms():
            return CashierState.CLOSED
        return CashierState.FAILED if attempt.state is AttemptState.FAILED else CashierState.WAITING


def _language(request: Request) -> PageLanguage:
    return language_of(request.headers.get("accept-language", ""), request.query_params.get("lang"))


def _html(page: str, status: int = 200, *, policy: str = POLICY) -> Response:
    headers = {**HEADERS, "Content-Security-Policy": policy, "Vary": "Accept-Language"}
    return Response(page, status, headers, "text/html")


def _no_such_payment() -> Response:
    return problem(404, "not_found", "There is no such payment. Check the address.")


async def _read_outcome(request: Request) -> Outcome:
    body = await read_bytes(request)
    try:
        if request.headers.get("content-type", "").startswith("application/json"):
            return decode_json(body, ChosenOutcome).outcome
        return Outcome(parse_qs(body.decode("ascii"))["outcome"][0])
    except (msgspec.DecodeError, ValueError, KeyError):
        known = ", ".join(Outcome)
        raise HTTPException(422, f"Expected an outcome, one of {known}.") from None
