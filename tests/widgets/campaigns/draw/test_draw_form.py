"""The form of a draw: what is chosen, what is refused with a remedy, what comes back from a template."""

import pytest

from backend.contract.draws import DrawTerms
from widgets.campaigns.draw.draw_form import DrawForm

TERMS = DrawTerms(
    prize="保温杯",
    winners=3,
    prize_coins=20,
    word="好茶",
    bought_or_word=True,
    needs_follow=True,
    account_minutes=60,
    per_network=4,
    one_a_phone=True,
    watched_s=300,
    needs_presence=True,
    excludes_winners=False,
    duration_s=1234,
)


@pytest.mark.usefixtures("qapp")
def test_a_draws_form_gives_back_the_terms_that_it_was_shown() -> None:
    form = DrawForm()
    form.show_terms(TERMS)
    assert form.terms() == TERMS
    assert "60" in form.summary()


@pytest.mark.usefixtures("qapp")
def test_a_draws_form_says_what_is_missing_and_what_nobody_could_meet() -> None:
    form = DrawForm()
    assert isinstance(form.terms(), str)
    form.prize.setText(" cup ")
    assert form.terms() == DrawTerms(prize="cup")
    form.bought.setChecked(True)
    assert isinstance(form.terms(), str)
    form.bought.setChecked(False)
    form.watched_min.setValue(3)
    assert form.terms() == DrawTerms(prize="cup", watched_s=180)
    form.watched_min.setValue(4)
    assert isinstance(form.terms(), str)
