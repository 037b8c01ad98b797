"""The player's types hold, and a slip is found."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scripts import tsc


@pytest.fixture
def player(tmp_path: Path) -> Path:
    """A copy of the player that a test may spoil, with the same TypeScript."""
    if tsc.is_stale(tsc.PLAYER):
        assert tsc.install(tsc.PLAYER) == 0
    copy = tmp_path / "player"
    shutil.copytree(tsc.PLAYER, copy, ignore=shutil.ignore_patterns("node_modules"))
    return copy


def check(player: Path) -> subprocess.CompletedProcess[str]:
    program = tsc.PLAYER / "node_modules" / "typescript" / "bin" / "tsc"
    command = [*tsc.node_command(), str(program), "--project", str(player)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_players_types_hold(player: Path) -> None:
    result = check(player)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "right", "wrong"),
    [
        ("shop/product-card.js", "price_minor, currency, is_from", "price_cents, currency, is_from"),
        ("live/room-header.js", 'case "live_changed"', 'case "live_change"'),
        ("core/socket.js", 'type: "join"', 'type: "enter"'),
        ("live/room-header.js", 't("host_fallback")', 't("host_fallbak")'),
    ],
)
def test_a_slip_is_found(player: Path, module: str, right: str, wrong: str) -> None:
    source = (player / module).read_text(encoding="utf-8")
    assert right in source
    (player / module).write_text(source.replace(right, wrong), encoding="utf-8")
    result = check(player)
    assert result.returncode != 0
    assert module in result.stdout


def test_the_lock_file_names_no_address() -> None:
    assert "http" not in (tsc.PLAYER / "package-lock.json").read_text(encoding="utf-8")


def test_what_is_installed_is_stale_when_the_lock_file_names_another_version_or_more(tmp_path: Path) -> None:
    installed = tmp_path / "node_modules"
    lock: dict[str, Any] = {"packages": {"": {"name": "x"}, "node_modules/typescript": {"version": "7.0.2"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert tsc.is_stale(tmp_path)
    installed.mkdir()
    (installed / ".package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert not tsc.is_stale(tmp_path)
    lock["packages"][""] = {"devDependencies": {"typescript": "7.0.2", "axe-core": "4.14.1"}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert tsc.is_stale(tmp_path)
    lock["packages"][""] = {}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert not tsc.is_stale(tmp_path)
    lock["packages"]["node_modules/typescript"] = {"version": "7.0.1"}
    (installed / ".package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert tsc.is_stale(tmp_path)
