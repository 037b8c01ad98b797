"""Legal texts over the API, and their pages."""

import httpx
import pytest

from backend.contract.legal import MOST_LETTERS, LegalName, LegalNames, LegalText
from backend.http.legal_page import POLICY
from tests.backend.http.api.shopping import Buyer, Market, answer, refused

TERMS = "# 价格\n含税。\n\n<b>No markup</b>"


async def write(
    market: Market, name: str, text: str, *, key: str, who: Buyer | None = None
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {(who or market.host).token}", "Idempotency-Key": key}
    return await market.http.put(f"/api/v1/legal-texts/{name}", json={"text": text}, headers=headers)


async def names(market: Market) -> list[LegalName]:
    return answer(LegalNames, await market.http.get("/api/v1/legal-texts")).names


async def test_what_the_host_writes_everybody_reads(market: Market) -> None:
    assert await names(market) == []
    written = answer(LegalText, await write(market, "terms", TERMS, key="1"))
    assert (written.text, written.name) == (TERMS, LegalName.TERMS)
    assert written.updated_at_ms is not None
    answer(LegalText, await write(market, "licence", "№ 1", key="2"))
    assert await names(market) == [LegalName.LICENCE, LegalName.TERMS]
    assert answer(LegalText, await market.http.get("/api/v1/legal-texts/terms")) == written
    unwritten = answer(LegalText, await market.http.get("/api/v1/legal-texts/privacy"))
    assert unwritten == LegalText(LegalName.PRIVACY, "", None)


async def test_only_the_host_writes_and_only_what_there_is(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await write(market, "terms", "mine", key="1", who=buyer)) == (403, "forbidden")
    assert refused(await write(market, "imprint", "x", key="2")) == (422, "malformed")
    too_long = await write(market, "terms", "x" * (MOST_LETTERS + 1), key="3")
    assert refused(too_long) == (422, "malformed")
    assert await names(market) == []


async def test_a_text_of_the_greatest_length_is_taken_in_any_script(market: Market) -> None:
    text = "\U0002070e" * MOST_LETTERS
    assert answer(LegalText, await write(market, "terms", text, key="1")).text == text


async def test_an_empty_text_takes_the_page_away(market: Market) -> None:
    await write(market, "terms", TERMS, key="1")
    await write(market, "terms", " \n", key="2")
    assert await names(market) == []
    page = await market.http.get("/legal/terms", headers={"Accept-Language": "zh-CN"})
    assert page.status_code == 404
    assert "还没有写" in page.text


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "服务条款"), ("en", "Terms of sale")])
async def test_the_page_shows_the_text_and_runs_nothing(market: Market, language: str, title: str) -> None:
    await write(market, "terms", TERMS, key="1")
    page = await market.http.get("/legal/terms", headers={"Accept-Language": language})
    assert page.status_code == 200
    assert page.headers["content-security-policy"] == POLICY
    assert page.headers["content-type"].startswith("text/html")
    assert f"<h1>{title}</h1>" in page.text
    assert "<h2>价格</h2>" in page.text
    assert "&lt;b&gt;No markup&lt;/b&gt;" in page.text


async def test_a_page_that_is_none_is_not_found(market: Market) -> None:
    assert (await market.http.get("/legal/imprint")).status_code == 404
