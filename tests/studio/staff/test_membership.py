import os
import stat
from pathlib import Path

import pytest

from studio.staff.membership import Membership, Memberships

TEA = Membership("http://shop:8787", "tea", "Wang", "token-1")
SILK = Membership("http://other:8787", "silk", "Wang", "token-2")


@pytest.fixture
def memberships(tmp_path: Path) -> Memberships:
    return Memberships(tmp_path / "rooms")


def test_before_the_first_room_there_is_none(memberships: Memberships) -> None:
    assert memberships.newest() is None
    assert memberships.of("http://shop:8787", "tea") is None


def test_each_room_is_kept_and_the_last_is_the_newest(memberships: Memberships, tmp_path: Path) -> None:
    memberships.save(TEA)
    (kept,) = (tmp_path / "rooms").iterdir()
    os.utime(kept, (1, 1))
    memberships.save(SILK)

    assert memberships.newest() == SILK
    assert memberships.of(TEA.url, TEA.room) == TEA


def test_a_room_that_is_forgotten_is_gone(memberships: Memberships) -> None:
    memberships.save(TEA)
    memberships.forget(TEA)
    memberships.forget(TEA)

    assert memberships.newest() is None


@pytest.mark.skipif(os.name != "posix", reason="POSIX modes")
def test_a_token_can_be_read_by_this_user_only(memberships: Memberships, tmp_path: Path) -> None:
    memberships.save(TEA)
    (kept,) = (tmp_path / "rooms").iterdir()

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_damaged_file_counts_as_none(memberships: Memberships, tmp_path: Path) -> None:
    memberships.save(TEA)
    (kept,) = (tmp_path / "rooms").iterdir()
    kept.write_text("{")

    assert memberships.newest() is None
    assert memberships.of(TEA.url, TEA.room) is None
