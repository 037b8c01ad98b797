"""Who publishes in a room, whom they took it from, and who may not take it back by merely trying again.

Two programs that reconnect by themselves would otherwise displace each other for ever. It knows no I/O.
"""

from typing import Final

import msgspec

from backend.relay.outcomes import RelayProblem

# A publisher whose last packet is older has fallen silent: one of the same party may follow it.
STILL_SENDS_S: Final = 1.0
# So long after its last packet a publisher that said no goodbye keeps the room from those it displaced.
HOLD_S: Final = 30.0
# The same for one that ended in order; programs that try again need some seconds less.
HOLD_ENDED_S: Final = 5.0
# The same after a party took the room back: a displaced one must not go live when the show is over.
HOLD_TAKEN_BACK_S: Final = 600.0
RETRY_S: Final = 5
MOST_DISPLACED: Final = 64
HOST_PARTY: Final = "host"


class Contender(msgspec.Struct, frozen=True):
    """A party that wants to publish.

    Attributes:
        party: who it is, the same whenever they come back; compared, never shown.
        name: how people know them; empty for a studio.
        takes_over: they know that another one publishes, and want its place.
    """

    party: str = HOST_PARTY
    name: str = ""
    takes_over: bool = False


HOST: Final = Contender()


class Succession:
    """See the module. Times are monotonic seconds."""

    def __init__(self) -> None:
        self.holder: Contender | None = None
        self._displaced: dict[str, None] = {}
        self._sent_at = 0.0
        self._has_ended = False
        self._is_taken_back = False

    def _holds(self, by: Contender, now: float) -> bool:
        """Whether the room is still the holder's, against this one."""
        if self.holder is None:
            return False
        if by.party == self.holder.party:
            hold_s = 0.0 if self._has_ended else STILL_SENDS_S
        elif self._is_taken_back:
            hold_s = HOLD_TAKEN_BACK_S
        else:
            hold_s = HOLD_ENDED_S if self._has_ended else HOLD_S
        return now - self._sent_at <= hold_s

    def problem(self, by: Contender, now: float) -> RelayProblem | None:
        """Why a party may not publish: it was displaced, and the one that displaced it goes on."""
        is_displaced = by.party in self._displaced and self._holds(by, now)
        return taken_over_by(self.holder) if self.holder and is_displaced and not by.takes_over else None

    def on_media(self, now: float) -> None:
        """The holder sends."""
        self._sent_at = now

    def held_back(self, now: float) -> list[str]:
        """The parties that may not publish now."""
        return [party for party in self._displaced if self.problem(Contender(party), now) is not None]

    def let_in(self, party: str) -> None:
        """Let a displaced party take the room over like anybody."""
        self._displaced.pop(party, None)

    def take(self, by: Contender, now: float) -> Contender | None:
        """Let a party publish from now on; return the party it displaces, if that is another."""
        before, is_displaced = self.holder, False
        self._displaced.pop(by.party, None)
        if before is not None and self._holds(by, now):
            self._displaced[before.party] = None
            is_displaced = before.party != by.party
        elif before is not None and before.party != by.party:
            self._displaced.clear()
        while len(self._displaced) > MOST_DISPLACED:
            del self._displaced[next(iter(self._displaced))]
        came_back = before is not None and by.party == before.party
        self._is_taken_back = by.takes_over or (came_back and self._is_taken_back)
        self.holder, self._sent_at, self._has_ended = by, now, False
        return before if is_displaced else None

    def end(self) -> None:
        """The holder ended in order."""
        self._has_ended = True


def taken_over_by(holder: Contender) -> RelayProblem:
    """What the displaced one is told."""
    who = f"“{holder.name}”" if holder.name else "A studio"
    message = (
        f"{who} has taken over this room. Stop here; or end the other broadcast, or take it back in "
        "the studio, and try again."
    )
    return RelayProblem(409, "taken_over", message, RETRY_S, holder.name)
