import os
import stat
from pathlib import Path

import pytest

from backend.data_folder import load_secret as backends_secret
from backend.identity.auth import MIN_SECRET_BYTES
from studio.secret import MIN_BYTES, SecretError, load_secret


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    assert load_secret(tmp_path / "data") == load_secret(tmp_path / "data")
    assert load_secret(tmp_path / "other") != load_secret(tmp_path / "data")


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_only_this_user_can_read_it(tmp_path: Path) -> None:
    load_secret(tmp_path)

    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_the_backend_alone_finds_the_same(tmp_path: Path) -> None:
    assert backends_secret(tmp_path) == load_secret(tmp_path)
    assert MIN_BYTES >= MIN_SECRET_BYTES


def test_one_that_is_too_short_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"short")

    assert len(load_secret(tmp_path)) >= MIN_BYTES


def test_where_it_cannot_be_kept_cause_and_remedy_are_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SecretError, match="--data"):
        load_secret(tmp_path / "file")
