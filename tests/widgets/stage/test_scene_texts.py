from effects.params import Choice, Parameter
from studio.project import kinds, placing
from studio.project.project import SOUNDS, Source, SourceKind
from tests.widgets.stage.sample_project import CAMERA, LOGO, TITLE
from widgets.stage.scene_texts import ICONS, KINDS, LABELS, scene_text, source_name


def texts(parameter: Parameter) -> set[str]:
    options = parameter.options if isinstance(parameter, Choice) else ()
    return {parameter.label, *(option.label for option in options)}


def test_every_kind_with_a_picture_has_a_name_and_an_icon() -> None:
    assert KINDS.keys() == ICONS.keys() == set(SourceKind) - SOUNDS


def test_every_declared_text_is_listed_for_the_translations() -> None:
    declared = [each for kind in KINDS for each in kinds.PARAMETERS[kind]]
    needed = {text for each in (*declared, *placing.PARAMETERS) for text in texts(each)}
    assert needed - {*KINDS.values(), *LABELS} == set()
    assert set(LABELS) - needed == set()


def test_a_source_is_called_by_its_name_file_text_or_kind() -> None:
    assert source_name(Source("a", SourceKind.CAMERA, name="Anna")) == "Anna"
    assert source_name(CAMERA) == "Camera"
    assert source_name(LOGO) == "logo.png"
    assert source_name(TITLE) == "限时 sale"
    assert source_name(Source("t", SourceKind.TEXT)) == scene_text("Text")
