"""The panel of campaigns: what runs, what can be started, and what came of those that are over."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.campaigns import (
    OVER,
    Campaign,
    CampaignKind,
    CampaignPhase,
    CampaignReport,
    NewCampaign,
    Template,
)
from backend.contract.catalog import ShopProducts
from backend.contract.coupons import Coupon
from backend.contract.sale_settings import SaleSettings
from backend.contract.shop import Product
from widgets.campaigns.campaign_card import CampaignCard
from widgets.campaigns.campaign_dialog import CampaignDialog
from widgets.campaigns.campaign_words import end_name, start_name
from widgets.campaigns.entry_row import EntryRow, section
from widgets.campaigns.kind_face import KindFace
from widgets.campaigns.kind_faces import FACES
from widgets.campaigns.report_dialog import ReportDialog
from widgets.campaigns.stop_dialog import StopDialog
from widgets.common import plain
from widgets.common.forms import column, label
from widgets.common.retranslate import Retranslated

MOST_RESULTS = 10


class CampaignsPanel(Retranslated):
    """Shows campaigns as the room says they are; every change is asked of the shop.

    Attributes:
        start_wanted, keep_wanted: emitted with a `NewCampaign`.
        stop_wanted: emitted with a campaign's id and the public reason.
        close_wanted: emitted with the id of a campaign whose result is to be brought forward.
        drop_wanted: emitted with a template's id.
        report_wanted: emitted with a campaign's id.
        save_wanted: emitted with a report and `csv` or `json`.
        coupons_wanted: emitted when a form opens, which may offer the shop's coupons.
        goods_wanted: emitted when a form opens that may ask for a unit of a product.
    """

    start_wanted = Signal(object)
    keep_wanted = Signal(object)
    stop_wanted = Signal(str, str)
    close_wanted = Signal(str)
    drop_wanted = Signal(str)
    report_wanted = Signal(str)
    save_wanted = Signal(object, str)
    coupons_wanted = Signal()
    goods_wanted = Signal()

    def __init__(self, faces: Sequence[KindFace] = FACES) -> None:
        super().__init__()
        self._faces = {face.kind.value: face for face in faces}
        self._campaigns: dict[str, Campaign] = {}
        self._templates: list[Template] = []
        self._products: Sequence[Product] = ()
        self._currency = "CNY"
        self._may_start = self._is_live = True
        self._now_ms = 0.0
        self._playout_ms: int | None = None
        self._dialog: CampaignDialog | None = None
        self.cards: dict[str, CampaignCard] = {}
        self._lines = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(self._lines)
        self._lines.setContentsMargins(10, 10, 10, 10)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        self.note = label("", "dim")
        self.note.setWordWrap(True)
        self.note.setVisible(False)
        self.setLayout(column(area, self.note, spacing=0))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._fill()

    # --- In ---

    def show_campaigns(self, campaigns: Sequence[Campaign]) -> None:
        """Show these, in place of all that was shown."""
        self._campaigns = {one.campaign_id: one for one in campaigns}
        self._fill()

    def put_campaign(self, campaign: Campaign) -> None:
        """Show how one is now."""
        known = self._campaigns.get(campaign.campaign_id)
        self._campaigns[campaign.campaign_id] = campaign
        card = self.cards.get(campaign.campaign_id)
        if known is not None and card is not None and campaign.phase not in OVER:
            card.show_campaign(campaign)
        else:
            self._fill()

    def show_templates(self, templates: Sequence[Template]) -> None:
        """Offer these to be started with one click."""
        self._templates = list(templates)
        self._fill()

    def show_products(self, products: Sequence[Product], currency: str) -> None:
        """Offer these products in forms."""
        self._products, self._currency = products, currency
        if self._dialog is not None:
            self._dialog.form.show_products(products)

    def show_coupons(self, coupons: Sequence[Coupon], currency: str) -> None:
        """Offer these coupons in the form that is open."""
        if self._dialog is not None:
            self._dialog.form.show_coupons(coupons, currency)

    def show_goods(self, goods: ShopProducts, settings: SaleSettings | None) -> None:
        """Offer these units in the open form, by these rules; None where they are not known."""
        if self._dialog is None:
            return
        if settings is not None:
            self._dialog.form.show_rules(settings)
        self._dialog.form.show_goods(goods)

    def show_live(self, *, is_live: bool) -> None:
        """Offer starting only while the room is live."""
        if is_live != self._is_live:
            self._is_live = is_live
            self._fill()

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer what these rights allow."""
        self._may_start = AssistantRight.CAMPAIGNS in rights
        self._fill()

    def show_time(self, server_time_ms: float) -> None:
        """Follow the server's clock."""
        self._now_ms = server_time_ms
        for card in self.cards.values():
            card.show_time(server_time_ms)

    def show_playout(self, playout_ms: int | None) -> None:
        """Cue the host by how far viewers are behind, in the middle; None while that is not known."""
        self._playout_ms = playout_ms
        for card in self.cards.values():
            card.show_playout(playout_ms)

    def show_report(self, report: CampaignReport) -> None:
        """Show what came of a campaign."""
        shown = self._campaigns.get(report.campaign.campaign_id)
        people = [] if shown is None else shown.people
        dialog = ReportDialog(self.window(), self._face(report.campaign), report, self._currency, people)
        dialog.save_wanted.connect(lambda form: self.save_wanted.emit(report, form))
        dialog.open()

    def show_problem(self, text: str, wish: NewCampaign | None = None, allowed: str = "") -> None:
        """Say what went wrong: in the form that asked for the wish, else below; empty for nothing.

        `allowed` is the price that the form can put in instead.
        """
        if (dialog := self._dialog_of(wish)) is not None:
            dialog.show_problem(text, allowed)
            return
        plain.set_text(self.note, text)
        self.note.setVisible(bool(text))

    def close_dialog(self, wish: NewCampaign) -> None:
        """Close the form that asked for this, as the shop took it; another that is open stays."""
        if (dialog := self._dialog_of(wish)) is not None:
            dialog.accept()

    def _dialog_of(self, wish: NewCampaign | None) -> CampaignDialog | None:
        dialog = self._dialog
        return dialog if dialog is not None and wish is not None and dialog.asked is wish else None

    # --- Out ---

    def sale_left_ms(self) -> float | None:
        """How long the open flash sale goes on, in milliseconds, the longest where there are several."""
        sales = (
            one.closes_at_ms - self._now_ms
            for one in self._campaigns.values()
            if one.phase is CampaignPhase.OPEN and _kind_of(one) == CampaignKind.FLASH_SALE.value
        )
        return max((left_ms for left_ms in sales if left_ms > 0), default=None)

    # --- What staff do ---

    def focus_first(self) -> None:
        """Put the focus on the first button."""
        buttons = [one for one in self.findChildren(QPushButton) if one.isVisibleTo(self) and one.isEnabled()]
        if buttons:
            buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask(self, kind: str) -> CampaignDialog | None:
        """Let staff choose a new campaign of a kind; None where the kind is not known here."""
        face = self._faces.get(kind)
        if face is None:
            return None
        if self._dialog is not None:
            self._dialog.reject()
        dialog = CampaignDialog(self.window(), face, self._products)
        dialog.start_wanted.connect(self.start_wanted)
        dialog.keep_wanted.connect(self.keep_wanted)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.open()
        self.coupons_wanted.emit()
        self.goods_wanted.emit()
        return dialog

    def _start(self, template: Template) -> None:
        self.show_problem("")
        self.start_wanted.emit(NewCampaign(template.terms, template.title))

    def _ask_stop(self, campaign: Campaign) -> None:
        face = self._face(campaign)
        dialog = StopDialog(self.window(), campaign.title or face.name(), needs_reason=face.needs_reason)
        dialog.stop_wanted.connect(lambda reason: self.stop_wanted.emit(campaign.campaign_id, reason))
        dialog.open()

    def _on_finished(self) -> None:
        self._dialog = None

    # --- Lines ---

    def _face(self, campaign: Campaign) -> KindFace:
        return self._faces[_kind_of(campaign)]

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.cards = {}
        known = [one for one in self._campaigns.values() if _kind_of(one) in self._faces]
        self._add_running([one for one in known if one.phase not in OVER])
        if self._may_start:
            self._add_kinds()
            self._add_templates()
        self._add_results([one for one in known if one.phase in OVER])
        self._lines.addStretch(1)

    def _add_running(self, running: Sequence[Campaign]) -> None:
        if not running:
            return
        self._lines.addWidget(section(self.tr("Running")))
        for campaign in running:
            card = CampaignCard(self._face(campaign), campaign)
            card.show_time(self._now_ms)
            card.show_playout(self._playout_ms)
            card.stop_button.setEnabled(self._may_start)
            card.stop_wanted.connect(partial(self._ask_stop, campaign))
            card.close_button.setEnabled(self._may_start)
            card.close_wanted.connect(partial(self.close_wanted.emit, campaign.campaign_id))
            self.cards[campaign.campaign_id] = card
            self._lines.addWidget(card)

    def _add_kinds(self) -> None:
        self._lines.addWidget(section(self.tr("Start")))
        if not self._is_live:
            hint = label(self.tr("Go live first: campaigns belong to a live."), "dim")
            hint.setWordWrap(True)
            self._lines.addWidget(hint)
        for kind, face in self._faces.items():
            line = EntryRow(face.icon_name, face.name(), face.hint(), self.tr("New…"))
            line.chosen.connect(partial(self.ask, kind))
            self._lines.addWidget(line)

    def _add_templates(self) -> None:
        known = [one for one in self._templates if str(one.terms.__struct_config__.tag) in self._faces]
        if not known:
            return
        self._lines.addWidget(section(self.tr("Templates")))
        for template in known:
            face = self._faces[str(template.terms.__struct_config__.tag)]
            described = face.describe(template.terms)
            line = EntryRow(
                face.icon_name,
                template.title or face.name(),
                described,
                start_name(has_countdown=face.has_countdown),
                drop=self.tr("Delete the template"),
            )
            line.button.setEnabled(self._is_live)
            line.chosen.connect(partial(self._start, template))
            line.dropped.connect(partial(self.drop_wanted.emit, template.template_id))
            self._lines.addWidget(line)

    def _add_results(self, over: Sequence[Campaign]) -> None:
        if not over:
            return
        self._lines.addWidget(section(self.tr("Results")))
        for campaign in reversed(over[-MOST_RESULTS:]):
            face = self._face(campaign)
            texts = (end_name(campaign.end_reason), face.progress_of(campaign).text)
            text = " · ".join(filter(None, texts))
            line = EntryRow(face.icon_name, campaign.title or face.name(), text, self.tr("Report"))
            line.button.setVisible(self._may_start)
            line.chosen.connect(partial(self.report_wanted.emit, campaign.campaign_id))
            self._lines.addWidget(line)


def _kind_of(campaign: Campaign) -> str:
    return str(campaign.detail.__struct_config__.tag)
