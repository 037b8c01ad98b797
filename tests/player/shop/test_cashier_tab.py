"""What the cashier is opened on, in browsers that say what they are."""

from pathlib import Path
from urllib.parse import quote

import pytest

from tests.support.browser import SHELL, open_browser

MODULE = Path(__file__).parents[3] / "backend/player/shop/cashier-tab.js"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "device"), [(IPHONE, "phone"), (ANDROID, "phone"), (WINDOWS, "desktop")]
)
async def test_a_phone_is_told_from_a_computer_by_what_its_browser_says(user_agent: str, device: str) -> None:
    address = f"data:text/javascript,{quote(MODULE.read_text())}"
    async with open_browser(SHELL) as browser:
        page = await (await browser.new_context(user_agent=user_agent)).new_page()
        found = await page.evaluate("address => import(address).then((one) => one.payingDevice())", address)
    assert found == device
