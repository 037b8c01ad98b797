import logging

import pytest
from starlette.types import Message, Receive, Scope, Send

from backend.http.problems import problem
from backend.http.rejections import MAX_KINDS, TELL_EVERY_S, CountingRefusals, Rejections


class Told:
    """Rejections, and what the log was told of them."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.INFO, "livestall.rejections")
        self._caplog = caplog
        self.now_s = 0.0
        self.rejections = Rejections(lambda: self.now_s)

    @property
    def lines(self) -> list[str]:
        return [record.getMessage() for record in self._caplog.records]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Told:
    return Told(caplog)


def test_the_first_refusal_of_a_kind_is_told_and_the_others_are_counted(told: Told) -> None:
    for _ in range(1_235):
        told.rejections.count("bad_ticket", "The ticket is used.", "203.0.113.7")
    told.rejections.count("head_too_long", "The head is too long.")
    told.rejections.tell_due()
    assert told.lines == [
        "1 refused as bad_ticket, the last: The ticket is used. (203.0.113.7)",
        "1 refused as head_too_long, the last: The head is too long.",
    ]
    told.now_s += TELL_EVERY_S
    told.rejections.tell_due()
    told.rejections.tell_due()
    assert told.lines[2:] == ["1,234 refused as bad_ticket, the last: The ticket is used. (203.0.113.7)"]


def test_what_was_not_told_yet_is_told_at_the_end(told: Told) -> None:
    told.rejections.count("x", "a")
    told.rejections.count("x", "b")
    told.rejections.tell_all()
    assert told.lines[1] == "1 refused as x, the last: b"


def test_a_strangers_words_make_no_lines_of_their_own(told: Told) -> None:
    told.rejections.count("x", "no\n2026-01-01 CRITICAL root: all is lost" + "!" * 1000)
    assert "\n" not in told.lines[0]
    assert len(told.lines[0]) < 300


def test_kinds_that_strangers_invent_fill_no_memory(told: Told) -> None:
    for number in range(10 * MAX_KINDS):
        told.rejections.count(f"kind-{number}", "why")
    assert len(told.lines) == MAX_KINDS + 1
    assert len(told.rejections._kinds) == MAX_KINDS + 1


@pytest.mark.parametrize(
    ("status", "body", "line"),
    [
        (403, b"", "1 refused as bad_ticket, the last: Enter again. (203.0.113.7)"),
        (
            409,
            b'{"type":"sold_out","title":"Sold out","status":409,"detail":"Two are left."}',
            "1 refused as sold_out, the last: Two are left. (203.0.113.7)",
        ),
        (404, b"gone", "1 refused as http_404, the last: /x (203.0.113.7)"),
        (500, b"", None),
        (200, b"", None),
    ],
)
async def test_what_the_application_refuses_is_counted_by_its_word(
    told: Told, status: int, body: bytes, line: str | None
) -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        content = body or bytes(problem(status, "bad_ticket", "Enter again.").body)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": content})

    async def receive() -> Message:
        raise NotImplementedError

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "path": "/x", "client": ("203.0.113.7", 5)}
    await CountingRefusals(app, told.rejections)(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert told.lines == ([line] if line else [])
