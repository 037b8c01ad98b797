"""The head of the products panel: which card is on air, for how long, and the button that takes it off."""

from PySide6.QtWidgets import QFrame

from backend.contract.cards import Card
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say
from widgets.common.text import clock
from widgets.common.theme import icon


class OnAirStrip(QFrame):
    """Shows what it is given; its panel sets its texts again when the language changes.

    Attributes:
        title: the number and the title of the product whose card is on air.
        time: for how long it is on air; without a card, what to do.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._card: Card | None = None
        self._may_show_cards = True
        self._icon = label()
        self.title, self.time = ElidedLabel(), ElidedLabel()
        self.time.setProperty("role", "dim")
        self.take_off_button = push_button("fa5s.times")
        strip = row(self._icon, column(self.title, self.time, spacing=1), self.take_off_button, spacing=10)
        strip.setStretch(1, 1)
        strip.setContentsMargins(12, 8, 8, 8)
        self.setLayout(strip)

    def retranslate(self) -> None:
        """Set every text again."""
        tooltip = self.tr("Take the card off every viewer's screen")
        say(self.take_off_button, self.tr("Take off"), tooltip if self._may_show_cards else self._hint())
        self.take_off_button.setEnabled(self._may_show_cards)
        self._show()

    def show_rights(self, *, may_show_cards: bool) -> None:
        """Offer what the rights allow."""
        self._may_show_cards = may_show_cards
        self.retranslate()

    def show_card(self, card: Card | None) -> None:
        """Show which card is on air, or that none is."""
        self._card = card
        self._show()

    def show_time(self, on_air_ms: float) -> None:
        """Say for how long the card is on air."""
        if self._card is None:
            self.time.show_text(self._hint())
        else:
            time = clock(on_air_ms / 1000).removeprefix("00:")
            plain.set_text(self.time, self.tr("On air for {time}").format(time=time))

    def _hint(self) -> str:
        if self._may_show_cards:
            return self.tr("Press Explain to show a card to everybody")
        return self.tr("To show cards you need the right to products; ask the host for it")

    def _show(self) -> None:
        self.take_off_button.setVisible(self._card is not None)
        token = "accent" if self._card else "faint"
        self._icon.setPixmap(icon("fa5s.bullhorn", token).pixmap(18, 18))
        if self._card is None:
            self.title.show_text(self.tr("No card on air"))
            self.time.show_text(self._hint())
        else:
            product = self._card.product
            self.title.show_text(f"{product.number} · {product.title}")
            self.time.setText(self.tr("On air"))
