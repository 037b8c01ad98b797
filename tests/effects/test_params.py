"""Parameters are messages; values are checked once and then never change."""

import msgspec
import pytest

from effects.params import (
    Choice,
    Color,
    Declaration,
    DeviceChoice,
    DeviceList,
    File,
    Option,
    ParameterError,
    Settings,
    Slider,
    Text,
    Toggle,
    Value,
    Values,
    fits,
)

PARAMETERS = (
    Slider(name="smooth", label="Smooth", default=20),
    Slider(name="warm", label="Warm", low=-100),
    Choice(
        name="kind", label="Kind", default="none", options=(Option("none", "None"), Option("blur", "Blur"))
    ),
    Toggle(name="on", label="On"),
    Color(name="wall", label="Wall", default="#00b140"),
    File(name="file", label="File", patterns=("*.cube",)),
)


def test_what_is_not_chosen_has_its_default() -> None:
    values = Values(PARAMETERS, {"kind": "blur"})
    assert values.number("smooth") == 20
    assert values.text("kind") == "blur"
    assert not values.is_on("on")
    assert values.text("file") == ""


def test_numbers_are_kept_within_their_slider() -> None:
    values = Values(PARAMETERS, {"smooth": 900.0, "warm": -900.0})
    assert (values.strength("smooth"), values.strength("warm")) == (1.0, -1.0)


def test_a_colour_is_read_as_blue_green_red() -> None:
    assert Values(PARAMETERS, {"wall": "#0102fF"}).bgr("wall") == (255, 2, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smooth", "much"),
        ("smooth", True),
        ("smooth", float("nan")),
        ("kind", "other"),
        ("kind", 3.0),
        ("on", 1.0),
        ("wall", "green"),
        ("wall", "#12345g"),
        ("file", False),
        ("unheard_of", 1.0),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(name: str, value: Value) -> None:
    with pytest.raises(ParameterError, match=name):
        Values(PARAMETERS, {name: value})


def test_the_wrong_question_is_refused() -> None:
    values = Values(PARAMETERS)
    with pytest.raises(ParameterError):
        values.number("kind")
    with pytest.raises(ParameterError):
        values.is_on("smooth")
    with pytest.raises(ParameterError):
        values.text("on")


def test_equal_values_are_equal_keys() -> None:
    assert (
        len({Values(PARAMETERS), Values(PARAMETERS, {"smooth": 20.0}), Values(PARAMETERS, {"smooth": 21.0})})
        == 2
    )


def test_declarations_and_settings_travel_over_the_pipe() -> None:
    declaration = Declaration("demo", "Demo", PARAMETERS)
    sent = msgspec.msgpack.encode(declaration)
    assert msgspec.msgpack.decode(sent, type=Declaration) == declaration
    settings = Settings({"demo": {"smooth": 3.0, "on": True, "kind": "blur"}})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(settings), type=Settings) == settings


def test_a_text_fits_up_to_its_length_and_a_device_is_an_id() -> None:
    text = Text(name="text", label="Text", most=3)
    device = DeviceChoice(name="device", label="Camera", devices=DeviceList.CAMERAS)
    assert [fits(text, value) for value in ("", "abc", "abcd", 1.0)] == [True, True, False, False]
    assert [fits(device, value) for value in ("", "cam-1", True)] == [True, True, False]
