"""Files of products over real HTTP, at a backend that runs."""

import pytest

from backend.contract.base import AssistantRight
from backend.contract.exchange import MAX_IMPORT_BYTES, ImportReport, ImportUndone
from backend.contract.products import ProductsPage
from tests.backend.http.api.shopping import Buyer, Market, answer, refused
from tests.backend.test_assist import joined

FILE = "title,code,price,stock\n茶,tea,49.00,5\n杯,cup,x,3\n".encode()


async def test_a_file_is_tried_then_imported_then_exported(market: Market) -> None:
    before = len(answer(ProductsPage, await market.host.get("products?limit=200")).products)
    dry = answer(ImportReport, await market.host.upload("catalog/import?dry_run=true", FILE, "k1"))
    assert (dry.is_dry_run, dry.created, dry.refused_count) == (True, 1, 1)
    real = answer(ImportReport, await market.host.upload("catalog/import?dry_run=false", FILE, "k2"))
    assert (real.is_dry_run, real.created) == (False, 1)
    [refusal] = real.refused
    assert (refusal.line, refusal.column) == (3, "price")
    assert len(answer(ProductsPage, await market.host.get("products?limit=200")).products) == before + 1

    for kind, media_type in (("csv", "text/csv; charset=utf-8"), ("json", "application/json")):
        exported = await market.host.get(f"catalog/export?format={kind}")
        assert exported.headers["content-type"] == media_type
        assert exported.headers["content-disposition"] == f'attachment; filename="products.{kind}"'
        again = answer(
            ImportReport, await market.host.upload("catalog/import", exported.content, f"again {kind}")
        )
        assert (again.created, again.changed, again.refused_count) == (0, 0, 0)
        assert again.unchanged == before + 1


async def test_the_same_import_under_one_key_is_done_once(market: Market) -> None:
    text = b"title,price\nnew,1\n"
    first, again = [
        answer(ImportReport, await market.host.upload("catalog/import", text, "once")) for _ in range(2)
    ]
    assert first == again
    assert refused(await market.host.upload("catalog/import", text + b"more,1\n", "once")) == (
        422,
        "key_reused",
    )
    found = answer(ProductsPage, await market.host.get("products?search=new"))
    assert len(found.products) == 1


async def test_a_file_that_is_none_is_refused_with_its_cause(market: Market) -> None:
    assert refused(await market.host.upload("catalog/import", b"\xff\xff", "k1")) == (422, "not_a_catalog")
    too_large = await market.host.upload("catalog/import", bytes(MAX_IMPORT_BYTES + 1), "k2")
    assert refused(too_large) == (413, "too_large")
    assert refused(await market.host.upload("catalog/import", FILE)) == (400, "bad_request")
    assert refused(await market.host.upload("catalog/import?stock=more", FILE, "k3")) == (422, "malformed")
    assert refused(await market.host.get("catalog/export?format=shopify")) == (422, "malformed")


async def test_an_import_is_taken_back_under_its_key(market: Market) -> None:
    answer(ImportReport, await market.host.upload("catalog/import?in_room=true", FILE, "k1"))
    assert refused(await market.host.post("catalog/import/undo", {}, "k1")) == (404, "not_found")
    undone = answer(ImportUndone, await market.host.post("catalog/import/undo?in_room=true", {}, "k1"))
    assert undone.removed == 1
    again = answer(ImportUndone, await market.host.post("catalog/import/undo?in_room=true", {}, "k1"))
    assert again == undone


async def test_pictures_in_private_networks_are_not_fetched(market: Market) -> None:
    text = b"title,price,pictures\nnew,1,https://127.0.0.1/a.jpg\n"
    report = answer(ImportReport, await market.host.upload("catalog/import?pictures=fetch", text, "k"))
    [picture] = report.pictures_refused
    assert (report.created, picture.link) == (1, "https://127.0.0.1/a.jpg")
    assert "private network" in picture.why


@pytest.mark.parametrize("rights", [[AssistantRight.PRODUCTS], [AssistantRight.PRICES], []])
async def test_an_import_needs_the_rights_to_products_and_prices(
    market: Market, rights: list[AssistantRight]
) -> None:
    async with market.backend.host() as host:
        helper = Buyer.of(
            market.backend, await joined(market.backend, host, *(rights or [AssistantRight.CHAT]))
        )
    assert refused(await helper.upload("catalog/import", FILE, "k")) == (403, "forbidden")
    exported = await helper.get("catalog/export")
    assert exported.status_code == (200 if AssistantRight.PRODUCTS in rights else 403)
    viewer = await market.buyer()
    assert refused(await viewer.upload("catalog/import", FILE, "k")) == (403, "forbidden")
    assert refused(await viewer.get("catalog/export")) == (403, "forbidden")
