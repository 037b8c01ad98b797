"""A declared endpoint of the API: what the dispatch checks, and what the OpenAPI document says, are one."""

import re
from collections.abc import Awaitable, Callable, Mapping
from enum import Enum, auto
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec

from backend.contract.base import AssistantRight, Role
from backend.contract.problems import ProblemDetails
from backend.http.request_limits import MAX_BODY_BYTES
from backend.identity.auth import Claims

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]

_IN_PATH: Final = re.compile(r"\{(\w+)\}")


class Nothing(msgspec.Struct, frozen=True):
    """The parameters of an endpoint that has none, or the body of one that takes none."""


class RawBody(msgspec.Struct, frozen=True):
    """A body that is read as it came: a signature covers its bytes, or it is a file."""

    content: bytes


class FileAnswer(msgspec.Struct, frozen=True):
    """An answer that is a file.

    Attributes:
        name: it is saved under.
    """

    content: bytes
    media_type: str
    name: str


class BuyersFile(FileAnswer, frozen=True, kw_only=True):
    """A file that a buyer gave: it may show who they are."""

    buyer_id: str


Parameters = TypeVar("Parameters", bound=msgspec.Struct)
Body = TypeVar("Body", bound=msgspec.Struct)


class Who(Enum):
    """Who may use an endpoint, where it is no assistant's right that decides."""

    ANYONE = auto()  # without a token too
    MEMBER = auto()  # whoever has a token of a room
    HOST = auto()


ANYONE_AT_ALL: Final = Claims("", "", Role.VIEWER, ())
"""The caller of an endpoint that asks for no token."""


class Call(msgspec.Struct, Generic[Parameters, Body], frozen=True):
    """A checked request.

    Attributes:
        caller: whose token it came with.
        is_staff: whether they act for the room here: its host, or an assistant with the right to it.
        rights: what of the rights that the endpoint asks for the caller has.
        parameters: of path and query.
        key: the Idempotency-Key; empty where the endpoint takes none.
        body_hash: SHA-256 of the body's fields, whatever their order and spacing.
        headers: of the request, with lower-case names.
        address: where it comes from; of IPv6 the network.
        received_at_ms: when the server got it whole; how long it was looked at before is left out.
    """

    caller: Claims
    is_staff: bool
    parameters: Parameters
    body: Body
    key: str
    body_hash: str
    headers: Mapping[str, str]
    address: str
    rights: frozenset[AssistantRight] = frozenset()
    received_at_ms: int = 0


class Endpoint(msgspec.Struct, Generic[Parameters, Body], frozen=True, kw_only=True):
    """One endpoint.

    Attributes:
        path: below the server's base, `{name}` for a parameter.
        summary: one sentence for the document.
        who: may use it; with an assistant's right, the host and assistants who have it.
        staff_right: of assistants, who act for the room with it where everybody may use the endpoint.
        or_right: lets assistants use it too who lack the right that `who` names; see `Call.rights`.
        handle: carries a call out; it may raise `HTTPException`.
        answer: the type of what it returns.
        parameters: of path and query; what the path does not name comes by the query.
        is_idempotent: a write that takes an Idempotency-Key: done once, answered alike each time.
        is_purchase: who was put out of the room may not use it; what they bought before is still theirs.
        is_shops: about the whole shop: for the staff of its first room alone.
        problems: the kinds of refusal, by status, that have members of their own.
        body_bytes: the most that a request may carry.
        body_types: media types of a raw body, for the document.
        answer_types: media types of an answer that is a file, for the document.
    """

    method: Method
    path: str
    summary: str
    who: Who | AssistantRight
    handle: Callable[[Call[Parameters, Body]], Awaitable[msgspec.Struct]]
    answer: type[msgspec.Struct]
    parameters: type[Parameters]
    body: type[Body]
    status: int = 200
    staff_right: AssistantRight | None = None
    or_right: AssistantRight | None = None
    is_idempotent: bool = False
    is_purchase: bool = False
    is_shops: bool = False
    problems: Mapping[int, tuple[type[ProblemDetails], ...]] = {}
    body_bytes: int = MAX_BODY_BYTES
    body_types: tuple[str, ...] = ("application/json",)
    answer_types: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the endpoint is called where its key is kept."""
        return f"{self.method} {self.path}"

    @property
    def in_path(self) -> frozenset[str]:
        """The names of the parameters that stand in the path."""
        return frozenset(_IN_PATH.findall(self.path))


AnyEndpoint = Endpoint[Any, Any]
