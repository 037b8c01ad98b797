import re

from widgets.common.moment import moment_text


def test_a_moment_is_told_by_date_and_minute() -> None:
    assert re.fullmatch(r"2023-11-1[45] \d\d:\d\d", moment_text(1_700_000_000_000))
