from studio.engine import messages
from widgets.stage import effects


def test_the_panel_and_the_engine_compare_in_the_same_words() -> None:
    assert [each.value for each in effects.Comparison] == [each.value for each in messages.Comparison]
