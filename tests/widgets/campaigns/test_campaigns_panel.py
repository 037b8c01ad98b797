"""The panel of campaigns: what runs, what can be started, what came of it."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from backend.contract.auctions import AuctionShown, ShownBid
from backend.contract.base import AssistantRight
from backend.contract.campaigns import (
    Arrivals,
    CampaignPhase,
    CampaignReport,
    NewCampaign,
    RequestCount,
    Template,
)
from backend.contract.flash_sale import FlashSaleShown
from backend.contract.prizes import PrizeCounts
from backend.contract.red_packets import RedPacketTerms
from tests.widgets.campaigns.sample_face import SampleFace, SampleForm, campaign
from widgets.campaigns.campaign_dialog import CampaignDialog
from widgets.campaigns.campaigns_panel import CampaignsPanel
from widgets.campaigns.entry_row import EntryRow
from widgets.campaigns.report_dialog import ReportDialog, tenths_of
from widgets.campaigns.stop_dialog import StopDialog

TEMPLATE = Template("t-1", "开播红包", RedPacketTerms(2, 50))


@pytest.fixture
def panel(qtbot: QtBot) -> CampaignsPanel:
    panel = CampaignsPanel([SampleFace()])
    qtbot.addWidget(panel)
    panel.resize(360, 700)
    panel.show()
    return panel


def lines(panel: CampaignsPanel) -> list[EntryRow]:
    found = [panel._lines.itemAt(place) for place in range(panel._lines.count())]
    return [item.widget() for item in found if item and isinstance(item.widget(), EntryRow)]  # type: ignore[misc]


def dialog_of(panel: CampaignsPanel) -> CampaignDialog:
    dialog = panel.ask("red_packet")
    assert dialog is not None
    return dialog


def test_a_running_campaign_shows_its_time_and_how_far_it_is(panel: CampaignsPanel) -> None:
    panel.show_campaigns([campaign()])
    panel.show_time(15_200)
    [card] = panel.cards.values()
    assert (card.left.text(), card.text.text(), card.bar.value()) == ("00:55", "1 of 3 claimed", 1)


def test_a_card_says_how_far_it_is_above_what_viewers_did_last(qtbot: QtBot) -> None:
    log = [ShownBid(1, "anna", 5_000, 9_900, "anna")]
    detail = AuctionShown("tea", "sku", "CNY", 9_900, 9_900, 10_900, [], 1, 1, log=log)
    panel = CampaignsPanel()
    qtbot.addWidget(panel)
    panel.resize(240, 700)
    panel.show()
    panel.show_campaigns([msgspec.structs.replace(campaign(), detail=detail)])
    [card] = panel.cards.values()
    QApplication.processEvents()

    assert card.text.y() < card.acts.y() < card.stop_button.y()
    assert card.text.width() > 150


def test_a_campaign_before_its_start_counts_down_to_it(panel: CampaignsPanel) -> None:
    panel.show_campaigns([campaign(phase=CampaignPhase.PREHEAT)])
    panel.show_time(4_000)
    [card] = panel.cards.values()
    assert card.left.text() == "00:06"


def test_the_host_is_cued_earlier_by_the_viewers_delay(panel: CampaignsPanel) -> None:
    panel.show_campaigns([campaign(phase=CampaignPhase.PREHEAT)])
    [card] = panel.cards.values()
    panel.show_time(4_000)
    assert not card.cue.isVisible()
    panel.show_playout(1_500)
    assert card.cue.text() == "Say “go” in 5 s · viewers are 1.5 s behind"
    panel.show_time(8_500)
    assert card.cue.text().startswith("Say “go” now")
    panel.put_campaign(campaign(version=2))
    assert not card.cue.isVisible()


def test_progress_changes_the_card_that_is_there(panel: CampaignsPanel) -> None:
    panel.show_campaigns([campaign()])
    [card] = panel.cards.values()
    panel.put_campaign(campaign(version=2, left=0))
    assert panel.cards["c-1"] is card
    assert card.text.text() == "3 of 3 claimed"


def test_what_is_over_moves_to_the_results(panel: CampaignsPanel, qtbot: QtBot) -> None:
    panel.show_campaigns([campaign()])
    panel.put_campaign(campaign(version=2, phase=CampaignPhase.ENDED))
    assert panel.cards == {}
    with qtbot.waitSignal(panel.report_wanted) as wanted:
        lines(panel)[-1].button.click()
    assert wanted.args == ["c-1"]


def test_the_panel_knows_how_long_the_open_flash_sale_goes_on(panel: CampaignsPanel) -> None:
    sale = msgspec.structs.replace(campaign("c-2"), detail=FlashSaleShown("tea", [], 1), closes_at_ms=90_000)
    left: list[float | None] = []
    panel.show_time(20_000)
    for campaigns in ([campaign()], [campaign(), sale]):
        panel.show_campaigns(campaigns)
        left.append(panel.sale_left_ms())
    panel.show_time(90_000)
    left.append(panel.sale_left_ms())
    panel.show_time(20_000)
    panel.put_campaign(msgspec.structs.replace(sale, phase=CampaignPhase.ENDED))
    left.append(panel.sale_left_ms())

    assert left == [None, 70_000, None, None]


def test_one_click_announces_a_template(panel: CampaignsPanel, qtbot: QtBot) -> None:
    panel.show_templates([TEMPLATE])
    with qtbot.waitSignal(panel.start_wanted) as wanted:
        lines(panel)[-1].button.click()
    assert wanted.args == [NewCampaign(TEMPLATE.terms, TEMPLATE.title)]


def test_a_templates_name_has_the_whole_width_of_a_narrow_panel(panel: CampaignsPanel, qtbot: QtBot) -> None:
    panel.resize(220, 700)
    panel.show_templates([TEMPLATE])
    line = lines(panel)[-1]
    qtbot.waitUntil(lambda: line.width() > 0 and line.button.y() > line.name.geometry().bottom())
    assert line.drop_button is not None
    assert line.drop_button.geometry().right() <= line.rect().right()


def test_a_template_waits_until_the_room_is_live(panel: CampaignsPanel) -> None:
    panel.show_templates([TEMPLATE])
    panel.show_live(is_live=False)
    assert not lines(panel)[-1].button.isEnabled()


def test_who_lacks_the_right_watches_alone(panel: CampaignsPanel) -> None:
    panel.show_templates([TEMPLATE])
    panel.show_campaigns([campaign()])
    panel.show_rights({AssistantRight.CHAT})
    assert lines(panel) == []
    assert not panel.cards["c-1"].stop_button.isEnabled()


def test_the_dialog_keeps_what_was_typed_when_the_shop_refuses(panel: CampaignsPanel, qtbot: QtBot) -> None:
    dialog = dialog_of(panel)
    dialog.title_field.setText(" 福利 ")
    with qtbot.waitSignal(panel.start_wanted) as wanted:
        dialog.start_button.click()
    assert wanted.args == [NewCampaign(RedPacketTerms(2, 20), "福利")]
    assert not dialog.start_button.isEnabled()
    panel.show_problem("Of another form.", NewCampaign(RedPacketTerms(2, 20), "福利"))
    assert not dialog.start_button.isEnabled()
    panel.show_problem("It is too dear.", wanted.args[0])
    assert dialog.problem.text() == "It is too dear."
    assert (dialog.start_button.isEnabled(), dialog.title_field.text()) == (True, " 福利 ")
    panel.close_dialog(NewCampaign(RedPacketTerms(2, 20), "福利"))
    assert dialog.isVisible()
    panel.close_dialog(wanted.args[0])
    assert not dialog.isVisible()


def test_enter_in_a_field_starts_nothing(panel: CampaignsPanel) -> None:
    dialog = dialog_of(panel)
    wanted: list[object] = []
    panel.start_wanted.connect(wanted.append)
    for field in dialog.findChildren(QLineEdit):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert wanted == []
    dialog.start_button.click()
    assert len(wanted) == 1


def test_an_answer_to_one_form_leaves_another_open(panel: CampaignsPanel, qtbot: QtBot) -> None:
    first = dialog_of(panel)
    with qtbot.waitSignal(panel.start_wanted) as wanted:
        first.start_button.click()
    second = dialog_of(panel)
    panel.close_dialog(wanted.args[0])
    assert second.isVisible()
    panel.show_problem("It is too dear.", wanted.args[0])
    assert (second.problem.text(), panel.note.text()) == ("", "It is too dear.")
    second.reject()


def test_the_form_scrolls_where_the_screen_is_too_low_for_it(panel: CampaignsPanel) -> None:
    dialog = dialog_of(panel)
    dialog.resize(dialog.width(), 260)
    [area] = dialog.findChildren(QScrollArea)
    assert dialog.height() == 260
    assert area.geometry().bottom() < dialog.start_button.geometry().top()
    assert dialog.start_button.geometry().bottom() < 260
    dialog.reject()


def test_the_dialog_says_what_is_wrong_before_it_asks_the_shop(panel: CampaignsPanel, qtbot: QtBot) -> None:
    dialog = dialog_of(panel)
    assert isinstance(dialog.form, SampleForm)
    dialog.form.coins.setValue(0)
    with qtbot.assertNotEmitted(panel.start_wanted):
        dialog.start_button.click()
    assert dialog.problem.text() == "Give at least one coin."
    assert dialog.summary.text() == "Two people share 0 coins."
    dialog.reject()


def test_stopping_asks_for_the_reason_that_everybody_reads(panel: CampaignsPanel, qtbot: QtBot) -> None:
    panel.show_campaigns([campaign()])
    panel.cards["c-1"].stop_button.click()
    [dialog] = panel.window().findChildren(StopDialog)
    dialog.reason.setText("价格写错了")
    with qtbot.waitSignal(panel.stop_wanted) as wanted:
        dialog.stop_button.click()
    assert wanted.args == ["c-1", "价格写错了"]


def test_the_report_names_each_outcome_and_the_sum(panel: CampaignsPanel) -> None:
    over = campaign(phase=CampaignPhase.ENDED)
    report = CampaignReport(
        campaign=over,
        received=5,
        outcomes=[RequestCount("accepted", 3), RequestCount("already", 2)],
        arrivals=[Arrivals(-1, 1), Arrivals(0, 3), Arrivals(2, 1)],
        people=3,
        coins_out=30,
        gmv_minor=0,
        prizes=PrizeCounts(waiting=0, claimed=2, returned=1, passed_on=0),
    )
    assert tenths_of(report) == [3, 0, 1]
    panel.show_report(report)
    [dialog] = panel.window().findChildren(ReportDialog)
    texts = [dialog.counts.itemAt(place).widget().text() for place in range(dialog.counts.count())]  # type: ignore[union-attr]
    assert texts[1::2] == ["3", "2", "5"]
    assert "3 people" in dialog.figures.text()
    assert "2 prizes claimed · 1 back in the stock" in dialog.figures.text()
    assert "next rank" not in dialog.figures.text()
    dialog.accept()


def test_the_key_leads_to_the_first_thing_that_can_be_done(panel: CampaignsPanel, qtbot: QtBot) -> None:
    panel.activateWindow()
    panel.focus_first()
    qtbot.waitUntil(lambda: isinstance(panel.window().focusWidget(), QPushButton))


@pytest.mark.parametrize("width", [208, 256])
def test_a_narrow_panel_shows_every_hint_whole(qtbot: QtBot, width: int) -> None:
    panel = CampaignsPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 700)
    panel.show()
    qtbot.waitExposed(panel)
    area = panel.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    inner = area.widget()
    assert inner is not None

    found = lines(panel)

    assert found
    assert inner.width() <= area.viewport().width()
    for line in found:
        assert line.hint.wordWrap()
        assert line.hint.height() >= line.hint.heightForWidth(line.hint.width())
        assert line.name.width() >= line.name.sizeHint().width()
