"""Tests for what is said of an error that came instead of an answer."""

import httpx

from studio.connection.error_details import detail_of


def test_an_error_without_words_is_told_by_its_name() -> None:
    assert detail_of(httpx.ReadTimeout("")) == "ReadTimeout"


def test_an_error_with_words_is_told_in_them() -> None:
    assert detail_of(httpx.ConnectError("no route to host")) == "no route to host"
