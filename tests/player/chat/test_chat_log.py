"""What the chat's list holds: each message once, in order, and bounded."""

from typing import Any

from tests.support.node import run_module

PRELUDE = """
const { ChatLog } = await player("chat/chat-log.js");
const danmu = (danmu_id, text, user_id = "crowd") => ({
  danmu_id, text, sent_at_ms: 0, reply_to: null,
  author: { user_id, name: user_id, role: "viewer", is_follower: false },
});
const sent = (...list) => ({ type: "danmu_sent", danmu: list, total: list.length });
const log = new ChatLog(() => "me");
const say = (text) => log.say({ author: danmu(0, "", "me").author, text, reply_to: "", reply_id: null });
const told = () => log.lines.map(({ danmu_id, text, state }) => [danmu_id, text, state]);
"""


async def told(script: str) -> list[Any]:
    return await run_module(f"{PRELUDE}{script}\nreturn told();", list[Any])


async def test_a_message_seen_before_is_shown_once_and_each_at_its_place() -> None:
    script = 'log.apply(sent(danmu(2, "b"), danmu(4, "d"))); log.apply(sent(danmu(3, "c"), danmu(2, "b")));'
    assert await told(script) == [[2, "b", "sent"], [3, "c", "sent"], [4, "d", "sent"]]


async def test_our_own_is_there_at_once_and_stays_one_line_whichever_way_it_comes_back() -> None:
    script = """
    say(" 你好，全角！ ");
    const before = told(), key = log.lines[0].key;
    log.apply(sent(danmu(7, "你好，全角！", "me")));
    log.apply({ type: "danmu_echoed", danmu: danmu(7, "你好，全角！", "me") });
    if (before[0][2] !== "pending" || log.lines[0].key !== key) throw new Error("expected the same line");
    """
    assert await told(script) == [[7, "你好，全角！", "sent"]]


async def test_an_echo_the_room_changed_confirms_the_oldest_that_waits() -> None:
    script = (
        'say("a\\u202eb"); say("second"); log.apply({ type: "danmu_echoed", danmu: danmu(1, "ab", "me") });'
    )
    assert await told(script) == [[1, "ab", "sent"], [None, "second", "pending"]]


async def test_what_failed_stays_below_and_a_lost_one_that_arrived_is_no_failure() -> None:
    script = """
    log.fail(say("refused"), { type: "rejected", request_id: 1, reason: "muted", retry_ms: 0 });
    log.fail(say("lost"), { type: "lost" });
    log.apply({ type: "snapshot", danmu: [danmu(1, "old"), danmu(2, "lost", "me")], danmu_total: 2 });
    """
    assert await told(script) == [[1, "old", "sent"], [2, "lost", "sent"], [None, "refused", "failed"]]


async def test_words_that_came_with_a_gift_are_there_with_their_price_and_counted() -> None:
    script = """
    log.apply({ type: "snapshot", danmu: [], danmu_total: 5 });
    log.apply({ type: "paid_danmu_sent", danmu: [{ ...danmu(6, "for you"), coins: 20 }] });
    if (log.total !== 6 || log.lines[0].coins !== 20) throw new Error("expected the count and the price");
    """
    assert await told(script) == [[6, "for you", "sent"]]


async def test_deleted_messages_go_and_restored_ones_come_back_to_their_place() -> None:
    script = """
    log.apply(sent(danmu(1, "a"), danmu(2, "b"), danmu(3, "c")));
    log.apply({ type: "danmu_deleted", danmu_ids: [2, 3] });
    log.apply({ type: "danmu_restored", danmu: [danmu(2, "b")] });
    """
    assert await told(script) == [[1, "a", "sent"], [2, "b", "sent"]]


async def test_the_list_is_bounded() -> None:
    lines = await told("for (let id = 1; id < 5000; id++) log.apply(sent(danmu(id, String(id))));")
    assert len(lines) == 120
    assert lines[-1][0] == 4999


async def test_nothing_of_ours_is_left_when_we_are_somebody_else() -> None:
    script = """
    log.apply(sent(danmu(1, "mine", "me"), danmu(2, "yours")));
    log.fail(say("refused"), { type: "rejected", request_id: 1, reason: "muted", retry_ms: 0 });
    say("on its way");
    log.apply({ type: "viewer_changed" });
    if (log.lines.some(({ is_own }) => is_own)) throw new Error("expected nothing of our own");
    """
    assert await told(script) == [[1, "mine", "sent"], [2, "yours", "sent"]]
