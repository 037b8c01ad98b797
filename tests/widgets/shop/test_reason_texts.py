import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.contract.own_reasons import OwnReason
from tests.test_house import ROOT
from widgets.shop.reason_texts import reason_text

# Where a step takes its reason; these reasons of movements repeat what moved, and are not shown.
PLACES = {"Step": 3, "CaseStep": 2}
OF_MOVEMENTS = {"opening", "placed", "case"}


def plain_reasons() -> Iterator[str]:
    """The reasons that the shop gives by itself, and that are no codes."""
    for path in Path(ROOT / "backend/shop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            place = PLACES.get(ast.unparse(node.func), len(node.args))
            given = [
                *node.args[place : place + 1],
                *(one.value for one in node.keywords if one.arg == "reason"),
            ]
            yield from (str(one.value) for one in given if isinstance(one, ast.Constant) and one.value)


def test_the_shop_gives_its_own_reasons_as_codes() -> None:
    assert set(plain_reasons()) <= OF_MOVEMENTS


@pytest.mark.parametrize("reason", OwnReason)
def test_a_reason_that_the_shop_gives_has_words_of_the_studio(reason: OwnReason) -> None:
    assert reason_text(reason.value) != reason.value


def test_the_words_of_people_stay_as_they_are() -> None:
    assert reason_text("broken, see {photo}") == "broken, see {photo}"
