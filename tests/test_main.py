from pathlib import Path

import pytest

from backend.public_names import PublicName
from main import main, make_parser


def test_limits_are_asked_for_and_have_their_defaults() -> None:
    usual = make_parser().parse_args(["serve"])
    assert (usual.connections_per_address, usual.sockets_per_address) == (1000, 500)
    assert usual.sockets_per_user == 10
    asked = make_parser().parse_args(["serve", "--sockets-per-address", "2000"])
    assert asked.sockets_per_address == 2000
    with pytest.raises(SystemExit):
        make_parser().parse_args(["serve", "--sockets-per-user", "0"])


def test_an_assistant_needs_no_link_and_may_give_one() -> None:
    options = make_parser().parse_args(["assist", "http://shop:8787/r/tea", "--data", "/d"])

    assert (options.command, options.link, options.data) == ("assist", "http://shop:8787/r/tea", Path("/d"))
    assert make_parser().parse_args(["assist"]).link == ""


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("http://shop:8787/r/tea#assist=7KQ2M-04XRT", "leave the code out"),
        ("the room of Ann", "expected a room's address"),
    ],
)
def test_a_code_never_comes_by_the_command_line(
    capsys: pytest.CaptureFixture[str], link: str, said: str
) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["assist", link])

    told = capsys.readouterr().err
    assert said in told
    assert "7KQ2M" not in told


def test_a_backend_may_be_known_by_names_proxies_and_a_path() -> None:
    arguments = ["--name", "shop.example.com", "--name", "https://b.example", "--trusted-proxy", "10.0.0.7"]
    options = make_parser().parse_args(
        ["serve", *arguments, "--prefix", "/live/", "--advertise", "203.0.113.7"]
    )

    assert options.names == [PublicName("", "shop.example.com", None), PublicName("https", "b.example", None)]
    assert (options.trusted_proxies, options.prefix) == (["10.0.0.7/32"], "/live")
    assert options.advertise == ["203.0.113.7"]


def test_a_wrong_proxy_is_told_what_was_expected(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        make_parser().parse_args(["serve", "--trusted-proxy", "proxy.example"])

    assert "expected an IP address or a network such as 10.0.0.0/8" in capsys.readouterr().err


def test_a_stream_key_is_made_listed_and_revoked_by_name() -> None:
    made = make_parser().parse_args(["stream-key", "add", "OBS", "--data", "/d", "--room", "tea"])
    assert (made.command, made.action, made.name) == ("stream-key", "add", "OBS")
    assert (made.data, made.database, made.room) == (Path("/d"), None, "tea")
    assert make_parser().parse_args(["stream-key", "list"]).room == "main"
    with pytest.raises(SystemExit):
        make_parser().parse_args(["stream-key", "revoke"])


def test_what_is_not_understood_is_named_with_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "--prot", "9"])

    assert "not understood: --prot 9. `main.py serve --help` lists the options." in capsys.readouterr().err
