"""The form of a draw: what is chosen, what is refused with a remedy, what comes back from a template."""

import pytest

from backend.contract.catalog import ShopProduct, ShopProducts, ShopSku
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


GOODS = ShopProducts(
    "CNY",
    [
        ShopProduct(
            "tea", 3, "明前龙井", "", [], [ShopSku("tea-250", [["规格", "250 g"]], 16_800, None, 2, None)]
        )
    ],
)


@pytest.mark.usefixtures("qapp")
def test_a_product_is_chosen_by_its_number_and_names_the_prize() -> None:
    form = DrawForm()
    form.show_goods(GOODS)
    assert [form.unit.itemText(at) for at in range(form.unit.count())] == ["None", "3 · 明前龙井 · 250 g"]
    form.coins.setValue(5)
    form.unit.setCurrentIndex(1)
    assert form.terms() == DrawTerms(prize="明前龙井", sku_id="tea-250")
    assert not form.coins.isEnabled()
    assert "48 hours" in form.summary()
    form.winners.setValue(3)
    assert str(form.terms()).startswith("2 of this product are free")
    form.unit.setCurrentIndex(0)
    assert form.terms() == DrawTerms(prize="明前龙井", winners=3)
    assert form.coins.isEnabled()


@pytest.mark.usefixtures("qapp")
def test_a_template_with_a_product_waits_for_it_and_is_no_draw_without_one() -> None:
    form = DrawForm()
    terms = DrawTerms(prize="茶", sku_id="tea-250", winners=2)
    form.show_terms(terms)
    assert isinstance(form.terms(), str)
    form.show_goods(GOODS)
    assert form.terms() == terms
    form.show_goods(ShopProducts("CNY", []))
    assert isinstance(form.terms(), str)
    form.unit.activated.emit(0)
    assert form.terms() == DrawTerms(prize="茶", winners=2)
