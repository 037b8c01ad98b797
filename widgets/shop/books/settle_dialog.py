"""Where somebody notes what became of money that matched nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from backend.contract.bookkeeping import SettleSuspense
from backend.contract.bounds import MAX_REASON
from backend.contract.payments import SuspenseItem, SuspenseOutcome
from widgets.common import plain
from widgets.common.forms import caption, column, combo, fill_combo, label
from widgets.common.moment import moment_text
from widgets.common.money import amount_text
from widgets.shop.books.books_texts import reason_text, way_text
from widgets.shop.shop_dialog import ShopDialog


@dataclass(frozen=True)
class SettleItem:
    """Which money, and what became of it."""

    suspense_id: int
    wish: SettleSuspense


class SettleDialog(ShopDialog):
    """Without a note nothing is settled: whoever looks at the books later reads it."""

    def __init__(self, parent: QWidget, item: SuspenseItem) -> None:
        translate = QCoreApplication.translate
        title = translate("SettleDialog", "Settle the money")
        super().__init__(parent, title, title, "primary")
        self._item = item
        about = self.tr("{amount} from {way}, {time}").format(
            amount=amount_text(item.amount_minor, item.currency),
            way=way_text(item.provider),
            time=moment_text(item.at_ms),
        )
        reason = label(reason_text(item), "dim")
        reason.setWordWrap(True)
        self.outcome = combo()
        outcomes = [
            ("", self.tr("Choose…")),
            (SuspenseOutcome.RETURNED.value, self.tr("It was returned to where it came from")),
            (SuspenseOutcome.KEPT.value, self.tr("It is kept as income that belongs to no order")),
        ]
        fill_combo(self.outcome, outcomes, "")
        plain.set_name(self.outcome, self.tr("What became of it"))
        became = column(caption(self.tr("What became of it"), self.outcome), self.outcome, spacing=4)
        hint = label(self.tr("This notes it in the books, once. It moves no money itself."), "faint")
        hint.setWordWrap(True)
        self.note = QLineEdit()
        self.note.setMaxLength(MAX_REASON)
        self.note.setPlaceholderText(self.tr("What was found out, such as the reference of the transfer"))
        plain.set_name(self.note, self.tr("Note"))
        noted = column(caption(self.tr("Note"), self.note), self.note, spacing=4)
        parts = (label(about, "title"), reason, became, noted, hint)
        self.setLayout(column(*parts, self.problem, self.buttons, margin=20, spacing=12))
        self.outcome.setFocus()

    @override
    def wanted(self) -> SettleItem | None:
        chosen = self.outcome.currentData()
        if not chosen:
            self.show_problem(self.tr("Choose what became of the money."))
            self.outcome.setFocus()
            return None
        note = self.note.text().strip()
        if not note:
            self.show_problem(self.tr("Write a note: whoever looks at the books later asks for it."))
            self.note.setFocus()
            return None
        return SettleItem(self._item.suspense_id, SettleSuspense(SuspenseOutcome(chosen), note))

    @override
    def _show_waiting(self) -> None:
        super()._show_waiting()
        for part in (self.outcome, self.note):
            part.setEnabled(self.waiting_for is None)
