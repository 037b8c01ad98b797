"""The newest gift above the chat, for as long as it takes to thank for it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer
from typing_extensions import override

from backend.contract.erasing import PersonErased
from backend.contract.gifts import Gift, GiftsSent, SentGift
from backend.contract.protocol import Event
from backend.contract.words_of import erase_words
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import label, row
from widgets.common.person_name import person_name
from widgets.common.retranslate import Retranslated
from widgets.common.theme import icon
from widgets.gifts.gift_names import GiftNames

SHOWN_MS: Final = 12_000


class GiftBar(Retranslated):
    """The bar is hidden while there is no recent gift; a small gift does not push a large one away."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._names = GiftNames(self)
        self._gift: SentGift | None = None
        mark = label()
        mark.setPixmap(icon("fa5s.gift", "warn").pixmap(16, 16))
        self.text = ElidedLabel()
        layout = row(mark, self.text, spacing=10)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.end)
        self.hide()
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._show()

    def show_gifts(self, gifts: Sequence[Gift]) -> None:
        """Learn what the gifts are called."""
        self._names.learn(gifts)
        self._show()

    def apply(self, event: Event) -> None:
        """Follow the room."""
        if isinstance(event, PersonErased):
            self._gift = erase_words(self._gift, event.user_id)
            self._show()
        if not isinstance(event, GiftsSent):
            return
        for gift in event.gifts:
            if self._gift is None or self._may_replace(self._gift, gift):
                self._gift = gift
                self._timer.start()
        self._show()

    def end(self) -> None:
        """Show nothing any more."""
        self._gift = None
        self._show()

    def _may_replace(self, shown: SentGift, gift: SentGift) -> bool:
        is_same = shown.combo_id == gift.combo_id
        return is_same or self._names.is_large(gift.gift_id) or not self._names.is_large(shown.gift_id)

    def _show(self) -> None:
        gift = self._gift
        self.setVisible(gift is not None)
        if gift is not None:
            text = self.tr("{name} sent {gift} ×{count}")
            name = self._names.name(gift.gift_id)
            self.text.show_text(text.format(name=person_name(gift.author.name), gift=name, count=gift.combo))
