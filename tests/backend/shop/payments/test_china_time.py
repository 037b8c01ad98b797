import pytest

from backend.shop.payments.china_time import china_time, read_china_time


def test_a_time_in_china_is_eight_hours_ahead_whatever_the_server_thinks() -> None:
    assert china_time(1_700_000_000_999).isoformat() == "2023-11-15T06:13:20+08:00"


def test_a_time_without_a_zone_is_of_china() -> None:
    assert read_china_time("2023-11-15 06:13:20") == 1_700_000_000_000
    assert read_china_time("2023-11-14T22:13:20+00:00") == 1_700_000_000_000
    with pytest.raises(ValueError, match="Invalid isoformat"):
        read_china_time("soon")
