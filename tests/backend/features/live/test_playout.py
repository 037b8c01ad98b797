"""How far viewers are behind, as their players report it."""

import pytest

from backend.contract.base import AssistantRight, RejectReason, Role
from backend.contract.playout import PlayoutChanged, ReportPlayout
from backend.features.actor import Actor
from backend.features.deliveries import Rejection, ToStaff
from backend.features.live.playout import LASTS_MS, MOST, Playout

HOST = Actor("host", Role.HOST)


def viewer(name: str = "anna") -> Actor:
    return Actor(name, Role.VIEWER)


def told(median_ms: int) -> list[ToStaff]:
    return [ToStaff(PlayoutChanged(median_ms), AssistantRight.CAMPAIGNS)]


@pytest.fixture
def playout() -> Playout:
    return Playout()


def test_the_middle_of_the_newest_reports_counts(playout: Playout) -> None:
    for name, delay_ms in (("anna", 9000), ("bert", 300), ("cora", 500), ("anna", 412)):
        assert playout.decide(ReportPlayout(delay_ms), viewer(name), 1000) == ()
    assert playout.digest(1000) == told(410)


def test_nothing_is_told_while_nobody_reported(playout: Playout) -> None:
    assert playout.digest(0) == ()
    assert playout.show_staff(HOST, 0) == {"playout_ms": None}


def test_what_a_viewer_reported_who_left_long_ago_counts_no_more(playout: Playout) -> None:
    playout.decide(ReportPlayout(300), viewer(), 0)
    playout.decide(ReportPlayout(500), viewer("bert"), LASTS_MS)
    assert playout.digest(LASTS_MS + 1) == told(500)


def test_a_crowd_takes_no_more_memory_than_a_sample_of_it(playout: Playout) -> None:
    for number in range(MOST + 5):
        playout.decide(ReportPlayout(number), viewer(f"viewer-{number}"), number)
    assert len(playout._reports) == MOST


def test_staff_report_nothing(playout: Playout) -> None:
    assert playout.decide(ReportPlayout(5), HOST, 0) == Rejection(RejectReason.FORBIDDEN)


def test_staff_without_the_right_to_campaigns_are_not_told(playout: Playout) -> None:
    playout.decide(ReportPlayout(300), viewer(), 0)
    assert playout.show_staff(Actor("a", Role.ASSISTANT), 0) == {"playout_ms": None}
    assert playout.show_staff(HOST, 0) == {"playout_ms": 300}
