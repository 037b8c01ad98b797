import json

import msgspec
import pytest

from backend.contract.audit import AuditKind
from backend.contract.chat import NO_RULES
from backend.features.insights.audit import TAGS
from tests.widgets.audit import audit_line
from tests.widgets.people import ANN, ASSISTANT
from widgets.staff import audit_texts


def rules(**changes: object) -> str:
    return msgspec.json.encode(msgspec.structs.replace(NO_RULES, **changes)).decode()


def words(*blocked: str) -> str:
    return json.dumps(blocked)


@pytest.mark.parametrize(
    ("what", "old", "new", "text"),
    [
        ("price", "16800", "9990", "¥168 → ¥99.90"),
        ("price", "?", "100", "? → ¥1"),
        ("stock", "5", "7", "5 → 7"),
        ("title", "tea", "green tea", "tea → green tea"),
        ("avatar", "", "ab.webp", "New picture"),
        ("cover", "ab.webp", "", "Picture taken away"),
        ("coins", "", "500", "+500"),
        ("gift", "", "30", "-30"),
        ("mute_user", "", "", ""),
        (
            "set_room_rules",
            rules(),
            rules(slow_mode_s=30, links_off=True),
            "Slow mode: off → 30 s; No links: off → on",
        ),
        ("set_room_rules", rules(), rules(version=2), "nothing changed"),
        (
            "set_room_rules",
            "",
            rules(),
            "Slow mode: off; Followers only: off; No links: off; Chat paused: off; "
            "Votes: accounts only: off; Likes: accounts only: off; Follows: accounts only: off",
        ),
        ("set_room_rules", "{", "{}", "{ → {}"),
        ("set_blocked_words", words("a", "b"), words("b", "c"), "added: c; taken out: a"),
        ("set_blocked_words", words("a"), words("a"), "nothing changed"),
        ("set_blocked_words", "", words(*"abcdefghij"), "added: a, b, c, d, e, f, g, h and 2 more"),
        ("set_blocked_words", "", "[1]", " → [1]"),
        ("assistant_invited", "", "products chat", "Products, Chat"),
        ("assistant_rights_changed", "chat", "prices", "Chat → Prices"),
        ("assistant_revoked", "chat", "", "Chat → none"),
        ("assistant_revoked", "chat fly", "", "chat fly → none"),
        ("of_another_version", "x", "y", "x → y"),
    ],
)
def test_before_and_after_are_told_in_words(what: str, old: str, new: str, text: str) -> None:
    assert audit_texts.change_text(audit_line(what, old, new)) == text


def test_everything_that_the_backend_names_has_a_word() -> None:
    named = {"price", "stock", "title", "coins", "gift"} | {
        "delete_danmu", "restore_danmu", "mute_user", "unmute_user", "block_user", "unblock_user",
        "set_room_rules", "set_blocked_words", "pin_danmu", "unpin_danmu",
    } | set(TAGS[AuditKind.RIGHTS])  # fmt: skip
    assert {what for what in named if audit_texts.what_text(audit_line(what, about="")) == what} == set()
    assert audit_texts.what_text(audit_line("flew", about="")) == "flew"
    assert audit_texts.what_text(audit_line("price")) == "Price: 1 tea"
    assert len({audit_texts.kind_text(kind) for kind in AuditKind}) == len(AuditKind)


def test_who_did_it_is_named_with_their_role() -> None:
    assert audit_texts.who_text(audit_line("price")) == "Host"
    assert audit_texts.who_text(audit_line("price", by=ASSISTANT)) == "Wang (assistant)"
    assert audit_texts.who_text(audit_line("coins", by=ANN)) == "Ann (viewer)"
    assert audit_texts.who_text(audit_line("assistant_expired", by=None)) == "by itself"


def test_a_programs_reason_is_told_in_words_and_a_persons_as_it_is() -> None:
    assert audit_texts.reason_text(audit_line("coins", reason="demo")).startswith("Demo coins")
    assert audit_texts.reason_text(audit_line("mute_user", reason="demo")) == "demo"
