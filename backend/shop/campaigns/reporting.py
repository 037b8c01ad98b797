"""What came of a campaign: each request that was received is in it once."""

from sqlalchemy import Connection

from backend.contract.campaigns import Arrivals, CampaignReport, RequestCount
from backend.shop.campaigns.kind import Kind
from backend.shop.campaigns.refusals import read_refusals, read_refused_tenths
from backend.shop.campaigns.rows import CampaignRow
from backend.shop.campaigns.telling import shown

ACCEPTED = "accepted"


def report_on(connection: Connection, kind: Kind, row: CampaignRow) -> CampaignReport:
    """Return the report of a campaign as it is now."""
    result = kind.result(connection, row)
    refused = read_refusals(connection, row.campaign_id)
    tenths = read_refused_tenths(connection, row.campaign_id) + result.accepted_tenths
    outcomes = [RequestCount(ACCEPTED, result.accepted)]
    outcomes += [RequestCount(reason, count) for reason, count in sorted(refused.items())]
    return CampaignReport(
        campaign=shown(connection, kind, row),
        received=sum(one.count for one in outcomes),
        outcomes=outcomes,
        arrivals=[Arrivals(tenth, count) for tenth, count in sorted(tenths.items())],
        people=result.people,
        coins_out=result.coins_out,
        gmv_minor=result.gmv_minor,
        prizes=result.prizes,
    )
