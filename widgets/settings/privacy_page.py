"""The settings' page of personal data: how long orders keep name, phone and address."""

from typing import Final, cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox
from typing_extensions import override

from backend.contract.my_data import LEAST_DAYS_CN, MOST_DAYS, PrivacySettings
from widgets.common import plain
from widgets.common.forms import set_tone
from widgets.settings.shop_page import ShopPage

STEP: Final = 30


class PrivacyPage(ShopPage):
    """See the module."""

    def __init__(self) -> None:
        self.days = QSpinBox()
        super().__init__(self.tr("Privacy"))
        self.days.setRange(0, MOST_DAYS)
        self.days.setSingleStep(STEP)
        self.days.setGroupSeparatorShown(True)
        self.days.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.days.setSuffix(self.tr(" days"))
        self.field(self.tr("Orders keep names for"), self.days)
        self.law = self.hint()
        self.hint(
            self.tr(
                "Buyers may have their data erased. Addresses go at once; orders keep name, phone and "
                "address for so long after their end. Who asked before keeps the time they were told."
            ),
            "dim",
        )
        self.days.valueChanged.connect(self._on_changed)

    @override
    def fill(self, document: msgspec.Struct) -> None:
        self.days.setValue(cast("PrivacySettings", document).order_days)
        self._show_law()

    @override
    def typed(self) -> PrivacySettings:
        return PrivacySettings(self.days.value())

    def _on_changed(self) -> None:
        self._show_law()
        self.on_changed()

    def _show_law(self) -> None:
        is_short = self.days.value() < LEAST_DAYS_CN
        text = self.tr(
            "China's law asks for at least {n} days (three years after the end of an order, E-Commerce Law "
            "Art. 31); other places ask for more, mostly for the books."
        )
        if is_short:
            text = self.tr(
                "Below {n} days, which China's law asks for (E-Commerce Law Art. 31). Ask your tax adviser "
                "before you save this."
            )
        plain.set_text(self.law, text.format(n=f"{LEAST_DAYS_CN:,}"))
        set_tone(self.law, "warn" if is_short else "")
