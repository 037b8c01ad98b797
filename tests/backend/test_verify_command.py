from pathlib import Path

import pytest

from backend.fairness.bundle import write_bundle
from main import main
from tests.backend.fairness.samples import make_bundle


def test_verify_says_what_agrees_what_it_proves_and_what_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, bundle = tmp_path / "bundle.json", make_bundle()
    file.write_text(write_bundle(bundle), encoding="utf-8")

    code = main(["verify", str(file), "--commitment", bundle.commitment, "--root", bundle.root])

    said = capsys.readouterr().out
    assert code == 0
    assert f"1. {bundle.winners[0]}" in said
    assert "It proves: The secret was fixed" in said
    assert "It does not prove: That commitment and root" in said
    assert "保温杯" in said


def test_verify_names_the_step_that_does_not_agree(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, bundle = tmp_path / "bundle.json", make_bundle()
    file.write_text(write_bundle(bundle), encoding="utf-8")

    code = main(["verify", str(file), "--root", "00" * 32])

    said = capsys.readouterr().out
    assert code == 1
    assert "FALSE the root is the one noted at the close" in said
    assert "It proves" not in said


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[]\n"])
def test_verify_says_that_a_file_is_no_bundle(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bundle.json"
    file.write_bytes(content)

    assert main(["verify", str(file)]) == 2
    assert "expected" in capsys.readouterr().err


def test_verify_says_that_a_file_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(tmp_path / "missing.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_verify_prints_nothing_that_moves_the_cursor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bundle.json"
    text = write_bundle(make_bundle()).replace('"campaign_id":"', '"campaign_id":"\\u001b[2J')
    file.write_text(text, encoding="utf-8")

    assert main(["verify", str(file)]) == 1
    assert "\x1b" not in capsys.readouterr().out
