"""The webhooks of the shop: where they go, as the host sets it, and the sending of them."""

from collections.abc import Callable

from sqlalchemy import Connection

from backend.contract.outgoing_webhooks import (
    MadeWebhookTarget,
    NewWebhookTarget,
    ReadMessages,
    WebhookMessage,
    WebhookMessages,
    WebhookTarget,
)
from backend.limits import WebhookReach
from backend.shop.sending import Sender
from backend.shop.webhooks.addresses import check_url
from backend.shop.webhooks.sender import WebhookChannel
from backend.shop.webhooks.signing import secret_of
from backend.shop.webhooks.store import (
    add_target,
    delete_target,
    find_target,
    messages_of,
    send_again,
    targets_of,
)
from backend.storage.database import Database
from backend.storage.writer import GroupWriter


class Webhooks:
    """The webhooks of all rooms.

    Args:
        key_of: returns the key that a target's messages are signed with.
        reach: how far messages go.
    """

    def __init__(
        self,
        database: Database,
        writer: GroupWriter,
        *,
        key_of: Callable[[str], bytes],
        reach: WebhookReach,
        clock_ms: Callable[[], int],
    ) -> None:
        self._database = database
        self._writer = writer
        self._key_of = key_of
        self._reach = reach
        self._clock_ms = clock_ms
        channel = WebhookChannel(key_of=key_of, reach=reach, clock_ms=clock_ms)
        self._sender = Sender(database, channel, clock_ms=clock_ms)

    async def run(self) -> None:
        """Send what is due, for ever."""
        await self._sender.run()

    async def targets(self, room_id: str) -> list[WebhookTarget]:
        """Return a room's targets, the oldest first."""
        return await self._database.read(lambda connection: targets_of(connection, room_id))

    async def add(self, room_id: str, wanted: NewWebhookTarget) -> MadeWebhookTarget:
        """Keep a new target.

        Raises:
            AddressError: nothing can be sent there.
            TargetRefusedError: there are as many as can be, or this one.
        """
        check_url(wanted.url, self._reach)
        made = await self._writer.run(
            lambda connection: add_target(connection, room_id, wanted, self._clock_ms())
        )
        return MadeWebhookTarget(secret_of(self._key_of(made.target_id)), made)

    async def delete(self, room_id: str, target_id: str) -> WebhookTarget | None:
        """Forget a target with its messages; None where there is none."""
        return await self._writer.run(lambda connection: delete_target(connection, room_id, target_id))

    async def messages(self, room_id: str, wanted: ReadMessages) -> WebhookMessages | None:
        """Return a page of a target's messages, the newest first; None where there is no such target."""

        def read(connection: Connection) -> WebhookMessages | None:
            is_here = find_target(connection, room_id, wanted.target_id) is not None
            return messages_of(connection, wanted) if is_here else None

        return await self._database.read(read)

    async def send_again(self, room_id: str, target_id: str, message_id: str) -> WebhookMessage | None:
        """Let a message be sent once more; None where there is none."""

        def send(connection: Connection) -> WebhookMessage | None:
            if find_target(connection, room_id, target_id) is None:
                return None
            return send_again(connection, target_id, message_id, self._clock_ms())

        return await self._writer.run(send)
