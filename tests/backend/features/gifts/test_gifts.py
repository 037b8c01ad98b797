import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.audience import SetNickname
from backend.contract.base import RejectReason, Role
from backend.contract.chat import (
    BlockUser,
    DanmuSent,
    DeleteDanmu,
    MuteUser,
    PaidDanmuSent,
    RoomRules,
    SetBlockedWords,
    SetRoomRules,
)
from backend.contract.gifts import (
    COMBO_MS,
    RANKED,
    ClaimDemoCoins,
    GiftsSent,
    SendGift,
    WalletChanged,
)
from backend.features.actor import Actor
from backend.features.chat.danmu import AT_ONCE as DANMU_AT_ONCE
from backend.features.deliveries import Delegated, ToAll
from backend.features.gifts.catalog import GiftShelf
from backend.features.gifts.gifts import AT_ONCE
from backend.log.entries import CoinsGranted, GiftReturned, GiftSent, SessionBegan, SessionEnded
from backend.money.wallet import Purse
from backend.shop.coins.messages import CoinsCame
from backend.shop.coins.purses import Purses
from tests.backend.room.talk import ANNA, BERT, GIFTS, HELPER, HOST, PRODUCTS, Talk, make_features
from tests.support.memory_shop import MemoryShop, next_result


def talk_with(demo_coins: int = 1000) -> Talk:
    shop = MemoryShop(PRODUCTS)
    talk = Talk(make_features(shelf=GiftShelf(GIFTS, demo_coins=demo_coins), shop=shop), shop)
    talk.happens(SessionBegan("s1"))
    return talk


@pytest.fixture
def talk() -> Talk:
    """A demo on air in which Anna and Bert have 1,000 coins each."""
    talk = talk_with()
    for viewer in (ANNA, BERT):
        assert talk.do(ClaimDemoCoins(), viewer) is None
    return talk


def send(gift_id: str = "rose", count: int = 1, key: str = "", session_id: str = "s1") -> SendGift:
    send.number += 1  # type: ignore[attr-defined]
    return SendGift(session_id, key or f"key-{send.number:06}", gift_id, count)  # type: ignore[attr-defined]


send.number = 0  # type: ignore[attr-defined]


def coins(talk: Talk, actor: Actor = ANNA) -> int:
    return talk.features.gifts.wallet(actor.user_id).coins


def test_a_gift_costs_what_the_catalogue_says_and_reaches_everybody(talk: Talk) -> None:
    assert talk.do(send("beer", 3)) is None

    gift = talk.heard(GiftsSent).gifts[0]
    assert (gift.author.user_id, gift.gift_id, gift.count, gift.coins) == ("anna", "beer", 3, 30)
    assert talk.heard(WalletChanged) == WalletChanged(970, 30, 1000, has_claimed=True)
    assert coins(talk) == 970


def test_a_price_in_the_command_is_ignored(talk: Talk) -> None:
    forged = b'{"type":"send_gift","session_id":"s1","key":"key-forged","gift_id":"rocket","coins":1}'
    assert talk.do(msgspec.json.decode(forged, type=SendGift)) is None
    assert coins(talk) == 300


def test_the_same_key_again_is_accepted_and_changes_nothing(talk: Talk) -> None:
    command = send("beer", key="key-again")
    assert talk.do(command) is None
    number = talk.features.number
    for again in (command, send("rocket", 1, key="key-again"), send("gone", 5, key="key-again")):
        assert talk.do(again) is None
    assert (talk.features.number, coins(talk)) == (number, 990)
    assert talk.do(send("beer", key="key-again"), BERT) is None
    assert coins(talk, BERT) == 990  # a key is its sender's own


def test_a_key_is_known_in_the_session_after_but_no_new_gift_goes_to_an_old_session(talk: Talk) -> None:
    command = send("beer")
    talk.do(command)
    talk.happens(SessionEnded("host"))
    assert talk.do(command) is None
    assert talk.do(send("beer")) is RejectReason.NOT_LIVE
    talk.happens(SessionBegan("s2"))
    assert talk.do(command) is None
    assert talk.do(send("beer", session_id="s1")) is RejectReason.NOT_LIVE
    assert coins(talk) == 990
    assert talk.do(send("beer", session_id="s2", key=command.key)) is None
    assert coins(talk) == 980


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (send("gone"), RejectReason.UNKNOWN_GIFT),
        (send("rose", 0), RejectReason.MALFORMED),
        (send("rose", -5), RejectReason.MALFORMED),
        (send("rose", 1000), RejectReason.MALFORMED),
        (send("rose", key="short"), RejectReason.MALFORMED),
        (send("rose", key="x" * 37), RejectReason.MALFORMED),
        (send("rose", key="key with <b>"), RejectReason.MALFORMED),
        (send("rose", session_id=""), RejectReason.NOT_LIVE),
        (send("rose", session_id="s0"), RejectReason.NOT_LIVE),
        (send("rocket", 2), RejectReason.NOT_ENOUGH_COINS),
        (send("beer", 101), RejectReason.NOT_ENOUGH_COINS),
        (ClaimDemoCoins(), RejectReason.ALREADY),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    talk: Talk, command: SendGift | ClaimDemoCoins, reason: RejectReason
) -> None:
    number = talk.features.number
    assert talk.do(command) is reason
    assert (talk.features.number, coins(talk)) == (number, 1000)


def test_staff_give_nothing_to_themselves(talk: Talk) -> None:
    for actor in (HOST, HELPER):
        assert talk.do(ClaimDemoCoins(), actor) is RejectReason.FORBIDDEN
        assert talk.do(send(), actor) is RejectReason.FORBIDDEN


def test_who_is_blocked_gives_nothing_and_who_is_muted_still_may(talk: Talk) -> None:
    talk.do(MuteUser("anna", 60), HOST)
    assert talk.do(send()) is None
    talk.do(BlockUser("anna"), HOST)
    assert talk.do(send()) is RejectReason.BLOCKED
    assert talk.do(ClaimDemoCoins()) is RejectReason.BLOCKED


def test_coins_for_nothing_are_there_in_a_demo_alone_and_once_a_session() -> None:
    talk = talk_with(demo_coins=0)
    assert talk.do(ClaimDemoCoins()) is RejectReason.FORBIDDEN
    talk = talk_with()
    assert talk.do(ClaimDemoCoins()) is None
    assert talk.do(ClaimDemoCoins()) is RejectReason.ALREADY
    talk.happens(SessionEnded("host"))
    assert talk.do(ClaimDemoCoins(), BERT) is RejectReason.NOT_LIVE
    talk.happens(SessionBegan("s2"))
    assert talk.do(ClaimDemoCoins()) is None
    assert coins(talk) == 2000


def test_coins_of_the_session_before_that_come_late_leave_this_ones_claim(talk: Talk) -> None:
    talk.happens(SessionEnded("host"))
    talk.happens(SessionBegan("s2"))
    assert talk.do(CoinsCame(90, "s1", "eve", 1000, "demo", 1000, 1), HOST) is None
    assert talk.do(CoinsCame(91, "", "eve", 60, "bought", 1060, 2), HOST) is None
    assert talk.heard(WalletChanged) == WalletChanged(1060, 0, 1000, has_claimed=False)
    assert talk.do(ClaimDemoCoins(), Actor("eve", Role.VIEWER)) is None
    assert talk.features.gifts.wallet("eve").has_claimed


def test_the_log_says_who_got_and_gave_how_much_and_why(talk: Talk) -> None:
    talk.do(SetNickname("小安"))
    talk.do(send("beer", 2))
    granted, given = talk.records[1].entry, talk.records[-1].entry
    assert isinstance(granted, CoinsGranted)
    assert (granted.author.user_id, granted.coins, granted.reason) == ("anna", 1000, "demo")
    assert isinstance(given, GiftSent)
    assert (given.gift.author.name, given.gift.coins) == ("小安", 20)


# --- Combos ---


def combo(talk: Talk, command: SendGift, actor: Actor = ANNA) -> tuple[int, int]:
    assert talk.do(command, actor) is None
    gift = talk.heard(GiftsSent).gifts[0]
    return gift.combo_id, gift.combo


def test_the_same_gift_within_six_seconds_goes_on_with_the_combo(talk: Talk) -> None:
    first, _ = combo(talk, send("rose"))
    talk.passes(COMBO_MS / 1000)
    assert combo(talk, send("rose", 5)) == (first, 6)
    other, _ = combo(talk, send("rose"), BERT)
    assert other != first
    talk.passes(COMBO_MS / 1000)
    assert combo(talk, send("rose")) == (first, 7)
    talk.passes(COMBO_MS / 1000 + 0.001)
    assert combo(talk, send("rose"))[1] == 1


def test_another_gift_begins_another_combo(talk: Talk) -> None:
    combo(talk, send("rose"))
    assert combo(talk, send("beer"))[1] == 1
    assert combo(talk, send("rose"))[1] == 1


def test_a_new_session_begins_without_combos(talk: Talk) -> None:
    combo(talk, send("rose"))
    talk.happens(SessionBegan("s2"))
    assert combo(talk, send("rose", session_id="s2"))[1] == 1


def test_a_finger_may_be_fast_and_a_machine_is_held_back(talk: Talk) -> None:
    for _ in range(AT_ONCE):
        assert talk.do(send()) is None
    rejection = talk.rejection(send())
    assert rejection is not None
    assert rejection.reason is RejectReason.TOO_FAST
    talk.passes(rejection.retry_ms / 1000)
    assert talk.do(send()) is None


def test_gifts_of_one_transaction_are_one_event_and_of_a_combo_the_last_counts(talk: Talk) -> None:
    told = []
    for command, actor in ((send("rose"), ANNA), (send("beer"), BERT), (send("rose", 2), ANNA)):
        talk.do(command, actor)
        told += talk.told
    one = talk.features.gather(told)
    events = [item.event for item in one if isinstance(item, ToAll)]
    assert len(events) == 1
    assert isinstance(events[0], GiftsSent)
    assert [(gift.gift_id, gift.combo) for gift in events[0].gifts] == [("beer", 1), ("rose", 3)]
    assert len(one) == 1 + 3  # each is told what is left


# --- Words with a gift ---


def paid(talk: Talk, text: str, actor: Actor = ANNA, key: str = "key-words") -> RejectReason | None:
    return talk.do(SendGift("s1", key, "beer", 2, text), actor)


def test_words_that_come_with_a_gift_are_a_danmu_nobody_misses(talk: Talk) -> None:
    assert paid(talk, "  主播　辛苦了 ") is None

    (danmu,) = talk.heard(PaidDanmuSent).danmu
    assert (danmu.text, danmu.coins, danmu.author.user_id) == ("主播 辛苦了", 20, "anna")
    assert talk.heard(GiftsSent).gifts[0].coins == 20
    assert talk.heard(DanmuSent) == DanmuSent([], 1)
    assert talk.features.danmu.recent() == [danmu]
    talk.do(DeleteDanmu(danmu.danmu_id), HOST)
    assert talk.texts() == []


def test_the_same_key_again_says_it_once(talk: Talk) -> None:
    assert paid(talk, "谢谢") is None
    assert paid(talk, "谢谢") is None
    assert (coins(talk), talk.texts()) == (980, ["谢谢"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" \u202e ", RejectReason.EMPTY),
        ("x" * 101, RejectReason.TOO_LONG),
        ("加微 信", RejectReason.BLOCKED_WORD),
        ("www.example.com", RejectReason.LINKS_OFF),
    ],
)
def test_words_that_are_refused_cost_nothing(talk: Talk, text: str, reason: RejectReason) -> None:
    talk.do(SetBlockedWords(["微信"]), HOST)
    rules = RoomRules(0, followers_only=False, links_off=True, is_chat_paused=False)
    talk.do(SetRoomRules(rules), HOST)

    assert paid(talk, text) is reason
    assert (coins(talk), talk.texts()) == (1000, [])
    assert paid(talk, "好") is None


def test_who_is_muted_may_give_but_not_speak_by_it(talk: Talk) -> None:
    talk.do(MuteUser("anna", 60), HOST)

    assert paid(talk, "听我说") is RejectReason.MUTED
    assert talk.do(send("rose")) is None
    assert coins(talk) == 999


def test_money_buys_no_faster_pace(talk: Talk) -> None:
    for number in range(DANMU_AT_ONCE):
        assert paid(talk, str(number), key=f"key-{number:04}") is None
    assert paid(talk, "more", key="key-more") is RejectReason.TOO_FAST
    assert coins(talk) == 1000 - 20 * DANMU_AT_ONCE


def test_who_cannot_pay_says_nothing(talk: Talk) -> None:
    assert talk.do(SendGift("s1", "key-words", "rocket", 2, "给你"), ANNA) is RejectReason.NOT_ENOUGH_COINS
    assert paid(talk, "我也送", HOST) is RejectReason.FORBIDDEN
    assert talk.texts() == []


def test_all_words_of_one_transaction_are_one_event(talk: Talk) -> None:
    told = []
    for key, actor in (("key-one-1", ANNA), ("key-two-2", BERT)):
        assert paid(talk, key, actor, key) is None
        told += talk.told
    events = [item.event for item in talk.features.gather(told) if isinstance(item, ToAll)]

    assert [type(event) for event in events] == [GiftsSent, PaidDanmuSent]
    assert isinstance(events[1], PaidDanmuSent)
    assert [danmu.text for danmu in events[1].danmu] == ["key-one-1", "key-two-2"]


# --- Ranking ---


def ranking(talk: Talk) -> list[tuple[str, int]]:
    return [(one.author.user_id, one.coins) for one in talk.features.gifts.ranking().contributors]


def test_who_gave_most_stands_first_and_of_equals_who_was_there_first(talk: Talk) -> None:
    talk.do(send("beer"), BERT)
    talk.do(send("beer"))
    assert ranking(talk) == [("bert", 10), ("anna", 10)]
    talk.do(send("rose"))
    assert ranking(talk) == [("anna", 11), ("bert", 10)]
    whole = talk.features.gifts.ranking()
    assert (whole.coins, whole.gifts) == (21, 3)
    talk.happens(SessionBegan("s2"))
    assert talk.features.gifts.ranking().contributors == []


def test_newcomers_and_the_live_numbers_know_the_ranking(talk: Talk) -> None:
    talk.do(send("beer", 2))
    assert talk.features.show().ranking == talk.features.gifts.ranking()
    total = talk.features.counters.stats(talk.now_ms).total
    assert (total.gifts, total.coins) == (2, 20)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=120))
def test_the_kept_ranking_is_that_of_sorting_all(gifts: list[tuple[int, int]]) -> None:
    talk = talk_with()
    reached: dict[str, tuple[int, int]] = {}
    for step, (number, count) in enumerate(gifts):
        actor = Actor(f"guest-{number}", Role.VIEWER)
        talk.passes(5)
        talk.do(ClaimDemoCoins(), actor)
        assert talk.do(send("rose", count), actor) is None
        reached[actor.user_id] = (reached.get(actor.user_id, (0, 0))[0] + count, step)
    best = sorted(reached.items(), key=lambda item: (-item[1][0], item[1][1]))[:RANKED]
    assert ranking(talk) == [(user_id, total) for user_id, (total, _step) in best]


# --- Paid, and not shown yet ---


def pay(talk: Talk, text: str = "", key: str = "key-paid") -> None:
    """Let the shop take the coins; the room does not hear of it yet."""
    decision = talk.features.decide(SendGift("s1", key, "beer", 2, text), ANNA, talk.now_ms)
    assert isinstance(decision, Delegated)
    assert isinstance(next_result(decision.ask()), Purse)


def test_what_is_paid_in_a_session_that_ended_is_given_back_and_its_key_refused(talk: Talk) -> None:
    pay(talk)
    talk.happens(SessionEnded("host"))
    talk.hear()
    returned = talk.records[-1].entry
    assert isinstance(returned, GiftReturned)
    assert (returned.user_id, returned.coins, returned.session_id) == ("anna", 20, "s1")
    talk.happens(SessionBegan("s2"))
    assert talk.do(SendGift("s1", "key-paid", "beer", 2)) is RejectReason.NOT_LIVE
    assert talk.features.gifts.ranking().contributors == []


def test_words_that_may_not_be_said_any_more_take_their_gift_back(talk: Talk) -> None:
    pay(talk, "听我说")
    talk.do(MuteUser("anna", 60), HOST)
    talk.hear()
    assert isinstance(talk.records[-1].entry, GiftReturned)
    assert talk.texts() == []


def test_words_that_are_paid_wait_for_no_pace(talk: Talk) -> None:
    for number in range(DANMU_AT_ONCE):
        pay(talk, f"{number}", f"key-{number:04}")
    talk.hear()
    assert talk.texts() == [str(number) for number in range(DANMU_AT_ONCE)]


def test_an_older_word_of_a_purse_changes_nothing(talk: Talk) -> None:
    purses = Purses()
    assert purses.hear(Purse("anna", 5, 2))
    assert not purses.hear(Purse("anna", 9, 1))
    assert purses.coins("anna") == 5
