from pathlib import Path

import pytest

from backend.data_folder import load_secret
from backend.features.live.store import RoomStore
from backend.host_token_command import EXIT_REFUSED, HostTokenOptions, renew_host_token
from backend.identity.auth import TokenSigner
from backend.identity.host_tokens import HostTokens
from tests.support.migrated import open_migrated


def test_a_new_token_lies_in_the_data_folder_and_is_of_the_next_generation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = open_migrated(tmp_path)
    RoomStore(database, "main").open("Room", 0)
    secret = load_secret(tmp_path)

    assert renew_host_token(HostTokenOptions(data=tmp_path)) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "host-token")
    claims = TokenSigner(secret).verify((tmp_path / "host-token").read_text(), "main")
    assert claims.version == HostTokens(database).generation("main") == 1
    database.close()


def test_what_cannot_be_renewed_is_told_and_ends_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert renew_host_token(HostTokenOptions(data=tmp_path)) == EXIT_REFUSED
    assert "--data" in capsys.readouterr().err
    database = open_migrated(tmp_path)
    RoomStore(database, "main").open("Room", 0)
    assert renew_host_token(HostTokenOptions(data=tmp_path)) == EXIT_REFUSED
    assert "in the studio" in capsys.readouterr().err
    assert HostTokens(database).generation("main") == 0
    load_secret(tmp_path)
    assert renew_host_token(HostTokenOptions(data=tmp_path, room="other")) == EXIT_REFUSED
    assert "--room" in capsys.readouterr().err
    database.close()
