from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from studio.window.hotkeys import CARD_NUMBERS, KEYS, Hotkey, card_sequence, listing, sequence, text


def test_no_key_does_two_things(qapp: QApplication) -> None:
    keys = [keys.toString() for _, keys in listing(list(Hotkey))]

    assert len(set(keys)) == len(keys) == len(Hotkey) + len(CARD_NUMBERS) + 1


def test_only_what_is_offered_is_listed_and_products_always(qapp: QApplication) -> None:
    listed = [words for words, _ in listing({Hotkey.QUIT})]

    assert text(Hotkey.QUIT) == listed[-1]
    assert len(listed) == 1 + len(CARD_NUMBERS) + 1


def test_every_hotkey_has_a_key_and_a_text_of_its_own(qapp: QApplication) -> None:
    assert set(KEYS) == set(Hotkey)
    texts = {text(hotkey) for hotkey in Hotkey}
    assert len(texts) == len(Hotkey)
    assert all(texts)


def test_keys_are_such_as_qt_understands(qapp: QApplication) -> None:
    assert all(not sequence(hotkey).isEmpty() for hotkey in Hotkey)
    assert card_sequence(3) == QKeySequence("Ctrl+3")
