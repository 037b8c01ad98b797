"""The report of a campaign as a file."""

import csv
import io

import msgspec

from backend.contract.auctions import AuctionOutcome, AuctionShown
from backend.contract.campaigns import Arrivals, CampaignPhase, CampaignReport, RequestCount
from backend.contract.draws import DrawShown, DrawTerms, DrawWinner
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


def test_the_report_of_an_auction_as_csv_names_winner_and_price() -> None:
    sold = AuctionShown(
        "tea",
        "tea",
        "CNY",
        100,
        4200,
        4400,
        [],
        outcome=AuctionOutcome.SOLD,
        winner_id="u_7",
        leader_id="u_7",
    )
    auction = msgspec.structs.replace(REPORT.campaign, detail=sold)
    lines = dict(
        csv.reader(io.StringIO(report_csv(msgspec.structs.replace(REPORT, campaign=auction)).decode()))
    )
    assert (lines["auction_outcome"], lines["winner"], lines["price_minor"]) == ("sold", "u_7", "4200")


def test_the_report_of_a_draw_as_csv_names_each_winner() -> None:
    drawn = DrawShown(DrawTerms("cup"), "{}", 9, winners=[DrawWinner("u_1", 3), DrawWinner("u_2", 1)])
    draw = msgspec.structs.replace(REPORT.campaign, detail=drawn)
    rows = list(csv.reader(io.StringIO(report_csv(msgspec.structs.replace(REPORT, campaign=draw)).decode())))
    assert [value for figure, value in rows if figure == "winner"] == ["u_1", "u_2"]


def test_a_report_as_json_is_what_the_shop_gives() -> None:
    assert msgspec.json.decode(report_json(REPORT), type=CampaignReport) == REPORT
