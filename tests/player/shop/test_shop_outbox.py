"""Writes on their way to the shop: each is done once, whatever the line and the viewer do."""

from tests.support.node import run_module

PRELUDE = """
const { ShopOutbox } = await player("shop/shop-outbox.js");
const written = [], held = [], retries = [];
let keys = 0, user = "me", stored = kept;
const settle = async () => { for (let turn = 0; turn < 20; turn++) await null; };
const outbox = new ShopOutbox({
  write: ({ path, body, key }) => {
    written.push(`${key} ${path} ${body.n}`);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : new Promise((resolve) => held.push(resolve));
  },
  userId: () => user,
  newKey: () => `k${++keys}`,
  untilRetry: () => new Promise((resolve) => retries.push(resolve)),
  load: () => stored,
  save: (pending) => (stored = structuredClone(pending)),
  onChanged: () => {},
});
"""
LOST = {"type": "unreachable"}
DONE = {"type": "done", "value": "order"}
REFUSED = {"type": "refused", "refusal": {"type": "sold_out"}, "retry_s": 0}
KEPT = {"place": {"path": "/orders", "body": {"n": 1}, "key": "old", "user_id": "me"}}


async def play(script: str, answers: list[object], kept: object = None) -> object:
    return await run_module(PRELUDE + script, object, answers=answers, kept=kept or {})


async def test_a_lost_answer_is_asked_for_with_the_same_key_and_body() -> None:
    told = await play(
        'const sent = outbox.send("place", "/orders", { n: 1 }); await settle();'
        'const isLost = outbox.lost.has("place"); retries.shift()();'
        'const outcome = await sent; return [written, isLost, outcome.value, outbox.isPending("place")];',
        [LOST, DONE],
    )
    assert told == [["k1 /orders 1", "k1 /orders 1"], True, "order", False]


async def test_a_second_tap_waits_for_the_answer_of_the_first() -> None:
    told = await play(
        'const first = outbox.send("place", "/orders", { n: 1 });'
        'const second = outbox.send("place", "/orders", { n: 2 });'
        'await settle(); held.shift()({ type: "done", value: "order" });'
        "return [written, (await first).value, (await second).value];",
        [],
    )
    assert told == [["k1 /orders 1"], "order", "order"]


async def test_after_a_refusal_the_next_try_has_a_key_of_its_own() -> None:
    told = await play(
        'await outbox.send("place", "/orders", { n: 1 }); await outbox.send("place", "/orders", { n: 2 });'
        "return [written, stored];",
        [REFUSED, DONE],
    )
    assert told == [["k1 /orders 1", "k2 /orders 2"], {}]


async def test_what_had_no_answer_is_sent_again_after_a_reload() -> None:
    told = await play(
        'const outcome = await outbox.resume("place");'
        'return [written, outcome.value, stored, outbox.resume("place")];',
        [DONE],
        KEPT,
    )
    assert told == [["old /orders 1"], "order", {}, None]


async def test_nothing_of_another_viewer_is_sent_again() -> None:
    told = await play(
        'user = "somebody else"; const resumed = outbox.resume("place"); return [resumed, written, stored];',
        [DONE],
        KEPT,
    )
    assert told == [None, [], {}]


async def test_what_is_on_its_way_is_dropped_when_the_viewer_changes() -> None:
    told = await play(
        'const sent = outbox.send("place", "/orders", { n: 1 }); await settle(); outbox.drop();'
        "retries.shift()(); return [written, (await sent).type, stored];",
        [LOST, DONE],
    )
    assert told == [["k1 /orders 1"], "unreachable", {}]


async def test_writes_of_two_names_do_not_wait_for_each_other() -> None:
    told = await play(
        'outbox.send("place", "/orders", { n: 1 }); await outbox.send("cancel o1", "/cancel", { n: 2 });'
        'return [written, outbox.isPending("place"), outbox.isPending("cancel o1")];',
        [LOST, DONE],
    )
    assert told == [["k1 /orders 1", "k2 /cancel 2"], True, False]
