"""The audit log in words: author, action, target, and the values before and after."""

from collections.abc import Sequence
from typing import Final, TypeVar

import msgspec
from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from backend.contract.audit import AuditKind, AuditLine
from backend.contract.base import AssistantRight, Role
from backend.contract.chat import RoomRules
from widgets.common.money import list_price
from widgets.common.person_name import person_name
from widgets.staff.rights import rights_text

MOST_WORDS: Final = 8
T = TypeVar("T")


def when_text(line: AuditLine) -> str:
    """When it was, in this computer's time."""
    return QLocale.c().toString(QDateTime.fromMSecsSinceEpoch(line.at_ms), "yyyy-MM-dd HH:mm:ss")


def who_text(line: AuditLine) -> str:
    """Who did it, and as what where it is not the host."""
    translate = QCoreApplication.translate
    if line.by is None:
        return translate("Audit", "by itself")
    roles = {
        Role.HOST: "{name}",
        Role.ASSISTANT: translate("Audit", "{name} (assistant)"),
        Role.VIEWER: translate("Audit", "{name} (viewer)"),
    }
    return roles[line.by.role].format(name=person_name(line.by.name))


def kind_text(kind: AuditKind) -> str:
    """What a kind of change is called."""
    translate = QCoreApplication.translate
    return {
        AuditKind.PRODUCT: translate("Audit", "Products"),
        AuditKind.MONEY: translate("Audit", "Coins"),
        AuditKind.MODERATION: translate("Audit", "Moderation"),
        AuditKind.RIGHTS: translate("Audit", "Rights"),
        AuditKind.ROOM: translate("Audit", "Room"),
    }[kind]


def what_text(line: AuditLine) -> str:
    """What was done, and to what; a word that is not known is shown as it is."""
    translate = QCoreApplication.translate
    what = {
        "price": translate("Audit", "Price"),
        "stock": translate("Audit", "Stock"),
        "title": translate("Audit", "Title"),
        "notice": translate("Audit", "Notice"),
        "avatar": translate("Audit", "Avatar"),
        "cover": translate("Audit", "Cover"),
        "coins": translate("Audit", "Coins granted"),
        "gift": translate("Audit", "Gift sent"),
        "delete_danmu": translate("Audit", "Danmu deleted"),
        "restore_danmu": translate("Audit", "Danmu restored"),
        "mute_user": translate("Audit", "Muted"),
        "unmute_user": translate("Audit", "Unmuted"),
        "block_user": translate("Audit", "Blocked"),
        "unblock_user": translate("Audit", "Unblocked"),
        "set_room_rules": translate("Audit", "Rules of the chat"),
        "set_blocked_words": translate("Audit", "Blocked words"),
        "pin_danmu": translate("Audit", "Pinned"),
        "unpin_danmu": translate("Audit", "Unpinned"),
        "assistant_invited": translate("Audit", "Invitation made"),
        "assistant_joined": translate("Audit", "Invitation used"),
        "assistant_rights_changed": translate("Audit", "Rights changed"),
        "assistant_revoked": translate("Audit", "Revoked"),
        "assistant_expired": translate("Audit", "Ended by time"),
        "share_of_votes": translate("Audit", "Votes: largest share of one address"),
        "share_of_likes": translate("Audit", "Likes: largest share of one address"),
        "share_of_follows": translate("Audit", "Follows: largest share of one address"),
        "share_of_check_ins": translate("Audit", "Check-ins: largest share of one address"),
        "share_of_requests": translate("Audit", "Product requests: largest share of one address"),
        "stream_key_made": translate("Audit", "Stream key made"),
        "stream_key_revoked": translate("Audit", "Stream key revoked"),
        "stream_key_let_in": translate("Audit", "Stream key let in again"),
        "stream_taken_over": translate("Audit", "Broadcast taken over"),
        "host_token_renewed": translate("Audit", "Host token renewed"),
    }.get(line.what, line.what)
    return _pair(what, line.about) if line.about else what


def change_text(line: AuditLine) -> str:
    """How it was before and is now; what cannot be read is shown as it is."""
    plain = _arrow(line.old, line.new)
    match line.what:
        case "price":
            text = _arrow(_price(line.old, line.currency), _price(line.new, line.currency))
        case "coins":
            text = f"+{line.new}"
        case "gift":
            text = f"-{line.new}"
        case "avatar" | "cover":
            text = _picture(line)
        case "set_room_rules":
            text = _rules(line) or plain
        case "set_blocked_words":
            text = _words(line) or plain
        case "assistant_invited":
            text = _rights(line.new)
        case "assistant_rights_changed" | "assistant_revoked":
            text = _arrow(_rights(line.old), _rights(line.new))
        case _:
            text = plain
    return text


def reason_text(line: AuditLine) -> str:
    """Why, in the words of who did it; a program's own word in ours."""
    if line.what == "coins" and line.reason == "demo":
        return QCoreApplication.translate("Audit", "Demo coins, which nobody paid for")
    if line.what == "coins" and line.reason == "bought":
        return QCoreApplication.translate("Audit", "Bought")
    return line.reason


def _picture(line: AuditLine) -> str:
    translate = QCoreApplication.translate
    return translate("Audit", "New picture") if line.new else translate("Audit", "Picture taken away")


def _pair(name: str, value: str) -> str:
    return QCoreApplication.translate("Audit", "{name}: {value}").format(name=name, value=value)


def _arrow(old: str, new: str) -> str:
    return f"{old} → {new}" if old or new else ""


def _price(minor: str, currency: str) -> str:
    return list_price(int(minor), currency) if minor.isdecimal() else minor


def _rights(words: str) -> str:
    known = {right.value: right for right in AssistantRight}
    names = words.split()
    return rights_text(known[name] for name in names) if known.keys() >= set(names) else words


def _rules(line: AuditLine) -> str:
    """Each rule that changed; empty where they cannot be read."""
    new = _read(line.new, RoomRules)
    if new is None:
        return ""
    old = _read(line.old, RoomRules)
    before, after = _rule_texts(old) if old else {}, _rule_texts(new)
    changed = [
        _pair(name, _arrow(before[name], value) if before else value)
        for name, value in after.items()
        if before.get(name) != value
    ]
    translate = QCoreApplication.translate
    return translate("Audit", "; ").join(changed) if changed else translate("Audit", "nothing changed")


def _rule_texts(rules: RoomRules) -> dict[str, str]:
    translate = QCoreApplication.translate
    on, off = translate("Audit", "on"), translate("Audit", "off")
    seconds = translate("Audit", "{n} s").format(n=rules.slow_mode_s)
    return {
        translate("Audit", "Slow mode"): seconds if rules.slow_mode_s else off,
        translate("Audit", "Followers only"): on if rules.followers_only else off,
        translate("Audit", "No links"): on if rules.links_off else off,
        translate("Audit", "Chat paused"): on if rules.is_chat_paused else off,
        translate("Audit", "Votes: accounts only"): on if rules.votes_for_accounts else off,
        translate("Audit", "Likes: accounts only"): on if rules.likes_for_accounts else off,
        translate("Audit", "Follows: accounts only"): on if rules.follows_for_accounts else off,
    }


def _words(line: AuditLine) -> str:
    """Which words came and which went; empty where they cannot be read."""
    new = _read(line.new, list[str])
    if new is None:
        return ""
    old = _read(line.old, list[str]) or []
    translate = QCoreApplication.translate
    parts = []
    if came := [word for word in new if word not in set(old)]:
        parts.append(translate("Audit", "added: {words}").format(words=_some(came)))
    if went := [word for word in old if word not in set(new)]:
        parts.append(translate("Audit", "taken out: {words}").format(words=_some(went)))
    return translate("Audit", "; ").join(parts) or translate("Audit", "nothing changed")


def _some(words: Sequence[str]) -> str:
    translate = QCoreApplication.translate
    shown = translate("Audit", ", ").join(words[:MOST_WORDS])
    more = len(words) - MOST_WORDS
    return translate("Audit", "{words} and {n} more").format(words=shown, n=more) if more > 0 else shown


def _read(text: str, kind: type[T]) -> T | None:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.MsgspecError:
        return None
