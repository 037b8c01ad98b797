import asyncio
import threading

import pytest

from backend.contract.pictures import PicturesRemoval
from backend.contract.products import NewSku
from backend.shop.catalog.pictures import encoder as encoding
from backend.shop.catalog.pictures.encoder import MOST_WAITING, PicturesBusyError
from backend.shop.catalog.pictures.pictures import PictureInUse, Pictures
from backend.shop.catalog.pictures.reencoding import EncodedPicture
from tests.backend.shop.catalog.desk import Desk
from tests.backend.shop.catalog.pictures.drawing import drawn


class Encoder:
    """Encodes nothing before it may; the test waits until it has begun."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def encode(self, content: bytes) -> EncodedPicture:
        self.begun.set()
        assert self.may_end.wait(30)
        return EncodedPicture(content, content, 1, 1)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Encoder:
    made = Encoder()
    monkeypatch.setattr(encoding, "reencode", made.encode)
    return made


async def test_pictures_that_wait_hold_up_no_other_thread_and_too_many_are_refused(
    desk: Desk, encoder: Encoder
) -> None:
    taking = Pictures(desk.pictures, desk.database, desk.shop.writer)
    waiting = [
        asyncio.get_running_loop().create_task(taking.take(bytes([number]))) for number in range(MOST_WAITING)
    ]
    await asyncio.to_thread(encoder.begun.wait, 30)
    assert len({thread.name for thread in threading.enumerate() if thread.name.startswith("pictures")}) == 1
    with pytest.raises(PicturesBusyError):
        await taking.take(b"more")
    encoder.may_end.set()
    assert len({one.picture.name for one in await asyncio.gather(*waiting)}) == MOST_WAITING
    await taking.take(b"more")


async def test_a_picture_in_use_is_known_without_the_shops_turn(desk: Desk) -> None:
    taking = Pictures(desk.pictures, desk.database, desk.shop.writer)
    name = (await taking.take(drawn())).picture.name
    made = await desk.create(skus=[NewSku(100, stock=1)], pictures=[name])
    begun, may_end = threading.Event(), threading.Event()

    def hold(_connection: object) -> None:
        begun.set()
        assert may_end.wait(30)

    held = asyncio.get_running_loop().create_task(desk.shop.writer.run(hold))
    await asyncio.to_thread(begun.wait, 30)
    assert await taking.delete(name) == PictureInUse(name)
    may_end.set()
    await held
    await desk.change(made, pictures=[])
    assert await taking.delete(name) == PicturesRemoval([name])
