from widgets.stage.unheard_speech import ENOUGH, UnheardSpeech

LOUD, SILENT = -20.0, -90.0


def test_a_cough_into_a_muted_microphone_is_no_speech() -> None:
    speech = UnheardSpeech()
    for _ in range(ENOUGH - 1):
        speech.add(LOUD)
    for _ in range(2 * ENOUGH):
        speech.add(SILENT)
    speech.add(LOUD)
    assert not speech.is_speaking


def test_speech_with_pauses_between_the_words_is_noticed_and_forgotten_after_a_while() -> None:
    speech = UnheardSpeech()
    for _ in range(2 * ENOUGH):
        speech.add(LOUD)
        speech.add(SILENT)
    assert speech.is_speaking
    for _ in range(6 * ENOUGH):
        speech.add(SILENT)
    assert not speech.is_speaking


def test_unheard_speech_is_forgotten_at_once_when_the_microphone_sounds_again() -> None:
    speech = UnheardSpeech()
    for _ in range(ENOUGH):
        speech.add(LOUD)
    assert speech.is_speaking
    speech.reset()
    assert not speech.is_speaking
