import hashlib
import threading
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from pytestqt.qtbot import QtBot

from effects.models.registry import Model, Registry
from studio.stage.model_download import ModelDownload
from studio.stage.model_fetch import ModelFetcher, Progress

CONTENTS = {"a": b"a" * 300_000, "b": b"b" * 100_000}
MODELS = [
    Model(
        name=name,
        file=f"{name}.tflite",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        license="Apache-2.0",
        purpose="tests",
        address=f"https://models.example/{name}.tflite",
    )
    for name, content in CONTENTS.items()
]
Answer = Callable[[httpx.Request], httpx.Response]


def give(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=CONTENTS[Path(request.url.path).stem])


class Heard:
    """A download of both, and what it tells."""

    def __init__(self, folder: Path, answer: Answer) -> None:
        self.registry = Registry(MODELS, folder)
        self.answer = answer
        self.download = ModelDownload(self.registry, self._make_fetcher)
        self.shares: list[float] = []
        self.ends: list[dict[str, str]] = []
        self.threads: set[str] = set()
        self.download.progressed.connect(self.shares.append)
        self.download.ended.connect(self.ends.append)

    def _make_fetcher(self, registry: Registry, on_progress: Callable[[Progress], None]) -> ModelFetcher:
        self.threads.add(threading.current_thread().name)
        return ModelFetcher(registry, httpx.Client(transport=httpx.MockTransport(self.answer)), on_progress)


def test_all_that_is_missing_is_fetched_beside_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    heard = Heard(tmp_path, give)
    heard.download.start()
    qtbot.waitUntil(lambda: bool(heard.ends))

    assert heard.ends == [{}]
    assert heard.registry.missing() == ()
    assert heard.shares == sorted(heard.shares)
    assert heard.shares[-1] == 1
    assert heard.threads == {"model download"}


def test_what_is_here_already_counts_as_done(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "a.tflite").write_bytes(CONTENTS["a"])
    heard = Heard(tmp_path, give)
    heard.download.start()
    qtbot.waitUntil(lambda: bool(heard.ends))

    assert heard.shares[0] >= 0.75


def test_the_download_fetches_a_damaged_file_again(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "b.tflite").write_bytes(b"x" * len(CONTENTS["b"]))
    heard = Heard(tmp_path, give)
    assert len(heard.registry.missing()) == 1
    heard.download.start()
    qtbot.waitUntil(lambda: bool(heard.ends))

    assert heard.registry.content("b") == CONTENTS["b"]


def test_what_could_not_be_had_is_told_with_the_reason_and_can_be_tried_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    heard = Heard(tmp_path, lambda request: httpx.Response(503))
    heard.download.start()
    qtbot.waitUntil(lambda: bool(heard.ends))
    assert heard.ends[0].keys() == {"a", "b"}
    assert "503" in heard.ends[0]["a"]

    heard.answer = give
    qtbot.waitUntil(lambda: not heard.download.is_running)
    heard.download.start()
    qtbot.waitUntil(lambda: len(heard.ends) == 2)
    assert heard.ends[1] == {}


def test_started_twice_it_fetches_once(qtbot: QtBot, tmp_path: Path) -> None:
    gate = threading.Event()
    asked: list[str] = []

    def wait_and_give(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        gate.wait(10)
        return give(request)

    heard = Heard(tmp_path, wait_and_give)
    heard.download.start()
    heard.download.start()
    gate.set()
    qtbot.waitUntil(lambda: bool(heard.ends))

    assert len(asked) == 2
    assert len(heard.ends) == 1


@pytest.mark.parametrize("error", [OSError("disk full"), RuntimeError("odd")])
def test_even_what_nobody_expected_ends_the_download(
    qtbot: QtBot, tmp_path: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    heard = Heard(tmp_path, fail)
    heard.download.start()
    qtbot.waitUntil(lambda: bool(heard.ends))

    assert str(error) in heard.ends[0][""]
    assert "could not be fetched" in caplog.text
