"""Which products viewers want explained (求讲解), the most wanted first, each with a button to do it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from typing_extensions import override

from backend.contract.audience import ProductRequest
from backend.contract.cards import ShowCard
from backend.contract.shop import Product
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.ranked_rows import RankedRows
from widgets.common.retranslate import Retranslated
from widgets.common.theme import tabular


class RequestRow(Retranslated):
    """One product.

    Attributes:
        explain_wanted: the host explains it now.
    """

    explain_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.count = label()
        self.count.setFont(tabular(self.count.font()))
        self.count.setMinimumWidth(34)
        self.title = ElidedLabel()
        self.explain_button = push_button("fa5s.bullhorn")
        self.explain_button.clicked.connect(self.explain_wanted)
        # The title has the whole width: beside the button nothing of it was left in a narrow panel.
        below = row(self.count, self.explain_button)
        below.insertStretch(1, 1)
        self.setLayout(column(self.title, below, spacing=2))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        say(self.explain_button, self.tr("Explain"), self.tr("Show this product's card to everybody now"))


class RequestList(Retranslated):
    """The ranking.

    Attributes:
        command: emitted with a `ShowCard`.
    """

    command = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._titles: dict[str, str] = {}
        self._requests: list[ProductRequest] = []
        self._may_explain = True
        self.rows: RankedRows[RequestRow] = RankedRows(self._make_row)
        self.rows.empty.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.rows))
        self.retranslate()
        self.show_requests([])

    @override
    def retranslate(self) -> None:
        self.rows.empty.setText(self.tr("Nobody asks for a product now."))
        self.rows.setAccessibleName(self.tr("Asked for"))

    def show_catalog(self, products: Sequence[Product]) -> None:
        """Learn what the products are called."""
        self._titles = {one.product_id: f"{one.number} · {one.title}" for one in products}
        self.show_requests(self._requests)

    def show_right(self, *, may_explain: bool) -> None:
        """Offer to explain, or not."""
        self._may_explain = may_explain
        for shown in self.rows.rows.values():
            shown.explain_button.setVisible(may_explain)

    def show_requests(self, requests: Sequence[ProductRequest]) -> None:
        """Follow the room."""
        self._requests = list(requests)
        self.rows.show_keys([request.product_id for request in requests])
        for request in requests:
            shown = self.rows.rows[request.product_id]
            plain.set_text(shown.count, f"×{request.count:,}")
            shown.title.show_text(self._titles.get(request.product_id, request.product_id))

    def _make_row(self, key: str) -> RequestRow:
        made = RequestRow()
        made.explain_button.setVisible(self._may_explain)
        made.explain_wanted.connect(lambda: self.command.emit(ShowCard(key)))
        return made
