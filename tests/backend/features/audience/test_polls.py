import pytest

from backend.contract.base import RejectReason
from backend.contract.polls import ClosePoll, OpenPoll, PollChanged, PollClosed, PollOpened, ReopenPoll, Vote
from tests.backend.room.talk import ANNA, BERT, HOST, Talk


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    assert talk.do(OpenPoll(" 哪个颜色？", ["红", "绿"], 30), HOST) is None
    return talk


def test_everybody_is_asked(talk: Talk) -> None:
    poll = talk.heard(PollOpened).poll

    assert (poll.question, [option.text for option in poll.options]) == ("哪个颜色？", ["红", "绿"])
    assert poll.ends_at_ms == talk.now_ms + 30_000


def test_one_vote_a_viewer_and_it_stands(talk: Talk) -> None:
    assert talk.do(Vote(1, 1), ANNA) is None
    assert talk.do(Vote(1, 0), ANNA) is RejectReason.ALREADY
    assert talk.do(Vote(1, 1), BERT) is None

    assert [option.votes for option in talk.heard(PollChanged).poll.options] == [0, 2]
    assert talk.features.you(ANNA, 0).vote == 1


@pytest.mark.parametrize("option", [-1, 2])
def test_there_is_no_such_answer(talk: Talk, option: int) -> None:
    assert talk.do(Vote(1, option)) is RejectReason.MALFORMED


def test_a_poll_closes_by_itself_and_takes_no_more_votes(talk: Talk) -> None:
    talk.do(Vote(1, 0))
    talk.passes(30)

    assert talk.heard(PollClosed).poll.options[0].votes == 1
    assert talk.do(Vote(1, 0), BERT) is RejectReason.UNKNOWN_POLL
    assert talk.do(ClosePoll(1), HOST) is RejectReason.UNKNOWN_POLL


def test_a_new_poll_closes_the_open_one(talk: Talk) -> None:
    talk.do(OpenPoll("再问", ["a", "b"]), HOST)

    assert [type(event) for event in talk.all_heard(object)] == [PollClosed, PollOpened]
    assert talk.heard(PollOpened).poll.poll_id == 2
    assert talk.do(Vote(1, 0)) is RejectReason.UNKNOWN_POLL
    talk.passes(100_000)
    assert talk.features.polls.open_poll is not None


def test_a_closed_poll_takes_votes_again_and_keeps_those_it_has(talk: Talk) -> None:
    talk.do(Vote(1, 0), ANNA)
    talk.do(ClosePoll(1), HOST)
    assert talk.do(ReopenPoll(1), HOST) is None
    poll = talk.heard(PollOpened).poll
    assert (poll.is_closed, [option.votes for option in poll.options]) == (False, [1, 0])

    assert talk.do(Vote(1, 1), ANNA) is RejectReason.ALREADY
    assert talk.do(Vote(1, 1), BERT) is None
    assert [option.votes for option in talk.heard(PollChanged).poll.options] == [1, 1]


def test_a_reopened_poll_still_closes_at_its_time(talk: Talk) -> None:
    talk.passes(20)
    talk.do(ClosePoll(1), HOST)
    talk.do(ReopenPoll(1), HOST)
    talk.told = []
    talk.passes(9.999)
    assert not talk.all_heard(PollClosed)
    talk.passes(0.001)
    assert talk.heard(PollClosed).poll.is_closed


def test_a_poll_whose_time_is_over_stays_closed(talk: Talk) -> None:
    talk.do(ClosePoll(1), HOST)
    talk.passes(30)
    assert talk.do(ReopenPoll(1), HOST) is RejectReason.UNKNOWN_POLL


def test_a_poll_that_a_newer_one_closed_stays_closed(talk: Talk) -> None:
    talk.do(OpenPoll("再问", ["a", "b"]), HOST)
    assert talk.do(ReopenPoll(1), HOST) is RejectReason.UNKNOWN_POLL
    assert talk.do(ReopenPoll(2), HOST) is None
    talk.told = []
    talk.do(ClosePoll(2), HOST)
    assert talk.do(ReopenPoll(2), HOST) is None
    assert talk.heard(PollOpened).poll.poll_id == 2


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (OpenPoll("?", ["a"]), RejectReason.MALFORMED),
        (OpenPoll("?", list("abcdefg")), RejectReason.MALFORMED),
        (OpenPoll("?", ["a", " "]), RejectReason.EMPTY),
        (OpenPoll("", ["a", "b"]), RejectReason.EMPTY),
        (OpenPoll("x" * 61, ["a", "b"]), RejectReason.TOO_LONG),
        (OpenPoll("?", ["a", "b"], 3601), RejectReason.MALFORMED),
        (OpenPoll("?", ["a", "b"], -1), RejectReason.MALFORMED),
    ],
)
def test_a_poll_that_cannot_be_shown_is_refused(talk: Talk, command: OpenPoll, why: RejectReason) -> None:
    assert talk.do(command, HOST) is why
    assert talk.features.polls.open_poll is not None
