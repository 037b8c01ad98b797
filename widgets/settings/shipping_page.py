"""The settings' page of what sending costs: a list of places, and the fields of the one that is chosen."""

from typing import Final, cast

import msgspec
from PySide6.QtWidgets import QFormLayout, QListWidget, QListWidgetItem, QPlainTextEdit
from typing_extensions import override

from backend.contract.shipping import MOST_REGIONS, MOST_RETURN_LETTERS, RegionRule, ShippingTemplate
from widgets.common import plain
from widgets.common.forms import label, row, say, tool_button
from widgets.common.money import list_price
from widgets.settings.shipping_draft import RegionDraft, ShippingFault, draft_of, read_region, read_rule
from widgets.settings.shipping_fields import ShippingFields
from widgets.settings.shop_page import ShopPage

LIST_HEIGHT: Final = 108
RETURN_HEIGHT: Final = 72


class ShippingPage(ShopPage):
    """The first place that fits counts; the last line is for all that are not named."""

    def __init__(self) -> None:
        self._currency = "CNY"
        self._drafts: list[RegionDraft] = []
        self._elsewhere = RegionDraft()
        self.list = QListWidget()
        self.place = ShippingFields()
        self.add_button, self.remove_button = tool_button("fa5s.plus"), tool_button("fa5s.trash-alt")
        self.up_button, self.down_button = tool_button("fa5s.arrow-up"), tool_button("fa5s.arrow-down")
        self.return_to = QPlainTextEdit()
        super().__init__(self.tr("Shipping"))
        self._lay_out()
        self.return_to.textChanged.connect(self.on_changed)
        self.list.currentRowChanged.connect(self._on_chosen)
        self.place.changed.connect(self._on_typed)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))

    def _lay_out(self) -> None:
        self.list.setFixedHeight(LIST_HEIGHT)
        self.list.setSpacing(2)
        say(self.add_button, self.tr("Add a place"))
        say(self.remove_button, self.tr("Take the chosen place away"))
        say(self.up_button, self.tr("Move up: it counts before the others"))
        say(self.down_button, self.tr("Move down"))
        hint = label(self.tr("The first place that fits counts."), "faint")
        hint.setWordWrap(True)
        tools = row(hint, self.add_button, self.remove_button, self.up_button, self.down_button, spacing=4)
        tools.setStretch(0, 1)
        plain.set_name(self.list, self.tr("Places"))
        self.fields.setWidget(0, QFormLayout.ItemRole.SpanningRole, self.list)
        self.fields.setLayout(1, QFormLayout.ItemRole.SpanningRole, tools)
        self.fields.setWidget(2, QFormLayout.ItemRole.SpanningRole, self.place)
        self.return_to.setFixedHeight(RETURN_HEIGHT)
        self.return_to.setTabChangesFocus(True)
        self.return_to.setPlaceholderText(self.tr("Name, phone, address"))
        self.field(self.tr("Returns go to"), self.return_to)
        self.hint(self.tr("Buyers see it once you have accepted what they send back."))

    def show_currency(self, currency: str) -> None:
        """Write amounts in this currency; called before a document comes, and when it changes."""
        if currency == self._currency:
            return
        self._currency = currency
        if self.known is not None:
            self.show_document(self.known)

    # --- A document ---

    @override
    def fill(self, document: msgspec.Struct) -> None:
        template = cast("ShippingTemplate", document)
        self.place.show_currency(self._currency)
        self._drafts = [draft_of(region, self._currency) for region in template.regions]
        self.return_to.setPlainText(template.return_to)
        # The country of all other places is not shown, and not given back.
        self._elsewhere = draft_of(RegionRule("CN", [], template.default), self._currency)
        self._show_list(len(self._drafts))

    @override
    def typed(self) -> ShippingTemplate | str:
        regions = []
        for draft in self._drafts:
            region = read_region(draft, self._currency)
            if isinstance(region, ShippingFault):
                return f"{self._place_text(draft)}: {self._fault_text(region)}"
            regions.append(region)
        default = read_rule(self._elsewhere, self._currency)
        if isinstance(default, ShippingFault):
            place = self.tr("Everywhere else")
            return f"{place}: {self._fault_text(default)}"
        return_to = self.return_to.toPlainText().strip()
        if len(return_to) > MOST_RETURN_LETTERS:
            words = self.tr("Where returns go has at most {n} characters. Shorten it.")
            return words.format(n=MOST_RETURN_LETTERS)
        return ShippingTemplate(default, regions, return_to)

    # --- Places ---

    def _on_chosen(self) -> None:
        if self._is_filling or self.list.currentRow() < 0:
            return
        self._show_place()

    def _on_typed(self) -> None:
        number = self.list.currentRow()
        if self._is_elsewhere(number):
            self._elsewhere = self.place.draft()
        else:
            self._drafts[number] = self.place.draft()
        self._show_row(number)
        self.on_changed()

    def _on_add(self) -> None:
        self._drafts.append(self._elsewhere)
        self._change_list(len(self._drafts) - 1)
        self.place.provinces.setFocus()

    def _on_remove(self) -> None:
        number = self.list.currentRow()
        del self._drafts[number]
        self._change_list(number)

    def _move(self, by: int) -> None:
        number = self.list.currentRow()
        self._drafts.insert(number + by, self._drafts.pop(number))
        self._change_list(number + by)

    def _change_list(self, chosen: int) -> None:
        with self.filling():
            self._show_list(chosen)
        self.on_changed()

    def _show_list(self, chosen: int) -> None:
        self.list.clear()
        for number in range(len(self._drafts) + 1):
            QListWidgetItem(self.list)
            self._show_row(number)
        self.list.setCurrentRow(chosen)
        self._show_place()

    def _show_row(self, number: int) -> None:
        is_elsewhere = self._is_elsewhere(number)
        draft = self._elsewhere if is_elsewhere else self._drafts[number]
        place = self.tr("Everywhere else") if is_elsewhere else self._place_text(draft)
        plain.set_text(self.list.item(number), f"{place} · {self._rule_text(draft)}")

    def _show_place(self) -> None:
        number = self.list.currentRow()
        is_elsewhere, last = self._is_elsewhere(number), len(self._drafts) - 1
        self.place.show_draft(None if is_elsewhere else self._drafts[number], self._elsewhere)
        self.add_button.setEnabled(len(self._drafts) < MOST_REGIONS)
        self.remove_button.setEnabled(not is_elsewhere)
        self.up_button.setEnabled(not is_elsewhere and number > 0)
        self.down_button.setEnabled(not is_elsewhere and number < last)

    def _is_elsewhere(self, number: int) -> bool:
        return number >= len(self._drafts)

    # --- Texts ---

    def _place_text(self, draft: RegionDraft) -> str:
        country = draft.country.strip().upper() or "?"
        return f"{country} {draft.provinces.strip()}" if draft.provinces.strip() else country

    def _rule_text(self, draft: RegionDraft) -> str:
        if not draft.is_sent:
            return self.tr("not delivered to")
        rule = read_rule(draft, self._currency)
        if rule is None or isinstance(rule, ShippingFault):
            return self.tr("not complete")
        if not (rule.first_minor or rule.further_minor):
            return self.tr("free")
        fees = [list_price(fee, self._currency) for fee in (rule.first_minor, rule.further_minor)]
        text = self.tr("{first}, then {further}").format(first=fees[0], further=fees[1])
        if rule.free_from_minor is None:
            return text
        free = list_price(rule.free_from_minor, self._currency)
        return self.tr("{fees}; free from {amount}").format(fees=text, amount=free)

    def _fault_text(self, fault: ShippingFault) -> str:
        return {
            ShippingFault.COUNTRY: self.tr("Write the country as two letters, such as CN or DE."),
            ShippingFault.PROVINCES: self.tr(
                "Too many provinces, or too long names: split them in two places."
            ),
            ShippingFault.FEE: self.tr("Write what a step costs, such as 12 or 8.50; 0 for nothing."),
            ShippingFault.FREE_FROM: self.tr("Write from which sum sending is free, or leave it empty."),
        }[fault]
