"""The report of a campaign as a file."""

import csv
import io

import msgspec

from backend.contract.auctions import AuctionShown
from backend.contract.campaigns import CampaignDetail, CampaignReport
from backend.contract.draws import DrawShown
from backend.contract.prizes import PrizeCounts


def report_csv(report: CampaignReport) -> bytes:
    """Return a report as CSV that spreadsheets read: one figure a line."""
    campaign, file = report.campaign, io.StringIO(newline="")
    lines: list[tuple[str, str | int]] = [
        ("campaign_id", campaign.campaign_id),
        ("kind", str(campaign.detail.__struct_config__.tag)),
        ("opens_at_ms", campaign.opens_at_ms),
        ("closes_at_ms", campaign.closes_at_ms),
        ("end_reason", campaign.end_reason.value if campaign.end_reason else ""),
        ("received", report.received),
        *((f"outcome:{one.outcome}", one.count) for one in report.outcomes),
        ("people", report.people),
        ("coins_out", report.coins_out),
        ("gmv_minor", report.gmv_minor),
        *_prizes(report.prizes),
        *_result(campaign.detail),
        *((f"arrived_in_tenth:{one.tenth}", one.count) for one in report.arrivals),
    ]
    writer = csv.writer(file)
    writer.writerow(("figure", "value"))
    writer.writerows(lines)
    return file.getvalue().encode("utf-8-sig")


def _prizes(counts: PrizeCounts | None) -> list[tuple[str, int]]:
    if counts is None:
        return []
    return [
        ("prizes_waiting", counts.waiting),
        ("prizes_claimed", counts.claimed),
        ("prizes_returned", counts.returned),
        ("prizes_passed_on", counts.passed_on),
    ]


def _result(detail: CampaignDetail) -> list[tuple[str, str | int]]:
    """Return who won, and what an auction's unit went for."""
    match detail:
        case AuctionShown(outcome=outcome, winner_id=winner_id, price_minor=price_minor):
            sold = outcome.value if outcome else ""
            return [("auction_outcome", sold), ("winner", winner_id), ("price_minor", price_minor)]
        case DrawShown(winners=winners):
            return [("winner", one.user_id) for one in winners]
        case _:
            return []


def report_json(report: CampaignReport) -> bytes:
    """Return a report as JSON, as the API gives it."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2)
