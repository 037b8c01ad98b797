"""Draws over HTTP: staff bring the result forward, anybody checks it."""

from pathlib import Path
from typing import Final

from backend.contract.base import AssistantRight
from backend.contract.campaigns import Campaign, OneCampaign
from backend.fairness import verify_draw
from backend.http.api.campaign_routes import PATH, refuse_campaign, unknown_campaign
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, FileAnswer, Nothing, Who
from backend.http.api.problems import refusal
from backend.http.api.shop_call import person_of, request_of
from backend.shop.campaigns.campaigns import Campaigns

VERIFIER: Final = Path(verify_draw.__file__)


class DrawRoutes:
    """The endpoints of draws besides those of all campaigns; the room is the caller's."""

    def __init__(self, campaigns: Campaigns) -> None:
        self._campaigns = campaigns

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [
            Endpoint(
                method="POST",
                path=f"{PATH}/{{campaign_id}}/close",
                summary="Let nobody into a draw any more, and go on to its result at once.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.close_early,
                answer=Campaign,
                parameters=OneCampaign,
                body=Nothing,
                is_idempotent=True,
            ),
            Endpoint(
                method="GET",
                path=f"{PATH}/{{campaign_id}}/bundle",
                summary="Give the file to check a draw with, or to read an auction's bids in, after the end.",
                who=Who.MEMBER,
                handle=self.bundle,
                answer=FileAnswer,
                parameters=OneCampaign,
                body=Nothing,
                answer_types=("application/json",),
            ),
            Endpoint(
                method="GET",
                path="/api/v1/draw-verifier",
                summary="Give a short script that checks such a file without anything else.",
                who=Who.ANYONE,
                handle=self.verifier,
                answer=FileAnswer,
                parameters=Nothing,
                body=Nothing,
                answer_types=("text/x-python",),
            ),
        ]

    async def close_early(self, call: Call[OneCampaign, Nothing]) -> Campaign:
        """Bring a result forward."""
        campaign_id = call.parameters.campaign_id
        request = request_of(call, f"close:{campaign_id}")
        closed = await self._campaigns.close_early(person_of(call), campaign_id, request)
        if closed is None:
            raise unknown_campaign()
        return closed if isinstance(closed, Campaign) else refuse_campaign(closed)

    async def bundle(self, call: Call[OneCampaign, Nothing]) -> FileAnswer:
        """Give the file to check a campaign with."""
        campaign_id = call.parameters.campaign_id
        text = await self._campaigns.bundle(person_of(call), campaign_id)
        if text is None:
            raise refusal(404, "There is no such draw or auction in this room, or it has no result.")
        return FileAnswer(text.encode(), "application/json", f"campaign-{campaign_id}.json")

    async def verifier(self, call: Call[Nothing, Nothing]) -> FileAnswer:
        """Give the script."""
        return FileAnswer(VERIFIER.read_bytes(), "text/x-python", VERIFIER.name)
