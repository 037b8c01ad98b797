import msgspec

from backend.http.cashier_texts import TEXTS
from backend.http.languages import LANGUAGES
from backend.shop.payments.sandbox_store import Outcome


def test_the_cashier_speaks_both_languages() -> None:
    assert set(TEXTS) == set(LANGUAGES)
    for texts in TEXTS.values():
        assert all(text for text in msgspec.structs.astuple(texts))
        assert set(texts.outcomes) == set(Outcome) - {Outcome.PAY, Outcome.FAIL}


def test_both_languages_have_the_same_gaps() -> None:
    for chinese, english in zip(*map(msgspec.structs.astuple, TEXTS.values()), strict=True):
        for gap in ("{amount}", "{number}"):
            assert (gap in str(chinese)) == (gap in str(english))
