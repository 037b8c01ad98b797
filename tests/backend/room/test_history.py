from backend.contract.base import Author, Role
from backend.contract.cards import CardHidden
from backend.contract.chat import Danmu, StaffDanmuSent
from backend.contract.protocol import Reliable, decode_server_message
from backend.room.history import RING_SIZE, History


def seqs(history: History, epoch: str, seq: int) -> list[int] | None:
    missed = history.missed(epoch, seq)
    if missed is None:
        return None
    messages = [decode_server_message(prepared.payload) for prepared in missed]
    return [message.seq for message in messages if isinstance(message, Reliable)]


def test_numbers_grow_by_one_from_one() -> None:
    history = History("e")
    for _ in range(3):
        history.append(*history.number([CardHidden()]))
    assert history.seq == 3
    assert seqs(history, "e", 0) == [1, 2, 3]


def test_a_fresh_room_has_nothing_to_miss() -> None:
    assert seqs(History("e"), "e", 0) == []


def test_the_ring_tells_the_last_two_thousand_and_not_one_more() -> None:
    history = History("e")
    for _ in range(RING_SIZE + 10):
        history.append(*history.number([CardHidden()]))
    assert seqs(history, "e", 10) == list(range(11, RING_SIZE + 11))
    assert seqs(history, "e", 9) is None
    assert seqs(history, "e", RING_SIZE + 10) == []


def test_another_epoch_and_numbers_of_the_future_mean_nothing() -> None:
    history = History("e")
    history.append(*history.number([CardHidden()]))
    assert seqs(history, "d", 1) is None
    assert seqs(history, "e", 2) is None
    assert seqs(history, "e", -1) is None


def test_who_is_erased_is_missed_under_the_same_numbers() -> None:
    history = History("e")
    for user_id in ("anna", "bert"):
        author = Author(user_id, user_id.title(), Role.ASSISTANT, is_follower=False)
        history.append(*history.number([StaffDanmuSent(Danmu(1, author, f"I am {user_id}", 5, None))]))
    history.erase("anna")
    assert seqs(history, "e", 0) == [1, 2]
    first, second = (one.payload.decode() for one in history.last())
    assert "Anna" not in first
    assert "I am" not in first
    assert "I am bert" in second
