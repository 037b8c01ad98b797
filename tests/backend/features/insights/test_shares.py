from pathlib import Path

import msgspec
from msgspec.structs import replace

from backend.contract.audit import AuditPage
from backend.contract.polls import ClosePoll, OpenPoll, Vote
from backend.contract.protocol import Accepted
from backend.features.insights.shares import MOST_ORIGINS, Shares
from backend.log.entries import (
    CheckedIn,
    CounterMarked,
    Followed,
    Liked,
    PollEnded,
    PollReopened,
    Requested,
    SessionEnded,
    Voted,
)
from tests.backend.room.talk import ANNA
from tests.backend.running import running_backend

STUFFER, OTHER = replace(ANNA, origin="aa"), replace(ANNA, origin="bb")


def test_a_poll_that_ends_is_marked_with_the_largest_share_of_one_address() -> None:
    shares = Shares()
    for number in range(62):
        shares.add(Voted(f"guest-{number}", 0), STUFFER)
    for number in range(38):
        shares.add(Voted(f"viewer-{number}", 1), replace(OTHER, origin=f"b{number}"))
    assert shares.end(PollEnded(), "红还是绿") == [CounterMarked("votes", "红还是绿", 100, 62, 39)]
    assert shares.end(PollEnded(), "红还是绿") == []


def test_a_poll_that_was_reopened_is_marked_with_all_its_votes() -> None:
    shares = Shares()
    shares.add(Voted("anna", 0), STUFFER)
    shares.add(Voted("bert", 0), OTHER)
    assert shares.end(PollEnded(), "红还是绿") == [CounterMarked("votes", "红还是绿", 2, 1, 2)]
    assert shares.end(PollReopened(), "红还是绿") == []
    shares.add(Voted("dora", 1), STUFFER)
    assert shares.end(PollEnded(), "红还是绿") == [CounterMarked("votes", "红还是绿", 3, 2, 2)]
    shares.end(PollEnded(), "红还是绿")
    shares.end(PollReopened(), "红还是绿")
    assert shares.end(PollEnded(), "红还是绿") == []


def test_a_session_that_ends_is_marked_by_counter() -> None:
    shares = Shares()
    for entry in (Liked("a", 7), Followed("a"), CheckedIn("a"), Requested("a", "tea")):
        shares.add(entry, STUFFER)
    shares.add(Liked("b", 3), OTHER)
    marks = shares.end(SessionEnded("host"), "")
    assert [(mark.counter, mark.counted, mark.largest) for mark in marks] == [
        ("likes", 10, 7),
        ("follows", 1, 1),
        ("check_ins", 1, 1),
        ("requests", 1, 1),
    ]


def test_the_shares_of_many_addresses_do_not_fill_the_memory() -> None:
    shares = Shares()
    for number in range(MOST_ORIGINS + 100):
        shares.add(Followed("a"), replace(ANNA, origin=str(number)))
    [mark] = shares.end(SessionEnded("host"), "")
    assert (mark.counted, mark.largest, mark.addresses) == (MOST_ORIGINS + 100, 1, MOST_ORIGINS)


async def test_the_audit_log_tells_the_share_and_no_address(tmp_path: Path) -> None:
    async with running_backend(tmp_path) as backend, backend.host() as host:
        await host.act(OpenPoll("红还是绿", ["红", "绿"]))
        for _ in range(3):
            async with backend.client() as viewer:
                await viewer.join()
                assert isinstance(await viewer.act(Vote(1, 0)), Accepted)
        assert isinstance(await host.act(ClosePoll(1)), Accepted)
        headers = {"Authorization": f"Bearer {backend.signer.host('main')}"}
        answer = await backend.http.get("/api/rooms/main/audit?kind=moderation", headers=headers)
        [line] = msgspec.json.decode(answer.content, type=AuditPage).lines
        assert (line.what, line.about, line.new, line.by) == ("share_of_votes", "红还是绿", "100% / 3", None)
        assert b"127.0.0.1" not in answer.content
        assert backend.signer.origin("127.0.0.1").encode() not in answer.content
