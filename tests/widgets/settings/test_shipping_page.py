import msgspec
import pytest
from pytestqt.qtbot import QtBot

from backend.contract.shipping import (
    FREE,
    MOST_REGIONS,
    MOST_RETURN_LETTERS,
    RegionRule,
    ShippingRule,
    ShippingTemplate,
)
from tests.widgets.conftest import Record
from widgets.settings.shipping_page import ShippingPage

FAR = RegionRule("CN", ["西藏"], None)
NEAR = RegionRule("CN", ["浙江"], ShippingRule(first_minor=600, further_minor=100))
TEMPLATE = ShippingTemplate(ShippingRule(first_minor=1200, free_from_minor=9900), [FAR, NEAR])


@pytest.fixture
def page(qtbot: QtBot) -> ShippingPage:
    made = ShippingPage()
    qtbot.addWidget(made)
    made.show()
    made.show_document(TEMPLATE)
    return made


def lines(page: ShippingPage) -> list[str]:
    return [page.list.item(number).text() for number in range(page.list.count())]


def test_each_place_is_a_line_with_what_sending_costs(page: ShippingPage) -> None:
    assert lines(page) == [
        "CN 西藏 · not delivered to",
        "CN 浙江 · ¥6, then ¥1",
        "Everywhere else · ¥12, then ¥0; free from ¥99",
    ]
    assert not page.fault()


def test_the_fields_change_the_place_that_is_chosen(page: ShippingPage, record: Record) -> None:
    wanted = record(page.save_wanted)
    page.list.setCurrentRow(0)
    page.place.is_sent.setChecked(True)
    page.place.first_fee.setText("25")
    assert lines(page)[0] == "CN 西藏 · ¥25, then ¥0"
    page.save_button.click()
    far = RegionRule("CN", ["西藏"], ShippingRule(first_minor=2500))
    assert wanted == [(ShippingTemplate(TEMPLATE.default, [far, NEAR]),)]


def test_places_are_added_moved_and_taken_away(page: ShippingPage) -> None:
    page.list.setCurrentRow(0)
    page.remove_button.click()
    page.add_button.click()
    page.place.country.setText("DE")
    page.up_button.click()
    page.list.setCurrentRow(2)
    page.place.is_sent.setChecked(False)
    germany = RegionRule("DE", [], TEMPLATE.default)
    assert page.typed() == ShippingTemplate(None, [germany, NEAR])


def test_all_other_places_can_be_neither_moved_nor_taken_away(page: ShippingPage) -> None:
    page.list.setCurrentRow(2)
    buttons = (page.remove_button, page.up_button, page.down_button)
    assert not any(button.isEnabled() for button in buttons)
    assert not page.place.country.isVisible()


def test_a_place_that_means_nothing_is_named_with_what_helps(page: ShippingPage) -> None:
    page.list.setCurrentRow(1)
    page.place.further_fee.setText("x")
    assert page.note.text().startswith("CN 浙江: Write what a step costs")
    assert "not complete" in lines(page)[1]
    assert not page.save_button.isEnabled()
    page.list.setCurrentRow(0)
    page.list.setCurrentRow(1)
    assert page.place.further_fee.text() == "x"
    page.undo_button.click()
    assert not page.fault()


def test_amounts_follow_the_currency_of_the_shop(page: ShippingPage) -> None:
    page.show_currency("JPY")
    assert lines(page)[1] == "CN 浙江 · ¥600, then ¥100"
    assert not page.fault()


def test_no_more_places_are_added_than_the_shop_takes(page: ShippingPage) -> None:
    page.show_document(ShippingTemplate(FREE.default, [FAR] * (MOST_REGIONS - 1)))
    page.add_button.click()
    assert not page.add_button.isEnabled()


def test_where_returns_go_is_saved_with_shipping_and_kept_where_nobody_changes_it(
    page: ShippingPage, record: Record
) -> None:
    wanted = record(page.save_wanted)
    page.show_document(msgspec.structs.replace(TEMPLATE, return_to="Rose Tea, 1 Main St"))
    assert page.fault() == ""
    page.return_to.setPlainText(" Rose Tea\n2 Main St \n")
    page.save_button.click()
    assert wanted == [(msgspec.structs.replace(TEMPLATE, return_to="Rose Tea\n2 Main St"),)]
    page.show_document(TEMPLATE)
    page.return_to.setPlainText("x" * (MOST_RETURN_LETTERS + 1))
    assert not page.save_button.isEnabled()
