"""What comes of a request to the relay: an answer, or a problem that says why."""

from typing import NamedTuple


class Answer(NamedTuple):
    """An accepted offer; `resource_id` cannot be guessed and names the session."""

    resource_id: str
    sdp: str


class RelayProblem(NamedTuple):
    """A refused request.

    Attributes:
        status: of HTTP.
        error: a word for programs.
        message: a sentence for people, with cause and remedy.
        retry_s: when to try again, where waiting helps.
        by: the name of who is in the way; empty where nobody is, or has none.
    """

    status: int
    error: str
    message: str
    retry_s: int | None = None
    by: str = ""
