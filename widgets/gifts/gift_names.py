"""What the gifts of a room are called in the window's language, and which of them are large."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from backend.contract.gifts import Gift, GiftEffect


class GiftNames(QObject):
    """The room's own words; a gift that is not known is called by its id."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._gifts: dict[str, Gift] = {}

    def learn(self, gifts: Sequence[Gift]) -> None:
        """Take the catalogue in."""
        self._gifts = {gift.gift_id: gift for gift in gifts}

    def name(self, gift_id: str) -> str:
        """Return what to call a gift."""
        gift = self._gifts.get(gift_id)
        if gift is None:
            return gift_id
        return gift.name_zh if self.tr("en", "language of gift names") == "zh" else gift.name_en

    def is_large(self, gift_id: str) -> bool:
        """Whether viewers see it over the whole picture."""
        gift = self._gifts.get(gift_id)
        return gift is not None and gift.effect is not GiftEffect.BANNER
