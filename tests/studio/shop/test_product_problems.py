import httpx
import msgspec
import pytest

from backend.contract.products import ChangeProduct, ChangeSku
from studio.connection.room_http import RejectedError
from studio.shop.carried import Carried
from studio.shop.product_problems import act_problem, conflict_rows, note
from tests.widgets.staff_products import SKU, TEA
from widgets.shop.conflicts import Difference
from widgets.shop.products_acts import ChangeDetails, PutOnShelf, SetPrice, SetTitle

DEARER = msgspec.structs.replace(TEA, version=4, skus=[msgspec.structs.replace(SKU, price_minor=9900)])


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("no line"), "Not connected"),
        (RejectedError("LS-1 is Tea's.", 409, kind="code_taken"), "Another SKU has this code"),
        (RejectedError("It is below the floor.", 422, kind="product_not_fit"), "It is below the floor."),
        (
            RejectedError("No.", 422, kind="reference_offered", allowed="¥80.00"),
            "lowest price of the 30 days before this one: ¥80.00.",
        ),
        (RejectedError("No.", 422, kind="reference_sold", allowed="¥80.00"), "7 days"),
        (RejectedError("No.", 422, kind="reference_none"), "Leave the reference price empty."),
        (RejectedError("Wait.", 429, kind="too_fast"), "Wait."),
    ],
)
def test_a_refusal_says_cause_and_remedy(error: Exception, words: str) -> None:
    assert words in act_problem(error)


def test_what_both_editors_changed_stands_side_by_side() -> None:
    rows = conflict_rows(SetPrice("p1", "s1", 5500), DEARER, TEA, "CNY")
    assert rows == [Difference("Price", "¥55.00", "¥99.00")]


def test_what_the_other_one_changed_is_shown_too() -> None:
    rows = conflict_rows(SetTitle("p1", "Black tea"), DEARER, TEA, "CNY")
    assert rows == [Difference("Title", "Black tea", "Tea"), Difference("Price", "—", "¥99.00")]


def test_the_form_shows_its_title_and_its_prices() -> None:
    change = ChangeProduct(3, title="Black tea", skus=[ChangeSku("s1", price_minor=5500)])
    rows = conflict_rows(ChangeDetails("p1", change), DEARER, TEA, "CNY")
    assert rows == [Difference("Title", "Black tea", "Tea"), Difference("Price", "¥55.00", "¥99.00")]


def test_a_change_of_other_details_still_asks_whose_counts() -> None:
    rows = conflict_rows(ChangeDetails("p1", ChangeProduct(3, category="x")), TEA, TEA, "CNY")
    assert rows == [Difference("Details", "yours", "—")]


def test_an_act_that_names_no_values_asks_nothing() -> None:
    assert conflict_rows(PutOnShelf(("p1",)), DEARER, TEA, "CNY") == []


def test_what_was_not_done_of_many_is_told_by_titles() -> None:
    known = {"p1": TEA, "p2": msgspec.structs.replace(TEA, title="Cup")}
    refused = Carried(refused={"p1": "Below the floor.", "p2": "Below the floor."})
    assert note(refused, known) == "2 not changed: Tea, Cup. Below the floor."
    assert note(Carried([TEA], kept="has_orders"), known).endswith("orders of it: Tea")
    assert note(Carried(), known) == ""
