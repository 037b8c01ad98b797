"""The room's profile: title, avatar, cover and notice, one version after the other."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import msgspec
from sqlalchemy import Connection
from typing_extensions import override

from backend.contract.base import Author, Message, RejectReason
from backend.contract.pictures import Picture
from backend.contract.profile import MAX_NOTICE, MAX_TITLE, RoomProfile, RoomProfileChanged, SetRoomProfile
from backend.contract.shop import Conflict
from backend.contract.words_of import erase_words
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Rejection, ToAll, YouWhere
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.features.profile.store import write_profile
from backend.log.entries import ProfileEdited, Record
from backend.plain_text import clean
from backend.shop.catalog.pictures.names import is_uploaded, picture_of


class ProfileState(msgspec.Struct):
    """What is folded: the profile, and who changed it last."""

    profile: RoomProfile = RoomProfile()
    changed_by: Author | None = None
    changed_at_ms: int = 0


class ProfileFeature(Feature[ProfileState]):
    """Knows how the room presents itself.

    Args:
        author: how others see who changes it.
        has_blocked_word: whether a text holds one.
        is_namesake: whether another user has a name that can be taken for the title.
        room_id: of the row that it writes; empty for none.
    """

    name = "profile"
    state_type = ProfileState
    commands: ClassVar = {SetRoomProfile: Anyone.HOST}
    entries = (ProfileEdited,)

    def __init__(
        self,
        state: ProfileState | None = None,
        *,
        author: AuthorOf,
        has_blocked_word: Callable[[str], bool],
        is_namesake: Callable[[str, str], bool],
        room_id: str = "",
    ) -> None:
        self.state = state or ProfileState()
        self._author = author
        self._has_blocked_word = has_blocked_word
        self._is_namesake = is_namesake
        self.companions = (_ProfileRow(room_id, self),) if room_id else ()

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        if not isinstance(command, SetRoomProfile):
            return super().decide(command, actor, now_ms)
        before = self.state.profile
        wanted = self._wanted(command, before.version)
        if isinstance(wanted, RejectReason):
            return Rejection(wanted)
        return self._change(before, wanted, command.version, actor)

    def _wanted(self, command: SetRoomProfile, version: int) -> RoomProfile | RejectReason:
        title, notice = _read(command.title, MAX_TITLE), _read(command.notice, MAX_NOTICE)
        avatar, cover = _picture(command.avatar), _picture(command.cover)
        if isinstance(title, RejectReason):
            return title
        if isinstance(notice, RejectReason):
            return notice
        if isinstance(avatar, RejectReason):
            return avatar
        if isinstance(cover, RejectReason):
            return cover
        return RoomProfile(title, notice, avatar, cover, version)

    def _change(self, before: RoomProfile, wanted: RoomProfile, seen: int, actor: Actor) -> Decision:
        if wanted == before:
            return ()  # whoever wants what is so already agrees, whatever they saw
        if any(map(self._has_blocked_word, (wanted.title, wanted.notice))):
            return Rejection(RejectReason.BLOCKED_WORD)
        if seen != before.version:
            state = self.state
            conflict = Conflict(state.changed_by, state.changed_at_ms, before.version, profile=before)
            return Rejection(RejectReason.CONFLICT, conflict=conflict)
        after = msgspec.structs.replace(wanted, version=before.version + 1)
        return (ProfileEdited(self._author(actor), before, after),)

    @override
    def apply(self, record: Record) -> list[Delivery]:
        entry = record.entry
        if not isinstance(entry, ProfileEdited):
            return []
        self.state = ProfileState(entry.after, entry.by, record.at_ms)
        heard: list[Delivery] = [ToAll(RoomProfileChanged(entry.after))]
        if entry.before.title != entry.after.title:
            heard.append(YouWhere(lambda user_id: self._is_concerned(user_id, entry)))
        return heard

    def _is_concerned(self, user_id: str, edited: ProfileEdited) -> bool:
        # Nobody but the room is called by its title: who was is shown by another name, or again by theirs.
        titles = filter(None, (edited.before.title, edited.after.title))
        return any(self._is_namesake(user_id, title) for title in titles)

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        self.state.changed_by = erase_words(self.state.changed_by, user_id)
        return []

    @override
    def show(self) -> dict[str, Any]:
        return {"profile": self.state.profile}


def _read(text: str, most: int) -> str | RejectReason:
    """Return a text on one line, empty where nothing readable is in it, or why it is refused."""
    cleaned = clean(text, most)
    return "" if cleaned is RejectReason.EMPTY else cleaned


def _picture(name: str) -> Picture | RejectReason | None:
    """Return the picture of an upload's name. Whether it lies on the disk, no decision waits for."""
    if not name:
        return None
    return picture_of(name) if is_uploaded(name) else RejectReason.UNKNOWN_PICTURE


class _ProfileRow:
    """Writes the profile beside the log; see `Companion`."""

    def __init__(self, room_id: str, feature: ProfileFeature) -> None:
        self._room_id = room_id
        self._feature = feature

    def write(self, connection: Connection, records: Sequence[Record]) -> None:
        """See `Companion.write`."""
        if any(isinstance(record.entry, ProfileEdited) for record in records):
            write_profile(connection, self._room_id, self._feature.state.profile)
