"""The texts that filters declare in English, listed for the translations: Qt finds them nowhere else.

A test compares this one with what filters, looks, stickers, presets and the frame budget's steps declare.
"""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from effects.params import Fault, FaultKind

TEXTS: Final = (
    QT_TRANSLATE_NOOP("Effects", "Beauty"),
    QT_TRANSLATE_NOOP("Effects", "Smooth"),
    QT_TRANSLATE_NOOP("Effects", "Whiten"),
    QT_TRANSLATE_NOOP("Effects", "Rosy"),
    QT_TRANSLATE_NOOP("Effects", "Sharpen"),
    QT_TRANSLATE_NOOP("Effects", "Face shape"),
    QT_TRANSLATE_NOOP("Effects", "Slim face"),
    QT_TRANSLATE_NOOP("Effects", "Larger eyes"),
    QT_TRANSLATE_NOOP("Effects", "Narrow nose"),
    QT_TRANSLATE_NOOP("Effects", "Chin"),
    QT_TRANSLATE_NOOP("Effects", "Mouth"),
    QT_TRANSLATE_NOOP("Effects", "Make-up"),
    QT_TRANSLATE_NOOP("Effects", "Lips"),
    QT_TRANSLATE_NOOP("Effects", "Lip color"),
    QT_TRANSLATE_NOOP("Effects", "Blush"),
    QT_TRANSLATE_NOOP("Effects", "Blush color"),
    QT_TRANSLATE_NOOP("Effects", "Brows"),
    QT_TRANSLATE_NOOP("Effects", "Looks and color"),
    QT_TRANSLATE_NOOP("Effects", "Color"),
    QT_TRANSLATE_NOOP("Effects", "Look"),
    QT_TRANSLATE_NOOP("Effects", "None"),
    QT_TRANSLATE_NOOP("Effects", "Natural"),
    QT_TRANSLATE_NOOP("Effects", "Bright"),
    QT_TRANSLATE_NOOP("Effects", "Porcelain"),
    QT_TRANSLATE_NOOP("Effects", "Peach"),
    QT_TRANSLATE_NOOP("Effects", "Milk tea"),
    QT_TRANSLATE_NOOP("Effects", "Cream"),
    QT_TRANSLATE_NOOP("Effects", "Warm sun"),
    QT_TRANSLATE_NOOP("Effects", "Fresh"),
    QT_TRANSLATE_NOOP("Effects", "Vivid"),
    QT_TRANSLATE_NOOP("Effects", "Jewel"),
    QT_TRANSLATE_NOOP("Effects", "Film"),
    QT_TRANSLATE_NOOP("Effects", "Teal and orange"),
    QT_TRANSLATE_NOOP("Effects", "Vintage"),
    QT_TRANSLATE_NOOP("Effects", "Dusk"),
    QT_TRANSLATE_NOOP("Effects", "Black and white"),
    QT_TRANSLATE_NOOP("Effects", "From a file"),
    QT_TRANSLATE_NOOP("Effects", "Look file"),
    QT_TRANSLATE_NOOP("Effects", "Intensity"),
    QT_TRANSLATE_NOOP("Effects", "Brightness"),
    QT_TRANSLATE_NOOP("Effects", "Contrast"),
    QT_TRANSLATE_NOOP("Effects", "Saturation"),
    QT_TRANSLATE_NOOP("Effects", "Temperature"),
    QT_TRANSLATE_NOOP("Effects", "Tint"),
    QT_TRANSLATE_NOOP("Effects", "Sharpness"),
    QT_TRANSLATE_NOOP("Effects", "Background"),
    QT_TRANSLATE_NOOP("Effects", "As it is"),
    QT_TRANSLATE_NOOP("Effects", "Blurred"),
    QT_TRANSLATE_NOOP("Effects", "Picture"),
    QT_TRANSLATE_NOOP("Effects", "Video"),
    QT_TRANSLATE_NOOP("Effects", "Blur"),
    QT_TRANSLATE_NOOP("Effects", "Studio"),
    QT_TRANSLATE_NOOP("Effects", "Dawn"),
    QT_TRANSLATE_NOOP("Effects", "Evening lights"),
    QT_TRANSLATE_NOOP("Effects", "By the window"),
    QT_TRANSLATE_NOOP("Effects", "Picture file"),
    QT_TRANSLATE_NOOP("Effects", "Video file"),
    QT_TRANSLATE_NOOP("Effects", "Fit"),
    QT_TRANSLATE_NOOP("Effects", "Fill"),
    QT_TRANSLATE_NOOP("Effects", "Show all"),
    QT_TRANSLATE_NOOP("Effects", "Background color"),
    QT_TRANSLATE_NOOP("Effects", "Green screen"),
    QT_TRANSLATE_NOOP("Effects", "Key color"),
    QT_TRANSLATE_NOOP("Effects", "No green screen"),
    QT_TRANSLATE_NOOP("Effects", "Automatic"),
    QT_TRANSLATE_NOOP("Effects", "Chosen"),
    QT_TRANSLATE_NOOP("Effects", "Wall"),
    QT_TRANSLATE_NOOP("Effects", "Tolerance"),
    QT_TRANSLATE_NOOP("Effects", "Softness"),
    QT_TRANSLATE_NOOP("Effects", "Spill removal"),
    QT_TRANSLATE_NOOP("Effects", "Stickers"),
    QT_TRANSLATE_NOOP("Effects", "Glasses"),
    QT_TRANSLATE_NOOP("Effects", "Cat ears"),
    QT_TRANSLATE_NOOP("Effects", "Hat"),
    QT_TRANSLATE_NOOP("Effects", "Size"),
    QT_TRANSLATE_NOOP("Effects", "Auto framing"),
    QT_TRANSLATE_NOOP("Effects", "Closeness"),
    QT_TRANSLATE_NOOP("Effects", "Radiant"),
    QT_TRANSLATE_NOOP("Effects", "full"),
    QT_TRANSLATE_NOOP("Effects", "plain edges"),
    QT_TRANSLATE_NOOP("Effects", "coarse mask"),
    QT_TRANSLATE_NOOP("Effects", "light beauty"),
    QT_TRANSLATE_NOOP("Effects", "24 frames"),
    QT_TRANSLATE_NOOP("Effects", "networks"),
    QT_TRANSLATE_NOOP("Effects", "matte"),
)
_CHOOSE: Final = QT_TRANSLATE_NOOP("Effects", "Choose the file.")
REFUSALS: Final = {
    "expected a file to put behind, none is chosen": _CHOOSE,
    "expected a .cube file, none is chosen": _CHOOSE,
}
"""What a filter answers while something is still to be chosen, and what to do then."""

FAULTS: Final = {
    FaultKind.UNREADABLE: QT_TRANSLATE_NOOP(
        "Effects", "The file {name} cannot be read. Put it back and allow reading it, or choose another one."
    ),
    FaultKind.TOO_LARGE: QT_TRANSLATE_NOOP(
        "Effects", "The file {name} is too large: at most {expected} are read. Make it smaller."
    ),
    FaultKind.NOT_A_PICTURE: QT_TRANSLATE_NOOP(
        "Effects", "The file {name} is no picture that can be read. Choose a PNG, JPEG or WebP file."
    ),
    FaultKind.NOT_A_VIDEO: QT_TRANSLATE_NOOP(
        "Effects", "The file {name} is no video that can be played. Choose another one."
    ),
    FaultKind.NOT_A_LOOK: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: there is no LUT_3D_SIZE before this. Choose a .cube file with a 3D look."
    ),
    FaultKind.LOOK_SIZE: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: the look's size must be {expected}, not “{got}”. Export it in another size."
    ),
    FaultKind.LOOK_OF_ONE_DIMENSION: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: this is a 1D look. Export it as a 3D look."
    ),
    FaultKind.LOOK_DOMAIN: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: DOMAIN_MIN is not below DOMAIN_MAX. Export the look again."
    ),
    FaultKind.LOOK_NUMBERS: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: three numbers belong here, not “{got}”. Export the look again."
    ),
    FaultKind.LOOK_COUNT: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: {expected} colors belong to this size, not {got}. Export the look again."
    ),
    FaultKind.LOOK_RANGE: QT_TRANSLATE_NOOP(
        "Effects", "The colors go up to {got}, beyond {expected}. Export the look with values from 0 to 1."
    ),
    FaultKind.LOOK_ORDER: QT_TRANSLATE_NOOP(
        "Effects", "Line {line}: {got} must stand before the first color. Export the look again."
    ),
}
"""What is wrong with a file a filter was given, and what to do."""

_MOST_QUOTED: Final = 40
_translate: Final = QCoreApplication.translate


def effect_text(english: str) -> str:
    """Return a declared text in the host's language; one that is not declared as it is."""
    return _translate("Effects", english)


def refusal_text(reason: str | Fault) -> str:
    """Return why a filter does not do what is set; what nobody has words for stays as it is."""
    if isinstance(reason, Fault):
        text = _translate("Effects", str(FAULTS[reason.kind]))
        return text.format(
            name=reason.name, line=reason.line, expected=reason.expected, got=_short(reason.got)
        )
    return _translate("Effects", str(REFUSALS.get(reason, reason)))


def _short(text: str) -> str:
    """Return what stood in a file, so that it cannot spoil the line it is shown in."""
    return "".join(letter if letter.isprintable() else "·" for letter in text[:_MOST_QUOTED])
