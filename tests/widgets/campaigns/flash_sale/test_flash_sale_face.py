"""The form of a flash sale, and how far one is."""

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.flash_sale import FlashOffer, FlashPrice, FlashSaleShown, FlashSaleTerms
from backend.contract.shop import Product
from widgets.campaigns.campaign_dialog import CampaignDialog
from widgets.campaigns.flash_sale.flash_sale_face import FlashSaleFace
from widgets.campaigns.flash_sale.flash_sale_form import FlashSaleForm

TEA = Product("tea", 1, "Tea", 16_800, None, 120, "")


@pytest.fixture
def form(qtbot: QtBot) -> FlashSaleForm:
    form = FlashSaleForm()
    qtbot.addWidget(form)
    form.show_products([TEA])
    return form


def test_what_is_chosen_of_a_flash_sale_becomes_its_terms(form: FlashSaleForm) -> None:
    form.price.setText("99")
    form.units.setValue(50)
    form.per_buyer.setValue(2)
    assert form.terms() == FlashSaleTerms("tea", [FlashPrice("", 9_900, 50)], 2, 10, 300)


def test_a_flash_sale_without_a_limit_says_so_in_its_terms(form: FlashSaleForm) -> None:
    form.price.setText("99")
    form.per_buyer.setValue(0)
    terms = form.terms()
    assert isinstance(terms, FlashSaleTerms)
    assert terms.per_buyer is None


@pytest.mark.parametrize("price", ["", "cheap", "168", "200"])
def test_a_price_that_is_none_or_not_below_the_usual_one_is_told(form: FlashSaleForm, price: str) -> None:
    form.price.setText(price)
    assert isinstance(form.terms(), str)


def test_a_flash_sale_needs_a_product_of_the_room(qtbot: QtBot) -> None:
    form = FlashSaleForm()
    qtbot.addWidget(form)
    assert isinstance(form.terms(), str)


def test_terms_of_before_are_shown_again(form: FlashSaleForm) -> None:
    terms = FlashSaleTerms("tea", [FlashPrice("", 9_900, 7)], None, 45, 90)
    form.show_terms(terms)
    assert form.terms() == terms


def test_the_product_of_a_row_is_chosen(form: FlashSaleForm) -> None:
    form.show_products([TEA, msgspec.structs.replace(TEA, product_id="cup", number=2)])
    form.choose_product("cup")
    form.price.setText("99")
    terms = form.terms()
    assert isinstance(terms, FlashSaleTerms)
    assert terms.spu_id == "cup"


def test_one_click_puts_in_the_price_that_the_shop_allows(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = CampaignDialog(parent, FlashSaleFace(), [TEA])
    dialog.show()
    assert isinstance(dialog.form, FlashSaleForm)
    dialog.form.price.setText("69")
    dialog.start_button.click()
    dialog.show_problem("Below the lowest price you set for it: ¥79.00.", "¥79.00")
    assert (dialog.allowed_button.isVisible(), dialog.allowed_button.text()) == (True, "Change to ¥79.00")
    dialog.allowed_button.click()
    assert (dialog.form.price.text(), dialog.problem.text()) == ("79.00", "")
    assert not dialog.allowed_button.isVisible()
    dialog.reject()


def test_the_summary_of_a_flash_sale_says_what_will_happen(form: FlashSaleForm) -> None:
    form.units.setValue(7)
    assert "7" in form.summary()
    assert "5 min" in form.summary()


def test_the_progress_of_a_flash_sale_counts_what_is_taken() -> None:
    detail = FlashSaleShown("tea", [FlashOffer("tea", 9_900, 2, None, 5)], 1, reserved=1, sold=2)
    progress = FlashSaleFace().progress(detail)
    assert (progress.done, progress.total) == (3, 5)
    assert "2 paid" in progress.text
