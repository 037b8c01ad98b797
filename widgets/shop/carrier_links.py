"""Where the way of a parcel can be followed in a browser, by its carrier."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

# The names under which the common tracking page of China knows carriers.
_CHINESE: Final[Mapping[str, str]] = {
    "顺丰": "shunfeng",
    "sf express": "shunfeng",
    "中通": "zhongtong",
    "zto": "zhongtong",
    "圆通": "yuantong",
    "yto": "yuantong",
    "申通": "shentong",
    "sto": "shentong",
    "韵达": "yunda",
    "yunda": "yunda",
    "京东": "jd",
    "jd logistics": "jd",
    "极兔": "jtexpress",
    "j&t": "jtexpress",
    "ems": "ems",
    "德邦": "debangkuaidi",
    "deppon": "debangkuaidi",
}
_ABROAD: Final[Mapping[str, str]] = {
    "dhl": "https://www.dhl.com/en/express/tracking.html?AWB={}",
    "fedex": "https://www.fedex.com/fedextrack/?trknbr={}",
    "ups": "https://www.ups.com/track?tracknum={}",
}
_CHINESE_PAGE: Final = "https://www.kuaidi100.com/chaxun?com={}&nu={}"


def tracking_link(carrier: str, tracking: str) -> str:
    """Return the page's address; empty for a carrier that is not known, or without a number."""
    name, number = " ".join(carrier.casefold().split()), quote(tracking, safe="")
    if not number:
        return ""
    for known, page in _ABROAD.items():
        if name.startswith(known):
            return page.format(number)
    for known, code in _CHINESE.items():
        if name.startswith(known):
            return _CHINESE_PAGE.format(code, number)
    return ""
