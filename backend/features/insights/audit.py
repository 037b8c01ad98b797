"""The audit log as a view of the event log: what of it matters, one line a changed value."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from backend.contract.audit import AuditKind, AuditLine, AuditPage
from backend.contract.base import AssistantRight, Author, Role
from backend.contract.chat import ModerationCommand, SetBlockedWords, SetRoomRules
from backend.contract.profile import RoomProfile
from backend.log import entries, staff_entries
from backend.log.entries import Record
from backend.log.event_log import EventLog
from backend.log.shop_entries import ProductEdited
from backend.log.staff_entries import StaffEntry, StreamKeyEntry

MOST_LINES: Final = 200
MOST_CSV_LINES: Final = 100_000
TAGS: Final = {
    AuditKind.PRODUCT: ("product_edited",),
    AuditKind.MONEY: ("coins_granted", "gift_sent"),
    AuditKind.MODERATION: ("did_moderate", "counter_marked"),
    AuditKind.ROOM: ("profile_edited",),
    AuditKind.RIGHTS: (
        "assistant_invited",
        "assistant_joined",
        "assistant_rights_changed",
        "assistant_revoked",
        "assistant_expired",
        "stream_key_made",
        "stream_key_revoked",
        "stream_key_let_in",
        "stream_taken_over",
        "host_token_renewed",
    ),
}
_COLUMNS: Final = (
    "number", "time", "session", "user_id", "name", "role", "kind", "what", "about", "old", "new", "reason",
    "currency",
)  # fmt: skip


class AuditLog:
    """Reads the audit log of one room. Its methods block."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def page(self, kinds: Iterable[AuditKind], before: int | None, limit: int) -> AuditPage:
        """Return the newest lines below an entry's number; some more than `limit` where one has many."""
        lines: list[AuditLine] = []
        for record in self._records(kinds, before):
            if len(lines) >= limit:
                return AuditPage(lines, lines[-1].number)
            lines += lines_of(record)
        return AuditPage(lines, None)

    def as_csv(self, kinds: Iterable[AuditKind]) -> str:
        """Return the newest 100,000 lines, newest first, as CSV (RFC 4180) with a mark for UTF-8."""
        text = io.StringIO()
        text.write("\ufeff")
        writer = csv.writer(text)
        writer.writerow(_COLUMNS)
        count = 0
        for record in self._records(kinds, None):
            for line in lines_of(record):
                writer.writerow(_row(line))
                count += 1
            if count >= MOST_CSV_LINES:
                break
        return text.getvalue()

    def _records(self, kinds: Iterable[AuditKind], before: int | None) -> Iterator[Record]:
        return self._log.backwards([tag for kind in kinds for tag in TAGS[kind]], before)


def lines_of(record: Record) -> list[AuditLine]:
    """Return what an entry is in the audit log; nothing where it does not matter there."""
    match record.entry:
        case ProductEdited() | entries.ProfileEdited() as edited:
            return _edited_lines(record, edited)
        case entries.CoinsGranted(author=author, coins=coins, reason=reason):
            line = _line(record, AuditKind.MONEY, "coins", author.name)
            return [replace(line, by=author, new=str(coins), reason=reason)]
        case entries.GiftSent(gift=gift):
            line = _line(record, AuditKind.MONEY, "gift", f"{gift.gift_id} ×{gift.count}")
            return [replace(line, by=gift.author, new=str(gift.coins))]
        case entries.DidModerate() | entries.CounterMarked() as entry:
            return [_moderation_line(record, entry)]
        case entry if isinstance(entry, StaffEntry):
            return [_rights_line(record, entry)]
        case _:
            return []


def _edited_lines(record: Record, edited: ProductEdited | entries.ProfileEdited) -> list[AuditLine]:
    if isinstance(edited, ProductEdited):
        return _product_lines(record, edited)
    return _profile_lines(record, edited)


def _product_lines(record: Record, edited: ProductEdited) -> list[AuditLine]:
    before, after = edited.before, edited.after
    values = {
        "title": (before.title, after.title),
        "price": (before.price_minor, after.price_minor),
        "stock": (before.stock, after.stock),
    }
    about = f"{after.number} {after.title}"
    line = replace(_line(record, AuditKind.PRODUCT, "", about), by=edited.by)
    return [
        replace(
            line,
            what=what,
            old=str(old),
            new=str(new),
            currency=after.currency if what == "price" else "",
        )
        for what, (old, new) in values.items()
        if old != new
    ]


def _profile_lines(record: Record, edited: entries.ProfileEdited) -> list[AuditLine]:
    before, after = _shown(edited.before), _shown(edited.after)
    line = replace(_line(record, AuditKind.ROOM, "", ""), by=edited.by)
    return [
        replace(line, what=what, old=old, new=after[what])
        for what, old in before.items()
        if old != after[what]
    ]


def _shown(profile: RoomProfile) -> dict[str, str]:
    return {
        "title": profile.title,
        "notice": profile.notice,
        "avatar": profile.avatar.name if profile.avatar else "",
        "cover": profile.cover.name if profile.cover else "",
    }


def _moderation_line(record: Record, entry: entries.DidModerate | entries.CounterMarked) -> AuditLine:
    if isinstance(entry, entries.CounterMarked):
        line = _line(record, AuditKind.MODERATION, f"share_of_{entry.counter}", entry.about)
        return replace(line, new=f"{round(100 * entry.largest / entry.counted)}% / {entry.counted}")
    action = entry.action
    what = str(action.command.__struct_config__.tag)
    line = _line(record, AuditKind.MODERATION, what, action.about)
    old, new = _told(action.undo), _told(action.command)
    return replace(line, by=action.by, reason=action.reason, old=old, new=new)


def _told(command: ModerationCommand | None) -> str:
    """Return what was set, where a command sets something."""
    match command:
        case SetRoomRules(rules=rules):
            return msgspec.json.encode(rules).decode()
        case SetBlockedWords(words=words):
            return msgspec.json.encode(words).decode()
        case _:
            return ""


def _rights_line(record: Record, entry: StaffEntry) -> AuditLine:
    if isinstance(entry, StreamKeyEntry):
        return _stream_line(record, entry)
    number = entry.generation if isinstance(entry, staff_entries.HostTokenRenewed) else entry.grant_id
    line = _line(record, AuditKind.RIGHTS, str(entry.__struct_config__.tag), f"#{number}")
    match entry:
        case staff_entries.AssistantInvited(by=by, rights=rights):
            return replace(line, by=by, new=_list(rights))
        case staff_entries.AssistantJoined(user_id=user_id, name=name):
            joined = Author(user_id, name, Role.ASSISTANT, is_follower=False)
            return replace(line, by=joined, about=f"{line.about} {name}")
        case staff_entries.AssistantRightsChanged(by=by, name=name, rights=rights, before=before):
            about = f"{line.about} {name}".strip()
            return replace(line, by=by, about=about, old=_list(before), new=_list(rights))
        case staff_entries.AssistantRevoked(by=by, name=name, reason=reason, before=before):
            about = f"{line.about} {name}".strip()
            return replace(line, by=by, about=about, old=_list(before), reason=reason)
        case staff_entries.AssistantExpired() | staff_entries.HostTokenRenewed():
            return line


def _stream_line(record: Record, entry: StreamKeyEntry) -> AuditLine:
    what = str(entry.__struct_config__.tag)
    if isinstance(entry, staff_entries.StreamTakenOver):
        by, before = entry.by or "studio", entry.before or "studio"
        return replace(_line(record, AuditKind.RIGHTS, what, by), old=before, new=by)
    line = _line(record, AuditKind.RIGHTS, what, entry.name)
    return replace(line, by=entry.by, reason="" if entry.by else "command line")


def _list(rights: Iterable[AssistantRight]) -> str:
    return " ".join(right.value for right in rights)


def _line(record: Record, kind: AuditKind, what: str, about: str) -> AuditLine:
    return AuditLine(record.number, record.at_ms, record.session_id, None, kind, what, about, "", "", "")


def _row(line: AuditLine) -> list[str]:
    by = line.by
    who = (by.user_id, by.name, by.role.value) if by else ("", "", "")
    time = datetime.fromtimestamp(line.at_ms / 1000, UTC).isoformat(timespec="milliseconds")
    told = (*who, line.kind.value, line.what, line.about, line.old, line.new, line.reason, line.currency)
    return [str(line.number), time, line.session_id, *map(_harmless, told)]


def _harmless(cell: str) -> str:
    # A spreadsheet would compute what begins so, and names and titles are anybody's.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
