from dataclasses import replace

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.widgets.entries import entry, room, sku
from widgets.shop.products_entry import Shelf
from widgets.shop.products_model import Column, ProductsFilter, ProductsModel


def test_the_rooms_products_come_by_number_and_the_others_by_title(qtbot: QtBot) -> None:
    model = ProductsModel()
    QAbstractItemModelTester(model, model)
    other = replace(entry(7, "Apple"), number=0, place=0)
    model.show([other, replace(entry(8, "Aal"), number=0, place=0), entry(2), entry(1)])
    assert [each.spu_id for each in model.entries] == ["p1", "p2", "p8", "p7"]


def test_rows_that_stay_keep_their_place_when_others_come_go_and_move(qtbot: QtBot) -> None:
    model = ProductsModel()
    QAbstractItemModelTester(model, model)
    model.show(room(4))
    third = QPersistentModelIndex(model.index(2, 0))
    swapped = [replace(entry(3), number=1, place=1), replace(entry(1), number=2, place=2), entry(4), entry(5)]
    model.show(swapped)
    assert [each.spu_id for each in model.entries] == ["p3", "p1", "p4", "p5"]
    assert third.row() == 0


def test_only_what_changed_is_painted_again(qtbot: QtBot) -> None:
    model = ProductsModel()
    model.show(room(500))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles: changed.append(first.row()))
    model.show([replace(each, title="New") if each.number == 3 else each for each in room(500)])
    assert changed == [2]


def test_prices_of_several_skus_are_not_edited_in_the_table(qtbot: QtBot) -> None:
    model = ProductsModel()
    model.set_editable([Column.TITLE, Column.PRICE])
    model.show([entry(1), entry(2, skus=[sku(2), sku(3, price_minor=9900)])])

    def is_editable(row: int, column: Column) -> bool:
        return bool(model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable)

    assert is_editable(0, Column.PRICE)
    assert not is_editable(1, Column.PRICE)
    assert is_editable(1, Column.TITLE)
    assert not is_editable(0, Column.LEFT)
    assert model.index(1, Column.PRICE).data() == "from ¥89.00"


def test_titles_in_tooltips_are_plain_text(qtbot: QtBot) -> None:
    model = ProductsModel()
    model.show([entry(1, "<img src=x>")])
    tooltip = model.index(0, Column.TITLE).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tooltip


def test_search_finds_words_codes_and_the_number_alone(qtbot: QtBot) -> None:
    model, shown = ProductsModel(), ProductsFilter()
    shown.setSourceModel(model)
    model.show([entry(1, "Green tea"), entry(12, "Red lipstick")])

    def found(text: str) -> list[str]:
        shown.set_text(text)
        return [shown.index(row, Column.TITLE).data() for row in range(shown.rowCount())]

    assert found("TEA green") == ["Green tea"]
    assert found("ls-12") == ["Red lipstick"]
    assert found("12") == ["Red lipstick"]
    assert found("nothing") == []
    assert len(found("")) == 2


def test_filters_keep_what_their_name_says(qtbot: QtBot) -> None:
    gone = entry(1, skus=[sku(1, left=0)])
    few = entry(2, skus=[sku(2, left=9)])
    off = replace(entry(3), is_on_shelf=False)
    elsewhere = replace(entry(4), number=0, place=0)
    every = (gone, few, off, elsewhere)
    kept = {shelf: [each.spu_id for each in every if shelf.holds(each)] for shelf in Shelf}
    assert kept == {
        Shelf.ALL: ["p1", "p2", "p3", "p4"],
        Shelf.IN_ROOM: ["p1", "p2", "p3"],
        Shelf.OFF_SHELF: ["p3"],
        Shelf.SOLD_OUT: ["p1"],
        Shelf.LOW: ["p2"],
    }
