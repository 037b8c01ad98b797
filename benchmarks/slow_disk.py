"""Purchases and claims on a disk that commits as slowly as a shop's: the same comparisons, both sides on it.

Where a commit costs next to nothing, as on a data centre's disk with a battery, nothing is gained by
committing many acts at once. The disk of a desk computer takes some milliseconds.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

COMMIT_US: Final = 5_000
SOURCE: Final = Path(__file__).parent / "c" / "slow_disk.c"
RATIOS: Final = {"purchase": ("sqlite_ratio", "postgres_ratio"), "campaigns": ("packet_claims_ratio",)}


def main() -> None:
    """Measure and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "slow_disk.so"
        Path(folder).chmod(0o755)  # PostgreSQL loads it as a user of its own
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl"], check=True)
        figures = {name: value for script in RATIOS for name, value in _slowly(library, script).items()}
    print(json.dumps({"figures": figures}))


def _slowly(library: Path, script: str) -> dict[str, float]:
    slow = {**os.environ, "LD_PRELOAD": str(library), "SLOW_DISK_US": str(COMMIT_US)}
    command = [sys.executable, str(Path(__file__).parent / f"{script}.py")]
    told = subprocess.run(command, env=slow, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(told, end="", flush=True)
    figures: dict[str, float] = json.loads(told.splitlines()[-1])["figures"]
    return {name: figures[name] for name in RATIOS[script]}


if __name__ == "__main__":
    main()
