"""The coupons against a backend that runs."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.coupons import Coupon, CouponsPage
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from studio.background_tasks import BackgroundTasks
from studio.campaigns.coupons_view import CouponsView
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.window.assistant_window import AssistantWindow
from studio.window.hotkeys import Hotkey
from tests.backend.http.api.shopping import Market, answer, open_market
from tests.backend.http.api.test_coupon_routes import wish
from tests.studio.staff.test_staff_view import until, working
from widgets.campaigns.coupons.coupons_dialog import CouponsDialog
from widgets.campaigns.coupons.new_coupon_dialog import NewCouponDialog
from widgets.common.confirm import ConfirmDialog


class Desk:
    """The coupons of a window."""

    def __init__(self, window: AssistantWindow) -> None:
        self.window = window
        self.client = RoomClient(parent=window)
        self.background = BackgroundTasks()
        self.view = CouponsView(self.client, self.background, window)
        window.show_rights([AssistantRight.CAMPAIGNS])

    def go_to(self, market: Market, token: str | None = None) -> None:
        url, token = f"http://{market.backend.address}", token or market.backend.signer.host("main")
        place = Place(url, "main", token)
        self.view.go_to(place)
        self.client.go_to(place)

    def open(self) -> CouponsDialog:
        self.window.menus.actions[Hotkey.COUPONS].trigger()
        (dialog,) = self.window.findChildren(CouponsDialog)
        return dialog


@pytest.fixture
async def desk(qtbot: QtBot, themed: QApplication) -> AsyncIterator[Desk]:
    window = AssistantWindow(QIcon())
    qtbot.addWidget(window, before_close_func=lambda _widget: window.close_for_good())
    made = Desk(window)
    async with working(made.background), asyncio.TaskGroup() as tasks:
        line = tasks.create_task(made.client.run())
        yield made
        line.cancel()


@pytest.fixture
async def market(tmp_path: Path) -> AsyncIterator[Market]:
    async with open_market(tmp_path) as market:
        yield market


async def coupons(market: Market) -> list[Coupon]:
    return answer(CouponsPage, await market.host.get("coupons")).coupons


async def test_a_coupon_is_made_by_the_form_after_a_warning(desk: Desk, market: Market) -> None:
    desk.go_to(market)
    dialog = desk.open()
    await until(lambda: "no coupon yet" in dialog.rows.empty.text())
    dialog.add_button.click()
    await until(lambda: bool(dialog.findChildren(NewCouponDialog)))
    (form,) = dialog.findChildren(NewCouponDialog)
    assert form.fields.products.count() > 0
    form.fields.title.setText("满减")
    form.fields.amount.setText("20")
    form.fields.minimum.setText("99999")
    form.make_button.click()
    await until(lambda: "several together" in form.note.text())
    assert await coupons(market) == []
    form.make_button.click()
    await until(lambda: len(dialog.rows.rows) == 1)
    [made] = await coupons(market)
    assert (made.wish.title, made.wish.amount_minor, made.wish.minimum_minor) == ("满减", 2_000, 9_999_900)


async def test_a_code_that_another_coupon_has_can_be_corrected(desk: Desk, market: Market) -> None:
    answer(Coupon, await market.host.post("coupons", wish(code="LIVE-2026")), 201)
    desk.go_to(market)
    dialog = desk.open()
    await until(lambda: len(dialog.rows.rows) == 1)
    dialog.add_button.click()
    await until(lambda: bool(dialog.findChildren(NewCouponDialog)))
    (form,) = dialog.findChildren(NewCouponDialog)
    form.fields.title.setText("券")
    form.fields.amount.setText("1")
    form.fields.how.setCurrentIndex(form.fields.how.findData("code"))
    form.fields.code.setText("live-2026")
    form.make_button.click()
    await until(lambda: "has this code" in form.note.text())
    assert form.fields.code.text() == "live-2026"


async def test_a_coupon_is_shown_in_the_room_counted_and_taken_off(desk: Desk, market: Market) -> None:
    made = answer(Coupon, await market.host.post("coupons", wish()), 201)
    desk.go_to(market)
    dialog = desk.open()
    await until(lambda: len(dialog.rows.rows) == 1 and desk.client.is_connected)
    shown = dialog.rows.rows[made.coupon_id]
    dialog.show_wanted.emit(made.coupon_id, 300)
    await until(lambda: "not live" in dialog.note.text())
    async with market.backend.host() as host:
        assert isinstance(await host.act(GoLive()), Accepted)
    dialog.show_wanted.emit(made.coupon_id, 300)
    await until(shown.hide_button.isVisible)
    await until(lambda: "see its card" in dialog.note.text())
    buyer = await market.buyer()
    assert (await buyer.post("my-coupons", {"coupon_id": made.coupon_id})).status_code == 201
    await until(lambda: "1 of 5 claimed" in shown.numbers.text())
    dialog.hide_wanted.emit(made.coupon_id)
    await until(shown.show_button.isVisible)
    shown.stop_button.click()
    (question,) = dialog.findChildren(ConfirmDialog)
    question.accept_button.click()
    await until(lambda: shown.state.text() == "Stopped")


async def test_what_is_shown_while_there_is_no_line_comes_back_with_a_word(desk: Desk) -> None:
    dialog = desk.open()
    await until(lambda: "could not be read" in dialog.rows.empty.text())
    dialog.show_wanted.emit("c1", 300)
    assert "Not connected" in dialog.note.text()
    desk.window.coupons_wanted.emit()
    assert len(desk.window.findChildren(CouponsDialog)) == 1
    desk.view.go_to(None)
    assert not dialog.isVisible()


async def test_who_may_not_see_the_coupons_learns_who_gives_the_right(desk: Desk, market: Market) -> None:
    desk.window.show_rights([AssistantRight.ORDERS])
    assert not desk.window.menus.actions[Hotkey.COUPONS].isEnabled()
    desk.window.show_rights([AssistantRight.CAMPAIGNS])
    desk.go_to(market, market.backend.signer.viewer("main", "guest-1"))
    dialog = desk.open()
    await until(lambda: "gives the right to campaigns" in dialog.rows.empty.text())
