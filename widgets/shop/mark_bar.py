"""What staff note on an order for each other: a flag, and a remark in a line."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from backend.contract.bounds import MAX_REASON
from backend.contract.orders import MarkOrder, Order
from widgets.common import plain
from widgets.common.forms import push_button, row, say
from widgets.common.retranslate import Retranslated
from widgets.common.tokens import icon


class MarkBar(Retranslated):
    """Follows the order that is shown; what is typed is kept until it is saved or another order comes.

    Attributes:
        mark_wanted: emitted with the order's id and a `MarkOrder`.
        flag, remark: the fields.
    """

    mark_wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._order_id = ""
        self._saved = MarkOrder()
        self.flag, self.remark = push_button(), QLineEdit()
        self.flag.setCheckable(True)
        self.flag.setProperty("kind", "outline")
        self.flag.clicked.connect(self._emit)
        self.flag.toggled.connect(self._show_flag)
        self.remark.setMaxLength(MAX_REASON)
        self.remark.editingFinished.connect(self._emit)
        layout = row(self.remark, self.flag)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._show_flag()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.remark.setPlaceholderText(self.tr("Remark for the shop's people"))
        self.remark.setAccessibleName(self.tr("Remark; the buyer does not see it"))
        say(self.flag, self.tr("Flag"), self.tr("Flag this order for the shop's people"))

    def show_order(self, order: Order | None) -> None:
        """Show what is noted on an order; a remark that is being typed on the same one stays."""
        order_id = "" if order is None else order.order_id
        mark = None if order is None else order.mark
        saved = MarkOrder() if mark is None else MarkOrder(mark.remark, mark.is_flagged)
        is_same = order_id == self._order_id
        is_typing = is_same and self.remark.hasFocus() and self.remark.isModified()
        if not is_same or saved != self._saved:
            self._order_id, self._saved = order_id, saved
            if not is_typing:
                plain.set_text(self.remark, saved.remark)
                self.remark.setCursorPosition(0)
            self.flag.setChecked(saved.is_flagged)

    def _emit(self) -> None:
        wanted = MarkOrder(self.remark.text().strip(), self.flag.isChecked())
        if self._order_id and wanted != self._saved:
            self._saved = wanted
            self.remark.setModified(False)
            self.mark_wanted.emit(self._order_id, wanted)

    def _show_flag(self) -> None:
        is_on = self.flag.isChecked()
        self.flag.setIcon(icon("fa5s.flag" if is_on else "fa5.flag", "warn" if is_on else "dim"))
