"""The form and the face of the auction in the studio."""

from datetime import datetime

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.auctions import STEPS, AuctionOutcome, AuctionShown, AuctionTerms, ShownBid
from backend.contract.base import Author, Role
from backend.contract.campaigns import Campaign, CampaignKind, CampaignPhase, CampaignReport
from backend.contract.catalog import ShopProduct, ShopProducts, ShopSku
from backend.contract.orders import PaymentMethod
from backend.contract.sale_settings import Profile, SaleSettings, UnpaidCap
from widgets.campaigns.auction.auction_face import AuctionFace
from widgets.campaigns.auction.auction_form import AuctionForm
from widgets.campaigns.campaign_card import CampaignCard
from widgets.campaigns.campaign_dialog import CampaignDialog
from widgets.campaigns.campaigns_panel import CampaignsPanel
from widgets.campaigns.kind_faces import FACES
from widgets.campaigns.report_dialog import ReportDialog

TERMS = AuctionTerms(
    "tea-b", 30_000, 45_000, 30, 120, needs_follow=True, account_minutes=10, per_network=3, one_a_phone=True
)
GOODS = ShopProducts(
    "CNY",
    [
        ShopProduct("main:cup", 1, "杯子", "", [], [ShopSku("cup", [], 9_900, None, 1, None)]),
        ShopProduct(
            "main:tea",
            2,
            "龙井",
            "",
            [],
            [
                ShopSku("tea-a", [["净含量", "250g"]], 16_800, None, 5, None),
                ShopSku("tea-b", [["净含量", "500g"]], 30_000, None, 5, None),
            ],
        ),
    ],
)
RULES = SaleSettings("CNY", [PaymentMethod.ONLINE], UnpaidCap(1, 1), UnpaidCap(1, 1), Profile.CN)
SHOWN = AuctionShown(
    "tea", "tea-b", "CNY", 30_000, 52_000, 53_000, list(STEPS), bids=22, bidders=3, leader_id="jay",
    extensions=2, has_reserve=True,
)  # fmt: skip
JAY = Author("jay", "阿杰", Role.VIEWER, is_follower=False)
NOON_MS = round(datetime(2026, 12, 3, 12).astimezone().timestamp() * 1000)
CAMPAIGN = Campaign("c", 1, "", CampaignPhase.OPEN, 0, 1, None, "", SHOWN, [JAY])


@pytest.fixture
def auction(qtbot: QtBot) -> AuctionForm:
    form = AuctionForm()
    qtbot.addWidget(form)
    form.show_goods(GOODS)
    return form


def test_an_auction_that_was_chosen_once_is_chosen_again_whole(auction: AuctionForm) -> None:
    auction.show_terms(TERMS)
    assert auction.terms() == TERMS


def test_the_terms_of_an_auction_wait_for_the_units_of_the_room(qtbot: QtBot) -> None:
    form = AuctionForm()
    qtbot.addWidget(form)
    form.show_terms(TERMS)
    assert isinstance(form.terms(), str)
    form.show_goods(GOODS)
    assert form.terms() == TERMS


def test_the_unit_of_a_row_is_chosen_by_what_the_room_calls_it(auction: AuctionForm) -> None:
    auction.choose_product("tea")
    auction.start.setText("300")
    assert auction.terms() == AuctionTerms("tea-a", 30_000)


@pytest.mark.parametrize(
    ("start", "reserve"), [("", ""), ("0", ""), ("cheap", ""), ("300", "x"), ("300", "299")]
)
def test_an_auction_says_what_is_wrong_with_its_prices(
    auction: AuctionForm, start: str, reserve: str
) -> None:
    auction.start.setText(start)
    auction.reserve.setText(reserve)
    assert isinstance(auction.terms(), str)


def test_the_summary_of_an_auction_says_what_will_happen(auction: AuctionForm) -> None:
    auction.start.setText("300")
    assert "from ¥300 on" in auction.summary()
    assert "5 minutes to pay" in auction.summary()
    assert "viewers do not see" not in auction.summary()
    auction.reserve.setText("450")
    assert "Below ¥450 it is not sold; viewers do not see that price." in auction.summary()


def test_a_shop_of_china_without_a_licence_reads_where_auctions_are_turned_on(auction: AuctionForm) -> None:
    auction.start.setText("300")
    auction.show_rules(RULES)
    assert "Settings → Selling" in auction.summary()
    assert auction.terms() == auction.summary()
    auction.show_rules(msgspec.structs.replace(RULES, has_auction_licence=True))
    assert isinstance(auction.terms(), AuctionTerms)
    auction.show_rules(msgspec.structs.replace(RULES, profile=Profile.EU))
    assert isinstance(auction.terms(), AuctionTerms)


def test_an_auction_cannot_be_announced_where_auctions_are_off(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = CampaignDialog(parent, AuctionFace(), [])
    dialog.form.show_goods(GOODS)
    assert dialog.start_button.isEnabled()
    dialog.form.show_rules(RULES)
    assert not dialog.start_button.isEnabled()
    dialog.show_problem("")
    assert not dialog.start_button.isEnabled()
    assert dialog.keep_button.isEnabled()
    dialog.form.show_rules(msgspec.structs.replace(RULES, has_auction_licence=True))
    assert dialog.start_button.isEnabled()


def test_a_running_auction_shows_price_leader_bids_and_extensions() -> None:
    text = AuctionFace().progress_of(CAMPAIGN).text
    assert text == "¥520 · 阿杰 leads · 22 bids of 3 people · 20 s longer · reserve not met"


def test_a_running_auction_lists_its_last_bids_with_the_last_first() -> None:
    log = [
        ShownBid(6, "", 1_000, 50_000, ""),
        ShownBid(7, "man", 2_000, 52_000, "jay", has_moved_end=True),
    ]
    people = [JAY, Author("man", "小满", Role.VIEWER, is_follower=False)]
    shown = msgspec.structs.replace(SHOWN, log=log)
    campaign = msgspec.structs.replace(CAMPAIGN, detail=shown, people=people, opens_at_ms=NOON_MS)
    last, first = AuctionFace().progress_of(campaign).acts
    assert last == "小满 · ¥520 · 12:00:02 · 阿杰 still ahead · extended by 10 s"
    assert first == "Deleted user · ¥500 · 12:00:01"


def test_the_card_of_an_auction_shows_bids_as_they_come(qtbot: QtBot) -> None:
    card = CampaignCard(AuctionFace(), CAMPAIGN)
    qtbot.addWidget(card)
    assert card.acts.isHidden()
    shown = msgspec.structs.replace(SHOWN, log=[ShownBid(1, "jay", 1_000, 50_000, "jay")])
    card.show_campaign(msgspec.structs.replace(CAMPAIGN, detail=shown))
    assert not card.acts.isHidden()
    assert "阿杰 · ¥500" in card.acts.text()


@pytest.mark.parametrize("outcome", list(AuctionOutcome))
def test_each_outcome_of_an_auction_is_said_with_whom_it_concerns(outcome: AuctionOutcome) -> None:
    shown = msgspec.structs.replace(SHOWN, outcome=outcome, leader_id="", winner_id="jay")
    text = AuctionFace().progress_of(msgspec.structs.replace(CAMPAIGN, detail=shown)).text
    assert "阿杰" in text
    gone = msgspec.structs.replace(CAMPAIGN, detail=shown, people=[msgspec.structs.replace(JAY, name="")])
    assert "Deleted user" in AuctionFace().progress_of(gone).text


def test_the_panel_knows_the_auction() -> None:
    assert CampaignKind.AUCTION in {face.kind for face in FACES}


def test_the_card_of_an_auction_that_is_over_says_what_it_waits_for(qtbot: QtBot) -> None:
    card = CampaignCard(AuctionFace(), CAMPAIGN)
    qtbot.addWidget(card)
    assert card.phase.text() == "Open"
    card.show_campaign(msgspec.structs.replace(CAMPAIGN, phase=CampaignPhase.DRAWING))
    assert card.phase.text() == "Waiting for the payment"


def test_the_first_unit_is_chosen_where_none_was(qtbot: QtBot) -> None:
    skus = [ShopSku(f"sku{number}", [], 1000, None, 5, None) for number in range(9)]
    form = AuctionForm()
    qtbot.addWidget(form)
    form.show_goods(ShopProducts("CNY", [ShopProduct("main:cup", 1, "杯子", "", [], skus)]))
    assert form.unit.currentIndex() == 0


def test_the_report_of_an_auction_names_winner_and_price(qtbot: QtBot) -> None:
    panel = CampaignsPanel([AuctionFace()])
    qtbot.addWidget(panel)
    sold = msgspec.structs.replace(SHOWN, outcome=AuctionOutcome.SOLD, winner_id="jay")
    over = msgspec.structs.replace(CAMPAIGN, phase=CampaignPhase.ENDED, detail=sold)
    panel.show_campaigns([over])
    of_shop = msgspec.structs.replace(over, people=[])
    panel.show_report(CampaignReport(of_shop, 0, [], [], 3, 0, 52_000))
    [dialog] = panel.window().findChildren(ReportDialog)
    assert dialog.outcome.text().startswith("¥520 · 阿杰 · 22 bids of 3 people")
    dialog.accept()
