import ast
from pathlib import Path

import pytest

from widgets.shop.file_problems import file_problem

EXCHANGE = Path(__file__).parents[3] / "backend" / "shop" / "catalog" / "exchange"


def said() -> list[str]:
    """Every text that the shop says of a whole file, with a 7 where it names something."""
    texts = []
    for path in sorted(EXCHANGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "FileError":
                [text] = node.args
                texts.append(ast.unparse(_filled(text)).strip("\"'"))
    return texts


def _filled(text: ast.expr) -> ast.expr:
    if not isinstance(text, ast.JoinedStr):
        return text
    parts = [
        part.value if isinstance(part, ast.Constant) else "'7'" if part.conversion == ord("r") else "7"  # type: ignore[attr-defined]
        for part in text.values
    ]
    return ast.Constant("".join(str(part) for part in parts))


@pytest.mark.parametrize("text", said())
def test_what_the_shop_says_of_a_whole_file_has_a_hosts_words(text: str) -> None:
    assert file_problem(text.replace("\\'", "'"))


def test_what_a_newer_shop_says_of_a_file_is_left_to_it() -> None:
    assert file_problem("Something new.") == ""
