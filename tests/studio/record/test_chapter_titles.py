from backend.contract.campaigns import CampaignChanged, CampaignPhase
from backend.contract.cards import Card, CardHidden, CardShown
from studio.record.chapter_titles import ChapterTitles
from tests.studio.fakes import snapshot
from tests.widgets.campaigns.sample_face import campaign
from tests.widgets.products import product


def shown(number: int, title: str) -> CardShown:
    return CardShown(Card(product(number, title), 1_000))


def test_the_chapter_is_called_as_the_product_on_air() -> None:
    titles = ChapterTitles()
    assert titles.apply(shown(1, "Tea"))
    assert titles.title == "Tea"
    assert not titles.apply(shown(1, "Tea"))
    assert titles.apply(CardHidden())
    assert titles.title == ""


def test_an_open_campaign_stands_beside_the_product_and_leaves_with_its_end() -> None:
    titles = ChapterTitles()
    titles.apply(shown(1, "Tea"))
    sale = campaign(phase=CampaignPhase.PREHEAT)
    assert not titles.apply(CampaignChanged(sale))
    open_sale = campaign(phase=CampaignPhase.OPEN)
    assert titles.apply(CampaignChanged(open_sale))
    assert titles.title == f"Tea · {open_sale.title}"
    assert titles.apply(CampaignChanged(campaign(phase=CampaignPhase.ENDED)))
    assert titles.title == "Tea"


def test_a_snapshot_tells_what_was_missed() -> None:
    titles = ChapterTitles()
    titles.apply(shown(1, "Tea"))
    assert titles.apply(snapshot(card=Card(product(2, "Shoes"), 1_000)))
    assert titles.title == "Shoes"
    assert titles.apply(snapshot())
    assert titles.title == ""
