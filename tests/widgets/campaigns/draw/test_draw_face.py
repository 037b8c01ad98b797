"""A draw in the panel: drawn at once by a button, called off with a reason alone."""

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend.contract.campaigns import Campaign, CampaignKind, CampaignPhase, Template
from backend.contract.draws import DrawShown, DrawTerms, DrawWinner
from backend.contract.prizes import PrizeGoods
from backend.contract.red_packets import RedPacketShown, RedPacketTerms
from widgets.campaigns.campaigns_panel import CampaignsPanel
from widgets.campaigns.draw.draw_face import DrawFace
from widgets.campaigns.entry_row import EntryRow
from widgets.campaigns.stop_dialog import StopDialog

TERMS = DrawTerms(prize="保温杯", winners=3)
DETAIL = DrawShown(TERMS, "{}", 412, "9f" * 32)


def draw(phase: CampaignPhase = CampaignPhase.OPEN, version: int = 1) -> Campaign:
    return Campaign("d-1", version, "", phase, 10_000, 70_000, None, "", DETAIL)


@pytest.fixture
def panel(qtbot: QtBot) -> CampaignsPanel:
    panel = CampaignsPanel([DrawFace()])
    qtbot.addWidget(panel)
    panel.resize(360, 700)
    panel.show()
    panel.show_campaigns([draw()])
    return panel


def test_a_draw_is_drawn_at_once_while_it_is_open(panel: CampaignsPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.close_wanted) as wanted:
        panel.cards["d-1"].close_button.click()
    assert wanted.args == ["d-1"]
    panel.put_campaign(draw(CampaignPhase.DRAWING, version=2))
    assert not panel.cards["d-1"].close_button.isVisible()


def test_a_draw_is_opened_at_once_and_the_button_says_so(panel: CampaignsPanel) -> None:
    panel.show_templates([Template("t-1", "", TERMS)])
    assert [one.button.text() for one in panel.findChildren(EntryRow)] == ["New…", "Open now"]
    dialog = panel.ask("draw")
    assert dialog is not None
    assert dialog.start_button.text() == "Open now"
    dialog.reject()


def test_the_panel_asks_why_a_draw_is_called_off(panel: CampaignsPanel, qtbot: QtBot) -> None:
    panel.cards["d-1"].stop_button.click()
    [dialog] = panel.window().findChildren(StopDialog)
    assert not dialog.stop_button.isEnabled()
    dialog.reason.setText(" ")
    assert not dialog.stop_button.isEnabled()
    dialog.reason.setText("奖品坏了")
    with qtbot.waitSignal(panel.stop_wanted) as wanted:
        dialog.stop_button.click()
    assert wanted.args == ["d-1", "奖品坏了"]


@pytest.mark.usefixtures("qapp")
def test_a_draws_progress_says_entries_then_numbers_then_winners() -> None:
    face = DrawFace()
    seal = "9f2c" + "0" * 56 + "71ab"
    opened = DrawShown(TERMS, "{}", 412, seal)
    drawing = DrawShown(TERMS, "{}", 412, seal, root=seal, proven=400)
    assert "412" in face.progress(opened).text
    assert "9f2c…71ab" in face.progress(opened).text
    assert (face.progress(drawing).done, face.progress(drawing).total) == (400, 412)
    tea = PrizeGoods("tea-250", "tea", "明前龙井", [], "", 16_800, "CNY")
    goods = msgspec.structs.replace(opened, goods=tea)
    won = msgspec.structs.replace(goods, winners=[DrawWinner("u_1", 7)])
    assert face.progress(goods).text.startswith("明前龙井 × 3 · 412")
    assert face.progress(won).text == "明前龙井 × 3 · 1 won of 412"
    assert face.progress(RedPacketShown(1, 1, "", 1)).text == ""


@pytest.mark.usefixtures("qapp")
def test_a_draws_face_describes_its_own_terms_alone() -> None:
    face = DrawFace()
    assert (face.kind, face.describe(TERMS)) == (CampaignKind.DRAW, "保温杯 × 3")
    assert face.describe(RedPacketTerms(2, 20)) == ""
    form = face.make_form()
    form.show_terms(RedPacketTerms(2, 20))
    assert isinstance(form.terms(), str)
