from collections.abc import Iterator

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backend.contract.catalog import ShopProduct
from backend.contract.coupons import ClaimCondition, CouponKind, CouponWarning, NewCoupon
from widgets.campaigns.coupons.coupon_fields import BY_CODE
from widgets.campaigns.coupons.new_coupon_dialog import NewCouponDialog

PRODUCTS = [ShopProduct(name, number, name, "", [], []) for number, name in enumerate(["tea", "cup"], 1)]


class Asked:
    """What the form asked for."""

    def __init__(self, dialog: NewCouponDialog) -> None:
        self.checked: list[NewCoupon] = []
        self.made: list[NewCoupon] = []
        dialog.check_wanted.connect(self.checked.append)
        dialog.make_wanted.connect(self.made.append)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[NewCouponDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = NewCouponDialog(parent, "CNY", PRODUCTS)
    made.open()
    yield made
    made.reject()


def choose(dialog: NewCouponDialog, how: str) -> None:
    dialog.fields.how.setCurrentIndex(dialog.fields.how.findData(how))


def test_a_coupon_is_checked_and_then_made(dialog: NewCouponDialog) -> None:
    asked, fields = Asked(dialog), dialog.fields
    fields.title.setText(" <b>开播券</b> ")
    fields.amount.setText("15.50")
    fields.minimum.setText("¥99")
    fields.quota.setValue(500)
    dialog.make_button.click()
    [wish] = asked.checked
    assert (wish.title, wish.kind, wish.amount_minor) == ("<b>开播券</b>", CouponKind.FIXED, 1_550)
    assert (wish.minimum_minor, wish.quota, wish.per_buyer, wish.spu_ids) == (9_900, 500, 1, [])
    assert wish.ends_at_ms - wish.begins_at_ms == 7 * 24 * 3_600_000
    assert not dialog.make_button.isEnabled()
    dialog.show_warnings(wish, [])
    assert asked.made == [wish]


def test_a_coupon_that_could_take_nothing_off_is_made_on_a_second_word(dialog: NewCouponDialog) -> None:
    asked, fields = Asked(dialog), dialog.fields
    fields.title.setText("券")
    fields.amount.setText("5")
    dialog.make_button.click()
    dialog.show_warnings(asked.checked[0], [CouponWarning.MINIMUM_ABOVE_PRICES])
    assert "several together" in dialog.note.text()
    assert (dialog.make_button.text(), asked.made) == ("Make it all the same", [])
    dialog.make_button.click()
    assert len(asked.made) == 1
    dialog.give_back("Another coupon has this code.")
    assert dialog.make_button.isEnabled()
    fields.amount.setText("6")
    assert (dialog.make_button.text(), dialog.note.text()) == ("Make the coupon", "")


@pytest.mark.parametrize(
    ("title", "amount", "minimum", "why"),
    [
        ("", "5", "", "title"),
        ("券", "", "", "how much"),
        ("券", "five", "", "no amount"),
        ("券", "5.001", "", "no amount"),
        ("券", "5", "x", "no amount"),
    ],
)
def test_a_field_that_cannot_be_read_is_named(
    dialog: NewCouponDialog, title: str, amount: str, minimum: str, why: str
) -> None:
    asked, fields = Asked(dialog), dialog.fields
    fields.title.setText(title)
    fields.amount.setText(amount)
    fields.minimum.setText(minimum)
    dialog.make_button.click()
    assert why in dialog.note.text()
    assert asked.checked == []


def test_the_fields_follow_the_kind_and_the_way_to_get_it(dialog: NewCouponDialog) -> None:
    fields = dialog.fields
    assert fields.amount.isVisible()
    assert not any(one.isVisible() for one in (fields.percent, fields.cap, fields.minutes, fields.code))
    fields.kind.setCurrentIndex(1)
    assert not fields.amount.isVisible()
    assert fields.percent.isVisible()
    choose(dialog, ClaimCondition.WATCH.value)
    assert fields.minutes.isVisible()
    choose(dialog, BY_CODE)
    assert fields.code.isVisible()
    assert not fields.minutes.isVisible()


def test_a_percentage_for_watching_and_for_products_is_read(dialog: NewCouponDialog) -> None:
    asked, fields = Asked(dialog), dialog.fields
    fields.title.setText("券")
    fields.kind.setCurrentIndex(1)
    fields.percent.setValue(12.5)
    fields.cap.setText("50")
    choose(dialog, ClaimCondition.WATCH.value)
    fields.minutes.setValue(5)
    fields.accounts_only.setChecked(True)
    fields.all_products.setChecked(False)
    dialog.make_button.click()
    assert "Choose the products" in dialog.note.text()
    fields.products.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.make_button.click()
    [wish] = asked.checked
    assert (wish.percent_bp, wish.cap_minor, wish.amount_minor) == (1_250, 5_000, 0)
    assert (wish.condition, wish.watch_s, wish.accounts_only) == (ClaimCondition.WATCH, 300, True)
    assert wish.spu_ids == ["cup"]


def test_a_code_is_of_letters_that_can_be_typed(dialog: NewCouponDialog) -> None:
    asked, fields = Asked(dialog), dialog.fields
    fields.title.setText("券")
    fields.amount.setText("5")
    choose(dialog, BY_CODE)
    for code in ("short", "中文优惠码中文", "with space"):
        fields.code.setText(code)
        dialog.make_button.click()
        assert "6 to 32 letters" in dialog.note.text()
    fields.code.setText("LIVE-2026")
    dialog.make_button.click()
    assert (asked.checked[0].code, asked.checked[0].condition) == ("LIVE-2026", ClaimCondition.NOTHING)


def test_a_coupon_that_ends_before_it_begins_is_not_asked_for(dialog: NewCouponDialog) -> None:
    asked, fields = Asked(dialog), dialog.fields
    fields.title.setText("券")
    fields.amount.setText("5")
    fields.ends.setDateTime(QDateTime.currentDateTime().addDays(-1))
    dialog.make_button.click()
    assert "later end" in dialog.note.text()
    assert asked.checked == []
