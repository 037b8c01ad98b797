"""What e-mails say, in the buyer's language."""

from collections.abc import Mapping
from typing import Final

import msgspec

from backend.contract.mail import MailKind
from backend.contract.orders import BuyerLanguage
from backend.shop.mail.writing import MailFacts
from backend.shop.money_text import amount_text

_ZH, _EN = BuyerLanguage.ZH, BuyerLanguage.EN


class MailText(msgspec.Struct, frozen=True):
    """An e-mail in plain words.

    Attributes:
        goods: one text a line of the order.
        link: where the order is seen; empty for none.
        foot: why it came.
    """

    subject: str
    paragraphs: list[str]
    goods: list[str]
    link: str
    foot: str


_SUBJECTS: Final[Mapping[MailKind, Mapping[BuyerLanguage, str]]] = {
    MailKind.PAID: {_ZH: "订单 {number} 已付款", _EN: "Order {number}: payment received"},
    MailKind.SHIPPED: {_ZH: "订单 {number} 已发货", _EN: "Order {number}: a parcel is on its way"},
    MailKind.REFUNDED: {_ZH: "订单 {number} 已退款", _EN: "Order {number}: refund"},
    MailKind.MESSAGE: {_ZH: "订单 {number}：商家给你留言了", _EN: "Order {number}: the shop wrote to you"},
    MailKind.CASE_TURN: {_ZH: "订单 {number}：请寄回商品", _EN: "Order {number}: please send the goods back"},
}
_BODIES: Final[Mapping[MailKind, Mapping[BuyerLanguage, tuple[str, ...]]]] = {
    MailKind.PAID: {
        _ZH: ("已收到你的付款 {total}，谢谢。", "商品发出后会再写信告诉你。"),
        _EN: (
            "We received your payment of {total}. Thank you.",
            "You will hear from us when the goods go off.",
        ),
    },
    MailKind.SHIPPED: {
        _ZH: ("你的包裹已经寄出。", "{carrier} {tracking}"),
        _EN: ("Your parcel is on its way.", "{carrier} {tracking}"),
    },
    MailKind.REFUNDED: {
        _ZH: ("这张订单累计已退款 {refunded}。", "到账时间由付款方式决定。"),
        _EN: (
            "{refunded} of this order went back to you in all.",
            "When it arrives depends on the way you paid.",
        ),
    },
    MailKind.MESSAGE: {
        _ZH: ("商家给你留言了，在等你回复。", "请打开订单查看，并在订单里回复；不要直接回复这封信。"),
        _EN: (
            "The shop wrote to you about your order. It is your turn.",
            "Open the order to read it, and answer there: an answer to this e-mail is not seen there.",
        ),
    },
    MailKind.CASE_TURN: {
        _ZH: ("你的售后申请已经通过。", "请把商品寄回，并在订单里填写快递公司和单号。"),
        _EN: (
            "The shop agreed to what you asked for.",
            "Please send the goods back, and enter the carrier and the tracking number in the order.",
        ),
    },
}
_NUMBER: Final = {_ZH: "订单号：{number}", _EN: "Order number: {number}"}
_WHERE: Final = {
    _ZH: "在直播间的“我的订单”里查看；换了设备，可用订单号和收货电话查找。",
    _EN: "See it in the live room under My orders; on another device, find it by its number and your phone.",
}
_FOOT: Final = {
    _ZH: "下单时填写了这个邮箱，所以你收到这封信。",
    _EN: "You get this e-mail because this address was given with the order.",
}


def mail_text(kind: MailKind, facts: MailFacts, language: BuyerLanguage, link: str) -> MailText:
    """Say what an e-mail of a kind tells of an order."""
    said = {
        "number": facts.number,
        "total": amount_text(facts.total_minor, facts.currency).plain,
        "refunded": amount_text(facts.refunded_minor, facts.currency).plain,
        "carrier": facts.carrier,
        "tracking": facts.tracking,
    }
    paragraphs = [text.format_map(said).strip() for text in _BODIES[kind][language]]
    paragraphs += [_NUMBER[language].format_map(said), _WHERE[language]]
    return MailText(
        subject=_SUBJECTS[kind][language].format_map(said),
        paragraphs=[text for text in paragraphs if text],
        goods=facts.goods,
        link=link,
        foot=_FOOT[language],
    )


def trial_text(language: BuyerLanguage) -> MailText:
    """Say what an e-mail says by which a host tries the settings."""
    subject = {_ZH: "邮件设置可用", _EN: "E-mails work"}
    text = {
        _ZH: "这是一封测试邮件：买家会从这个地址收到订单的消息。",
        _EN: "This is a test: buyers will hear of their orders from this address.",
    }
    return MailText(subject[language], [text[language]], [], "", "")
