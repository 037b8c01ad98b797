from collections.abc import Iterator

import pytest

from effects.catalog import find_filters
from effects.chain import Chain
from effects.governor import STEPS
from effects.params import Choice, Settings, Value
from effects.presets import GIVEN
from widgets.effect_texts import REFUSALS, TEXTS, effect_text, refusal_text

PARTS = ("networks", "matte")


def declared() -> Iterator[str]:
    for each in find_filters():
        yield each.title
        for parameter in each.parameters:
            yield parameter.label
            if isinstance(parameter, Choice):
                yield from (option.label for option in parameter.options)
    yield from (preset.label for preset in GIVEN)
    yield from (step.name for step in STEPS)
    yield from PARTS


def listed() -> list[str]:
    return [str(text) for text in TEXTS]  # PySide6 says `object`


def test_every_text_that_is_declared_can_be_translated_and_no_other() -> None:
    assert set(declared()) - set(listed()) == set()
    assert set(listed()) - set(declared()) == set()
    assert len(set(listed())) == len(listed())


def test_a_text_nobody_declared_stays_as_it_is() -> None:
    assert effect_text("a filter of tomorrow") == "a filter of tomorrow"


@pytest.mark.parametrize(
    ("name", "values"),
    [("background", {"kind": "picture", "picture": "file"}), ("color", {"look": "file"})],
)
def test_a_file_that_is_still_to_be_chosen_is_asked_for(name: str, values: dict[str, Value]) -> None:
    (refusal,) = Chain(each() for each in find_filters()).change(Settings({name: values}))

    assert refusal.reason in REFUSALS
    assert refusal_text(refusal.reason) == "Choose the file."


def test_what_is_wrong_with_a_file_is_told_in_its_own_words() -> None:
    assert (
        refusal_text("line 7: expected three numbers, got two") == "line 7: expected three numbers, got two"
    )
