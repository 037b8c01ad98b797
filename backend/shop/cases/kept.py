"""Answers that are cases: their id is kept, and the case read again as it is then; see `orders.kept`."""

import msgspec
from sqlalchemy import Connection

from backend.contract.cases import Case
from backend.shop.cases.store import find_case
from backend.shop.idempotency import Keeping
from backend.shop.people import Person


class _KeptCase(msgspec.Struct, frozen=True):
    """What is kept; rows of earlier versions hold more beside it."""

    case_id: str


def cases_for(person: Person) -> Keeping[Case, None]:
    """Return how answers are kept that are cases, and given again to whom they are any business of then."""

    def keep(case: Case) -> bytes:
        return msgspec.json.encode(_KeptCase(case.case_id))

    def recall(connection: Connection, kept: str) -> Case | None:
        case = find_case(connection, msgspec.json.decode(kept, type=_KeptCase).case_id)
        return case if case and person.may_see(case) else None

    return Keeping[Case, None](Case, keep, recall)
