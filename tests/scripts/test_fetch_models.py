import hashlib
from pathlib import Path

import httpx
import pytest

from scripts.fetch_models import main

CONTENT = b"weights" * 1000


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    """A manifest of one network that has to come, and one that need not."""
    manifest = tmp_path / "models.toml"
    manifest.write_text(
        "".join(
            f'[[model]]\nname = "{name}"\nfile = "{name}.tflite"\nsize = {len(CONTENT)}\n'
            f'sha256 = "{hashlib.sha256(CONTENT).hexdigest()}"\nlicense = "MIT"\npurpose = "tests"\n'
            f'address = "https://models.example/{name}"\noptional = {str(name == "extra").lower()}\n'
            for name in ("net", "extra")
        )
    )
    return ["--manifest", str(manifest), "--folder", str(tmp_path / "models")]


def answering(status: int) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(status, content=CONTENT)))


def test_what_is_missing_is_fetched_and_told(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments, answering(200))
    assert (tmp_path / "models" / "net.tflite").read_bytes() == CONTENT
    assert not (tmp_path / "models" / "extra.tflite").exists()
    told = capsys.readouterr()
    assert "fetching net into" in told.err
    assert "net: 0.0 MB fetched" in told.err
    assert told.out == ""

    main(arguments, answering(500))
    assert capsys.readouterr().err == ""


def test_optional_ones_come_when_asked_for(arguments: list[str], tmp_path: Path) -> None:
    main([*arguments, "--all"], answering(200))
    assert (tmp_path / "models" / "extra.tflite").exists()


def test_what_cannot_be_had_is_told_and_is_no_error(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(arguments, answering(503))
    assert "net could not be fetched" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told_and_is_no_error(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "models").write_text("in the way")
    main(arguments, answering(200))
    assert "what needs it will say so" in capsys.readouterr().err
