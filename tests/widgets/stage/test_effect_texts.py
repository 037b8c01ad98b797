from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from effects.catalog import find_filters
from effects.chain import Chain
from effects.governor import STEPS
from effects.params import Choice, Fault, FaultKind, Settings, Value
from effects.presets import GIVEN
from widgets.stage.effect_texts import FAULTS, REFUSALS, TEXTS, effect_text, refusal_text

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
    (rejection,) = Chain(each() for each in find_filters()).change(Settings({name: values}))

    assert rejection.reason in REFUSALS
    assert refusal_text(rejection.reason) == "Choose the file."


def test_what_is_wrong_with_a_file_is_told_in_its_own_words() -> None:
    assert (
        refusal_text("line 7: expected three numbers, got two") == "line 7: expected three numbers, got two"
    )


@pytest.mark.parametrize("kind", list(FaultKind))
def test_every_fault_of_a_file_has_words_that_say_what_to_do(kind: FaultKind) -> None:
    told = refusal_text(Fault(kind, "english", "look {x}.cube", line=7, expected="0 – 1", got="2\n5"))

    assert "{name}" not in told
    assert "\n" not in told
    assert told.count(". ") >= 1 or told.count("：") >= 1
    assert set(FAULTS) == set(FaultKind)


def test_a_refused_look_is_told_by_its_line_in_the_words_of_the_panel(tmp_path: Path) -> None:
    path = tmp_path / "bad.cube"
    path.write_text("LUT_3D_SIZE 2\n0 0 x\n")
    (rejection,) = Chain(each() for each in find_filters()).change(
        Settings({"color": {"look": "file", "file": str(path)}})
    )

    assert isinstance(rejection.reason, Fault)
    assert (
        msgspec.msgpack.decode(msgspec.msgpack.encode(rejection.reason), type=str | Fault) == rejection.reason
    )
    told = refusal_text(rejection.reason)
    assert told == "Line 2: three numbers belong here, not “0 0 x”. Export the look again."
