from dataclasses import replace

import pytest

from tests.widgets.entries import EVERY_ACT, entry
from widgets.shop.products_acts import (
    AddProduct,
    CountStock,
    DeleteProduct,
    MoveStock,
    ProductAct,
    PutInRoom,
    PutOnShelf,
    SetPicture,
    SetPrice,
    SetTitle,
    TakeFromRoom,
    TakeOffShelf,
)
from widgets.shop.products_undo import done_text, undo_of

BEFORE = entry(3, "Tea")
ACTS: list[tuple[ProductAct, ProductAct | None]] = [
    (SetTitle("p3", "Black tea"), SetTitle("p3", "Tea")),
    (SetPrice("p3", "s3", 100), SetPrice("p3", "s3", 8900)),
    (MoveStock("p3", "s3", 5, "came"), MoveStock("p3", "s3", -5, "taken back")),
    (CountStock("p3", "s3", 17, "shelf"), MoveStock("p3", "s3", 3, "taken back")),
    (CountStock("p3", "s3", 20, "shelf"), None),
    (PutInRoom("p3", 1), PutInRoom("p3", 3)),
    (TakeFromRoom("p3"), PutInRoom("p3", 3)),
    (PutOnShelf("p3"), TakeOffShelf("p3")),
    (TakeOffShelf("p3"), PutOnShelf("p3")),
    (SetPicture("p3", b"x"), None),
    (DeleteProduct("p3"), None),
]


@pytest.mark.parametrize(("act", "undo"), ACTS)
def test_the_undo_of_an_act_brings_back_what_was(act: ProductAct, undo: ProductAct | None) -> None:
    assert undo_of(act, BEFORE) == undo


def test_what_came_into_the_room_goes_out_again() -> None:
    assert undo_of(PutInRoom("p3", 0), replace(BEFORE, number=0)) == TakeFromRoom("p3")


def test_every_act_says_that_it_was_done() -> None:
    acts: list[ProductAct] = [act for act, _ in ACTS] + [AddProduct("Milk", 1, 1, b"", "k")]
    assert {type(act) for act in acts} == set(EVERY_ACT)
    texts = [done_text(act, None if isinstance(act, AddProduct) else BEFORE) for act in acts]
    assert all("Tea" in text or "tea" in text or "Milk" in text for text in texts)
    assert done_text(SetPrice("p3", "s3", 100), BEFORE) == "Tea: now ¥1.00"
    assert done_text(PutInRoom("p3", 1), BEFORE) == "Tea is number 1 now"
