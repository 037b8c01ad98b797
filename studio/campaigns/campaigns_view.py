"""Connects room and shop to the panel of campaigns: what runs in, what staff want out."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import httpx
from PySide6.QtCore import QObject

from backend.contract.campaigns import CampaignChanged, CampaignReport, NewCampaign, Template
from backend.contract.live import LiveChanged
from backend.contract.playout import PlayoutChanged
from backend.contract.protocol import Snapshot, StaffSnapshot
from backend.contract.shop import Product
from backend.contract.whole_files import write_whole
from studio.background_tasks import BackgroundTasks
from studio.campaigns.campaign_files import report_csv, report_json
from studio.campaigns.campaign_problems import problem_text
from studio.connection.campaigns_http import CampaignsHttp
from studio.connection.coupons_http import CouponsHttp
from studio.connection.host_requests import FAILED
from studio.connection.room_client import RoomClient
from studio.connection.room_http import Place, RejectedError
from studio.connection.room_protocol import RoomUpdate
from studio.connection.server_clock import ServerClock
from studio.live.broadcast import ON_AIR_PHASES
from studio.window.room_window import RoomWindow
from widgets.common.file_dialogs import Place as FilePlace
from widgets.common.file_dialogs import ask_to_save
from widgets.live.toasts import Offer, Tone

_FORBIDDEN: Final = 403

log = logging.getLogger("livestall.campaigns")


class CampaignsView(QObject):
    """Between the room, the shop and the panel."""

    def __init__(
        self, client: RoomClient, clock: ServerClock, background: BackgroundTasks, window: RoomWindow
    ) -> None:
        super().__init__(window)
        self._panel = window.campaigns
        self._window = window
        self._clock = clock
        self._background = background
        self._place: Place | None = None
        self._session_id = ""
        self._templates: Sequence[Template] = ()
        client.updated.connect(self.on_update)
        client.catalog_read.connect(self._show_products)
        clock.ticked.connect(self._panel.show_time)
        panel = self._panel
        panel.start_wanted.connect(lambda wish: self._begin(partial(self._announce, wish), wish))
        panel.keep_wanted.connect(lambda wish: self._begin(partial(self._keep, wish), wish))
        panel.close_wanted.connect(lambda one: self._begin(partial(self._close, one)))
        panel.stop_wanted.connect(lambda one, reason: self._begin(partial(self._stop, one, reason)))
        panel.drop_wanted.connect(lambda template_id: self._begin(partial(self._drop, template_id)))
        panel.report_wanted.connect(lambda one: self._begin(partial(self._report, one)))
        panel.save_wanted.connect(self._ask_where)
        panel.coupons_wanted.connect(lambda: background.begin(self._read_coupons))
        panel.goods_wanted.connect(lambda: self._begin(self._read_goods))

    def go_to(self, place: Place | None) -> None:
        """Ask this backend from now on; none where there is no room."""
        self._place = place

    def on_update(self, update: RoomUpdate) -> None:
        """Show an update of the room."""
        match update:
            case Snapshot(campaigns=campaigns, live=live):
                self._session_id = live.session_id
                self._panel.show_time(self._clock.now_ms)
                self._panel.show_campaigns(campaigns)
                self._panel.show_live(is_live=live.phase in ON_AIR_PHASES)
                self._begin(self._read_where_allowed)
            case CampaignChanged(campaign=campaign):
                self._panel.put_campaign(campaign)
            case StaffSnapshot(playout_ms=playout_ms) | PlayoutChanged(median_ms=playout_ms):
                self._panel.show_playout(playout_ms)
            case LiveChanged(live=live):
                if live.session_id and live.session_id != self._session_id:
                    self._panel.show_campaigns([])
                self._session_id = live.session_id or self._session_id
                self._panel.show_live(is_live=live.phase in ON_AIR_PHASES)
            case _:
                pass

    def _show_products(self, products: list[Product]) -> None:
        self._panel.show_products(products, products[0].currency if products else "CNY")

    # --- What staff want ---

    def _begin(
        self, act: Callable[[CampaignsHttp], Awaitable[None]], wish: NewCampaign | None = None
    ) -> None:
        self._background.begin(partial(self._do, act, wish))

    async def _do(self, act: Callable[[CampaignsHttp], Awaitable[None]], wish: NewCampaign | None) -> None:
        try:
            if self._place is None:
                raise httpx.ConnectError(self.tr("it has not started yet"))
            async with CampaignsHttp(self._place) as http:
                await act(http)
            self._panel.show_problem("")
        except FAILED as error:
            log.warning("campaigns: %r", error)
            allowed = error.allowed if isinstance(error, RejectedError) else ""
            self._panel.show_problem(problem_text(error), wish, allowed)

    async def _announce(self, wish: NewCampaign, http: CampaignsHttp) -> None:
        campaign = await http.announce(wish)
        self._panel.close_dialog(wish)
        self._panel.put_campaign(campaign)

    async def _keep(self, wish: NewCampaign, http: CampaignsHttp) -> None:
        await http.keep(wish)
        self._panel.close_dialog(wish)
        await self._read(http)
        self._window.toasts.show_toast(self.tr("The template is saved."))

    async def _stop(self, campaign_id: str, reason: str, http: CampaignsHttp) -> None:
        self._panel.put_campaign(await http.stop(campaign_id, reason))

    async def _close(self, campaign_id: str, http: CampaignsHttp) -> None:
        self._panel.put_campaign(await http.close_early(campaign_id))

    async def _drop(self, template_id: str, http: CampaignsHttp) -> None:
        left = await http.drop(template_id)
        # Of a second click nothing is left to be undone.
        dropped = next((one for one in self._templates if one.template_id == template_id), None)
        self._show_templates(left)
        if dropped is None:
            return
        wish = NewCampaign(dropped.terms, dropped.title)
        offer = Offer(self.tr("Undo"), lambda: self._begin(partial(self._keep_again, wish)))
        text = self.tr("Template deleted: {title}").format(title=dropped.title)
        self._window.toasts.show_toast(text if dropped.title else self.tr("Template deleted"), offer=offer)

    async def _keep_again(self, wish: NewCampaign, http: CampaignsHttp) -> None:
        await http.keep(wish)
        await self._read(http)

    async def _read(self, http: CampaignsHttp) -> None:
        self._show_templates(await http.templates())

    def _show_templates(self, templates: Sequence[Template]) -> None:
        self._templates = templates
        self._panel.show_templates(templates)

    async def _read_goods(self, http: CampaignsHttp) -> None:
        """Show what a form offers; who may not read how the shop sells hears it of the shop's answer."""
        try:
            settings = await http.sale_settings()
        except RejectedError:
            settings = None
        self._panel.show_goods(await http.goods(), settings)

    async def _read_where_allowed(self, http: CampaignsHttp) -> None:
        try:
            await self._read(http)
        except RejectedError as error:
            if error.status != _FORBIDDEN:
                raise

    async def _read_coupons(self) -> None:
        """Offer the shop's coupons; who may not see them gives coins away."""
        if self._place is None:
            return
        try:
            async with CouponsHttp(self._place) as http:
                page = await http.page()
        except FAILED as error:
            log.warning("the coupons could not be read: %r", error)
            return
        self._panel.show_coupons(page.coupons, page.currency or "CNY")

    async def _report(self, campaign_id: str, http: CampaignsHttp) -> None:
        self._panel.show_report(await http.report(campaign_id))

    def _ask_where(self, report: CampaignReport, form: str) -> None:
        title = self.tr("Save the report")
        name = f"campaign-{report.campaign.campaign_id}.{form}"
        filters = [f"{form.upper()} (*.{form})"]
        dialog = ask_to_save(self._window, title, FilePlace.DocumentsLocation, filters, name)
        dialog.fileSelected.connect(
            lambda path: self._background.begin(partial(self._save, report, form, Path(path)))
        )
        dialog.open()

    async def _save(self, report: CampaignReport, form: str, path: Path) -> None:
        content = report_csv(report) if form == "csv" else report_json(report)
        try:
            await asyncio.to_thread(write_whole, path, content)
        except OSError as error:
            text = self.tr("The report was not saved: {detail}.").format(detail=error)
            self._window.toasts.show_toast(text, Tone.BAD)
            return
        self._window.toasts.show_toast(self.tr("Saved as {name}.").format(name=path.name))
