"""What each kind of source lets people set, and how it is placed at first; forms are built from it."""

from typing import Final

from effects.params import (
    Choice,
    Color,
    DeviceChoice,
    DeviceList,
    File,
    Option,
    Parameter,
    Slider,
    Text,
    Toggle,
    Value,
    Values,
    fits,
)
from studio.project.project import FULL_CANVAS, Fit, Source, SourceKind, Transform

MOST_TEXT: Final = 500
FILMS: Final = ("*.mp4", "*.mov", "*.mkv", "*.webm", "*.avi", "*.flv", "*.ts", "*.m4v", "*.gif", "*.mp3")
IMAGES: Final = ("*.png", "*.jpg", "*.jpeg", "*.webp", "*.bmp")

_MICROPHONE: Final = DeviceChoice(name="device", label="Microphone", devices=DeviceList.MICROPHONES)
_TEXT: Final[tuple[Parameter, ...]] = (
    Text(name="text", label="Text", default="", most=MOST_TEXT),
    Color(name="color", label="Color", default="#ffffff"),
    Toggle(name="is_bold", label="Bold", default=True),
    Choice(
        name="align",
        label="Align",
        default="center",
        options=(Option("left", "Left"), Option("center", "Center"), Option("right", "Right")),
    ),
    Slider(name="outline", label="Outline", default=30),
    Color(name="outline_color", label="Line color", default="#000000"),
    Toggle(name="has_panel", label="Panel behind the text"),
    Color(name="panel_color", label="Panel", default="#1f2937"),
)

PARAMETERS: Final[dict[SourceKind, tuple[Parameter, ...]]] = {
    SourceKind.CAMERA: (DeviceChoice(name="device", label="Camera", devices=DeviceList.CAMERAS),),
    SourceKind.SCREEN: (DeviceChoice(name="screen", label="Screen", devices=DeviceList.SCREENS),),
    SourceKind.WINDOW: (DeviceChoice(name="window", label="Window", devices=DeviceList.WINDOWS),),
    SourceKind.MEDIA_FILE: (File(name="file", label="Media file", patterns=FILMS + IMAGES),),
    SourceKind.IMAGE: (File(name="file", label="Image", patterns=IMAGES),),
    SourceKind.TEXT: _TEXT,
    SourceKind.COLOR: (Color(name="color", label="Color", default="#1f2937"),),
    SourceKind.TEST_PATTERN: (),
    SourceKind.DEMO: (),
    SourceKind.MICROPHONE: (_MICROPHONE,),
    SourceKind.TEST_TONE: (),
    SourceKind.DEMO_MUSIC: (),
}

_PLACES: Final = {
    SourceKind.IMAGE: Transform(0.2, 0.2, 0.6, 0.6, fit=Fit.CONTAIN),
    SourceKind.TEXT: Transform(0.1, 0.06, 0.8, 0.1, fit=Fit.CONTAIN),
}


def values_of(source: Source) -> Values:
    """Return what a source is opened with: its settings where they fit, else as its kind declares.

    A file of a newer or an older version may hold others.
    """
    declared = {parameter.name: parameter for parameter in PARAMETERS[source.kind]}
    chosen: dict[str, Value] = {
        name: value
        for name, value in source.settings.items()
        if name in declared and fits(declared[name], value)
    }
    return Values(PARAMETERS[source.kind], chosen)


def first_place(kind: SourceKind) -> Transform:
    """Return where a source of this kind is put when it is added to a scene."""
    return _PLACES.get(kind, FULL_CANVAS)
