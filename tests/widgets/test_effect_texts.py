from collections.abc import Iterator

from effects.catalog import find_filters
from effects.governor import STEPS
from effects.params import Choice
from effects.presets import GIVEN
from widgets.effect_texts import TEXTS, effect_text

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


def refusals() -> Iterator[str]:
    """What filters answer while a file is still to be chosen."""
    yield from (text for text in listed() if text.startswith("expected "))


def test_every_text_that_is_declared_can_be_translated_and_no_other() -> None:
    assert set(declared()) - set(listed()) == set()
    assert set(listed()) - set(declared()) - set(refusals()) == set()
    assert len(set(listed())) == len(listed())


def test_a_text_nobody_declared_stays_as_it_is() -> None:
    assert effect_text("a filter of tomorrow") == "a filter of tomorrow"
