"""What may be asked for after the sale, and a case's state in words."""

from typing import Any

import pytest

from tests.support.node import Result, run_module

LINE = {"line": 1, "quantity": 3, "net_minor": 100, "refunded": 0, "dropped": 0}
ORDER = {"state": "open", "payment_state": "paid", "lines": [LINE], "parcels": []}
SENT = {**ORDER, "parcels": [{"case_id": None, "lines": [{"line": 1, "quantity": 2}]}]}
OPEN_CASE = {"kind": "return", "closed_at_ms": None, "lines": [{"line": 1, "quantity": 1}]}
CASE: dict[str, Any] = {
    "kind": "return",
    "state": "requested",
    "refund_state": "none",
    "is_escalated": False,
    "due_at_ms": 1,
    "closed_at_ms": None,
    "changes": [{"to_state": "requested", "actor": "u1"}],
}


async def words(script: str, returns: type[Result], **values: object) -> Result:
    return await run_module(
        f'const words = await player("shop/case-words.js"); return {script};', returns, **values
    )


@pytest.mark.parametrize(
    ("order", "cases", "kind", "units"),
    [
        (ORDER, [], "refund_only", 3),
        (ORDER, [], "return", 0),
        (SENT, [], "return", 2),
        (SENT, [], "refund_only", 3),
        (SENT, [OPEN_CASE], "return", 1),
        (SENT, [{**OPEN_CASE, "closed_at_ms": 5}], "return", 2),
        ({**SENT, "lines": [{**LINE, "refunded": 2, "dropped": 1}]}, [], "return", 1),
        ({**ORDER, "parcels": [{"case_id": "c", "lines": [{"line": 1, "quantity": 2}]}]}, [], "exchange", 0),
    ],
)
async def test_a_case_is_about_units_that_are_free_and_for_returns_at_the_buyers(
    order: object, cases: object, kind: str, units: int
) -> None:
    script = "[...words.claimable(order, cases, kind).values()]"
    assert await words(script, list[int], order=order, cases=cases, kind=kind) == [units]


async def test_only_paid_orders_with_units_left_can_be_claimed() -> None:
    orders = [
        ORDER,
        {**ORDER, "payment_state": "unpaid"},
        {**ORDER, "state": "cancelled"},
        {**ORDER, "lines": [{**LINE, "refunded": 3}]},
        {**ORDER, "state": "completed", "payment_state": "part_refunded"},
    ]
    claimable = await words("orders.map((order) => words.isClaimable(order, []))", list[bool], orders=orders)
    assert claimable == [True, False, False, False, True]


async def test_the_estimates_of_all_units_add_up_to_the_lines_net() -> None:
    script = "[0, 1, 2].map((refunded) => words.worth({ lines: [{ ...line, refunded }] }, new Map([[1, 1]])))"
    assert await words(script, list[int], line=LINE) == [33, 33, 34]


async def test_an_estimate_is_exact_where_the_product_is_larger_than_a_number() -> None:
    line = {**LINE, "quantity": 9_999, "net_minor": 9_007_199_254_740_991}
    script = "words.worth({ lines: [line] }, new Map([[1, 9_998]]))"
    assert await words(script, int, line=line) == 9_007_199_254_740_991 * 9_998 // 9_999


@pytest.mark.parametrize(
    ("changed", "now", "coming"),
    [
        ({}, "case_now_requested", "case_next_answer"),
        ({"is_escalated": True, "due_at_ms": None}, "case_now_requested", "case_next_escalated"),
        ({"state": "approved"}, "case_now_approved", "case_next_send"),
        ({"state": "approved", "kind": "refund_only"}, "case_now_refunding", "case_next_answer"),
        ({"state": "sent_back"}, "case_now_sent_back", "case_next_arrive"),
        ({"state": "received", "kind": "exchange"}, "case_now_replacing", "case_next_answer"),
        (
            {"state": "refunded", "closed_at_ms": 2, "refund_state": "requested"},
            "case_now_refund_asked",
            "case_next_refund",
        ),
        ({"state": "refunded", "closed_at_ms": 2, "refund_state": "done"}, "case_now_refunded", None),
        ({"state": "declined", "closed_at_ms": 2}, "case_now_declined", None),
        ({"state": "withdrawn", "closed_at_ms": 2}, "case_now_withdrawn", None),
        (
            {
                "state": "withdrawn",
                "closed_at_ms": 2,
                "changes": [{"to_state": "withdrawn", "actor": "timer"}],
            },
            "case_now_lapsed",
            None,
        ),
    ],
)
async def test_a_case_says_what_it_is_now_and_what_comes_next(
    changed: dict[str, object], now: str, coming: str | None
) -> None:
    script = "[words.nowOfCase(given).key, words.nextOf(given)]"
    assert await words(script, list[str | None], given={**CASE, **changed}) == [now, coming]


async def test_a_case_shows_its_path_and_the_next_step() -> None:
    script = "words.stepsOf(given).map(({ state, mark }) => `${state} ${mark}`)"
    steps = await words(script, list[str], given={**CASE, "state": "approved"})
    assert steps == ["requested done", "approved done", "sent_back now", "received open", "refunded open"]


async def test_a_declined_case_shows_how_far_it_came() -> None:
    changes = [{"to_state": state, "actor": "u1"} for state in ("requested", "declined")]
    given = {**CASE, "state": "declined", "closed_at_ms": 9, "changes": changes}
    script = "words.stepsOf(given).map(({ state, mark }) => `${state} ${mark}`)"
    assert await words(script, list[str], given=given) == ["requested done", "declined done"]


@pytest.mark.parametrize(
    ("actor", "reason", "shown"),
    [
        ("timer", "not_sent_back_in_time", "没有按时寄回"),
        ("host", "shipping_not_needed", "同一包裹的其他订单不再需要这笔运费"),
        ("host", "worn", "商家：worn"),
        ("u1", "nobody_answered_in_time", "nobody_answered_in_time"),
        ("host", "", ""),
    ],
)
async def test_the_history_of_a_case_says_the_shops_own_reasons_in_the_buyers_language(
    actor: str, reason: str, shown: str
) -> None:
    script = (
        'globalThis.document = { documentElement: { lang: "zh-CN" } };'
        'const parts = await player("shop/case-parts.js"); return parts.wordsOf(change, "u1");'
    )
    assert await run_module(script, str, change={"actor": actor, "reason": reason}) == shown
