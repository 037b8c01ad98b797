from collections.abc import Iterator

from studio.engine.audio.filters.catalog import SOUND_FILTERS
from studio.project.voice import VOICE
from widgets.stage.sound_texts import TEXTS, sound_text
from widgets.stage.strip_dialog import PLACE


def declared() -> Iterator[str]:
    for each in SOUND_FILTERS.values():
        yield each.title
        yield from (parameter.label for parameter in each.parameters)
    yield from (parameter.label for parameter in PLACE)


def test_every_text_that_sound_filters_declare_can_be_translated_and_no_other() -> None:
    assert {str(text) for text in TEXTS} == set(declared())
    assert len(set(TEXTS)) == len(TEXTS)


def test_a_text_that_no_filter_declared_stays_as_it_is() -> None:
    assert sound_text("Reverb of tomorrow") == "Reverb of tomorrow"


def test_the_filters_for_a_voice_are_filters_that_there_are() -> None:
    assert {each.name for each in VOICE} <= set(SOUND_FILTERS)
