"""Admissions to a room: a token that makes a viewer the same person next time, and a ticket for now."""

import secrets

from backend.contract.base import Role
from backend.contract.http import Admission
from backend.identity.auth import Claims, Right, Tickets, TokenSigner


class Admissions:
    """Hands out tokens and tickets."""

    def __init__(self, signer: TokenSigner, tickets: Tickets) -> None:
        self._signer = signer
        self._tickets = tickets

    def greet(self, room: str) -> Admission:
        """Let a guest in who was never here."""
        claims = Claims(f"guest-{secrets.token_hex(8)}", room, Role.VIEWER, (Right.VIEW,))
        return self.let_in(self._signer.viewer(room, claims.user_id), claims)

    def new_assistant(self, room: str) -> tuple[str, Claims]:
        """Sign a token for an assistant to be; it opens nothing before the room knows of them."""
        claims = Claims(f"assistant-{secrets.token_hex(8)}", room, Role.ASSISTANT, (Right.VIEW,))
        return self._signer.assistant(room, claims.user_id), claims

    def let_in(self, token: str, claims: Claims, account_name: str = "") -> Admission:
        """Give who has this token a ticket."""
        return Admission(
            token=token,
            role=claims.role,
            user_id=claims.user_id,
            ticket=self._tickets.issue(claims),
            socket_path=f"/ws/rooms/{claims.room}",
            whep_path=f"/whep/{claims.room}",
            live_path=f"/live/{claims.room}",
            account_name=account_name,
        )
