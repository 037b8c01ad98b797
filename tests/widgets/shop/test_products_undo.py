from dataclasses import replace

import pytest

from backend.contract.products import ChangeProduct, NewProduct, NewSku
from tests.widgets.entries import EVERY_ACT, entry
from widgets.shop.import_file import ImportFile
from widgets.shop.products_acts import (
    AddProduct,
    ChangeDetails,
    ChangeLabels,
    ChangePrices,
    CountStock,
    DeleteProducts,
    MoveStock,
    ProductAct,
    PutBack,
    PutInRoom,
    PutOnShelf,
    RestoreLabels,
    RestorePrices,
    SetPicture,
    SetPrice,
    SetTitle,
    TakeFromRoom,
    TakeOffShelf,
    UndoImport,
)
from widgets.shop.products_undo import done_text, undo_of

BEFORE = entry(3, "Tea")
OFF = replace(entry(4, "Cup"), is_on_shelf=False, number=0, place=0)
ORDER = ("p1", "p2", "p3")
P3 = ("p3",)
ACTS: list[tuple[ProductAct, ProductAct | None]] = [
    (SetTitle("p3", "Black tea"), SetTitle("p3", "Tea")),
    (SetPrice("p3", "s3", 100), SetPrice("p3", "s3", 8900)),
    (MoveStock("p3", "s3", 5, "came"), MoveStock("p3", "s3", -5, "taken back")),
    (CountStock("p3", "s3", 17, "shelf"), MoveStock("p3", "s3", 3, "taken back")),
    (CountStock("p3", "s3", 20, "shelf"), None),
    (PutInRoom(P3, "p1"), PutBack(P3, ORDER)),
    (PutBack(P3, ORDER), None),
    (TakeFromRoom(P3), PutBack(P3, ORDER)),
    (TakeOffShelf(P3), PutOnShelf(P3)),
    (SetPicture("p3", b"x"), None),
    (DeleteProducts(P3), None),
    (ChangePrices(P3, change_bp=-100), None),
    (ChangeLabels(P3, "tea"), None),
    (ChangeDetails("p3", ChangeProduct(1)), None),
]


@pytest.mark.parametrize(("act", "undo"), ACTS)
def test_the_undo_of_an_act_brings_back_what_was(act: ProductAct, undo: ProductAct | None) -> None:
    assert undo_of(act, [BEFORE], ORDER) == undo


def test_what_came_into_the_room_goes_out_again() -> None:
    assert undo_of(PutInRoom(("p4",)), [OFF], ORDER) == TakeFromRoom(("p4",))


def test_only_what_was_off_the_shelf_goes_off_again() -> None:
    assert undo_of(PutOnShelf(("p3", "p4")), [BEFORE, OFF], ORDER) == TakeOffShelf(("p4",))


def test_every_act_says_that_it_was_done() -> None:
    added = AddProduct(NewProduct("Milk", [NewSku(1)]), (), "k")
    acts: list[ProductAct] = [act for act, _ in ACTS] + [
        added,
        PutOnShelf(P3),
        RestorePrices(()),
        RestoreLabels(()),
    ]
    acts.append(UndoImport(ImportFile("a.csv", b"", "k")))
    assert {type(act) for act in acts} == set(EVERY_ACT)
    texts = [done_text(act, [] if isinstance(act, AddProduct | UndoImport) else [BEFORE]) for act in acts]
    assert all(text and "{" not in text for text in texts)
    assert done_text(SetPrice("p3", "s3", 100), [BEFORE]) == "Tea: now ¥1.00"
    assert done_text(PutInRoom(P3, "p1"), [BEFORE]) == "Moved: Tea"
    assert done_text(TakeOffShelf(("p3", "p4")), [BEFORE, OFF]).startswith("2 products off the shelf")
