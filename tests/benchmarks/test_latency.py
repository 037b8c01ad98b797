"""Figures out of what the latency benchmark reads."""

import pytest

from benchmarks.bare_page import PAGE
from benchmarks.latency import first_frame_figures, latency_figures


def test_a_delay_is_told_in_frames_of_the_broadcast() -> None:
    figures = latency_figures([60, 40, 50], fps=30)
    assert figures["latency_frames"] == pytest.approx(1.5)
    assert (figures["latency_ms_median"], figures["latency_ms_p95"]) == (50, 60)


def test_a_first_frame_is_held_against_the_bare_pages_of_the_same_run() -> None:
    figures = first_frame_figures(player_ms=[390, 9000, 380], bare_ms=[300, 310, 290])
    assert figures["first_frame_ratio"] == pytest.approx(1.3)


def test_the_bare_page_stays_bare() -> None:
    assert len(PAGE.splitlines()) <= 35
