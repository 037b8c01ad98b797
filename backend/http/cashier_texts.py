"""The texts of the cashier, in both languages."""

from typing import Final

import msgspec

from backend.http.languages import PageLanguage
from backend.shop.payments.provider_names import ALIPAY, WECHAT
from backend.shop.payments.sandbox_store import Outcome


class PlaceTexts(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a provider at whose own place one pays."""

    scan: str
    sign_in: str
    open: str
    leads: str


class CashierTexts(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of one language; `{…}` is filled in."""

    language: str
    other_language: str
    title: str
    to_pay: str
    pay_within: str
    kept: str
    sandbox: str
    scan: str
    qr: str
    pay: str
    pay_again: str
    fail: str
    testing: str
    outcomes: dict[Outcome, tuple[str, str]]
    checking: str
    checking_more: str
    check_now: str
    paid: str
    order: str
    failed: str
    failed_more: str
    closed: str
    closed_more: str
    put_aside: str
    put_aside_more: str
    goes_back: str
    goes_back_more: str
    back: str
    missing: str
    missing_more: str
    form_missing: str
    form_refused: str
    needs_scripts: str
    places: dict[str, PlaceTexts]
    code: str
    moves_on: str
    in_wechat: str
    links_missing: str


_ZH: Final = CashierTexts(
    language="zh-CN",
    other_language="English",
    title="收银台",
    to_pay="应付金额",
    pay_within="请在",
    kept="内付款，订单为你保留",
    sandbox="测试收银台：不会真的扣款。",
    scan="用另一台手机扫一扫，打开同一个收银台",
    qr="本页的二维码",
    pay="支付 {amount}",
    pay_again="重新支付 {amount}",
    fail="支付失败",
    testing="测试：其他结果",
    outcomes={
        Outcome.LATE: ("迟到的款", "订单取消后钱才到"),
        Outcome.DUPLICATE: ("重复通知", "同一个通知发两次"),
        Outcome.OUT_OF_ORDER: ("乱序通知", "付款后才收到更早的失败通知"),
        Outcome.WRONG_AMOUNT: ("金额不符", "少收一分，订单不会算已付"),
        Outcome.NO_WEBHOOK: ("没有通知", "只有主动查询才知道"),
    },
    checking="正在确认付款",
    checking_more="我们每 3 秒查询一次。如果你已付款，请稍等，不要重复支付。",
    check_now="刷新",
    paid="付款成功",
    order="订单 {number}",
    failed="未支付",
    failed_more="没有扣款。订单仍为你保留。",
    closed="付款时间已过",
    closed_more="没有扣款。想要的话请回直播间重新下单。",
    put_aside="金额不符",
    put_aside_more="收到的金额与订单不一致，订单还没有付款。商家会核对这笔钱。",
    goes_back="款项将退回",
    goes_back_more="订单已取消或已付过款，这笔钱会原路退回。",
    back="回到直播间",
    missing="没有这笔付款",
    missing_more="请检查链接，或回直播间重新打开订单。",
    form_missing="付款表单暂时打不开，没有扣款。请检查网络后刷新。",
    form_refused="没有付款成功，没有扣款。请再试一次，或换一种方式。",
    needs_scripts="刷卡付款需要打开浏览器的 JavaScript。",
    places={
        WECHAT: PlaceTexts(
            scan="打开微信扫一扫付款",
            sign_in="在本机登录微信付款",
            open="打开微信付款",
            leads="将打开微信付款。付款后会回到本页，本页会自己更新。",
        ),
        ALIPAY: PlaceTexts(
            scan="打开支付宝扫一扫付款",
            sign_in="在本机登录支付宝付款",
            open="打开支付宝付款",
            leads="将打开支付宝付款。付款后会回到本页，本页会自己更新。",
        ),
    },
    code="付款二维码",
    moves_on="付款后本页会自己更新",
    in_wechat="微信里打不开这个付款页。请点右上角「···」，选择「在浏览器打开」，再付款。",
    links_missing="付款页面暂时打不开，没有扣款。请稍后刷新，或回直播间换一种方式付款。",
)
_EN: Final = CashierTexts(
    language="en",
    other_language="中文",
    title="Cashier",
    to_pay="To pay",
    pay_within="Pay within",
    kept="and the order stays yours",
    sandbox="Test cashier: no real money moves.",
    scan="Scan with a phone to open this cashier there",
    qr="QR code of this page",
    pay="Pay {amount}",
    pay_again="Pay {amount} again",
    fail="Let it fail",
    testing="Testing: other outcomes",
    outcomes={
        Outcome.LATE: ("Late money", "It comes when the order is cancelled"),
        Outcome.DUPLICATE: ("Told twice", "The same webhook is sent twice"),
        Outcome.OUT_OF_ORDER: ("Out of order", "An earlier failure is told after the payment"),
        Outcome.WRONG_AMOUNT: ("Wrong amount", "One unit too little: the order is not paid by it"),
        Outcome.NO_WEBHOOK: ("No webhook", "Only asking finds it out"),
    },
    checking="Checking your payment",
    checking_more="We ask every 3 seconds. If you have paid, just wait: do not pay twice.",
    check_now="Check now",
    paid="Paid",
    order="Order {number}",
    failed="Not paid",
    failed_more="Nothing was charged. The order stays yours.",
    closed="The time to pay is over",
    closed_more="Nothing was charged. Order again in the room if you like.",
    put_aside="The amount does not match",
    put_aside_more="What came is not what the order costs, so it is not paid yet. The shop looks at it.",
    goes_back="Your money goes back",
    goes_back_more="The order was cancelled, or paid before: this payment is refunded the way it came.",
    back="Back to the live",
    missing="There is no such payment",
    missing_more="Check the link, or open the order again in the room.",
    form_missing="The payment form does not open, and nothing was charged. Check the network.",
    form_refused="The payment did not go through, and nothing was charged. Try again, or in another way.",
    needs_scripts="Paying by card needs JavaScript switched on.",
    places={
        WECHAT: PlaceTexts(
            scan="Scan with WeChat to pay",
            sign_in="Sign in to WeChat here to pay",
            open="Pay in WeChat",
            leads="WeChat opens for you to pay. It leads back to this page, which moves on by itself.",
        ),
        ALIPAY: PlaceTexts(
            scan="Scan with Alipay to pay",
            sign_in="Sign in to Alipay here to pay",
            open="Pay in Alipay",
            leads="Alipay opens for you to pay. It leads back to this page, which moves on by itself.",
        ),
    },
    code="QR code to pay with",
    moves_on="This page moves on once you have paid",
    in_wechat="This cannot be paid within WeChat. Tap ··· above, choose “Open in Browser”, and pay there.",
    links_missing="The payment does not open just now, and nothing was charged. Check again in a moment, "
    "or pay another way from the live room.",
)
TEXTS: Final[dict[PageLanguage, CashierTexts]] = {"zh": _ZH, "en": _EN}
