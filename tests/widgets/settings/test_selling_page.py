import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend.contract.orders import PaymentMethod
from backend.contract.sale_settings import MOST_TRANSFER_LETTERS, Profile, SaleSettings, UnpaidCap
from tests.widgets.conftest import Record
from widgets.settings.selling_page import SellingPage

KNOWN = SaleSettings("CNY", [PaymentMethod.ONLINE])


@pytest.fixture
def page(qtbot: QtBot) -> SellingPage:
    made = SellingPage()
    qtbot.addWidget(made)
    made.show()
    made.show_document(KNOWN)
    return made


def test_the_settings_of_the_sale_are_typed_as_a_whole(page: SellingPage, record: Record) -> None:
    wanted = record(page.save_wanted)
    page.profile.setCurrentIndex(page.profile.findData(Profile.EU.value))
    page.currency.setCurrentIndex(page.currency.findData("EUR"))
    page.methods[PaymentMethod.TRANSFER].setChecked(True)
    page.transfer_text.setPlainText(" DE02 1203 0000 \n")
    page.account_cap.orders.setValue(2)
    page.guest_cap.units.setValue(7)
    page.save_button.click()
    methods = [PaymentMethod.ONLINE, PaymentMethod.TRANSFER]
    cap, guest = UnpaidCap(2, KNOWN.unpaid.units), UnpaidCap(KNOWN.unpaid_guest.orders, 7)
    assert wanted == [(SaleSettings("EUR", methods, cap, guest, Profile.EU, "DE02 1203 0000"),)]


def test_how_long_goods_may_go_back_follows_from_the_rules(page: SellingPage) -> None:
    assert "7 days" in page.returns.text()
    page.profile.setCurrentIndex(page.profile.findData(Profile.EU.value))
    assert "14 days" in page.returns.text()


def test_the_currency_is_locked_after_the_first_order(page: SellingPage) -> None:
    assert page.currency.isEnabled()
    assert "first order locks it" in page.currency_hint.text()
    page.show_document(msgspec.structs.replace(KNOWN, currency="SEK", is_currency_locked=True))
    assert page.currency.currentData() == "SEK"
    assert not page.currency.isEnabled()
    assert "Locked" in page.currency_hint.text()
    assert not page.fault()


def test_a_shop_needs_a_way_to_pay(page: SellingPage) -> None:
    page.methods[PaymentMethod.ONLINE].setChecked(False)
    assert "at least one" in page.note.text()
    assert not page.save_button.isEnabled()


def test_a_transfer_needs_an_account(page: SellingPage) -> None:
    assert not page.transfer_text.isVisible()
    page.methods[PaymentMethod.TRANSFER].setChecked(True)
    assert page.transfer_text.isVisible()
    assert "where transfers go" in page.note.text()
    page.transfer_text.setPlainText("x" * (MOST_TRANSFER_LETTERS + 1))
    assert "at most" in page.note.text()
    page.transfer_text.setPlainText("x")
    assert page.save_button.isEnabled()


def test_ways_to_pay_in_another_order_are_no_change(page: SellingPage) -> None:
    page.show_document(SaleSettings("CNY", [PaymentMethod.CASH_ON_DELIVERY, PaymentMethod.ONLINE]))
    assert not page.fault()
