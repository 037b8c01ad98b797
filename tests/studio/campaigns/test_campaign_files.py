"""The report of a campaign as a file."""

import csv
import io

import msgspec

from backend.contract.campaigns import Arrivals, CampaignPhase, CampaignReport, RequestCount
from backend.contract.prizes import PrizeCounts
from studio.campaigns.campaign_files import report_csv, report_json
from tests.widgets.campaigns.sample_face import campaign

REPORT = CampaignReport(
    campaign=campaign(phase=CampaignPhase.ENDED),
    received=5,
    outcomes=[RequestCount("accepted", 3), RequestCount("already", 2)],
    arrivals=[Arrivals(0, 5)],
    people=3,
    coins_out=30,
    gmv_minor=0,
)


def test_a_report_as_csv_adds_up_in_a_spreadsheet() -> None:
    lines = dict(csv.reader(io.StringIO(report_csv(REPORT).decode("utf-8-sig"))))
    assert (lines["received"], lines["outcome:accepted"], lines["outcome:already"]) == ("5", "3", "2")
    assert lines["arrived_in_tenth:0"] == "5"


def test_a_report_as_csv_says_what_became_of_the_goods_that_could_be_won() -> None:
    report = msgspec.structs.replace(REPORT, prizes=PrizeCounts(1, 2, 3, 4))
    lines = dict(csv.reader(io.StringIO(report_csv(report).decode("utf-8-sig"))))
    assert [lines[f"prizes_{name}"] for name in ("waiting", "claimed", "returned", "passed_on")] == list(
        "1234"
    )
    assert "prizes_waiting" not in report_csv(REPORT).decode("utf-8-sig")


def test_a_report_as_json_is_what_the_shop_gives() -> None:
    assert msgspec.json.decode(report_json(REPORT), type=CampaignReport) == REPORT
