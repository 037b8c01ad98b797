from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from backend.contract.orders import MarkOrder, ShipOrder
from studio.shop.courier.table_in import read_table
from studio.shop.courier.table_out import write_table
from studio.window.main_window import MainWindow
from tests.backend.http.api.shopping import CUP, line, open_market
from tests.studio.shop.fake_shop import FakeShop, refusal
from tests.studio.shop.test_order_reader import Host
from tests.studio.shop.test_orders_view import Desk
from tests.studio.staff.test_staff_view import until, working
from tests.widgets.orders import ADDRESS, order, paid, shipped
from widgets.shop.file_choices import ExportWish, Paper, PaperWish, Preset, TableFormat, Which
from widgets.shop.orders_window import OrdersWindow
from widgets.shop.tracking_dialog import TrackingDialog


@pytest.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    shop = FakeShop()
    made = Desk(window, shop, tmp_path)
    async with shop.serve(), working(made.background):
        yield made
        made.view.close()
        for opened in filter(None, [made.view._orders]):
            opened.deleteLater()


def said(orders: OrdersWindow) -> list[str]:
    return [toast.text.text() for toast in orders.toasts.shown]


async def reported(desk: Desk, orders: OrdersWindow, path: Path) -> TrackingDialog:
    """Read a file, and return the dialog that shows what it amounts to."""
    orders.files.import_wanted.emit(str(path))
    await until(lambda: orders.files.dialog is not None)
    assert orders.files.dialog is not None
    return orders.files.dialog


async def test_all_that_waits_to_be_sent_is_exported_the_oldest_first(desk: Desk, tmp_path: Path) -> None:
    desk.shop.orders = [order(4), paid(3), shipped(2), paid(1)]
    orders = await desk.open()
    path = tmp_path / "orders.xlsx"
    wish = ExportWish(Preset.ONE_LINE, TableFormat.XLSX, Which.TO_SHIP, str(path))
    orders.files.export_wanted.emit(wish)
    await until(lambda: bool(said(orders)))

    assert [row[0] for row in read_table(path.read_bytes())[1:]] == [paid(1).number, paid(3).number]
    assert said(orders) == ["orders.xlsx is saved, with 2 orders."]


async def test_masked_addresses_are_not_exported_and_the_remedy_is_named(desk: Desk, tmp_path: Path) -> None:
    masked = msgspec.structs.replace(ADDRESS, phone="138****2107")
    desk.shop.orders = [paid(1, address=masked)]
    orders = await desk.open()
    path = tmp_path / "orders.csv"
    orders.files.export_wanted.emit(ExportWish(Preset.SPLIT, TableFormat.CSV, Which.TO_SHIP, str(path)))
    await until(lambda: bool(said(orders)))
    assert "right to customers" in said(orders)[0]
    assert not path.exists()


async def test_papers_of_the_selected_orders_are_saved(desk: Desk, tmp_path: Path) -> None:
    desk.shop.orders = [paid(2), paid(1)]
    orders = await desk.open()
    await until(lambda: len(desk.ids) == 2)
    orders.list.table.selectAll()
    for paper in Paper:
        path = tmp_path / f"{paper}.pdf"
        orders.files.paper_wanted.emit(PaperWish(paper, Which.SELECTED, str(path)))
        await until(path.exists)
        assert path.read_bytes().startswith(b"%PDF")


async def test_a_file_that_cannot_be_saved_says_why(desk: Desk, tmp_path: Path) -> None:
    desk.shop.orders = [paid(1)]
    orders = await desk.open()
    path = tmp_path / "no such folder" / "a.pdf"
    orders.files.paper_wanted.emit(PaperWish(Paper.SLIPS, Which.TO_SHIP, str(path)))
    await until(lambda: bool(said(orders)))
    assert "a.pdf was not saved" in said(orders)[0]


async def test_tracking_numbers_are_shown_then_written_and_nothing_is_written_twice(
    desk: Desk, tmp_path: Path
) -> None:
    desk.shop.orders = [paid(2), paid(1)]
    orders = await desk.open()
    path = tmp_path / "back.csv"
    path.write_text(f"订单号,运单号\n{paid(1).number},SF1439\n{paid(2).number},\n", "gb18030")
    dialog = await reported(desk, orders, path)
    assert (
        dialog.list.item(0).text() == f"Line 3, 261201 {paid(2).number[6:]}: the tracking number is missing"
    )
    assert desk.shop.acts == []
    dialog.carrier.setCurrentText("SF")
    dialog.accept_button.click()
    await until(lambda: dialog.summary.text() == "1 parcels were written.")
    [(order_id, body, key)] = desk.shop.acts
    assert (order_id, body) == ("o1", ShipOrder("SF", "SF1439"))
    assert key == f"file-o1-{paid(1).version}-SF1439"
    dialog.close_button.click()


async def test_a_parcel_that_the_shop_refuses_is_named_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    desk.shop.orders = [paid(1)]
    orders = await desk.open()
    path = tmp_path / "back.csv"
    path.write_text(f"order number,tracking number\n{paid(1).number},SF1439\n")
    dialog = await reported(desk, orders, path)
    desk.shop.refusal = refusal(409, "The order is cancelled.")
    dialog.accept_button.click()
    await until(lambda: dialog.list.count() == 1)
    assert dialog.list.item(0).text().endswith("The order is cancelled.")
    assert dialog.summary.text() == "0 parcels were written."
    dialog.close_button.click()


async def test_a_file_that_is_no_table_says_what_to_do(desk: Desk, tmp_path: Path) -> None:
    orders = await desk.open()
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    orders.files.import_wanted.emit(str(path))
    await until(lambda: bool(said(orders)))
    path.write_text("a,b\n")
    orders.files.import_wanted.emit(str(path))
    await until(lambda: len(said(orders)) == 2)
    orders.files.import_wanted.emit(str(tmp_path / "none.csv"))
    await until(lambda: len(said(orders)) == 3)
    assert "Save it as XLSX" in said(orders)[0]
    assert "订单号" in said(orders)[1]
    assert "none.csv was not read" in said(orders)[2]


async def test_exported_orders_come_back_as_parcels_of_a_backend_that_runs(
    window: MainWindow, tmp_path: Path
) -> None:
    async with open_market(tmp_path) as market:
        host = Host(window, tmp_path, market)
        async with working(host.background):
            await host.open()
            buyer = await market.buyer()
            order = await buyer.order(line(CUP))
            await market.cashier(await buyer.attempt(order), "pay")
            await market.until_paid(buyer, order)
            host.orders.mark_wanted.emit(order.order_id, MarkOrder("wrap it", is_flagged=True))
            path = tmp_path / "orders.xlsx"
            wish = ExportWish(Preset.SPLIT, TableFormat.XLSX, Which.TO_SHIP, str(path))
            host.orders.files.export_wanted.emit(wish)
            await until(path.exists)
            rows = read_table(path.read_bytes())
            empty = [""] * (len(rows[0]) - len(rows[1]) - 2)
            filled = [rows[0], [*rows[1], *empty, "SF", "SF1439"]]
            path.write_bytes(write_table(TableFormat.XLSX, filled))
            host.orders.files.import_wanted.emit(str(path))
            await until(lambda: host.orders.files.dialog is not None)
            dialog = host.orders.files.dialog
            assert dialog is not None
            dialog.accept_button.click()
            await until(lambda: dialog.summary.text() == "1 parcels were written.")
            [parcel] = (await buyer.see(order)).parcels
            assert (parcel.carrier, parcel.tracking) == ("SF", "SF1439")
            await until(lambda: bool(host.orders.list.model.orders[0].mark))
            dialog.close_button.click()
            host.view.close()
            host.orders.deleteLater()
