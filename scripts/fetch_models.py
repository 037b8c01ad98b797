"""Fetch what `make run` and `make test` want and the repository does not hold: networks, footage for tests.

A network that cannot be had is no reason to stop: the effects that need it say so. Exits with 0 all the same.
"""

import argparse
import sys
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1]))

from effects.models.registry import MANIFEST, Registry, default_folder
from studio.model_fetch import TIMEOUT, FetchError, ModelFetcher, Progress


def main() -> None:
    """Fetch what is missing, and say what is and what is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manifest", type=Path, default=MANIFEST)
    parser.add_argument("--folder", type=Path, default=default_folder())
    parser.add_argument("--all", action="store_true", help="optional ones too")
    arguments = parser.parse_args()
    registry = Registry.read(arguments.folder, arguments.manifest)
    wanted = [model for model in registry.models if arguments.all or not model.optional]
    with httpx.Client(timeout=TIMEOUT) as client:
        fetcher = ModelFetcher(registry, client, _show)
        for model in wanted:
            try:
                fetcher.fetch(model.name)
            except FetchError as error:
                print(f"==> {error}", file=sys.stderr)


def _show(progress: Progress) -> None:
    if progress.received == progress.total:
        print(f"==> {progress.model}: {progress.total / 1e6:.1f} MB fetched", file=sys.stderr)


if __name__ == "__main__":
    main()
