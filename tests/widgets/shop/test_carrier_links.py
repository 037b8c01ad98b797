import pytest

from widgets.shop.carrier_links import tracking_link


@pytest.mark.parametrize(
    ("carrier", "link"),
    [
        ("顺丰速运", "https://www.kuaidi100.com/chaxun?com=shunfeng&nu=SF1"),
        (" sf  Express ", "https://www.kuaidi100.com/chaxun?com=shunfeng&nu=SF1"),
        ("DHL", "https://www.dhl.com/en/express/tracking.html?AWB=SF1"),
        ("J&T Express", "https://www.kuaidi100.com/chaxun?com=jtexpress&nu=SF1"),
        ("My cousin", ""),
    ],
)
def test_a_known_carrier_has_a_page_for_a_number(carrier: str, link: str) -> None:
    assert tracking_link(carrier, "SF1") == link


def test_a_number_cannot_lead_elsewhere() -> None:
    link = tracking_link("UPS", "1&x=https://evil/#\u202e 2")
    assert link == "https://www.ups.com/track?tracknum=1%26x%3Dhttps%3A%2F%2Fevil%2F%23%E2%80%AE%202"
    assert tracking_link("UPS", "") == ""
