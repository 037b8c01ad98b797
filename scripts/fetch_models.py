"""Fetch what `make run` and `make test` want and the repository does not hold: networks, footage for tests.

A network that cannot be had is no reason to stop: the effects that need it say so. Exits with 0 all the same.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from effects.models.registry import MANIFEST, Registry, default_folder
from studio.stage.model_fetch import TIMEOUT, FetchError, ModelFetcher, Progress


def main(arguments: Sequence[str] | None = None, client: httpx.Client | None = None) -> None:
    """Fetch what is missing, and say what is and what is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manifest", type=Path, default=MANIFEST)
    parser.add_argument("--folder", type=Path, default=default_folder())
    parser.add_argument("--all", action="store_true", help="optional ones too")
    options = parser.parse_args(arguments)
    registry = Registry.read(options.folder, options.manifest)
    wanted = [model for model in registry.models if options.all or not model.optional]
    missing = [model.name for model in wanted if not registry.is_here(model.name)]
    if missing:
        say(f"fetching {', '.join(missing)} into {options.folder}")
    with client or httpx.Client(timeout=TIMEOUT) as connected:
        fetcher = ModelFetcher(registry, connected, show)
        for model in wanted:
            try:
                fetcher.fetch(model.name)
            except (FetchError, OSError) as error:
                say(f"{error}; what needs it will say so")


def show(progress: Progress) -> None:
    """Show how far a file has come: on a terminal in place, else only that it is here."""
    is_whole = progress.received == progress.total
    if is_whole:
        say(f"{progress.model}: {progress.total / 1e6:.1f} MB fetched")
    elif sys.stderr.isatty():
        print(
            f"==> {progress.model}: {progress.received * 100 // progress.total} %", end="\r", file=sys.stderr
        )


def say(text: str) -> None:
    """Tell people; standard output belongs to what comes after."""
    print(f"==> {text}", file=sys.stderr)


if __name__ == "__main__":
    main()
