"""Where streams are offered and asked for over HTTP, and by whom."""

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from typing import Final, NamedTuple

from backend.relay.messages import PeerRole
from backend.relay.succession import Contender

NEEDS_KEY: Final = "Publishing needs a stream key of this room: Authorization: Bearer <stream key>."


class PublishDenial(Enum):
    """Why nobody publishes: a token that is missing, expired or forged; good elsewhere; unreadable now."""

    UNAUTHORIZED = "unauthorized"
    FORBIDDEN = "forbidden"
    UNAVAILABLE = "unavailable"


PathParameters = Mapping[str, str]
AuthorizePublish = Callable[[str, str | None], Awaitable[Contender | PublishDenial]]


class Door(NamedTuple):
    """Where streams of one kind are offered, or asked for.

    Attributes:
        path: with its parameters, such as `/whip/{room}`.
        stream_of: the relay's name of the stream that the path's parameters mean; None where there is none.
        authorize: who a token is here, or why nobody; None where everybody may come.
        needs: what is said to who has no token.
    """

    path: str
    role: PeerRole
    stream_of: Callable[[PathParameters], str | None]
    authorize: Callable[[PathParameters, str | None], Awaitable[Contender | PublishDenial]] | None = None
    needs: str = NEEDS_KEY


def show_doors(authorize_publish: AuthorizePublish, room_exists: Callable[[str], bool]) -> list[Door]:
    """The doors of the rooms' shows, `/whip/{room}` and `/whep/{room}`; everybody may watch.

    Args:
        authorize_publish: `(room, bearer token or None)` → who it is that may publish there, or why nobody.
        room_exists: whether there is such a room.
    """

    def show(path: PathParameters) -> str | None:
        return path["room"] if room_exists(path["room"]) else None

    async def publisher(path: PathParameters, token: str | None) -> Contender | PublishDenial:
        return await authorize_publish(path["room"], token)

    return [
        Door("/whip/{room}", PeerRole.PUBLISHER, show, publisher),
        Door("/whep/{room}", PeerRole.SUBSCRIBER, show),
    ]
