"""Sends the e-mails that wait, through the shop's mail server."""

import logging
from collections import Counter
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection
from typing_extensions import override

from backend.shop.mail.composing import compose
from backend.shop.mail.errors import MailError
from backend.shop.mail.smtp import MailServer
from backend.shop.mail.store import LANE, DueMail, clear_mails, has_work, record_outcome, take_due
from backend.shop.mail.texts import mail_text
from backend.shop.sending import Channel, Outcome

# Longer than the server is given to answer.
TAKEN_FOR_MS: Final = 40_000
MOST_AT_ONCE: Final = 4


class MailChannel(Channel[DueMail]):
    """The e-mails of all rooms.

    Args:
        link_of: returns where viewers find a room; empty where the backend does not know.
        clock_ms: the server's time, in milliseconds since 1970.
    """

    log = logging.getLogger("livestall.mail")

    def __init__(
        self, server: MailServer, *, link_of: Callable[[str], str], clock_ms: Callable[[], int]
    ) -> None:
        self._server = server
        self._link_of = link_of
        self._clock_ms = clock_ms

    @override
    def has_work(self, connection: Connection, sending: Counter[str], *, now_ms: int, before_ms: int) -> bool:
        return sending[LANE] < MOST_AT_ONCE and has_work(connection, now_ms=now_ms, before_ms=before_ms)

    @override
    def take(self, connection: Connection, sending: Counter[str], now_ms: int) -> list[DueMail]:
        free = MOST_AT_ONCE - sending[LANE]
        if free <= 0:
            return []
        return take_due(connection, most=free, now_ms=now_ms, until_ms=now_ms + TAKEN_FOR_MS)

    @override
    async def send(self, message: DueMail) -> Outcome:
        to, settings = message.to, message.settings
        if not to:
            return Outcome(is_taken=False, error="The order has no address any more.", is_final=True)
        link = self._link_of(message.room_id)
        text = mail_text(message.kind, message.facts, message.language, link)
        composed = compose(
            text,
            settings=settings,
            to=to,
            mail_id=message.mail_id,
            language=message.language,
            now_ms=self._clock_ms(),
        )
        try:
            await self._server.hand_over(settings, composed, to)
        except MailError as error:
            return Outcome(is_taken=False, error=str(error).replace(to, "…"), is_final=error.is_final)
        return Outcome(is_taken=True)

    @override
    def note(
        self,
        connection: Connection,
        message: DueMail,
        outcome: Outcome,
        *,
        now_ms: int,
        next_at_ms: int | None,
    ) -> None:
        record_outcome(connection, message.mail_id, outcome, now_ms=now_ms, next_at_ms=next_at_ms)

    @override
    def clear(self, connection: Connection, before_ms: int, most: int) -> None:
        clear_mails(connection, before_ms, most)

    @override
    async def close(self) -> None:
        """Hold nothing open: each e-mail has a line of its own."""
