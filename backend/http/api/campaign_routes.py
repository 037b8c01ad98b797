"""Campaigns over HTTP: staff arm, stop and look back at them; viewers ask what they have of one."""

from typing import Final, Never

from backend.contract.base import AssistantRight
from backend.contract.campaigns import (
    Campaign,
    CampaignReport,
    CampaignsPage,
    CoinBudget,
    MyPart,
    NewCampaign,
    OneCampaign,
    OneTemplate,
    StopCampaign,
    Template,
    TemplatesPage,
)
from backend.contract.problems import ProblemDetails
from backend.contract.shop_problems import CampaignPriceProblem
from backend.http.api.endpoint import AnyEndpoint, Call, Endpoint, Nothing, Who
from backend.http.api.problems import ApiError, refusal
from backend.http.api.shop_call import person_of, request_of
from backend.http.api.shop_refusals import refuse
from backend.shop.campaigns.campaigns import Campaigns
from backend.shop.campaigns.kind import NotArmed
from backend.shop.campaigns.templates import TooManyTemplates
from backend.shop.idempotency import KeyReused

PATH: Final = "/api/v1/campaigns"
TEMPLATES: Final = "/api/v1/campaign-templates"
BUDGET: Final = "/api/v1/campaign-budget"
BODY_BYTES: Final = 32 * 1024


class CampaignRoutes:
    """The endpoints of campaigns of all kinds; the room is the caller's."""

    def __init__(self, campaigns: Campaigns) -> None:
        self._campaigns = campaigns

    def endpoints(self) -> list[AnyEndpoint]:
        """Return them."""
        return [*self._of_campaigns(), *self._of_one(), *self._of_templates(), *self._of_budget()]

    def _of_campaigns(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path=PATH,
                summary="List the campaigns of the room, the newest first.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.page,
                answer=CampaignsPage,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=PATH,
                summary="Announce a campaign; it opens by itself after its countdown.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.arm,
                answer=Campaign,
                parameters=Nothing,
                body=NewCampaign,
                status=201,
                is_idempotent=True,
                body_bytes=BODY_BYTES,
                problems={409: (CampaignPriceProblem,)},
            ),
        ]

    def _of_one(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="POST",
                path=f"{PATH}/{{campaign_id}}/stop",
                summary="End a campaign early, with a reason that everybody reads.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.stop,
                answer=Campaign,
                parameters=OneCampaign,
                body=StopCampaign,
                is_idempotent=True,
            ),
            Endpoint(
                method="GET",
                path=f"{PATH}/{{campaign_id}}/report",
                summary="Show what came of a campaign; its counts add up to the requests received.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.report,
                answer=CampaignReport,
                parameters=OneCampaign,
                body=Nothing,
            ),
            Endpoint(
                method="GET",
                path=f"{PATH}/{{campaign_id}}/my-part",
                summary="Show what one has of a campaign.",
                who=Who.MEMBER,
                handle=self.my_part,
                answer=MyPart,
                parameters=OneCampaign,
                body=Nothing,
            ),
        ]

    def _of_templates(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path=TEMPLATES,
                summary="List the room's templates of campaigns.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.templates,
                answer=TemplatesPage,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="POST",
                path=TEMPLATES,
                summary="Keep a template, to start it again.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.keep_template,
                answer=Template,
                parameters=Nothing,
                body=NewCampaign,
                status=201,
                is_idempotent=True,
                body_bytes=BODY_BYTES,
            ),
            Endpoint(
                method="DELETE",
                path=f"{TEMPLATES}/{{template_id}}",
                summary="Keep a template no longer; those that are left are answered.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.drop_template,
                answer=TemplatesPage,
                parameters=OneTemplate,
                body=Nothing,
            ),
        ]

    def _of_budget(self) -> list[AnyEndpoint]:
        return [
            Endpoint(
                method="GET",
                path=BUDGET,
                summary="Show how many coins the campaigns of one live session may give away.",
                who=AssistantRight.CAMPAIGNS,
                handle=self.budget,
                answer=CoinBudget,
                parameters=Nothing,
                body=Nothing,
            ),
            Endpoint(
                method="PUT",
                path=BUDGET,
                summary="Set that cap, or lift it; the host's alone.",
                who=Who.HOST,
                handle=self.set_budget,
                answer=CoinBudget,
                parameters=Nothing,
                body=CoinBudget,
            ),
        ]

    async def page(self, call: Call[Nothing, Nothing]) -> CampaignsPage:
        """List them."""
        return await self._campaigns.page(person_of(call))

    async def arm(self, call: Call[Nothing, NewCampaign]) -> Campaign:
        """Announce one."""
        armed = await self._campaigns.arm(person_of(call), call.body, request_of(call, "campaigns"))
        return armed if isinstance(armed, Campaign) else refuse_campaign(armed)

    async def stop(self, call: Call[OneCampaign, StopCampaign]) -> Campaign:
        """End one early."""
        campaign_id = call.parameters.campaign_id
        request = request_of(call, f"stop:{campaign_id}")
        stopped = await self._campaigns.stop(person_of(call), campaign_id, call.body, request)
        if stopped is None:
            raise unknown_campaign()
        return stopped if isinstance(stopped, Campaign) else refuse_campaign(stopped)

    async def report(self, call: Call[OneCampaign, Nothing]) -> CampaignReport:
        """Show what came of one."""
        report = await self._campaigns.report(person_of(call), call.parameters.campaign_id)
        if report is None:
            raise unknown_campaign()
        return report

    async def my_part(self, call: Call[OneCampaign, Nothing]) -> MyPart:
        """Show what one has of a campaign."""
        part = await self._campaigns.part_of(person_of(call), call.parameters.campaign_id)
        if part is None:
            raise unknown_campaign()
        return part

    async def templates(self, call: Call[Nothing, Nothing]) -> TemplatesPage:
        """List the templates."""
        return await self._campaigns.templates(person_of(call))

    async def keep_template(self, call: Call[Nothing, NewCampaign]) -> Template:
        """Keep one."""
        request = request_of(call, "campaign-templates")
        kept = await self._campaigns.keep_template(person_of(call), call.body, request)
        match kept:
            case Template():
                return kept
            case TooManyTemplates(most=most):
                raise refusal(409, f"A room keeps {most} templates at most. Delete one first.")
            case _:
                raise refuse(kept)

    async def drop_template(self, call: Call[OneTemplate, Nothing]) -> TemplatesPage:
        """Keep one no longer."""
        return await self._campaigns.drop_template(person_of(call), call.parameters.template_id)

    async def budget(self, call: Call[Nothing, Nothing]) -> CoinBudget:
        """Show the cap."""
        return await self._campaigns.budget(person_of(call))

    async def set_budget(self, call: Call[Nothing, CoinBudget]) -> CoinBudget:
        """Set the cap."""
        return await self._campaigns.set_budget(person_of(call), call.body.session_coins)


def refuse_campaign(refused: NotArmed | KeyReused) -> Never:
    """Answer why staff may not do what they asked for."""
    if isinstance(refused, KeyReused):
        raise refuse(refused)
    title, status = "The campaign is refused", 409
    if refused.allowed:
        raise ApiError(
            CampaignPriceProblem(
                type=refused.code, title=title, status=status, detail=refused.detail, allowed=refused.allowed
            )
        )
    raise ApiError(ProblemDetails(type=refused.code, title=title, status=status, detail=refused.detail))


def unknown_campaign() -> ApiError:
    """Return what is answered where the room has no such campaign."""
    return refusal(404, "There is no such campaign in this room.")
