"""Campaigns from the studio, against a backend that runs: an auction by its form, a template by Undo."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backend.contract.base import AssistantRight
from backend.contract.campaigns import NewCampaign
from backend.contract.live import GoLive
from backend.contract.protocol import Accepted
from backend.contract.red_packets import RedPacketTerms
from backend.contract.sale_settings import SaleSettings
from studio.background_tasks import BackgroundTasks
from studio.campaigns.campaigns_view import CampaignsView
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place
from studio.connection.server_clock import ServerClock
from studio.window.assistant_window import AssistantWindow
from tests.backend.http.api.shopping import Market, answer, open_market
from tests.studio.staff.test_staff_view import until, working
from widgets.campaigns.auction.auction_form import AuctionForm
from widgets.campaigns.campaign_dialog import CampaignDialog


class Desk:
    """The campaigns of a window."""

    def __init__(self, window: AssistantWindow) -> None:
        self.window = window
        self.panel = window.campaigns
        self.client = RoomClient(parent=window)
        self.background = BackgroundTasks()
        self.view = CampaignsView(self.client, ServerClock(self.client), self.background, window)
        window.show_rights([AssistantRight.CAMPAIGNS])

    def go_to(self, market: Market) -> None:
        place = Place(f"http://{market.backend.address}", "main", market.backend.signer.host("main"))
        self.view.go_to(place)
        self.client.go_to(place)

    async def ask(self) -> tuple[CampaignDialog, AuctionForm]:
        dialog = self.panel.ask("auction")
        assert dialog is not None
        form = dialog.form
        assert isinstance(form, AuctionForm)
        await until(lambda: form.unit.count() > 0)
        return dialog, form


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
        async with market.backend.host() as host:
            assert isinstance(await host.act(GoLive()), Accepted)
        yield market


async def test_a_shop_of_china_turns_auctions_on_before_it_announces_one(desk: Desk, market: Market) -> None:
    desk.go_to(market)
    dialog, form = await desk.ask()
    form.start.setText("300")
    assert "Settings → Selling" in dialog.summary.text()
    assert not dialog.start_button.isEnabled()
    settings = answer(SaleSettings, await market.host.get("settings"))
    wanted = msgspec.structs.replace(settings, has_auction_licence=True)
    answer(SaleSettings, await market.host.put("settings", msgspec.to_builtins(wanted)))
    dialog, form = await desk.ask()
    form.start.setText("300")
    dialog.start_button.click()
    await until(lambda: len(desk.panel.cards) == 1)
    [card] = desk.panel.cards.values()
    assert card.text.text().startswith("¥300 · 0 bids of 0 people")


async def test_what_the_shop_refuses_of_an_auction_is_said_in_the_dialog(desk: Desk, market: Market) -> None:
    desk.go_to(market)
    dialog, form = await desk.ask()
    # As an assistant sees it, who may not read how the shop sells.
    form._is_off = False
    form.start.setText("300")
    dialog.start_button.click()
    await until(lambda: "the host turns them on in Settings → Selling" in dialog.problem.text())


async def test_a_deleted_template_comes_back_by_undo(desk: Desk, market: Market) -> None:
    desk.go_to(market)
    desk.panel.keep_wanted.emit(NewCampaign(RedPacketTerms(2, 50), "开播红包"))
    await until(lambda: [one.title for one in desk.panel._templates] == ["开播红包"])
    desk.panel.drop_wanted.emit(desk.panel._templates[0].template_id)
    await until(lambda: desk.panel._templates == [])
    *_, toast = desk.window.toasts.shown
    assert toast.text.text() == "Template deleted: 开播红包"
    toast.offer_button.click()
    await until(lambda: [one.title for one in desk.panel._templates] == ["开播红包"])
    assert desk.panel._templates[0].terms == RedPacketTerms(2, 50)
