from pathlib import Path

import pytest

from backend.contract.gifts import GiftEffect
from backend.features.gifts.catalog import GiftError, GiftShelf, read_gifts

GIFTS = Path(__file__).parents[4] / "resources" / "gifts"
ROSE = '[[gift]]\ngift_id = "rose"\nname_zh = "玫瑰"\nname_en = "Rose"\ncoins = 1\neffect = "banner"\n'


def test_there_are_at_least_eight_gifts_each_with_a_drawing_of_its_own() -> None:
    gifts = read_gifts(GIFTS)
    drawings = [(GIFTS / f"{gift.gift_id}.svg").read_bytes() for gift in gifts]
    assert len(gifts) >= 8
    assert len(set(drawings)) == len(gifts)
    assert all(drawing.startswith(b"<svg ") for drawing in drawings)
    assert sum(gift.effect is not GiftEffect.BANNER for gift in gifts) >= 3


def test_the_cheapest_stands_first_and_every_price_is_a_whole_number() -> None:
    prices = [gift.coins for gift in GiftShelf(read_gifts(GIFTS)).catalog.gifts]
    assert prices == sorted(prices)
    assert prices[0] == 1


def test_drawings_bring_no_script_and_nothing_foreign() -> None:
    for drawing in GIFTS.glob("*.svg"):
        text = drawing.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not any(word in text for word in ("<script", "http", "onload", "foreignObject")), drawing.name


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "expected a list of gifts"),
        ("gift = 3", "expected a list of gifts"),
        ("not toml", "expected a list of gifts"),
        (ROSE.replace("coins = 1", "coins = 0"), "expected rose to cost 1 coin or more, got 0"),
        (ROSE.replace("coins = 1", "coins = 1.5"), "expected a list of gifts"),
        (ROSE.replace("banner", "explode"), "expected a list of gifts"),
        (ROSE.replace('"rose"', '"tulip"'), "expected a drawing tulip.svg"),
    ],
)
def test_a_catalogue_that_is_wrong_is_refused_with_the_reason(
    tmp_path: Path, content: str, told: str
) -> None:
    (tmp_path / "gifts.toml").write_text(content, encoding="utf-8")
    (tmp_path / "rose.svg").write_text("<svg/>")
    with pytest.raises(GiftError, match=told):
        read_gifts(tmp_path)
