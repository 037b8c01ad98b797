"""The problems that replies of the relay worker other than answers stand for."""

from typing import Final

from backend.relay.messages import Failed, Reply
from backend.relay.outcomes import RelayProblem
from backend.relay.succession import RETRY_S

# When to try again, for problems that time may heal; in seconds.
WAITS: Final = {"no_stream": 2, "overloaded": 5, "full": 10, "relay_down": 1, "taken_over": RETRY_S}


def relay_down(request_id: int) -> Failed:
    """Return what a question is answered with while there is no worker."""
    return Failed(request_id, 503, "relay_down", "The relay is starting again. Try once more in a moment.")


def problem_of(reply: Reply) -> RelayProblem:
    """Return why something was not done, and when to try again."""
    if not isinstance(reply, Failed):
        return RelayProblem(500, "unexpected", f"The relay answered with {type(reply).__name__}.")
    return RelayProblem(reply.status, reply.error, reply.message, WAITS.get(reply.error), reply.by)
