"""The command line of backups and checks; what the commands need is imported when one runs."""

import argparse
from pathlib import Path
from typing import Any


def add_keeping(commands: Any) -> None:  # noqa: ANN401 - argparse does not name its type
    """Add the commands `backup`, `restore` and `check` to what `add_subparsers` returned."""
    backup = commands.add_parser("backup", help="write a backup of a shop, also while it runs")
    backup.description = (
        "Write one file with the database, the pictures and the blocked words, as they are at one moment, "
        "also while the backend runs. The file is there whole, or not at all."
    )
    backup.add_argument("file", metavar="FILE", type=Path, help="the file to write, such as shop.zip")
    backup.add_argument(
        "--with-secrets",
        action="store_true",
        help="also the signing secret and the keys of payments: keep the file as safe as those",
    )
    backup.add_argument("--replace", action="store_true", help="replace a file of that name")
    restore = commands.add_parser("restore", help="restore a backup into an empty place")
    restore.description = (
        "Check a backup, and restore it into an empty data folder (and database) of a backend that is "
        "stopped. The backend then compares payments with their providers before it sends anything."
    )
    restore.add_argument("file", metavar="FILE", type=Path, help="what `backup` wrote")
    restore.add_argument("--replace", action="store_true", help="move what is there aside")
    check = commands.add_parser("check", help="check the books of a shop; changes nothing")
    check.description = (
        "Check that ledgers, stock, orders, payments and refunds agree, also while the backend runs, and "
        "name what does not. Exit code: 0 all is well, 1 something is not, 2 it cannot be checked."
    )
    for parser in (backup, restore, check):
        parser.add_argument(
            "--data", type=Path, metavar="DIR", help="the backend's data folder (default: the user's)"
        )
        parser.add_argument("--database", metavar="URL", help="as the backend's")


def run_backup(options: argparse.Namespace) -> int:
    """Write a backup."""
    from backend.keeping.backup import BackupOptions, back_up

    return back_up(
        BackupOptions(
            file=options.file,
            data=options.data,
            database=options.database,
            has_secrets=options.with_secrets,
            replaces=options.replace,
        )
    )


def run_restore(options: argparse.Namespace) -> int:
    """Restore a backup."""
    from backend.keeping.restore import RestoreOptions, restore

    return restore(
        RestoreOptions(
            file=options.file, data=options.data, database=options.database, replaces=options.replace
        )
    )


def run_check(options: argparse.Namespace) -> int:
    """Check a shop's books."""
    from backend.keeping.check import CheckOptions, check

    return check(CheckOptions(data=options.data, database=options.database))
