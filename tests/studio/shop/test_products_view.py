"""The products view before a backend that runs: what staff change counts, and who was too late is asked."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from backend.contract.audience import You, YouChanged
from backend.contract.base import AssistantRight, Role
from backend.contract.products import StaffProduct
from backend.contract.protocol import Accepted
from backend.contract.shop import EditProduct
from studio.background_tasks import BackgroundTasks
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.room_protocol import RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.settings import SavedSettings, SettingsStore
from studio.shop.products_view import ProductsView
from studio.window.hotkeys import Hotkey
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import Market, line, open_market
from tests.backend.kinds import as_type
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.common.test_picture_well import png
from widgets.shop.conflict_dialog import DifferencesDialog
from widgets.shop.labels_dialog import LabelsDialog
from widgets.shop.prices_dialog import PricesDialog
from widgets.shop.product_form import EditProductForm, NewProductForm
from widgets.shop.products_cell import CellEdit
from widgets.shop.products_entry import ProductEntry
from widgets.shop.products_foot import Step
from widgets.shop.products_model import Column
from widgets.shop.products_window import ProductsWindow
from widgets.shop.stock_dialog import StockDialog, StockMode

TEA = "demo-tea"  # as it is in the room from the start
EDITABLE = Qt.ItemFlag.ItemIsEditable


class Host:
    """A host's products window before a market."""

    def __init__(self, window: MainWindow, folder: Path, market: Market) -> None:
        self.window, self.market = window, market
        self.background = BackgroundTasks()
        self.client = RoomClient()
        self.settings = SavedSettings(SettingsStore(folder / "studio"))
        clock = ServerClock(self.client, window)
        self.view = ProductsView(self.client, clock, self.background, self.settings, window)
        self.place = Place(f"http://{market.backend.address}", "main", market.host.token)
        self.updates: list[RoomUpdate] = []
        self.client.updated.connect(self.updates.append)

    @property
    def products(self) -> ProductsWindow:
        assert self.view._products is not None
        return self.view._products

    @property
    def order(self) -> list[str]:
        return list(self.products.list.model.order)

    def find(self, title: str) -> ProductEntry | None:
        return next((one for one in self.products.list.model.entries if one.title == title), None)

    def row(self, spu_id: str = TEA) -> ProductEntry:
        found = self.products.list.model.find(spu_id)
        assert found is not None
        return found

    @property
    def toasts(self) -> list[str]:
        return [toast.text.text() for toast in self.products.toasts.shown]

    async def open(self) -> None:
        """Go to the market, open the window by its hotkey, and wait for the rows and for one's rights."""
        self.view.go_to(self.place)
        self.client.go_to(self.place)
        self.window.menus.actions[Hotkey.PRODUCTS].trigger()
        await until(lambda: self.products.list.filter.rowCount() > 0)
        await until(lambda: any(isinstance(update, YouChanged) for update in self.updates))

    async def undo(self) -> None:
        """Take back what was done last."""
        await until(lambda: self.products._undos.last is not None)
        self.products.undo()
        await until(lambda: self.toasts[-1] == "Taken back")

    def choose(self, *spu_ids: str) -> None:
        """Select these rows."""
        products = self.products.list
        chosen = products.table.selectionModel()
        flags = chosen.SelectionFlag
        chosen.clearSelection()
        for spu_id in spu_ids:
            row = products.filter.mapFromSource(products.model.index(products.model.row_of(spu_id), 0))
            chosen.setCurrentIndex(row, flags.Select | flags.Rows)

    def type_into(self, column: Column, text: str) -> None:
        """Edit a cell of the tea, and press Enter."""
        self.products.list.edit(TEA, column)
        (edit,) = [one for one in self.products.findChildren(CellEdit) if one.isVisible()]
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)

    def stock_dialog(self) -> StockDialog:
        self.products.list.choose(TEA)
        self.products.steps.do(Step.STOCK)
        (dialog,) = self.products.dialogs.open_dialogs
        assert isinstance(dialog, StockDialog)
        return dialog

    async def add(self, title: str, values: str = "") -> ProductEntry:
        """Add a product by its form, with a specification where there are values."""
        self.products.ask_for_new()
        (form,) = self.products.dialogs.open_dialogs
        assert isinstance(form, NewProductForm)
        form.title.setText(title)
        form.gallery.well.take(png())
        if values:
            form.matrix.specs.add("Size", values)
            form.matrix.specs.rows[0].changed.emit()
        price = form.matrix.table.item(0, form.matrix._columns_of_specs + 1)
        assert price is not None
        price.setText("59.90")
        form.matrix.table.setCurrentItem(price)
        form.matrix.fill_down()
        form.accept_button.click()
        await until(lambda: self.find(title) is not None)
        await until(lambda: not self.products.dialogs.open_dialogs)
        made = self.find(title)
        assert made is not None
        return made


@pytest.fixture
async def host(window: MainWindow, tmp_path: Path) -> AsyncIterator[Host]:
    async with open_market(tmp_path) as market:
        made = Host(window, tmp_path, market)
        async with working(made.background), asyncio.TaskGroup() as tasks:
            running = tasks.create_task(made.client.run())
            yield made
            running.cancel()
            made.view.close()
            for opened in filter(None, [made.view._products]):
                opened.dialogs.close_all()
                opened.deleteLater()


async def test_a_price_that_was_typed_counts_for_buyers_and_can_be_taken_back(host: Host) -> None:
    await host.open()
    before = host.row().cheapest.price_minor
    host.type_into(Column.PRICE, "77.70")
    await until(lambda: host.row().cheapest.price_minor == 7770)
    buyer = await host.market.buyer()
    assert (await buyer.quote(line(TEA))).goods_minor == 7770
    await host.undo()
    assert host.row().cheapest.price_minor == before


async def test_a_title_that_was_typed_is_shown_in_the_room(host: Host) -> None:
    await host.open()
    host.type_into(Column.TITLE, "Black tea")
    await until(lambda: host.row().title == "Black tea")
    page = await host.market.host.get("rooms/main/products")
    assert "Black tea" in page.text


async def test_a_product_with_skus_and_a_picture_is_added_and_taken_back(host: Host) -> None:
    await host.open()
    made = await host.add("Bag", "S, M, L")
    assert [sku.specs for sku in made.skus] == [(("Size", size),) for size in "SML"]
    assert {sku.price_minor for sku in made.skus} == {5990}
    assert made.place == len(host.order)
    assert made.image.startswith("/media/")
    await until(lambda: made.image in host.view._pictures)
    await host.undo()
    assert host.find("Bag") is None


async def test_the_form_of_a_product_shows_all_its_pictures(host: Host) -> None:
    await host.open()
    made = await host.add("Bag", "S")
    host.choose(made.spu_id)
    host.products.steps.do(Step.EDIT)
    (form,) = host.products.dialogs.open_dialogs
    assert isinstance(form, EditProductForm)
    form.gallery.well.take(png(9))
    form.accept_button.click()
    await until(lambda: len(host.view._known[made.spu_id].pictures) == 2)
    await until(lambda: not host.products.dialogs.open_dialogs)

    host.products.steps.do(Step.EDIT)

    second = host.view._known[made.spu_id].pictures[1]
    await until(lambda: second.thumbnail in host.view._pictures)


async def test_a_form_changes_one_sku_and_takes_another_off_sale(host: Host) -> None:
    await host.open()
    made = await host.add("Bag", "S, M")
    host.choose(made.spu_id)
    host.products.steps.do(Step.EDIT)
    (form,) = host.products.dialogs.open_dialogs
    assert isinstance(form, EditProductForm)
    form.title.setText("Big bag")
    price, switch = form.matrix.table.item(0, 2), form.matrix.table.item(1, 7)
    assert price is not None
    assert switch is not None
    price.setText("65")
    switch.setCheckState(Qt.CheckState.Unchecked)
    form.accept_button.click()
    await until(lambda: host.row(made.spu_id).title == "Big bag")
    assert [sku.price_minor for sku in host.row(made.spu_id).skus] == [6500]
    await host.undo()
    after = host.row(made.spu_id)
    assert (after.title, [sku.price_minor for sku in after.skus]) == ("Bag", [5990, 5990])


async def test_a_picture_dropped_on_a_row_becomes_the_products_and_can_be_taken_back(host: Host) -> None:
    await host.open()
    before, data = host.row().image, QMimeData()
    data.setImageData(QImage.fromData(png()))
    host.products.list.table.picture_dropped.emit(TEA, data)
    await until(lambda: host.row().image not in {before, ""})
    await host.undo()
    assert host.row().image == before


async def test_rows_are_put_into_another_order_and_back(host: Host) -> None:
    await host.open()
    before = host.order
    host.products.list.table.moved.emit((before[0], before[1]), before[3], True)  # noqa: FBT003 - a signal
    wanted = [before[2], before[3], before[0], before[1], *before[4:]]
    await until(lambda: host.order == wanted)
    room = await host.market.host.get("rooms/main/listing")
    assert msgspec.json.decode(room.content)["spu_ids"] == wanted
    await host.undo()
    assert host.order == before


async def test_a_product_leaves_the_room_stays_in_the_shop_and_comes_back(host: Host) -> None:
    await host.open()
    before = host.order
    host.choose(TEA)
    host.products.steps.do(Step.ROOM)
    await until(lambda: TEA not in host.order)
    assert not host.row().is_in_room
    await host.undo()
    assert host.order == before


async def test_what_is_off_the_shelf_stays_in_sight_and_is_not_sold(host: Host) -> None:
    await host.open()
    chosen = host.order[:2]
    host.choose(*chosen)
    host.products.steps.do(Step.SHELF)
    await until(lambda: not any(host.row(spu_id).is_on_shelf for spu_id in chosen))
    assert host.row(chosen[0]).is_in_room
    assert host.row(chosen[0]).number == 0
    shown = await host.market.host.get("rooms/main/products")
    assert chosen[0] not in shown.text
    await host.undo()
    await until(lambda: all(host.row(spu_id).is_on_shelf for spu_id in chosen))


async def test_prices_of_several_products_fall_together_and_come_back(host: Host) -> None:
    await host.open()
    chosen = host.order[:3]
    before = {spu_id: host.row(spu_id).cheapest.price_minor for spu_id in chosen}
    host.choose(*chosen)
    host.products.steps.do(Step.PRICE)
    (dialog,) = host.products.dialogs.open_dialogs
    assert isinstance(dialog, PricesDialog)
    dialog.change.setText("-50")
    dialog.accept_button.click()
    half = {spu_id: (price + 1) // 2 for spu_id, price in before.items()}
    await until(lambda: {spu_id: host.row(spu_id).cheapest.price_minor for spu_id in chosen} == half)
    await host.undo()
    await until(lambda: {spu_id: host.row(spu_id).cheapest.price_minor for spu_id in chosen} == before)


async def test_category_and_tags_of_several_products_change_together_and_come_back(host: Host) -> None:
    await host.open()
    chosen = host.order[:2]
    before = [(host.row(spu_id).category, host.row(spu_id).tags) for spu_id in chosen]
    host.choose(*chosen)
    host.products.steps.do(Step.LABELS)
    (dialog,) = host.products.dialogs.open_dialogs
    assert isinstance(dialog, LabelsDialog)
    dialog.category.setText("spring")
    dialog.category.setModified(True)
    dialog.more.setText("new, gift")
    dialog.accept_button.click()
    await until(lambda: all(host.row(spu_id).category == "spring" for spu_id in chosen))
    assert {"new", "gift"} <= set(host.row(chosen[0]).tags)
    await host.undo()
    await until(lambda: [(host.row(one).category, host.row(one).tags) for one in chosen] == before)


async def test_a_size_more_keeps_what_was_ordered_and_can_be_taken_back(host: Host) -> None:
    await host.open()
    made = await host.add("Bag", "S, M")
    small = made.skus[0]
    host.choose(made.spu_id)
    host.products.steps.do(Step.EDIT)
    (form,) = host.products.dialogs.open_dialogs
    assert isinstance(form, EditProductForm)
    form.matrix.specs.rows[0].values.setText("S, XL")
    form.matrix.specs.add("Material", "cotton")
    form.matrix.specs.rows[1].changed.emit()
    assert form.matrix.count.text() == "2 on sale · 1 new · 1 retired"
    form.accept_button.click()
    await until(lambda: len(host.row(made.spu_id).skus[0].specs) == 2)
    after = host.row(made.spu_id)
    assert [sku.specs[0][1] for sku in after.skus] == ["S", "XL"]
    assert after.skus[0].sku_id == small.sku_id
    await host.undo()
    await until(lambda: [sku.specs for sku in host.row(made.spu_id).skus] == [sku.specs for sku in made.skus])


async def test_a_product_that_was_ordered_is_kept_off_the_shelf_and_others_are_deleted(host: Host) -> None:
    await host.open()
    await (await host.market.buyer()).order(line(TEA))
    made = await host.add("Bag")
    host.choose(TEA, made.spu_id)
    host.products.steps.do(Step.DELETE)
    host.products.dialogs.open_dialogs[0].accept()
    await until(lambda: host.find("Bag") is None)
    assert not host.row().is_on_shelf
    assert any(text.startswith("Kept off the shelf") for text in host.toasts)


async def test_stock_moves_by_a_difference_and_is_set_by_a_count_of_the_house(host: Host) -> None:
    await host.open()
    await (await host.market.buyer()).order(line(TEA, 2))
    await until(lambda: host.row().reserved == 2)
    before = host.row().left
    dialog = host.stock_dialog()
    await until(lambda: dialog.list.count() > 0)
    assert "Held for an order −2" in dialog.list.item(0).text()
    dialog.amount.setText("+5")
    dialog.reason.setText("delivery")
    dialog.accept_button.click()
    await until(lambda: host.row().left == before + 5)
    await until(lambda: not host.products.dialogs.open_dialogs)
    dialog = host.stock_dialog()
    dialog.set_mode(StockMode.COUNT)
    dialog.amount.setText("9")
    dialog.reason.setText("stock-taking")
    dialog.accept_button.click()
    await until(lambda: host.row().left == 7)
    await host.undo()
    assert host.row().left == before + 5


async def test_what_sells_is_seen_in_the_open_window(host: Host) -> None:
    await host.open()
    before = host.row().left
    for left in (before - 1, before - 2):  # the crowd sees no difference between these
        await (await host.market.buyer()).order(line(TEA, 1))
        await until(partial(lambda left: host.row().left == left, left))


async def lose_the_race(host: Host, price_minor: int) -> StaffProduct:
    """Let another editor change the tea's price, unseen by the host; return how the host sees it."""
    stale = host.view._known[TEA]
    async with host.market.backend.host() as other:
        as_type(Accepted, await other.act(EditProduct(TEA, stale.version, price_minor=price_minor)))
    await until(lambda: host.view._known[TEA] != stale)
    host.view._known[TEA] = stale  # as if the news were still on its way
    return stale


async def test_a_price_that_lost_the_race_asks_whose_counts(host: Host) -> None:
    await host.open()
    await lose_the_race(host, 6600)
    host.type_into(Column.PRICE, "55")
    await until(lambda: bool(host.products.dialogs.open_dialogs))
    (dialog,) = host.products.dialogs.open_dialogs
    assert isinstance(dialog, DifferencesDialog)
    texts = [dialog.table.item(0, place) for place in range(3)]
    assert [cell.text() for cell in texts if cell is not None] == ["Price", "¥55.00", "¥66.00"]
    dialog.mine_button.click()
    await until(lambda: host.row().cheapest.price_minor == 5500)


async def test_a_form_that_lost_the_race_is_saved_over_it_or_given_up(host: Host) -> None:
    await host.open()
    host.choose(TEA)
    host.products.steps.do(Step.EDIT)
    (form,) = host.products.dialogs.open_dialogs
    assert isinstance(form, EditProductForm)
    await lose_the_race(host, 6600)
    form.title.setText("Black tea")
    form.accept_button.click()
    await until(lambda: len(host.products.dialogs.open_dialogs) == 2)
    asked = host.products.dialogs.open_dialogs[1]
    assert isinstance(asked, DifferencesDialog)
    asked.mine_button.click()
    await until(lambda: host.row().title == "Black tea")
    assert host.row().cheapest.price_minor == 6600
    await until(lambda: not host.products.dialogs.open_dialogs)


async def test_an_assistant_without_the_right_is_told_who_gives_it(host: Host) -> None:
    await host.open()
    host.client.updated.emit(YouChanged(_assistant()))
    assert host.products.list.message.text() == "You need the right to products or to prices."
    host.client.updated.emit(YouChanged(_assistant(AssistantRight.PRICES)))
    await until(lambda: host.products.list.filter.rowCount() > 0)
    host.products.list.choose(TEA)
    assert not host.products.foot.may(Step.STOCK)
    assert host.products.list.table.currentIndex().siblingAtColumn(Column.PRICE).flags() & EDITABLE


async def test_a_catalogue_that_is_not_there_is_told_and_tried_again(host: Host) -> None:
    host.view.open()
    assert host.products.list.message.text() == "Not connected to a room."
    host.view.go_to(Place("http://127.0.0.1:9", "main", "t"))
    await until(lambda: "could not be read" in host.products.list.message.text())
    host.view.go_to(host.place)
    await until(lambda: host.products.list.filter.rowCount() > 0)
    host.view.reader._place = Place("http://127.0.0.1:9", "main", "t")
    host.type_into(Column.PRICE, "9")
    await until(lambda: bool(host.toasts))
    assert "Not connected" in host.toasts[-1]


async def test_the_products_come_back_where_they_were_closed(host: Host) -> None:
    await host.open()
    host.products.resize(1100, 600)
    host.view.close()
    assert host.settings.now.products_layout == host.products.layout_text()


def _assistant(*rights: AssistantRight) -> You:
    return You("a1", "Wang", Role.ASSISTANT, False, False, None, [], None, list(rights))  # noqa: FBT003
