"""Where a parcel gets its carrier and its tracking number."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import caption, column, combo, row
from widgets.common.retranslate import Retranslated

MAX_CODE: Final = 64
_SPACES: Final = re.compile(r"\s+")


def carriers() -> Sequence[str]:
    """Carriers that are offered; any other may be typed."""
    translate = QCoreApplication.translate
    return (
        translate("Carrier", "SF Express"),
        translate("Carrier", "ZTO Express"),
        translate("Carrier", "YTO Express"),
        translate("Carrier", "STO Express"),
        translate("Carrier", "Yunda Express"),
        translate("Carrier", "JD Logistics"),
        translate("Carrier", "J&T Express"),
        translate("Carrier", "EMS"),
        translate("Carrier", "Deppon"),
        "DHL",
        "FedEx",
        "UPS",
    )


class CarrierFields(Retranslated):
    """Two fields side by side.

    Attributes:
        carrier, tracking: what is chosen or typed; a scanner can type the number.
    """

    def __init__(self, carrier: str = "") -> None:
        super().__init__()
        self.carrier = combo()
        edit = QLineEdit()
        edit.setMaxLength(MAX_CODE)
        self.carrier.setEditable(True)
        self.carrier.setLineEdit(edit)
        for name in carriers():
            plain.add_entry(self.carrier, name, name)
        self.carrier.setCurrentText(carrier or carriers()[0])
        self.tracking = QLineEdit()
        self.tracking.setMaxLength(MAX_CODE)
        self._captions = caption("", self.carrier), caption("", self.tracking)
        fields = row(
            column(self._captions[0], self.carrier, spacing=4),
            column(self._captions[1], self.tracking, spacing=4),
            spacing=12,
        )
        fields.setStretch(1, 1)
        self.setLayout(fields)
        self.setFocusProxy(self.tracking)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        names = (self.tr("Carrier"), self.tr("Tracking number"))
        fields = (self.carrier, self.tracking)
        for widget, shown, name in zip(fields, self._captions, names, strict=True):
            plain.set_text(shown, name)
            plain.set_name(widget, name)
        self.tracking.setPlaceholderText(self.tr("A scanner can type it"))

    @property
    def carrier_text(self) -> str:
        """The carrier, without spaces around it."""
        return " ".join(self.carrier.currentText().split())

    @property
    def tracking_text(self) -> str:
        """The tracking number, without the spaces that scanners and people put in."""
        return _SPACES.sub("", self.tracking.text())

    def problem(self) -> str:
        """What is missing, and give its field the focus; empty where nothing is."""
        if not self.carrier_text:
            self.carrier.setFocus()
            return self.tr("Name the carrier.")
        if not self.tracking_text:
            self.tracking.setFocus()
            return self.tr("Give the tracking number: the buyer follows the parcel by it.")
        return ""
