"""Declarations for the tests of forms and of the effects panel, as an engine would send them."""

from typing import Final

from effects.params import (
    Choice,
    Color,
    Condition,
    Declaration,
    File,
    Option,
    Parameter,
    Slider,
    Toggle,
)

KIND: Final = Choice(
    name="kind",
    label="Kind",
    default="none",
    options=(Option("none", "None"), Option("picture", "Picture"), Option("color", "Color")),
)
SOURCE: Final = Choice(
    name="picture",
    label="Picture",
    default="studio",
    options=(Option("studio", "Studio"), Option("file", "From a file")),
    shown_if=Condition("kind", ("picture",)),
)
FILE: Final = File(
    name="file", label="Picture file", patterns=("*.png",), shown_if=Condition("picture", ("file",))
)
COLOR: Final = Color(name="color", label="Wall", default="#00b140", shown_if=Condition("kind", ("color",)))
SMOOTH: Final = Slider(name="smooth", label="Smooth")
CHIN: Final = Slider(name="chin", label="Chin", low=-100)
HAT: Final = Toggle(name="hat", label="Hat")
ALL: Final[tuple[Parameter, ...]] = (KIND, SOURCE, FILE, COLOR, SMOOTH, CHIN, HAT)

LOOK: Final = Choice(
    name="look",
    label="Look",
    default="none",
    options=(Option("none", "None"), Option("film", "Film"), Option("mono", "Black and white")),
)
DECLARATIONS: Final = (
    Declaration("background", "Background", (KIND, SOURCE, FILE, COLOR)),
    Declaration("color", "Looks and color", (LOOK, Slider(name="intensity", label="Intensity", default=80))),
    Declaration("beauty", "Beauty", (SMOOTH, Slider(name="whiten", label="Whiten"))),
    Declaration("sparkle", "Sparkle", (HAT,)),
)
