"""Who is let in where: every endpoint of the document, tried by all kinds of callers over real HTTP."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import httpx

from backend.contract.api_tokens import RIGHTS, MadeApiToken
from backend.contract.base import AssistantRight
from backend.limits import ApiPace
from backend.options import ServeOptions
from tests.backend.http.api.shopping import Buyer, Market, answer, open_market
from tests.backend.test_assist import joined

# Who may, beside the room's host. `anyone`: without a token; `member`: whoever entered the room. The names of
# rights: assistants and programs that have one of them. `first`: in the shop's first room alone.
ACCESS: Final = {
    "GET /api/v1/addresses": "member",
    "POST /api/v1/addresses": "member",
    "DELETE /api/v1/addresses/{address_id}": "member",
    "GET /api/v1/api-tokens": "",
    "POST /api/v1/api-tokens": "",
    "DELETE /api/v1/api-tokens/{token_id}": "",
    "GET /api/v1/attempts/{attempt_id}": "member orders",
    "GET /api/v1/campaign-budget": "campaigns",
    "PUT /api/v1/campaign-budget": "",
    "GET /api/v1/campaign-templates": "campaigns",
    "POST /api/v1/campaign-templates": "campaigns",
    "DELETE /api/v1/campaign-templates/{template_id}": "campaigns",
    "GET /api/v1/campaigns": "campaigns",
    "POST /api/v1/campaigns": "campaigns",
    "GET /api/v1/campaigns/{campaign_id}/bundle": "member",
    "POST /api/v1/campaigns/{campaign_id}/claim": "member",
    "POST /api/v1/campaigns/{campaign_id}/close": "campaigns",
    "POST /api/v1/campaigns/{campaign_id}/enter": "member",
    "GET /api/v1/campaigns/{campaign_id}/my-part": "member",
    "GET /api/v1/campaigns/{campaign_id}/report": "campaigns",
    "POST /api/v1/campaigns/{campaign_id}/reveal": "member",
    "POST /api/v1/campaigns/{campaign_id}/spin": "member",
    "POST /api/v1/campaigns/{campaign_id}/bid": "member",
    "POST /api/v1/campaigns/{campaign_id}/register": "member",
    "POST /api/v1/campaigns/{campaign_id}/offer": "member",
    "POST /api/v1/campaigns/{campaign_id}/prize": "member",
    "POST /api/v1/campaigns/{campaign_id}/stop": "campaigns",
    "GET /api/v1/cases": "member orders",
    "GET /api/v1/cases/{case_id}": "member orders",
    "POST /api/v1/cases/{case_id}/approve": "orders",
    "POST /api/v1/cases/{case_id}/decline": "orders",
    "POST /api/v1/cases/{case_id}/receive": "orders",
    "POST /api/v1/cases/{case_id}/pictures": "member",
    "GET /api/v1/cases/{case_id}/pictures/{name}": "member orders",
    "GET /api/v1/cases/{case_id}/thumbnails/{name}": "member orders",
    "POST /api/v1/cases/{case_id}/refund": "refunds",
    "POST /api/v1/cases/{case_id}/replace": "orders",
    "POST /api/v1/cases/{case_id}/send-back": "member",
    "POST /api/v1/cases/{case_id}/withdraw": "member",
    "GET /api/v1/catalog/export": "products",
    "POST /api/v1/catalog/import": "",  # of assistants it asks for both, products and prices
    "POST /api/v1/catalog/import/undo": "",  # of assistants it asks for both, products and prices
    "POST /api/v1/coin-orders": "member",
    "GET /api/v1/coins": "member",
    "GET /api/v1/coins/history": "member",
    "GET /api/v1/coupons": "campaigns first",
    "POST /api/v1/coupons": "campaigns first",
    "POST /api/v1/coupons/check": "campaigns first",
    "POST /api/v1/coupons/{coupon_id}/stop": "campaigns first",
    "GET /api/v1/draw-verifier": "anyone",
    "POST /api/v1/gifts": "member",
    "GET /api/v1/legal-texts": "anyone",
    "GET /api/v1/legal-texts/{name}": "anyone",
    "PUT /api/v1/legal-texts/{name}": "first",
    "GET /api/v1/mails": "",
    "POST /api/v1/mails/{mail_id}/replay": "",
    "GET /api/v1/me/prizes": "member",
    "POST /api/v1/me/age": "member",
    "GET /api/v1/me/data": "member",
    "POST /api/v1/me/erase": "member",
    "POST /api/v1/order-lookups": "member",
    "GET /api/v1/my-coupons": "member",
    "POST /api/v1/my-coupons": "member",
    "GET /api/v1/orders": "member orders",
    "POST /api/v1/orders": "member",
    "GET /api/v1/orders/{order_id}": "member orders",
    "GET /api/v1/orders/{order_id}/attempts": "member orders",
    "POST /api/v1/orders/{order_id}/attempts": "member",
    "POST /api/v1/orders/{order_id}/cancel": "member orders",
    "POST /api/v1/orders/{order_id}/cancel-and-refund": "refunds",
    "GET /api/v1/orders/{order_id}/cases": "member orders",
    "POST /api/v1/orders/{order_id}/cases": "member",
    "POST /api/v1/orders/{order_id}/delivered": "member orders",
    "POST /api/v1/orders/{order_id}/mark": "orders",
    "GET /api/v1/orders/{order_id}/messages": "member orders",
    "POST /api/v1/orders/{order_id}/messages": "member orders",
    "POST /api/v1/orders/{order_id}/messages/read": "member orders",
    "POST /api/v1/orders/{order_id}/paid": "orders",
    "POST /api/v1/orders/{order_id}/parcels": "orders",
    "POST /api/v1/orders/{order_id}/refunds": "refunds",
    "GET /api/v1/payment-methods": "anyone",
    "GET /api/v1/payments/providers": "first",
    "POST /api/v1/payments/providers/{provider}/check": "first",
    "DELETE /api/v1/pictures": "products",
    "POST /api/v1/pictures": "products",
    "DELETE /api/v1/pictures/{name}": "products",
    "GET /api/v1/products": "products prices",
    "POST /api/v1/products": "products prices",
    "POST /api/v1/products/batch": "products prices",
    "DELETE /api/v1/products/{spu_id}": "products",
    "GET /api/v1/products/{spu_id}": "products prices",
    "PATCH /api/v1/products/{spu_id}": "products prices",
    "POST /api/v1/quotes": "member",
    "POST /api/v1/reconciliations": "payments first",
    "GET /api/v1/rooms/{room}/listing": "products prices",
    "POST /api/v1/rooms/{room}/listing": "products",
    "DELETE /api/v1/rooms/{room}/listing/{spu_id}": "products",
    "GET /api/v1/rooms/{room}/products": "anyone",
    "GET /api/v1/settings": "",
    "PUT /api/v1/settings": "first",
    "GET /api/v1/settings/coins": "",
    "PUT /api/v1/settings/coins": "first",
    "GET /api/v1/settings/mail": "",
    "PUT /api/v1/settings/mail": "first",
    "POST /api/v1/settings/mail/test": "first",
    "GET /api/v1/settings/privacy": "",
    "PUT /api/v1/settings/privacy": "first",
    "GET /api/v1/settings/shipping": "",
    "PUT /api/v1/settings/shipping": "first",
    "GET /api/v1/settlements": "payments first",
    "GET /api/v1/shipping-list": "orders",
    "GET /api/v1/skus/{sku_id}/movements": "products",
    "POST /api/v1/skus/{sku_id}/stock": "products",
    "GET /api/v1/suspense": "payments first",
    "POST /api/v1/suspense/{suspense_id}/settle": "payments first",
    "GET /api/v1/unread-messages": "member orders",
    "GET /api/v1/webhook-targets": "",
    "POST /api/v1/webhook-targets": "",
    "DELETE /api/v1/webhook-targets/{target_id}": "",
    "GET /api/v1/webhook-targets/{target_id}/messages": "",
    "POST /api/v1/webhook-targets/{target_id}/messages/{message_id}/replay": "",
    "POST /api/v1/webhooks/{provider}": "anyone",
}

OFTEN: Final = ApiPace(
    user_per_second=1000, user_at_once=10_000, address_per_second=1000, address_at_once=10_000
)
KINDS: Final = ("nobody", "guest", "idle", "host", "other host", *(str(right) for right in sorted(RIGHTS)))


def is_let_in(caller: str, access: str) -> bool:
    """Whether the table lets a caller in."""
    words = set(access.split())
    if "anyone" in words:
        return True
    match caller:
        case "nobody":
            return False
        case "host":
            return True
        case "other host":
            return "first" not in words
        case "guest" | "idle":
            return "member" in words
        case _:
            return caller in words


async def callers(market: Market) -> dict[str, str]:
    """The token of each kind of caller: programs have one right each."""
    found = {
        "nobody": "",
        "guest": (await market.buyer()).token,
        "host": market.host.token,
        "other host": market.backend.signer.host("second"),
    }
    async with market.backend.host() as host:
        found["idle"] = (await joined(market.backend, host, AssistantRight.NUMBERS)).token
    for right in RIGHTS:
        made = await market.host.post("api-tokens", {"name": right, "rights": [right]})
        found[right] = answer(MadeApiToken, made, 201).token
    return found


async def tried(market: Market, operation: str, token: str, key: str) -> httpx.Response:
    """What comes of an empty request for what there is not."""
    method, path = operation.split()
    path = re.sub(r"\{(\w+)\}", lambda name: "main" if name[1] == "room" else "7", path)
    headers = {"Idempotency-Key": key} | ({"Authorization": f"Bearer {token}"} if token else {})
    return await market.http.request(method, path, headers=headers)


async def test_every_endpoint_lets_in_whom_the_table_names_and_nobody_else(tmp_path: Path) -> None:
    options = ServeOptions(rooms=("main", "second"), api=OFTEN)
    async with open_market(tmp_path, options) as market:
        document = (await market.http.get("/openapi.json")).json()
        paths: Mapping[str, Mapping[str, object]] = document["paths"]
        named = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
        assert named == set(ACCESS)
        tokens = await callers(market)
        wrong = []
        for number, (operation, access) in enumerate(ACCESS.items()):
            for caller in KINDS:
                if caller == "other host" and "{room}" in operation:
                    continue
                response = await tried(market, operation, tokens[caller], f"k{number}")
                status = response.status_code
                assert status < 500, (operation, caller, response.text)
                if (status not in {401, 403}) != is_let_in(caller, access):
                    wrong.append((operation, caller, status))
        assert wrong == []


async def test_the_listing_of_a_room_is_changed_by_its_own_staff(tmp_path: Path) -> None:
    async with open_market(tmp_path, ServeOptions(rooms=("main", "second"))) as market:
        other = Buyer(market.backend, market.backend.signer.host("second"), "host")
        for response in (
            await other.get("rooms/main/listing"),
            await other.post("rooms/main/listing", {"spu_id": "rose-tea", "position": 0}),
            await other.delete("rooms/main/listing/rose-tea"),
        ):
            assert response.status_code in {403, 404}, response.text
