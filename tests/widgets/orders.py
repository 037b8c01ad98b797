"""Orders for tests: one of each kind, and as many as are wanted."""

import msgspec

from backend.contract.addresses import Address
from backend.contract.orders import (
    Order,
    OrderAxis,
    OrderChange,
    OrderLine,
    OrderState,
    Parcel,
    ParcelLine,
    ParcelState,
    PaymentMethod,
    PaymentState,
)

NOON_MS = 1_796_000_400_000
MINUTE_MS = 60_000
ADDRESS = Address("CN", "浙江省", "杭州市", "西湖区", "文三路 1 号", "小雨", "13812342107")
PEOPLE = ("小雨", "Leo Zhang", "阿木", "Mia Chen", "晴天", "老陈", "Ken Wu", "圆圆", "大鹏", "Nana L.")
GOODS = (
    ("明前龙井 绿茶礼盒 250g", "250g 礼盒", "tea", 16800),
    ("丝绒哑光口红 #09 枫叶红", "#09 枫叶红", "lipstick", 8900),
    ("轻弹缓震跑鞋", "42", "sneakers", 29900),
    ("316 不锈钢保温杯 500ml", "500ml", "thermos", 8900),
    ("重磅纯棉卫衣 燕麦色", "L", "hoodie", 15900),
)


def line(number: int, which: int = 0, quantity: int = 1) -> OrderLine:
    """A line of one of the demo's products."""
    title, spec, picture, price = GOODS[which % len(GOODS)]
    return OrderLine(
        line=number,
        sku_id=f"main:demo-{picture}",
        spu_id=f"main:demo-{picture}",
        quantity=quantity,
        title=title,
        specs=[["规格", spec]],
        image_url=f"/media/products/{picture}.svg",
        list_minor=price,
        reference_minor=None,
        unit_minor=price,
        discount_minor=0,
        net_minor=price * quantity,
        tax_rate_bp=0,
    )


def parcel(state: ParcelState = ParcelState.SHIPPED, line: int = 1, quantity: int = 1) -> Parcel:
    """A parcel with so many units of a line."""
    delivered = NOON_MS if state is ParcelState.DELIVERED else None
    return Parcel(
        "p1", "顺丰速运", "SF1439220877105", state, [ParcelLine(line, quantity)], NOON_MS, delivered
    )


def change(version: int, axis: OrderAxis, before: str, after: str, **given: object) -> OrderChange:
    """A step of an order's history."""
    known = OrderChange(version, axis, before, after, "buyer-1", "", NOON_MS + version * 1000)
    return msgspec.structs.replace(known, **given)


def order(number: int = 1, **changes: object) -> Order:
    """An open, unpaid order of one green tea; the higher its number, the newer it is."""
    made = Order(
        order_id=f"o{number}",
        number=f"261201{48211904 + number * 73311:08d}0",
        buyer_id="buyer-1",
        room_id="main",
        state=OrderState.OPEN,
        payment_state=PaymentState.UNPAID,
        method=PaymentMethod.ONLINE,
        currency="CNY",
        goods_minor=16800,
        discount_minor=0,
        shipping_minor=0,
        tax_minor=0,
        total_minor=16800,
        address=ADDRESS,
        note="",
        version=1,
        created_at_ms=NOON_MS + number * MINUTE_MS,
        expires_at_ms=NOON_MS + (number + 15) * MINUTE_MS,
        paid_at_ms=None,
        closed_at_ms=None,
        lines=[line(1)],
        changes=[change(1, OrderAxis.ORDER, "", "open")],
        parcels=[],
    )
    return msgspec.structs.replace(made, **changes)


def paid(number: int = 1, **changes: object) -> Order:
    """A paid order that waits to be shipped."""
    history = [
        change(1, OrderAxis.ORDER, "", "open"),
        change(2, OrderAxis.PAYMENT, "unpaid", "paid", actor="provider:sandbox", reason="8f3c"),
    ]
    values = {"payment_state": PaymentState.PAID, "version": 2, "expires_at_ms": None, "changes": history}
    at_ms = NOON_MS + number * MINUTE_MS + 30_000
    made = order(number, **{**values, "paid_at_ms": at_ms, **changes})
    left = {"money_left_minor": made.total_minor, "shipping_left_minor": made.shipping_minor}
    return msgspec.structs.replace(made, **{**left, **changes})


def shipped(number: int = 1, **changes: object) -> Order:
    """A paid order whose only parcel is on its way."""
    return paid(number, **{"parcels": [parcel()], "version": 3, **changes})


def cancelled(number: int = 1, **changes: object) -> Order:
    """An order that nobody paid in time."""
    return order(number, **{"state": OrderState.CANCELLED, "version": 2, "expires_at_ms": None, **changes})


def completed(number: int = 1, **changes: object) -> Order:
    """An order that arrived and is done."""
    delivered = [parcel(ParcelState.DELIVERED)]
    return paid(number, **{"state": OrderState.COMPLETED, "parcels": delivered, "version": 4, **changes})


def many(count: int) -> list[Order]:
    """So many orders of all kinds, the newest first."""
    makers = (paid, order, shipped, paid, completed, _on_delivery, _transfer, cancelled)
    made = []
    for number in range(count, 0, -1):
        which = count - number
        lines = [line(1, which)] if which % 3 else [line(1, which), line(2, which + 1, 2)]
        goods = sum(each.net_minor for each in lines)
        person = msgspec.structs.replace(ADDRESS, name=PEOPLE[which % len(PEOPLE)])
        note = "老客，送一包试喝装" if which % 4 == 0 else ""
        maker = makers[which % len(makers)]
        made.append(
            maker(number, lines=lines, goods_minor=goods, total_minor=goods, address=person, note=note)
        )
    return made


def _on_delivery(number: int, **changes: object) -> Order:
    return order(number, method=PaymentMethod.CASH_ON_DELIVERY, expires_at_ms=None, **changes)


def _transfer(number: int, **changes: object) -> Order:
    until = NOON_MS + 3 * 24 * 60 * MINUTE_MS
    return order(number, method=PaymentMethod.TRANSFER, expires_at_ms=until, **changes)
