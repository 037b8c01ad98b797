"""The command that checks the file of a draw: `main.py verify`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from backend.fairness.bundle import MOST_BYTES, BundleError, DrawBundle, read_bundle
from backend.fairness.checks import PROVES, PROVES_NOT, Seen, run_checks

AGREES, DIFFERS, NO_BUNDLE = range(3)


def add_verify(commands: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Add the command `verify` to what `add_subparsers` returned."""
    verify = commands.add_parser("verify", help="check that a draw was fair, by the file the player saves")
    verify.description = (
        "Compute the winners of a draw anew from the file that the player saves, and say what that proves. "
        "Exit code: 0 all agrees, 1 something does not, 2 the file is no bundle."
    )
    verify.add_argument("bundle", type=Path, metavar="BUNDLE.json", help="what the player saved")
    verify.add_argument(
        "--commitment", default="", metavar="HEX", help="the commitment that was shown at the opening"
    )
    verify.add_argument("--root", default="", metavar="HEX", help="the root that was shown at the close")


def run_verify(options: argparse.Namespace) -> int:
    """Check a bundle, say each step, and return the exit code."""
    try:
        bundle = read_bundle(_text_of(options.bundle))
    except BundleError as error:
        sys.stderr.write(f"{options.bundle}: {error}\n")
        return NO_BUNDLE
    _say(f"Draw {_plain(bundle.campaign_id)}. Its terms: {_plain(bundle.terms)}")
    if not run_checks(bundle, Seen(options.commitment.lower(), options.root.lower()), _say):
        _say("Something does not agree: these winners do not follow from what was published.")
        return DIFFERS
    _conclude(bundle)
    return AGREES


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _conclude(bundle: DrawBundle) -> None:
    for rank, who in enumerate(bundle.winners, 1):
        _say(f"  {rank}. {who}")
    _say("It proves: " + "\n  ".join(PROVES))
    _say("It does not prove: " + "\n  ".join(PROVES_NOT))


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BundleError(f"expected at most {MOST_BYTES:,} bytes")
        return path.read_bytes().decode()
    except OSError as error:
        raise BundleError(f"it cannot be read ({error.strerror})") from error
    except UnicodeDecodeError:
        raise BundleError("expected text in UTF-8") from None


def _plain(text: str) -> str:
    # What a shop wrote may hold what moves a terminal's cursor.
    return "".join(letter if letter.isprintable() else "�" for letter in text)
