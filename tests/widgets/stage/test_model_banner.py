import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.conftest import Record
from widgets.stage.effects import ModelOffer, OfferState
from widgets.stage.model_banner import ModelBanner


@pytest.fixture
def banner(qtbot: QtBot) -> ModelBanner:
    made = ModelBanner()
    qtbot.addWidget(made)
    made.show_offer(ModelOffer(OfferState.MISSING, 3, 4.26))
    return made


def test_the_model_banner_takes_no_room_while_nothing_is_missing(banner: ModelBanner) -> None:
    assert banner.isVisible()
    banner.show_offer(ModelOffer())

    assert not banner.isVisible()


def test_the_model_banner_says_what_is_missing_and_offers_it(banner: ModelBanner, record: Record) -> None:
    wanted = record(banner.download_wanted)
    assert "3 networks" in banner.text.text()
    assert "4.3 MB" in banner.text.text()
    assert not banner.progress.isVisible()
    banner.button.click()

    assert wanted == [()]


def test_the_model_banner_shows_how_far_the_download_has_come(banner: ModelBanner) -> None:
    banner.show_offer(ModelOffer(OfferState.FETCHING, 3, 4.26, progress=0.4))

    assert banner.progress.isVisible()
    assert banner.progress.value() / banner.progress.maximum() == pytest.approx(0.4)
    assert not banner.button.isVisible()


def test_the_model_banner_says_why_a_download_failed_and_offers_another_try(banner: ModelBanner) -> None:
    banner.show_offer(ModelOffer(OfferState.FAILED, 3, 4.26, reason="no line to the outside"))

    assert banner.reason.text() == "no line to the outside"
    assert banner.button.isVisible()
    assert banner.button.text() == "Try again"
