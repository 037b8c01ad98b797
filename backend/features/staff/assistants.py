"""Who helps the host, as a fold of the event log: invitations, who used them, and what they may do."""

import hmac
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final

import msgspec
from typing_extensions import override

from backend.contract.base import AssistantRight, Author, Message, RejectReason, Role
from backend.contract.bounds import MAX_NAME, MAX_REASON
from backend.contract.staff import (
    CODE_HOURS,
    GRANT_HOURS,
    MOST_ASSISTANTS,
    Assistant,
    AssistantsChanged,
    InviteAssistant,
    RevokeAssistant,
    SetAssistantRights,
    YouWereDismissed,
)
from backend.features.actor import Actor
from backend.features.deliveries import (
    Barred,
    Decision,
    Delivery,
    PutOut,
    Rejection,
    ShowStaff,
    ToHost,
    ToUser,
    You,
)
from backend.features.feature import Anyone, AuthorOf, Feature
from backend.log import entries as logged
from backend.log import staff_entries
from backend.log.entries import Entry, Record
from backend.plain_text import clean

DISMISSED: Final = 4410
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


class Assistants(Feature[AssistantsState]):
    """Knows who may help.

    Args:
        author: how others see the host.
        may_be_called: whether a name is nobody else's.
    """

    name = "assistants"
    state_type = AssistantsState
    commands: ClassVar = {
        InviteAssistant: Anyone.HOST,
        SetAssistantRights: Anyone.HOST,
        RevokeAssistant: Anyone.HOST,
        RedeemInvitation: Anyone.ANYONE,
    }
    entries = (
        staff_entries.AssistantInvited,
        staff_entries.AssistantJoined,
        staff_entries.AssistantRightsChanged,
        staff_entries.AssistantRevoked,
        staff_entries.AssistantExpired,
    )

    def __init__(
        self,
        state: AssistantsState | None = None,
        *,
        author: AuthorOf,
        may_be_called: Callable[[str, Actor], bool] = lambda _name, _actor: True,
    ) -> None:
        self.state = state or AssistantsState()
        self._author = author
        self._may_be_called = may_be_called

    def known(self, actor: Actor, now_ms: int) -> Actor:
        """Return the actor with the rights they have now; what a connection once brought counts nothing."""
        if actor.role is not Role.ASSISTANT:
            return actor
        grant = self._of(actor.user_id, now_ms)
        return msgspec.structs.replace(actor, rights=frozenset(grant.rights if grant else ()))

    def admits(self, actor: Actor, now_ms: int) -> bool:
        """Whether the actor may come in with the role of their token; only an assistant's can run out."""
        return actor.role is not Role.ASSISTANT or self._of(actor.user_id, now_ms) is not None

    @override
    def bars(self, actor: Actor, now_ms: int) -> Barred | None:
        if self.admits(actor, now_ms):
            return None
        out = PutOut(actor.user_id, "revoked", DISMISSED, Role.ASSISTANT)
        return Barred(YouWereDismissed("revoked", ""), out)

    @override
    def greet(self, actor: Actor) -> list[Delivery]:
        return [] if actor.role is Role.VIEWER else [self._all_to_host()]

    @override
    def part(self, actor: Actor) -> list[Delivery]:
        return [self._all_to_host()] if actor.role is Role.ASSISTANT else []

    def _all_to_host(self) -> ToHost:
        return ToHost(lambda is_online: AssistantsChanged(self.shown(is_online)))

    def shown(self, is_online: Callable[[str], bool]) -> list[Assistant]:
        """Return what the host sees; `is_online` says of a user whether they are connected."""
        return [_shown(grant, is_online(grant.user_id)) for grant in self.state.grants.values()]

    @override
    def show_to(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        grant = self._of(actor.user_id, now_ms)
        return {
            "rights": [right for right in AssistantRight if actor.may(right)],
            "rights_until_ms": grant.until_ms if grant else None,
        }

    @property
    def user_ids(self) -> list[str]:
        """Who has joined."""
        return [grant.user_id for grant in self.state.grants.values() if grant.user_id]

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case InviteAssistant():
                return self._invite(command, self._author(actor), now_ms)
            case RedeemInvitation():
                return self._redeem(command, actor, now_ms)
            case SetAssistantRights() | RevokeAssistant():
                return self._change(command, self._author(actor))
        return super().decide(command, actor, now_ms)

    def _change(self, command: SetAssistantRights | RevokeAssistant, by: Author) -> Decision:
        grant = self.state.grants.get(command.grant_id)
        if grant is None:
            return Rejection(RejectReason.UNKNOWN_ASSISTANT)
        match command:
            case SetAssistantRights(rights=rights):
                wanted = _ordered(rights)
                if wanted == grant.rights:
                    return ()
                return (
                    staff_entries.AssistantRightsChanged(
                        grant.grant_id, by, grant.name, wanted, grant.rights, grant.user_id
                    ),
                )
            case RevokeAssistant(reason=reason):
                if len(reason) > MAX_REASON:
                    return Rejection(RejectReason.TOO_LONG)
                return (
                    staff_entries.AssistantRevoked(
                        grant.grant_id, by, grant.name, reason, grant.rights, grant.user_id
                    ),
                )

    def _invite(self, command: InviteAssistant, by: Author, now_ms: int) -> Decision:
        if len(self.state.grants) >= MOST_ASSISTANTS:
            return Rejection(RejectReason.TOO_MANY)
        hours_fit = command.code_hours in CODE_HOURS and command.grant_hours in GRANT_HOURS
        if not hours_fit or command.code_hours > command.grant_hours or not _is_digest(command.code_digest):
            return Rejection(RejectReason.MALFORMED)
        if self._open_by(command.code_digest, now_ms):
            return Rejection(RejectReason.ALREADY)
        invited = staff_entries.AssistantInvited(
            grant_id=self.state.last_grant_id + 1,
            by=by,
            rights=_ordered(command.rights),
            code_digest=command.code_digest,
            code_until_ms=now_ms + command.code_hours * HOUR_MS,
            until_ms=now_ms + command.grant_hours * HOUR_MS,
        )
        return (invited,)

    def _redeem(self, command: RedeemInvitation, actor: Actor, now_ms: int) -> Decision:
        # A code works once.
        name = clean(command.name, MAX_NAME)
        if isinstance(name, RejectReason):
            return Rejection(name)
        grant = self._open_by(command.code_digest, now_ms)
        if grant is None or actor.role is not Role.ASSISTANT or actor.user_id in self.user_ids:
            return Rejection(RejectReason.WRONG_CODE)
        if not self._may_be_called(name, actor):
            return Rejection(RejectReason.NAME_UNAVAILABLE)
        joined = staff_entries.AssistantJoined(grant.grant_id, actor.user_id, name)
        return (joined, logged.Named(actor.user_id, name))

    @override
    def due(self, now_ms: int) -> list[Entry]:
        return [
            staff_entries.AssistantExpired(grant.grant_id)
            for grant in self.state.grants.values()
            if grant.ends_at_ms <= now_ms
        ]

    # --- What has happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        deliveries: list[Delivery] = []
        match record.entry:
            case staff_entries.AssistantInvited() as invited:
                self.state.last_grant_id = invited.grant_id
                self.state.grants[invited.grant_id] = _grant(invited, record.at_ms)
            case staff_entries.AssistantJoined(grant_id=grant_id, user_id=user_id, name=name):
                grant = self.state.grants[grant_id]
                grant.user_id, grant.name, grant.since_ms, grant.code_digest = user_id, name, record.at_ms, ""
            case staff_entries.AssistantRightsChanged(grant_id=grant_id, rights=rights):
                grant = self.state.grants[grant_id]
                grant.rights = rights
                deliveries = [You(grant.user_id), ShowStaff(grant.user_id)]
            case staff_entries.AssistantRevoked(grant_id=grant_id, reason=reason):
                deliveries = self._end(grant_id, "revoked", reason)
            case staff_entries.AssistantExpired(grant_id=grant_id):
                deliveries = self._end(grant_id, "expired", "")
        return [*deliveries, self._all_to_host()]

    @override
    def erase(self, user_id: str) -> list[Delivery]:
        for grant in self.state.grants.values():
            if grant.user_id == user_id:
                grant.name = ""
        return [self._all_to_host()]

    def _end(self, grant_id: int, cause: str, reason: str) -> list[Delivery]:
        grant = self.state.grants.pop(grant_id, None)
        if grant is None or not grant.user_id:
            return []
        out = PutOut(grant.user_id, cause, DISMISSED, Role.ASSISTANT)
        return [ToUser(grant.user_id, YouWereDismissed(cause, reason)), out]

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


def _grant(invited: staff_entries.AssistantInvited, at_ms: int) -> Grant:
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
