"""People and what they say, for tests."""

from backend.contract.base import Author, Role
from backend.contract.chat import Danmu, Question, Reply

HOST = Author("host", "Host", Role.HOST, is_follower=False)
ASSISTANT = Author("a1", "Wang", Role.ASSISTANT, is_follower=False)
ANN = Author("u1", "Ann", Role.VIEWER, is_follower=True)
BOB = Author("u2", "Bob", Role.VIEWER, is_follower=False)
NOON_MS = 1_700_000_000_000


def danmu(number: int, text: str = "", author: Author = ANN, reply_to: Reply | None = None) -> Danmu:
    """A danmu with this id; its text is `danmu <id>` unless another one is given."""
    return Danmu(number, author, text or f"danmu {number}", NOON_MS + number * 1000, reply_to)


def question(number: int, text: str = "how much", count: int = 1) -> Question:
    """A folded question with this id."""
    return Question(number, text, count, ["Ann"], NOON_MS, None)
