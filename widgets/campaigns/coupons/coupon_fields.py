"""The fields of a new coupon, within what the contract allows, and what they say together."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDateTimeEdit,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from backend.contract.catalog import ShopProduct
from backend.contract.coupons import (
    CODE_LETTERS,
    MAX_TITLE,
    MOST_GRANTS,
    MOST_PER_BUYER,
    MOST_WATCH_S,
    WHOLE_BP,
    ClaimCondition,
    CouponKind,
    NewCoupon,
)
from widgets.campaigns.coupons.coupon_texts import MINUTE_S, condition_name
from widgets.common import plain
from widgets.common.forms import add_field, caption, combo, fill_combo, form
from widgets.common.money import read_amount

BY_CODE: Final = "code"
DAYS: Final = 7
USUAL_QUOTA: Final = 100
USUAL_MINUTES: Final = 3
USUAL_PERCENT: Final = 10.0
_LIST_HEIGHT: Final = 120
_CODE_SIGNS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")


class CouponFields(QWidget):
    """What a coupon is made of.

    Args:
        currency: of the amounts that are typed.
        products: what it may be for.

    Attributes:
        changed: emitted when anything is.
    """

    changed = Signal()

    def __init__(self, currency: str, products: Sequence[ShopProduct]) -> None:
        super().__init__()
        self._currency = currency
        self._make_worth()
        self._make_claims()
        self._make_products(products)
        self._layout = form()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._fill()
        self.setLayout(self._layout)
        self._connect()
        self._offer()

    def _make_worth(self) -> None:
        self.title = QLineEdit()
        self.title.setMaxLength(MAX_TITLE)
        self.title.setPlaceholderText(self.tr("Viewers read it"))
        self.kind = combo()
        kinds = [(CouponKind.FIXED, self.tr("An amount")), (CouponKind.PERCENT, self.tr("A percentage"))]
        fill_combo(self.kind, [(one.value, text) for one, text in kinds], CouponKind.FIXED.value)
        self.amount, self.cap, self.minimum = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self.amount, self.cap, self.minimum):
            plain.set_placeholder(field, self._currency)
        plain.set_placeholder(
            self.cap, self.tr("{currency}, no limit where empty").format(currency=self._currency)
        )
        plain.set_placeholder(
            self.minimum, self.tr("{currency}, no minimum where empty").format(currency=self._currency)
        )
        self.percent = QDoubleSpinBox()
        self.percent.setRange(0.01, 100)
        self.percent.setValue(USUAL_PERCENT)
        self.percent.setSuffix(" %")

    def _make_claims(self) -> None:
        self.how = combo()
        ways = [(one.value, condition_name(one)) for one in ClaimCondition]
        fill_combo(
            self.how, [*ways, (BY_CODE, self.tr("For who types a code"))], ClaimCondition.NOTHING.value
        )
        self.minutes = _number(1, MOST_WATCH_S // MINUTE_S, USUAL_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        self.code = QLineEdit()
        self.code.setMaxLength(CODE_LETTERS[-1])
        self.code.setPlaceholderText(self.tr("6 to 32 letters, digits and -"))
        self.accounts_only = QCheckBox()
        plain.set_text(self.accounts_only, self.tr("Only for viewers with an account"))
        self.accounts_only.setToolTip(self.tr("A guest can come again as another guest, and claim again"))
        self.quota = _number(1, MOST_GRANTS, USUAL_QUOTA)
        self.per_buyer = _number(1, MOST_PER_BUYER, 1)
        now = QDateTime.currentDateTime()
        self.begins, self.ends = _moment(now), _moment(now.addDays(DAYS))

    def _make_products(self, products: Sequence[ShopProduct]) -> None:
        self.all_products = QCheckBox()
        plain.set_text(self.all_products, self.tr("All products of the shop"))
        self.all_products.setChecked(True)
        self.products = QListWidget()
        self.products.setFixedHeight(_LIST_HEIGHT)
        for product in products:
            item = QListWidgetItem(listview=self.products)
            plain.set_text(item, f"{product.number} · {product.title}")
            item.setData(Qt.ItemDataRole.UserRole, product.spu_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.all_products.setEnabled(bool(products))

    def _fill(self) -> None:
        fields: list[tuple[str, QWidget]] = [
            (self.tr("Title"), self.title),
            (self.tr("Takes off"), self.kind),
            (self.tr("How much"), self.amount),
            (self.tr("How many percent"), self.percent),
            (self.tr("At most"), self.cap),
            (self.tr("From a sum of"), self.minimum),
            (self.tr("Products"), self.all_products),
            ("", self.products),
            (self.tr("Who gets it"), self.how),
            (self.tr("Watch for"), self.minutes),
            (self.tr("Code"), self.code),
            ("", self.accounts_only),
            (self.tr("How many in all"), self.quota),
            (self.tr("How many each"), self.per_buyer),
            (self.tr("Begins"), self.begins),
            (self.tr("Ends"), self.ends),
        ]
        for text, field in fields:
            add_field(self._layout, field, caption(text, field))
            plain.set_name(field, text or field.accessibleName())
        plain.set_name(self.products, self.tr("Products"))
        plain.set_name(self.accounts_only, self.tr("Only for viewers with an account"))

    def _connect(self) -> None:
        for field in (self.title, self.amount, self.cap, self.minimum, self.code):
            field.textChanged.connect(self._on_changed)
        for box in (self.kind, self.how):
            box.currentIndexChanged.connect(self._on_changed)
        for check in (self.all_products, self.accounts_only):
            check.toggled.connect(self._on_changed)
        for number in (self.minutes, self.quota, self.per_buyer, self.percent):
            number.valueChanged.connect(self._on_changed)
        for moment in (self.begins, self.ends):
            moment.dateTimeChanged.connect(self._on_changed)
        self.products.itemChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _offer(self) -> None:
        """Show only what the chosen kind and the chosen way need."""
        is_fixed = self.kind.currentData() == CouponKind.FIXED.value
        how, rows = self.how.currentData(), self._layout
        rows.setRowVisible(self.amount, is_fixed)
        rows.setRowVisible(self.percent, not is_fixed)
        rows.setRowVisible(self.cap, not is_fixed)
        rows.setRowVisible(self.minutes, how == ClaimCondition.WATCH.value)
        rows.setRowVisible(self.code, how == BY_CODE)
        rows.setRowVisible(self.products, not self.all_products.isChecked())

    # --- What it says ---

    def problem(self) -> str:
        """Say which field cannot be read yet; empty where all can."""
        if not self.title.text().strip():
            return self.tr("Give the coupon a title.")
        fields = (self.amount, self.minimum) if self._is_fixed else (self.cap, self.minimum)
        for field in fields:
            if field.text().strip() and read_amount(field.text(), self._currency) is None:
                return self.tr("“{text}” is no amount.").format(text=field.text())
        if self._is_fixed and not self._money(self.amount):
            return self.tr("Fill in how much it takes off.")
        if self.how.currentData() == BY_CODE and not self._has_code:
            return self.tr("A code has 6 to 32 letters, digits and -.")
        if not self.all_products.isChecked() and not self._chosen:
            return self.tr("Choose the products that it is for.")
        return ""

    def wish(self) -> NewCoupon:
        """Return the coupon; only while there is no problem."""
        how = self.how.currentData()
        is_by_code, is_watch = how == BY_CODE, how == ClaimCondition.WATCH.value
        has_cap = not self._is_fixed and bool(self.cap.text().strip())
        return NewCoupon(
            title=self.title.text().strip(),
            kind=CouponKind(self.kind.currentData()),
            begins_at_ms=self.begins.dateTime().toMSecsSinceEpoch(),
            ends_at_ms=self.ends.dateTime().toMSecsSinceEpoch(),
            quota=self.quota.value(),
            amount_minor=self._money(self.amount) if self._is_fixed else 0,
            percent_bp=0 if self._is_fixed else round(self.percent.value() * WHOLE_BP / 100),
            cap_minor=self._money(self.cap) if has_cap else None,
            minimum_minor=self._money(self.minimum),
            spu_ids=[] if self.all_products.isChecked() else self._chosen,
            per_buyer=self.per_buyer.value(),
            code=self.code.text().strip() if is_by_code else "",
            condition=ClaimCondition.NOTHING if is_by_code else ClaimCondition(how),
            watch_s=self.minutes.value() * MINUTE_S if is_watch else 0,
            accounts_only=self.accounts_only.isChecked(),
        )

    @property
    def _is_fixed(self) -> bool:
        return bool(self.kind.currentData() == CouponKind.FIXED.value)

    @property
    def _has_code(self) -> bool:
        code = self.code.text().strip()
        return len(code) in CODE_LETTERS and set(code) <= _CODE_SIGNS

    @property
    def _chosen(self) -> list[str]:
        items = [self.products.item(place) for place in range(self.products.count())]
        checked = [one for one in items if one.checkState() is Qt.CheckState.Checked]
        return [str(one.data(Qt.ItemDataRole.UserRole)) for one in checked]

    def _money(self, field: QLineEdit) -> int:
        return read_amount(field.text(), self._currency) or 0


def _number(least: int, most: int, usual: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(least, most)
    made.setValue(usual)
    made.setGroupSeparatorShown(True)
    return made


def _moment(at: QDateTime) -> QDateTimeEdit:
    made = QDateTimeEdit(at)
    made.setDisplayFormat("yyyy-MM-dd HH:mm")
    made.setCalendarPopup(True)
    return made
