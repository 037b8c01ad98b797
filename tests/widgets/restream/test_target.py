import pytest

from widgets.restream.target import Target, is_address


@pytest.mark.parametrize("server", ["rtmp://a.example/app", "RTMPS://a.example:443/app", "rtmp://10.0.0.1"])
def test_addresses_of_platforms_are_taken(server: str) -> None:
    assert is_address(server)


@pytest.mark.parametrize("server", ["", "https://a.example", "rtmp://", "rtmps:///", "rtmp://a b", "a/app"])
def test_other_addresses_are_not_taken(server: str) -> None:
    assert not is_address(server)


def test_the_key_stands_behind_the_address() -> None:
    assert Target("t", "A", "rtmp://a/app/", "k").url == "rtmp://a/app/k"
    assert Target("t", "A", "rtmp://a/app/k?sign=1").url == "rtmp://a/app/k?sign=1"


def test_a_target_in_a_log_keeps_its_secret() -> None:
    assert "secret" not in repr(Target("t", "A", "rtmp://a/app/secret", "secret"))
