from tests.backend.http.api.sample import ENDPOINTS, sample_api


async def test_the_page_of_the_api_shows_every_endpoint_and_loads_nothing_foreign() -> None:
    async with sample_api() as client:
        page = await client.get("/docs")
        style = await client.get("/docs/docs.css")
    for endpoint in ENDPOINTS:
        assert f"{endpoint.method} {endpoint.path}" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "//" not in page.text.replace("<!doctype html>", "")
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert style.headers["content-type"].startswith("text/css")


async def test_the_document_is_openapi() -> None:
    async with sample_api() as client:
        document = (await client.get("/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    assert document["servers"] == [{"url": "/"}]
