import asyncio
import io
import os

import pytest
from PIL import Image

from backend.contract.pictures import MAX_PICTURE_BYTES, PicturesRemoval, StoredPicture
from backend.contract.products import ProductUpdate, StaffProduct
from tests.backend.http.api.shopping import TEA, Market, answer, line, refused
from tests.backend.shop.catalog.pictures.drawing import drawn, opened, photo


async def upload(market: Market, content: bytes) -> StoredPicture:
    return answer(StoredPicture, await market.host.upload("pictures", content), 201)


async def test_an_uploaded_picture_is_served_clean_with_its_thumbnail(market: Market) -> None:
    stored = await upload(market, photo((2_000, 1_000)))
    assert (stored.width, stored.height) == (800, 1_600)
    for path, size in ((stored.picture.path, (800, 1_600)), (stored.picture.thumbnail, (160, 320))):
        response = await market.http.get(path)
        assert response.headers["content-type"] == "image/webp"
        assert opened(response.content).size == size
        assert b"my garden" not in response.content
    assert await upload(market, photo((2_000, 1_000))) == stored


async def test_a_product_shows_its_pictures_in_the_order_of_its_gallery(market: Market) -> None:
    names = [(await upload(market, drawn(size=(n, 9)))).picture.name for n in (8, 9)]
    body = {"version": 1, "pictures": names[::-1]}
    update = answer(ProductUpdate, await market.host.patch(f"products/{TEA}", body))
    assert [one.name for one in update.after.pictures] == names[::-1]


async def test_a_picture_of_megabytes_is_taken_while_others_are_served(market: Market) -> None:
    noise = io.BytesIO()
    Image.frombytes("RGB", (1_500, 1_500), os.urandom(6_750_000)).save(noise, "PNG")
    large = noise.getvalue()
    assert 6_000_000 < len(large) < MAX_PICTURE_BYTES
    stored, listed = await asyncio.gather(
        market.host.upload("pictures", large), market.http.get("/api/v1/rooms/main/products")
    )
    assert (stored.status_code, listed.status_code) == (201, 200)


async def test_what_is_no_picture_is_refused(market: Market) -> None:
    assert refused(await market.host.upload("pictures", b"<svg/>")) == (422, "not_a_picture")
    assert refused(await market.host.upload("pictures", b"")) == (422, "not_a_picture")
    too_large = await market.host.upload("pictures", bytes(MAX_PICTURE_BYTES + 1))
    assert refused(too_large) == (413, "too_large")


async def test_other_addresses_take_no_body_of_that_size(market: Market) -> None:
    response = await market.host.upload(f"skus/{TEA}/stock", bytes(200_000))
    assert response.status_code == 413


async def test_pictures_are_for_staff(market: Market) -> None:
    buyer = await market.buyer()
    assert refused(await buyer.upload("pictures", drawn())) == (403, "forbidden")
    assert refused(await buyer.delete("pictures/x.webp")) == (403, "forbidden")
    assert refused(await buyer.delete("pictures")) == (403, "forbidden")


async def test_a_picture_goes_when_neither_product_nor_order_shows_it(market: Market) -> None:
    name = (await upload(market, drawn())).picture.name
    path = f"pictures/{name}"
    answer(ProductUpdate, await market.host.patch(f"products/{TEA}", {"version": 1, "pictures": [name]}))
    assert refused(await market.host.delete(path)) == (409, "picture_in_use")
    await (await market.buyer()).order(line())
    answer(ProductUpdate, await market.host.patch(f"products/{TEA}", {"version": 2, "pictures": []}))
    assert refused(await market.host.delete(path)) == (409, "picture_in_use")

    other = (await upload(market, drawn(size=(9, 9)))).picture
    assert answer(PicturesRemoval, await market.host.delete(f"pictures/{other.name}")).deleted == [other.name]
    assert (await market.http.get(other.path)).status_code == 404
    assert refused(await market.host.delete(f"pictures/{other.name}")) == (404, "not_found")
    assert answer(StaffProduct, await market.host.get(f"products/{TEA}")).pictures == []


@pytest.mark.parametrize("name", ["logo.svg", "..%2Fsecret", "x" * 101])
async def test_only_uploaded_pictures_are_deleted(market: Market, name: str) -> None:
    assert (await market.host.delete(f"pictures/{name}")).status_code in {404, 422}


async def test_fresh_pictures_are_left_when_the_unused_are_deleted(market: Market) -> None:
    stored = await upload(market, drawn())
    assert answer(PicturesRemoval, await market.host.delete("pictures")).deleted == []
    assert (await market.http.get(stored.picture.path)).status_code == 200
