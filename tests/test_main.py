from pathlib import Path

import pytest

from main import make_parser


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
