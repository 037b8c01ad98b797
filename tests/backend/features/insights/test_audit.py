import csv
import io
import random
from collections import Counter

import pytest

from backend.contract.audit import AuditKind, AuditLine
from backend.contract.base import AssistantRight, Role
from backend.contract.chat import NO_RULES, MuteUser, SetRoomRules
from backend.contract.gifts import ClaimDemoCoins, SendGift
from backend.contract.profile import SetRoomProfile
from backend.contract.shop import EditProduct
from backend.contract.staff import InviteAssistant, RevokeAssistant, SetAssistantRights
from backend.features.actor import Actor
from backend.features.insights.audit import AuditLog
from backend.features.live.store import RoomStore
from backend.features.staff.assistants import RedeemInvitation
from backend.log import event_log
from backend.log.entries import SessionBegan
from backend.log.event_log import Companion, EventLog
from backend.storage.database import Database
from tests.backend.room.talk import ANNA, HELPER, HOST, Talk

CODE = "ab" * 32
WANG = Actor("assistant-wang", Role.ASSISTANT)


@pytest.fixture
def log(database: Database) -> EventLog:
    RoomStore(database, "main").open("Room", 0)
    return EventLog(database, "main")


def audited(log: EventLog, talk: Talk, *companions: Companion) -> AuditLog:
    log.append(talk.records, companions=companions)
    return AuditLog(log)


def told(line: AuditLine) -> tuple[str, str, str, str]:
    return (line.what, line.about, line.old, line.new)


def test_each_value_that_changed_is_a_line_with_who_and_when(log: EventLog) -> None:
    talk = Talk()
    talk.do(EditProduct("tea", 1, price_minor=90, stock=7), HELPER)
    talk.say("不是这里的事")
    lines = audited(log, talk).page(AuditKind, None, 100).lines

    assert [told(line) for line in lines] == [("price", "1 tea", "100", "90"), ("stock", "1 tea", "5", "7")]
    assert [line.currency for line in lines] == ["CNY", ""]
    assert {line.by.role for line in lines if line.by} == {Role.ASSISTANT}
    assert {(line.number, line.at_ms, line.kind) for line in lines} == {
        (1, talk.records[0].at_ms, AuditKind.PRODUCT)
    }


def test_each_part_of_the_rooms_profile_that_changed_is_a_line(log: EventLog) -> None:
    talk = Talk()
    talk.do(SetRoomProfile(1, "青禾", cover="ab" * 20 + ".webp"), HOST)
    talk.do(SetRoomProfile(2, "青禾茶馆", cover="ab" * 20 + ".webp"), HOST)
    lines = audited(log, talk).page([AuditKind.ROOM], None, 100).lines

    assert [told(line) for line in lines] == [
        ("title", "", "青禾", "青禾茶馆"),
        ("title", "", "", "青禾"),
        ("cover", "", "", "ab" * 20 + ".webp"),
    ]
    assert {line.by.user_id for line in lines if line.by} == {"host"}


def test_rights_and_moderation_are_there_with_old_and_new(log: EventLog) -> None:
    talk = Talk()
    talk.do(InviteAssistant(CODE, [AssistantRight.CHAT], 1, 2), HOST)
    talk.do(RedeemInvitation(CODE, "小王"), WANG)
    talk.do(SetAssistantRights(1, [AssistantRight.PRICES, AssistantRight.CHAT]), HOST)
    talk.do(MuteUser("bert", 60, "spam"), HELPER)
    talk.do(SetRoomRules(NO_RULES, "x"), HOST)
    talk.do(RevokeAssistant(1, "bye"), HOST)
    audit = audited(log, talk)

    rights = audit.page([AuditKind.RIGHTS], None, 100).lines
    assert [told(line) for line in reversed(rights)] == [
        ("assistant_invited", "#1", "", "chat"),
        ("assistant_joined", "#1 小王", "", ""),
        ("assistant_rights_changed", "#1 小王", "chat", "prices chat"),
        ("assistant_revoked", "#1 小王", "prices chat", ""),
    ]
    assert rights[0].reason == "bye"
    (muted,) = audit.page([AuditKind.MODERATION], None, 100).lines
    assert (muted.what, muted.reason) == ("mute_user", "spam")
    assert CODE not in audit.as_csv(AuditKind)


def test_pages_join_without_gap_or_double(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_log, "WINDOW", 7)
    talk = Talk()
    for number in range(1, 31):
        talk.do(EditProduct("tea", number, stock=100 + number, price_minor=number), HOST)
        talk.say(f"hi {number}", HOST)
    audit = audited(log, talk)
    lines: list[AuditLine] = []
    before: int | None = None
    while True:
        page = audit.page([AuditKind.PRODUCT], before, 5)
        lines += page.lines
        before = page.next_before
        if before is None:
            break
    assert [line.new for line in lines if line.what == "stock"] == [str(100 + n) for n in range(30, 0, -1)]
    assert lines == audit.page([AuditKind.PRODUCT], None, 10_000).lines


def test_each_gift_and_each_grant_is_a_line_of_money(log: EventLog) -> None:
    talk = Talk()
    talk.happens(SessionBegan("s1"))
    talk.do(ClaimDemoCoins())
    talk.do(SendGift("s1", "key-0001", "beer", 3, "辛苦了"))
    talk.do(SendGift("s1", "key-0001", "beer", 3, "辛苦了"))
    lines = audited(log, talk).page([AuditKind.MONEY], None, 100).lines

    name = talk.features.people.name_of(ANNA)
    assert [told(line) for line in lines] == [("gift", "beer ×3", "", "30"), ("coins", name, "", "1000")]
    assert [line.by and line.by.user_id for line in lines] == ["anna", "anna"]
    assert {(line.session_id, line.kind) for line in lines} == {("s1", AuditKind.MONEY)}


def play(talk: Talk, dice: random.Random, steps: int) -> None:
    """Let a few viewers claim and send at random, the same keys again and again."""
    viewers = [Actor(name, Role.VIEWER) for name in ("ann", "bob", "cy")]
    for _ in range(steps):
        talk.passes(dice.choice([0, 0.3, 2, 9]))
        roll = dice.random()
        if roll < 0.05:
            talk.happens(SessionBegan(f"s{dice.randint(0, 3)}-{talk.features.number}"))
        elif roll < 0.2:
            talk.do(ClaimDemoCoins(), dice.choice(viewers))
        else:
            gift_id = dice.choice(["rose", "beer", "rocket", "gone"])
            session_id = dice.choice([talk.features.session_id, talk.features.session_id, "elsewhere"])
            key = f"key-{dice.randint(0, 40):04}"
            talk.do(SendGift(session_id, key, gift_id, dice.randint(-1, 30)), dice.choice(viewers))


@pytest.mark.parametrize("seed", range(3))
def test_the_lines_of_money_add_up_to_what_the_shop_moved(
    database: Database, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(event_log, "MATCHES", 5)
    monkeypatch.setattr(event_log, "WINDOW", 40)
    RoomStore(database, "main").open("Room", 0)
    talk = Talk()
    play(talk, random.Random(seed), 150)
    audit = audited(EventLog(database, "main"), talk)

    lines: list[AuditLine] = []
    before: int | None = None
    while True:
        page = audit.page([AuditKind.MONEY], before, 7)
        lines += page.lines
        before = page.next_before
        if before is None:
            break
    sums = Counter[str]()
    for line in lines:
        sums[line.what] += int(line.new)
    assert sum(talk.shop.wallets.values()) == sums["coins"] - sums["gift"]
    assert audit.as_csv([AuditKind.MONEY]).count("\r\n") == 1 + len(lines)


def test_a_spreadsheet_computes_nothing_of_what_people_wrote(log: EventLog) -> None:
    talk = Talk()
    talk.do(EditProduct("tea", 1, '=HYPERLINK(1),"x"'), HOST)
    text = audited(log, talk).as_csv(AuditKind)

    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:])))
    assert rows[0]["new"] == '\'=HYPERLINK(1),"x"'
    assert rows[0]["time"].endswith("+00:00")
