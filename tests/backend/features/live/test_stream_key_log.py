import pytest

from backend.contract.base import RejectReason
from backend.contract.stream import StreamTakenOver
from backend.features.deliveries import ToUser
from backend.features.live.stream_key_log import (
    RecordStreamKey,
    RecordStreamKeys,
    RecordTakeOver,
    StreamKeyCommand,
)
from tests.backend.room.talk import ANNA, HOST, Talk


@pytest.fixture
def talk() -> Talk:
    return Talk()


def names(talk: Talk) -> list[str]:
    return talk.features.stream_keys.state.names


def test_a_key_is_on_record_from_its_making_to_its_revoking(talk: Talk) -> None:
    talk.do(RecordStreamKey("made", "OBS"), HOST)
    assert names(talk) == ["OBS"]
    talk.do(RecordStreamKey("let_in", "OBS"), HOST)
    talk.do(RecordStreamKey("revoked", "OBS"), HOST)
    assert names(talk) == []


def test_what_was_done_to_keys_elsewhere_is_written_down_once(talk: Talk) -> None:
    talk.do(RecordStreamKey("made", "OBS"), HOST)
    before = talk.features.number
    for _ in range(2):
        talk.do(RecordStreamKeys(made=["phone"], known=["new", "phone"]), HOST)
    assert names(talk) == ["phone"]
    assert talk.features.number == before + 2


def test_a_key_that_is_on_record_is_not_made_again(talk: Talk) -> None:
    talk.do(RecordStreamKeys(made=["OBS"], known=["OBS"]), HOST)
    before = talk.features.number
    talk.do(RecordStreamKey("made", "OBS"), HOST)
    assert talk.features.number == before


def test_the_host_is_told_who_took_over_from_whom(talk: Talk) -> None:
    talk.do(RecordTakeOver("OBS 2", "OBS 1"), HOST)
    assert ToUser(HOST.user_id, StreamTakenOver("OBS 2", "OBS 1")) in talk.told


@pytest.mark.parametrize(
    "command", [RecordStreamKey("made", "x"), RecordStreamKeys(["x"], ["x"]), RecordTakeOver("x", "y")]
)
def test_nobody_but_the_host_writes_of_stream_keys(talk: Talk, command: StreamKeyCommand) -> None:
    assert talk.do(command, ANNA) is RejectReason.FORBIDDEN
