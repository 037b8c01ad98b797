"""Offers to fetch the networks that effects on persons and faces need, and shows how far that is."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import column, label, push_button, say, set_tone
from widgets.common.retranslate import Retranslated
from widgets.stage.effects import ModelOffer, OfferState

_STEPS: Final = 1000


class ModelBanner(Retranslated):
    """Takes no room while the networks are here.

    Attributes:
        download_wanted: the host wants them fetched.
    """

    download_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("alarm")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._offer = ModelOffer()
        self.text = label()
        self.text.setWordWrap(True)
        self.reason = label("", "dim")
        self.reason.setWordWrap(True)
        self.button = push_button("fa5s.download")
        self.button.clicked.connect(self.download_wanted)
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.setLayout(column(self.text, self.reason, self.progress, self.button, margin=10, spacing=6))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        is_failed = self._offer.state is OfferState.FAILED
        say(self.button, self.tr("Try again") if is_failed else self.tr("Download"))
        self.progress.setAccessibleName(self.tr("Download"))
        self._show()

    def show_offer(self, offer: ModelOffer) -> None:
        """Show how far the networks are."""
        self._offer = offer
        self.retranslate()

    def _show(self) -> None:
        offer = self._offer
        size = f"{offer.megabytes:.1f}"
        texts = {
            OfferState.HERE: "",
            OfferState.MISSING: self.tr(
                "{count} networks for beauty, background and stickers are not here yet ({size} MB)."
            ).format(count=offer.count, size=size),
            OfferState.FETCHING: self.tr("Fetching networks ({size} MB)…").format(size=size),
            OfferState.FAILED: self.tr(
                "Without their networks beauty, background and stickers do not work, or not as well. Looks "
                "and the green screen do."
            ),
        }
        plain.set_text(self.text, texts[offer.state])
        plain.set_text(self.reason, offer.reason)
        self.reason.setVisible(bool(offer.reason))
        self.progress.setVisible(offer.state is OfferState.FETCHING)
        self.progress.setValue(round(offer.progress * _STEPS))
        self.button.setVisible(offer.state in {OfferState.MISSING, OfferState.FAILED})
        set_tone(self, "warn")
        self.setVisible(offer.state is not OfferState.HERE)
