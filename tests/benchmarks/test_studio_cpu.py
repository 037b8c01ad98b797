"""Figures out of the studio's starts."""

import pytest

from benchmarks.studio_cpu import start_figures


def test_a_start_is_held_against_the_empty_windows_of_the_same_run() -> None:
    figures = start_figures(studio_s=[3.2, 9.0, 3.0], empty_s=[2.0, 2.1, 1.9])
    assert figures["start_ratio"] == pytest.approx(1.6)
    assert (figures["start_s"], figures["start_empty_s"]) == (3.2, 2.0)
