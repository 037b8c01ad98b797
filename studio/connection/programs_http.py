"""What the studio asks about the shop's own programs: their API tokens, and the webhooks to them."""

import msgspec

from backend.contract.api_tokens import ApiToken, ApiTokens, MadeApiToken, NewApiToken
from backend.contract.outgoing_webhooks import (
    MadeWebhookTarget,
    MessageState,
    NewWebhookTarget,
    WebhookMessage,
    WebhookMessages,
    WebhookTarget,
    WebhookTargets,
)
from studio.connection.room_http import RejectedError
from studio.connection.shop_answers import Answer, decoded
from studio.connection.shop_http import ShopHttp

_GONE = 404
_MOST = "100"


class ProgramsHttp(ShopHttp):
    """HTTP to the host's settings of one room, for the time of an `async with` block."""

    async def tokens(self) -> list[ApiToken]:
        """Read the API tokens, the oldest first."""
        return (await self._ask("GET", "api-tokens", ApiTokens)).tokens

    async def make_token(self, wanted: NewApiToken) -> MadeApiToken:
        """Let the backend make a token; it is told once."""
        return await self._ask("POST", "api-tokens", MadeApiToken, wanted)

    async def revoke_token(self, token_id: str) -> None:
        """Make a token worthless; one that is gone already is as good."""
        await self._delete(f"api-tokens/{token_id}", ApiToken)

    async def targets(self) -> list[WebhookTarget]:
        """Read where webhooks go, the oldest first."""
        return (await self._ask("GET", "webhook-targets", WebhookTargets)).targets

    async def add_target(self, wanted: NewWebhookTarget) -> MadeWebhookTarget:
        """Let webhooks go to an address; the secret of their signatures is told once."""
        return await self._ask("POST", "webhook-targets", MadeWebhookTarget, wanted)

    async def delete_target(self, target_id: str) -> None:
        """Send no webhooks to an address any more; one that is gone already is as good."""
        await self._delete(f"webhook-targets/{target_id}", WebhookTarget)

    async def send_again(self, target_id: str) -> int:
        """Send again what was given up, and return how many messages that are."""
        path = f"webhook-targets/{target_id}/messages"
        query = {"state": MessageState.GIVEN_UP.value, "limit": _MOST}
        answer = await self._http.get(f"/api/v1/{path}", params=query)
        given_up = decoded(answer, WebhookMessages).messages
        for message in given_up:
            await self._ask("POST", f"{path}/{message.message_id}/replay", WebhookMessage)
        return len(given_up)

    async def _delete(self, path: str, kind: type[Answer]) -> None:
        try:
            await self._ask("DELETE", path, kind)
        except RejectedError as error:
            if error.status != _GONE:
                raise

    async def _ask(
        self, method: str, path: str, kind: type[Answer], body: msgspec.Struct | None = None
    ) -> Answer:
        content = None if body is None else msgspec.json.encode(body)
        headers = {"Content-Type": "application/json"} if content else {}
        return decoded(
            await self._http.request(method, f"/api/v1/{path}", content=content, headers=headers), kind
        )
