"""What HTTP carries: coming in, accounts, and problems."""

from typing import Annotated

import msgspec

from backend.contract.base import AssistantRight as AssistantRight
from backend.contract.base import Message as Message
from backend.contract.base import Role as Role
from backend.contract.bounds import Id, Name, UpTo
from backend.contract.shop import Product as Product
from backend.contract.stream import StreamCondition as StreamCondition

Password = Annotated[str, UpTo(2 * 128)]


class Admission(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/enter` gives: who you are, and how to come in.

    Attributes:
        token: signed; keep it to be the same viewer next time.
        ticket: opens one socket once, within 30 s.
        socket_path: path of the WebSocket, without the ticket.
        whep_path: path of the WHEP endpoint.
        account_name: of the account you are signed in to; empty for guests and staff.
        live_path: path below which `live.ws` and `live.m3u8` give the live to who has no WebRTC or no UDP.
    """

    token: str
    role: Role
    user_id: str
    ticket: str
    socket_path: str
    whep_path: str
    account_name: str = ""
    live_path: str = ""


class Credentials(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/account` and `/sign-in` take; passwords have 8 to 128 characters."""

    name: Name
    password: Password


class NewPassword(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/account/password` takes."""

    old: Password
    new: Password


class Redemption(msgspec.Struct, frozen=True):
    """What `POST /api/rooms/<room>/assist` takes: a code that the host gave, and a name to go by."""

    code: Id
    name: Name


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rejection over HTTP: a word for programs and a sentence with cause and remedy for people.

    Attributes:
        by: the name of who is in the way; empty where nobody is, or has none.
    """

    error: str
    message: str
    by: str = ""
