"""Networks come from their address or a package, whole and verified, and go on where they broke off."""

import hashlib
import io
import tarfile
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx
import pytest

from effects.models.registry import Model, Package, Registry
from studio.stage.model_fetch import FetchError, ModelFetcher, Progress
from studio.stage.package_member import PackageError, read_member

CONTENT = bytes(range(256)) * 40
MODEL = Model(
    name="net",
    file="net.tflite",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    license="Apache-2.0",
    purpose="tests",
    address="https://models.example/net.tflite",
    package=Package("npm", "nets@1.0.0", "models/net.tflite"),
)
Handler = Callable[[httpx.Request], httpx.Response]


def fetcher(folder: Path, handler: Handler, news: list[Progress] | None = None) -> ModelFetcher:
    client = httpx.Client(transport=httpx.MockTransport(handler))
    told = news if news is not None else []
    return ModelFetcher(Registry([MODEL], folder), client, told.append, no_package)


def no_package(command: Sequence[str], folder: Path) -> None:
    raise PackageError("npm said: there is no such package")


def packed(command: Sequence[str], folder: Path) -> None:
    with tarfile.open(folder / "nets-1.0.0.tgz", "w:gz") as archive:
        entry = tarfile.TarInfo("package/models/net.tflite")
        entry.size = len(CONTENT)
        archive.addfile(entry, io.BytesIO(CONTENT))


def test_a_model_comes_from_its_address_with_progress(tmp_path: Path) -> None:
    news: list[Progress] = []
    path = fetcher(tmp_path, lambda request: httpx.Response(200, content=CONTENT), news).fetch("net")
    assert path.read_bytes() == CONTENT
    assert news[-1] == Progress("net", len(CONTENT), len(CONTENT))
    assert [each.name for each in tmp_path.iterdir()] == ["net.tflite"]


def test_a_model_that_is_here_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "net.tflite").write_bytes(CONTENT)
    assert fetcher(tmp_path, lambda request: pytest.fail("it was asked for")).fetch("net").exists()


def test_what_had_come_before_a_break_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "net.tflite.part").write_bytes(CONTENT[:4000])
    ranges: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        ranges.append(request.headers["Range"])
        return httpx.Response(206, content=CONTENT[4000:])

    assert fetcher(tmp_path, answer).fetch("net").read_bytes() == CONTENT
    assert ranges == ["bytes=4000-"]


def test_a_server_that_cannot_continue_sends_all_again(tmp_path: Path) -> None:
    (tmp_path / "net.tflite.part").write_bytes(CONTENT[:4000])
    path = fetcher(tmp_path, lambda request: httpx.Response(200, content=CONTENT)).fetch("net")
    assert path.read_bytes() == CONTENT


def test_the_studio_fetches_a_damaged_model_again(tmp_path: Path) -> None:
    (tmp_path / "net.tflite").write_bytes(b"x" * len(CONTENT))
    path = fetcher(tmp_path, lambda request: httpx.Response(200, content=CONTENT)).fetch("net")
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize("wrong", [CONTENT[:-1] + b"x", CONTENT + b"more", b"<html>not here</html>"])
def test_another_content_is_refused_and_not_kept(tmp_path: Path, wrong: bytes) -> None:
    with pytest.raises(FetchError, match="net"):
        fetcher(tmp_path, lambda request: httpx.Response(200, content=wrong)).fetch("net")
    assert not (tmp_path / "net.tflite").exists()
    assert fetcher(tmp_path, lambda request: httpx.Response(200, content=CONTENT)).fetch("net").exists()


def test_a_package_carries_what_the_address_refuses(tmp_path: Path) -> None:
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(403)))
    path = ModelFetcher(Registry([MODEL], tmp_path), client, run=packed).fetch("net")
    assert path.read_bytes() == CONTENT


def test_when_no_source_gives_it_each_answer_is_told(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match=r"404.*no such package"):
        fetcher(tmp_path, lambda request: httpx.Response(404)).fetch("net")


def test_missing_models_that_fail_are_told_and_do_not_stop_the_rest(tmp_path: Path) -> None:
    failures = fetcher(tmp_path, lambda request: httpx.Response(404)).fetch_missing()
    assert list(failures) == ["net"]


def test_a_package_without_the_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"other\.tflite"):
        read_member(Package("npm", "nets@1.0.0", "other.tflite"), packed)
