"""Offers the networks that effects need where they are missing, and fetches them."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from effects.models.registry import Model, Registry
from studio.stage.model_download import ModelDownload
from widgets.stage.effects import ModelOffer, OfferState
from widgets.stage.model_banner import ModelBanner


class ModelView(QObject):
    """Shows in the panel's banner what is missing, how far it has come, and why it does not come.

    Attributes:
        fetched: the networks are here as far as they could be had.
    """

    fetched = Signal()

    def __init__(self, banner: ModelBanner, models: Registry, download: ModelDownload) -> None:
        super().__init__(banner)
        self._banner = banner
        self._models = models
        self._download = download
        self._problems: tuple[str, ...] = ()
        self._failures: tuple[str, ...] = ()
        self._share = 0.0
        self._is_fetching = False
        banner.download_wanted.connect(self._on_download_wanted)
        download.progressed.connect(self._on_progressed)
        download.ended.connect(self._on_ended)
        self._show()

    def show_problems(self, problems: tuple[str, ...]) -> None:
        """Take note of why the engine has effects without their networks, in English; empty: it has none."""
        if problems != self._problems:
            self._problems = problems
            self._show()

    def _on_download_wanted(self) -> None:
        self._share, self._failures, self._is_fetching = 0.0, (), True
        self._download.start()
        self._show()

    def _on_progressed(self, share: float) -> None:
        self._share = share
        self._show()

    def _on_ended(self, failures: Mapping[str, str]) -> None:
        self._failures = tuple(dict.fromkeys(failures.values()))
        self._problems, self._is_fetching = (), False
        self._show()
        self.fetched.emit()

    def _show(self) -> None:
        missing = self._models.missing()
        # That they are not here is said by the offer itself.
        reasons = self._failures or (() if missing else self._problems)
        size = sum(each.size for each in missing) / 1e6
        offer = ModelOffer(self._state(missing), len(missing), size, self._share, "\n".join(reasons))
        self._banner.show_offer(offer)

    def _state(self, missing: tuple[Model, ...]) -> OfferState:
        if self._is_fetching:
            return OfferState.FETCHING
        if self._failures or (self._problems and not missing):
            return OfferState.FAILED
        return OfferState.MISSING if missing else OfferState.HERE
