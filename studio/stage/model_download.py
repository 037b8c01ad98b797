"""Fetches networks beside the window: in a thread, with progress as signals in the window's thread."""

import logging
import threading
from collections.abc import Callable

import httpx
from PySide6.QtCore import QObject, Signal

from effects.models.registry import Registry
from studio.stage.model_fetch import TIMEOUT, ModelFetcher, Progress

log = logging.getLogger("livestall.models")

MakeFetcher = Callable[[Registry, Callable[[Progress], None]], ModelFetcher]


class ModelDownload(QObject):
    """Fetches all networks that are missing or damaged and not optional, one at a time.

    Attributes:
        progressed: emitted with how much of all of it has come, 0 to 1.
        ended: emitted with why each network that could not be had could not, by name; empty: all are here.
    """

    progressed = Signal(float)
    ended = Signal(object)

    def __init__(self, registry: Registry, make_fetcher: MakeFetcher | None = None) -> None:
        """Fetch into the registry's folder; tests hand in their own fetcher."""
        super().__init__()
        self._registry = registry
        self._make_fetcher = make_fetcher
        self._thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether networks are on their way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin, unless it has begun already."""
        if not self.is_running:
            self._thread = threading.Thread(target=self._run, name="model download", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            failures = self._fetch()
        except Exception as error:  # the top of a thread: the host must read of it, whatever it was
            log.exception("networks could not be fetched")
            failures = {"": repr(error)}
        self.ended.emit(failures)

    def _fetch(self) -> dict[str, str]:
        wanted = [model for model in self._registry.models if not model.optional]
        total = sum(model.size for model in wanted)
        received = {model.name: model.size if self._registry.is_here(model.name) else 0 for model in wanted}

        def on_progress(progress: Progress) -> None:
            received[progress.model] = progress.received
            self.progressed.emit(sum(received.values()) / total)

        if self._make_fetcher is not None:
            return self._make_fetcher(self._registry, on_progress).fetch_missing()
        with httpx.Client(timeout=TIMEOUT) as client:
            return ModelFetcher(self._registry, client, on_progress).fetch_missing()
