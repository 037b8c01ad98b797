"""Taps become at most one message a second, and none is lost or sent twice."""

from tests.support.node import run_module

PRELUDE = """
const { LikeBatch, SEND_EVERY_MS } = await player("audience/like-batch.js");
const sent = [], timers = [];
const send = async (count) => { sent.push(count); return answers.shift() ?? { type: "accepted" }; };
const batch = new LikeBatch(send, (run, ms) => timers.push({ run, ms }));
const settle = async () => { for (let turn = 0; turn < 8; turn++) await null; };
const tap = async (times) => { for (let tap = 0; tap < times; tap++) batch.add(); await settle(); };
const wait = async () => { timers.shift().run(); await settle(); };
"""


async def test_the_first_goes_at_once_and_the_rest_together() -> None:
    script = "await tap(1); await tap(9); await wait(); await wait(); await tap(1); return sent;"
    assert await run_module(PRELUDE.replace("answers", "[]") + script, list[int]) == [1, 9, 1]


async def test_refused_for_coming_early_they_go_again_after_the_time_told() -> None:
    script = """
    await tap(1); await tap(2);
    const told = timers[0].ms;
    await wait();
    return [...sent, told];
    """
    answers = 'const answers = [{ type: "rejected", reason: "too_fast", retry_ms: 3000 }];'
    assert await run_module(answers + PRELUDE + script, list[int]) == [1, 3, 3000]


async def test_a_lost_answer_is_not_sent_again_for_it_may_have_been_counted() -> None:
    answers = 'const answers = [{ type: "lost" }];'
    script = "await tap(4); await wait(); await wait(); return sent;"
    assert await run_module(answers + PRELUDE + script, list[int]) == [1, 3]


async def test_no_message_follows_within_a_second() -> None:
    script = "await tap(3); return [SEND_EVERY_MS, timers[0].ms];"
    every, told = await run_module(PRELUDE.replace("answers", "[]") + script, list[int])
    assert told == every >= 1000
