import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.orders import Order
from studio.shop.courier.columns import rows_of
from studio.shop.courier.table_in import read_table
from studio.shop.courier.table_out import write_table
from studio.shop.courier.tracking import LineProblem, TrackingPlan, plan_tracking
from tests.widgets.orders import ADDRESS, order, paid, shipped
from widgets.shop.file_choices import Preset, TableFormat

HEAD = ["订单号", "快递公司", "运单号"]
FIRST, SECOND = paid(1), paid(2)
ELSEWHERE = paid(3, address=msgspec.structs.replace(ADDRESS, street="文三路 2 号"))
ORDERS = [FIRST, SECOND, ELSEWHERE]


def planned(*rows: list[str], orders: list[Order] = ORDERS) -> TrackingPlan:
    return plan_tracking([HEAD, *rows], orders)


def problems(plan: TrackingPlan) -> list[tuple[int, LineProblem]]:
    return [(line.line, line.problem) for line in plan.refused]


def test_a_line_with_order_carrier_and_number_writes_a_parcel() -> None:
    plan = planned([f"'{FIRST.number}", "  SF   Express", " SF 1439 2208 "], ["", "", ""])
    [parcel] = plan.parcels
    assert (parcel.line, parcel.order, parcel.carrier, parcel.tracking) == (
        2,
        FIRST,
        "SF Express",
        "SF14392208",
    )
    assert plan.refused == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "SF", "SF1439"], LineProblem.NO_ORDER_NUMBER),
        (["12345", "SF", "SF1439"], LineProblem.NO_ORDER_NUMBER),
        (["2.61201E+14", "SF", "SF1439"], LineProblem.SHORTENED),
        ([FIRST.number, "SF", "1.43922E+14"], LineProblem.SHORTENED),
        (["999999999999999", "SF", "SF1439"], LineProblem.UNKNOWN_ORDER),
        ([FIRST.number, "SF", ""], LineProblem.NO_TRACKING),
        ([FIRST.number, "SF", "=1+1"], LineProblem.BAD_TRACKING),
        ([FIRST.number, "SF", "<b>12</b>"], LineProblem.BAD_TRACKING),
        ([FIRST.number], LineProblem.NO_TRACKING),
    ],
)
def test_a_line_that_writes_nothing_names_its_reason(row: list[str], problem: LineProblem) -> None:
    plan = planned(row)
    assert plan.parcels == []
    assert problems(plan) == [(2, problem)]


def test_an_order_stands_once_in_a_file_and_a_number_goes_to_one_address() -> None:
    plan = planned(
        [FIRST.number, "SF", "SF1439"],
        [FIRST.number, "SF", "SF9999"],
        [SECOND.number, "SF", "SF1439"],
        [ELSEWHERE.number, "SF", "SF1439"],
    )
    assert [parcel.order for parcel in plan.parcels] == [FIRST, SECOND]
    assert problems(plan) == [(3, LineProblem.SECOND_LINE), (5, LineProblem.OTHER_ADDRESS)]


def test_an_order_that_cannot_be_sent_is_refused() -> None:
    unpaid, gone = order(1), shipped(2)
    plan = planned([unpaid.number, "SF", "SF1439"], [gone.number, "SF", "SF1440"], orders=[unpaid, gone])
    assert problems(plan) == [(2, LineProblem.NOT_TO_SHIP), (3, LineProblem.NOT_TO_SHIP)]


def test_the_head_may_stand_below_a_title_in_either_language() -> None:
    table = [["SF batch"], [], ["Tracking No", "Order Number *"], ["SF1439", FIRST.number]]
    assert [parcel.carrier for parcel in plan_tracking(table, ORDERS).parcels] == [""]
    assert plan_tracking([["a", "b"], ["1", "2"]], ORDERS) == TrackingPlan(has_head=False)
    assert not plan_tracking([], ORDERS).has_head


@pytest.mark.parametrize("table_format", TableFormat)
@pytest.mark.parametrize("preset", Preset)
def test_an_exported_table_comes_back_with_its_numbers_filled_in(
    preset: Preset, table_format: TableFormat
) -> None:
    rows = rows_of(preset, ORDERS)
    for row in rows[1:]:
        row[-1] = f"SF{row[0]}"
    plan = plan_tracking(read_table(write_table(table_format, rows)), ORDERS)
    assert [parcel.tracking for parcel in plan.parcels] == [f"SF{each.number}" for each in ORDERS]
    assert plan.refused == []


@given(st.lists(st.lists(st.text(max_size=20) | st.sampled_from([FIRST.number, "SF1439"]), max_size=4)))
def test_every_line_that_holds_something_writes_a_parcel_or_is_refused(rows: list[list[str]]) -> None:
    plan = planned(*rows)
    lines = [one.line for one in plan.parcels] + [one.line for one in plan.refused]
    assert sorted(lines) == [place for place, row in enumerate(rows, 2) if any(row)]
    assert len({parcel.order.order_id for parcel in plan.parcels}) == len(plan.parcels)
