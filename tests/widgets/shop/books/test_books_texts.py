import msgspec
import pytest

from backend.contract.bookkeeping import MismatchKind
from backend.contract.payments import SuspenseOutcome
from tests.widgets.shop.books.entries import ITEM, mismatch
from widgets.shop.books.books_texts import kind_text, reason_text, remedy_text, settled_text, way_text


def test_each_way_to_pay_has_a_name_and_a_new_one_its_own() -> None:
    assert way_text("transfer") == "Bank transfer"
    assert way_text("coconuts") == "coconuts"


def test_each_difference_has_a_name_and_a_remedy() -> None:
    assert len({kind_text(kind) for kind in MismatchKind}) == len(MismatchKind)
    assert len({remedy_text(mismatch(kind)) for kind in MismatchKind}) == len(MismatchKind)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("there is no such attempt", "It names no payment of this shop."),
        ("the attempt was paid before", "The same payment was paid a second time."),
        (
            "the provider reported it for another attempt before",
            "The provider counts it for another payment, too.",
        ),
        ("9900 came where 12900 was to come", "¥99.00 came where ¥129.00 was to be paid."),
        ("the currency is not EUR", "It was to be paid in EUR."),
        ("the money went to 'a', not to 'b'", "It went to the account a, not to the shop's b."),
        ("something new", "something new"),
    ],
)
def test_why_money_matches_nothing_is_said_in_a_hosts_words(reason: str, text: str) -> None:
    assert reason_text(msgspec.structs.replace(ITEM, reason=reason)) == text


def test_money_that_is_settled_says_how_by_whom_and_why() -> None:
    assert settled_text(ITEM) == "to settle"
    partly = msgspec.structs.replace(ITEM, returned_minor=990)
    assert settled_text(partly) == "to settle; ¥9.90 went back already"
    came_back = msgspec.structs.replace(partly, note="a refund came back: r-1")
    assert settled_text(came_back).startswith("to settle again: a refund came back, ¥")
    settled = msgspec.structs.replace(
        ITEM, outcome=SuspenseOutcome.KEPT, note="a tip", settled_by="anna", settled_at_ms=1_700_000_000_000
    )
    assert settled_text(settled).startswith("Kept by anna, 2023-11-1")
    assert settled_text(settled).endswith(": a tip")
