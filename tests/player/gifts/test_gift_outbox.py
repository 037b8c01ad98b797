"""Gifts on their way: one after the other, each with one key, however often its answer is lost."""

from tests.support.node import run_module

PRELUDE = """
const { GiftOutbox } = await player("gifts/gift-outbox.js");
const acted = [], done = [], lost = [], waits = [], opens = [];
let keys = 0;
const settle = async () => { for (let turn = 0; turn < 20; turn++) await null; };
const held = [];
const wires = {
  act: (command) => {
    acted.push(`${command.key} ${command.gift_id} ${command.count}`);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : new Promise((resolve) => held.push(resolve));
  },
  untilOpen: () => new Promise((resolve) => opens.push(resolve)),
  wait: async (ms) => { waits.push(ms); },
  newKey: () => `k${++keys}`,
  onChanged: () => lost.push(outbox.isLost),
  onAnswered: (send, answer) => done.push(`${send.key} ${answer.type}`),
};
const outbox = new GiftOutbox(wires);
"""
ACCEPTED: dict[str, object] = {"type": "accepted", "request_id": 1}


async def play(script: str, answers: list[dict[str, object]]) -> list[object]:
    return await run_module(PRELUDE + script, list[object], answers=answers)


async def test_taps_while_one_is_on_its_way_go_together_as_the_next() -> None:
    acted = await play(
        'outbox.give("s", "rose", 1); outbox.give("s", "rose", 1); outbox.give("s", "rose", 10);'
        'outbox.give("s", "beer", 1); await settle(); held.shift()({ type: "accepted" }); await settle();'
        'held.shift()({ type: "accepted" }); await settle(); return acted;',
        [],
    )
    assert acted == ["k1 rose 1", "k2 rose 11", "k3 beer 1"]


async def test_what_is_said_with_a_gift_goes_with_that_one_alone() -> None:
    told = await play(
        "const words = [], { act } = wires;"
        "wires.act = (command) => { words.push(command.text); return act(command); };"
        'for (const text of ["", "", "hi", "", "ho"]) outbox.give("s", "rose", 1, text); await settle();'
        "return [acted, words];",
        [ACCEPTED] * 5,
    )
    assert told == [[f"k{number} rose 1" for number in range(1, 6)], ["", "", "hi", "", "ho"]]


async def test_a_lost_answer_is_asked_again_with_the_same_key_when_the_line_is_back() -> None:
    told = await play(
        'outbox.give("s", "rose", 2); await settle(); const before = [...acted], was = outbox.isLost;'
        "opens.shift()(); await settle();"
        "return [before, was, acted, done, outbox.isLost, outbox.pending.length];",
        [{"type": "lost"}, ACCEPTED],
    )
    assert told == [["k1 rose 2"], True, ["k1 rose 2", "k1 rose 2"], ["k1 accepted"], False, 0]


async def test_too_fast_waits_as_long_as_told_and_keeps_the_key() -> None:
    told = await play(
        'outbox.give("s", "rose", 1); await settle(); return [acted, waits, done];',
        [{"type": "rejected", "reason": "too_fast", "retry_ms": 240}, ACCEPTED],
    )
    assert told == [["k1 rose 1", "k1 rose 1"], [240], ["k1 accepted"]]


async def test_a_refusal_is_told_and_the_next_gift_goes_on() -> None:
    told = await play(
        'outbox.give("s", "rocket", 1); outbox.give("s", "rose", 1); await settle(); return [acted, done];',
        [{"type": "rejected", "reason": "not_enough_coins", "retry_ms": 0}, ACCEPTED],
    )
    assert told == [["k1 rocket 1", "k2 rose 1"], ["k1 rejected", "k2 accepted"]]


async def test_no_send_grows_beyond_what_the_room_takes_and_none_moves_to_another_session() -> None:
    pending = await play(
        'outbox.give("s", "rose", 1); outbox.give("s", "rose", 990); outbox.give("s", "rose", 10);'
        'outbox.give("t", "rose", 1);'
        "return outbox.pending.map(({ session_id, count }) => `${session_id}${count}`);",
        [],
    )
    assert pending == ["s1", "s990", "s10", "t1"]


async def test_what_still_waited_is_dropped_for_good_when_somebody_else_pays() -> None:
    told = await play(
        'outbox.give("s", "rose", 1); outbox.give("s", "rocket", 1); await settle();'
        "outbox.drop(); opens.shift()(); await settle(); const dropped = [...acted];"
        'outbox.give("s", "beer", 1); await settle();'
        "return [dropped, acted, done, outbox.isLost, outbox.pending.length];",
        [{"type": "lost"}, ACCEPTED],
    )
    assert told == [["k1 rose 1"], ["k1 rose 1", "k3 beer 1"], ["k3 accepted"], False, 0]
