"""Targets of webhooks: the host sets where they go, sees what came of them, and sends one again."""

from backend.contract.outgoing_webhooks import (
    MadeWebhookTarget,
    NewWebhookTarget,
    OneMessage,
    OneTarget,
    ReadMessages,
    WebhookMessage,
    WebhookMessages,
    WebhookTarget,
    WebhookTargets,
)
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import refusal
from backend.shop.webhooks.addresses import AddressError
from backend.shop.webhooks.store import TargetRefusedError
from backend.shop.webhooks.webhooks import Webhooks

NO_TARGET = "There is no such webhook target; it may have been deleted already."


class WebhookTargetRoutes:
    """The endpoints of webhooks that the shop sends."""

    def __init__(self, webhooks: Webhooks) -> None:
        self._webhooks = webhooks

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_targets(), *self._of_messages()]

    def _of_targets(self) -> list[AnyEndpoint]:
        path = "/api/v1/webhook-targets"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="List where webhooks of the room's orders go, with what came of the last one.",
                who=Who.HOST,
                handle=self.list_all,
                answer=WebhookTargets,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=path,
                summary="Let webhooks go to an address; the secret they are signed with is shown once.",
                who=Who.HOST,
                handle=self.add,
                answer=MadeWebhookTarget,
                parameters=Nothing,
                body=NewWebhookTarget,
                status=201,
            ),
            Endpoint(
                method="DELETE",
                path=f"{path}/{{target_id}}",
                summary="Send no webhooks to an address any more; those that wait are dropped.",
                who=Who.HOST,
                handle=self.delete,
                answer=WebhookTarget,
                parameters=OneTarget,
                body=Nothing,
            ),
        ]

    def _of_messages(self) -> list[AnyEndpoint]:
        path = "/api/v1/webhook-targets/{target_id}/messages"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="List the messages to a target, the newest first.",
                who=Who.HOST,
                handle=self.messages,
                answer=WebhookMessages,
                parameters=ReadMessages,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=f"{path}/{{message_id}}/replay",
                summary="Send a message again, under its id and for another day.",
                who=Who.HOST,
                handle=self.replay,
                answer=WebhookMessage,
                parameters=OneMessage,
                body=Nothing,
            ),
        ]

    async def list_all(self, call: Call[Nothing, Nothing]) -> WebhookTargets:
        """List the room's targets."""
        return WebhookTargets(await self._webhooks.targets(call.caller.room))

    async def add(self, call: Call[Nothing, NewWebhookTarget]) -> MadeWebhookTarget:
        """Keep a new target. It takes no key: an answer with a secret is not to be kept for a repeat."""
        try:
            return await self._webhooks.add(call.caller.room, call.body)
        except AddressError as error:
            raise refusal(422, str(error)) from error
        except TargetRefusedError as error:
            raise refusal(409, str(error)) from error

    async def delete(self, call: Call[OneTarget, Nothing]) -> WebhookTarget:
        """Forget a target."""
        target = await self._webhooks.delete(call.caller.room, call.parameters.target_id)
        if target is None:
            raise refusal(404, NO_TARGET)
        return target

    async def messages(self, call: Call[ReadMessages, Nothing]) -> WebhookMessages:
        """List messages."""
        page = await self._webhooks.messages(call.caller.room, call.parameters)
        if page is None:
            raise refusal(404, NO_TARGET)
        return page

    async def replay(self, call: Call[OneMessage, Nothing]) -> WebhookMessage:
        """Send a message again; the receiver knows it by its id."""
        one = call.parameters
        message = await self._webhooks.send_again(call.caller.room, one.target_id, one.message_id)
        if message is None:
            raise refusal(404, "There is no such message to this target.")
        return message
