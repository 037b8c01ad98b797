"""API tokens: the host makes, lists and revokes what the shop's programs use the API with."""

from backend.contract.api_tokens import ApiToken, ApiTokens, MadeApiToken, NewApiToken, OneApiToken
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import refusal
from backend.identity.api_tokens import ApiTokenError, ApiTokenStore


class ApiTokenRoutes:
    """The endpoints of API tokens."""

    def __init__(self, tokens: ApiTokenStore) -> None:
        self._tokens = tokens

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        path = "/api/v1/api-tokens"
        return [
            Endpoint(
                method="GET",
                path=path,
                summary="List the API tokens of the room, the oldest first.",
                who=Who.HOST,
                handle=self.list_all,
                answer=ApiTokens,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=path,
                summary="Make an API token for a program of the shop's; it is shown in the answer, once.",
                who=Who.HOST,
                handle=self.make,
                answer=MadeApiToken,
                parameters=Nothing,
                body=NewApiToken,
                status=201,
            ),
            Endpoint(
                method="DELETE",
                path=f"{path}/{{token_id}}",
                summary="Revoke an API token: it is worthless at once.",
                who=Who.HOST,
                handle=self.revoke,
                answer=ApiToken,
                parameters=OneApiToken,
                body=Nothing,
            ),
        ]

    async def list_all(self, call: Call[Nothing, Nothing]) -> ApiTokens:
        """List the room's tokens."""
        return ApiTokens(await self._tokens.all(call.caller.room))

    async def make(self, call: Call[Nothing, NewApiToken]) -> MadeApiToken:
        """Make a token. It takes no key: an answer with a secret is not to be kept for a repeat."""
        try:
            return await self._tokens.add(call.caller.room, call.body)
        except ApiTokenError as error:
            raise refusal(error.status, str(error)) from error

    async def revoke(self, call: Call[OneApiToken, Nothing]) -> ApiToken:
        """Make a token worthless."""
        token = await self._tokens.remove(call.caller.room, call.parameters.token_id)
        if token is None:
            raise refusal(404, "There is no such API token; it may have been revoked already.")
        return token
