"""The caller and the idempotency key of a request to the shop's routes."""

import hashlib
from typing import Any, Final

from backend.contract.base import Role
from backend.http.api.endpoint import Call
from backend.shop.idempotency import Request
from backend.shop.people import Person

MAX_ROUTE: Final = 64


def person_of(call: Call[Any, Any]) -> Person:
    """Return who asks, as the shop knows people."""
    claims = call.caller
    is_guest = claims.role is Role.VIEWER and not claims.version
    return Person(claims.user_id, claims.room, is_staff=call.is_staff, is_guest=is_guest)


def request_of(call: Call[Any, Any], route: str) -> Request:
    """Return what is asked once; the route names the thing that it is about, too."""
    # Names of things are longer than the column is.
    if len(route) > MAX_ROUTE:
        route = hashlib.sha256(route.encode()).hexdigest()
    return Request(person_of(call).buyer_id, route, call.key, call.body_hash)
