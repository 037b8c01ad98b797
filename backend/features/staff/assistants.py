"""Who helps the host, as a fold of the event log: invitations, who used them, and what they may do."""

import hmac
from collections.abc import Iterable
from typing import Final

import msgspec

from backend.contract.base import AssistantRight, Author, Message, RejectReason, Role
from backend.contract.bounds import MAX_NAME, MAX_REASON
from backend.contract.staff import (
    Assistant,
    AssistantCommand,
    InviteAssistant,
    RevokeAssistant,
    SetAssistantRights,
    YouWereDismissed,
)
from backend.features.actor import Actor
from backend.features.deliveries import (
    AboutAssistants,
    Decision,
    Delivery,
    Dismiss,
    NewRights,
    Rejection,
    ToUser,
)
from backend.log import entries
from backend.log.entries import AssistantEntry, Entry
from backend.plain_text import clean

MOST: Final = 20
CODE_HOURS: Final = range(1, 168 + 1)
GRANT_HOURS: Final = range(1, 4320 + 1)
DIGEST_LETTERS: Final = 64
HOUR_MS: Final = 3_600_000


class RedeemInvitation(Message, frozen=True, tag="redeem_invitation"):
    """Make the actor an assistant by a code. It comes over HTTP alone: a socket cannot say it.

    Attributes:
        code_digest: see `InviteAssistant`.
        name: by which the others know the assistant.
    """

    code_digest: str
    name: str


class Grant(msgspec.Struct):
    """An invitation, and from `user_id` on what became of it."""

    grant_id: int
    rights: list[AssistantRight]
    since_ms: int
    until_ms: int
    code_digest: str
    code_until_ms: int
    user_id: str = ""
    name: str = ""

    @property
    def ends_at_ms(self) -> int:
        """When it is over if nothing happens."""
        return self.until_ms if self.user_id else self.code_until_ms


class AssistantsState(msgspec.Struct):
    """What is folded: invitations and grants in force."""

    last_grant_id: int = 0
    grants: dict[int, Grant] = msgspec.field(default_factory=dict)


class Assistants:
    """Knows who may help."""

    def __init__(self, state: AssistantsState | None = None) -> None:
        self.state = state or AssistantsState()

    def known(self, actor: Actor, now_ms: int) -> Actor:
        """Return the actor with the rights they have now; what a connection once brought counts nothing."""
        if actor.role is not Role.ASSISTANT:
            return actor
        grant = self._of(actor.user_id, now_ms)
        return msgspec.structs.replace(actor, rights=frozenset(grant.rights if grant else ()))

    def admits(self, actor: Actor, now_ms: int) -> bool:
        """Whether somebody may come in as what they say they are; only an assistant's word can run out."""
        return actor.role is not Role.ASSISTANT or self._of(actor.user_id, now_ms) is not None

    def until_ms(self, user_id: str, now_ms: int) -> int | None:
        """Return when an assistant's rights end; None for all others."""
        grant = self._of(user_id, now_ms)
        return grant.until_ms if grant else None

    def shown(self, online: Iterable[str]) -> list[Assistant]:
        """Return what the host sees; `online` are the users who are connected."""
        there = set(online)
        return [_shown(grant, grant.user_id in there) for grant in self.state.grants.values()]

    @property
    def user_ids(self) -> list[str]:
        """Who has joined."""
        return [grant.user_id for grant in self.state.grants.values() if grant.user_id]

    # --- Commands ---

    def decide(self, command: AssistantCommand, by: Author, now_ms: int) -> Decision:
        """Return what a command of the host makes."""
        if isinstance(command, InviteAssistant):
            return self._invite(command, by, now_ms)
        grant = self.state.grants.get(command.grant_id)
        if grant is None:
            return Rejection(RejectReason.UNKNOWN_ASSISTANT)
        match command:
            case SetAssistantRights(rights=rights):
                wanted = _ordered(rights)
                if wanted == grant.rights:
                    return ()
                return (entries.AssistantRightsChanged(grant.grant_id, by, grant.name, wanted, grant.rights),)
            case RevokeAssistant(reason=reason):
                if len(reason) > MAX_REASON:
                    return Rejection(RejectReason.TOO_LONG)
                return (entries.AssistantRevoked(grant.grant_id, by, grant.name, reason, grant.rights),)

    def _invite(self, command: InviteAssistant, by: Author, now_ms: int) -> Decision:
        if len(self.state.grants) >= MOST:
            return Rejection(RejectReason.TOO_MANY)
        hours_fit = command.code_hours in CODE_HOURS and command.grant_hours in GRANT_HOURS
        if not hours_fit or command.code_hours > command.grant_hours or not _is_digest(command.code_digest):
            return Rejection(RejectReason.MALFORMED)
        if self._open_by(command.code_digest, now_ms):
            return Rejection(RejectReason.ALREADY)
        invited = entries.AssistantInvited(
            grant_id=self.state.last_grant_id + 1,
            by=by,
            rights=_ordered(command.rights),
            code_digest=command.code_digest,
            code_until_ms=now_ms + command.code_hours * HOUR_MS,
            until_ms=now_ms + command.grant_hours * HOUR_MS,
        )
        return (invited,)

    def redeem(self, command: RedeemInvitation, actor: Actor, now_ms: int) -> Decision:
        """Return that the actor joined; a code works once."""
        name = clean(command.name, MAX_NAME)
        if isinstance(name, RejectReason):
            return Rejection(name)
        grant = self._open_by(command.code_digest, now_ms)
        if grant is None or actor.role is not Role.ASSISTANT or actor.user_id in self.user_ids:
            return Rejection(RejectReason.WRONG_CODE)
        joined = entries.AssistantJoined(grant.grant_id, actor.user_id, name)
        return (joined, entries.Named(actor.user_id, name))

    def due(self, now_ms: int) -> list[Entry]:
        """Return what time ends."""
        return [
            entries.AssistantExpired(grant.grant_id)
            for grant in self.state.grants.values()
            if grant.ends_at_ms <= now_ms
        ]

    # --- What has happened ---

    def take(self, entry: AssistantEntry, at_ms: int) -> list[Delivery]:
        """Take in what happened to an invitation or a grant."""
        told: list[Delivery] = []
        match entry:
            case entries.AssistantInvited():
                self.state.last_grant_id = entry.grant_id
                self.state.grants[entry.grant_id] = _grant(entry, at_ms)
            case entries.AssistantJoined(grant_id=grant_id, user_id=user_id, name=name):
                grant = self.state.grants[grant_id]
                grant.user_id, grant.name, grant.since_ms, grant.code_digest = user_id, name, at_ms, ""
            case entries.AssistantRightsChanged(grant_id=grant_id, rights=rights):
                grant = self.state.grants[grant_id]
                grant.rights = rights
                told = [NewRights(grant.user_id)]
            case entries.AssistantRevoked(grant_id=grant_id, reason=reason):
                told = self._end(grant_id, "revoked", reason)
            case entries.AssistantExpired(grant_id=grant_id):
                told = self._end(grant_id, "expired", "")
        return [*told, AboutAssistants()]

    def _end(self, grant_id: int, cause: str, reason: str) -> list[Delivery]:
        grant = self.state.grants.pop(grant_id, None)
        if grant is None or not grant.user_id:
            return []
        return [ToUser(grant.user_id, YouWereDismissed(cause, reason)), Dismiss(grant.user_id, cause)]

    def _of(self, user_id: str, now_ms: int) -> Grant | None:
        for grant in self.state.grants.values():
            if grant.user_id == user_id and user_id and grant.until_ms > now_ms:
                return grant
        return None

    def _open_by(self, digest: str, now_ms: int) -> Grant | None:
        # Every invitation is compared, in a time that does not tell how much of it was right.
        found: Grant | None = None
        for grant in self.state.grants.values():
            is_this = hmac.compare_digest(grant.code_digest.encode(), digest.encode())
            if is_this and not grant.user_id and grant.code_until_ms > now_ms:
                found = grant
        return found


def _ordered(rights: Iterable[AssistantRight]) -> list[AssistantRight]:
    wanted = set(rights)
    return [right for right in AssistantRight if right in wanted]


def _is_digest(text: str) -> bool:
    return len(text) == DIGEST_LETTERS and all(letter in "0123456789abcdef" for letter in text)


def _grant(invited: entries.AssistantInvited, at_ms: int) -> Grant:
    return Grant(
        grant_id=invited.grant_id,
        rights=invited.rights,
        since_ms=at_ms,
        until_ms=invited.until_ms,
        code_digest=invited.code_digest,
        code_until_ms=invited.code_until_ms,
    )


def _shown(grant: Grant, is_online: bool) -> Assistant:  # noqa: FBT001 - the field it fills
    return Assistant(
        grant_id=grant.grant_id,
        user_id=grant.user_id,
        name=grant.name,
        rights=grant.rights,
        since_ms=grant.since_ms,
        until_ms=grant.until_ms,
        code_until_ms=None if grant.user_id else grant.code_until_ms,
        is_online=is_online,
    )
