import msgspec
import pytest

from backend.contract.base import AssistantRight, Role
from backend.contract.cases import CaseState
from backend.contract.order_messages import MessageSide
from backend.contract.orders import OrderState, PaymentState
from backend.contract.shop_events import RECENT_ORDERS, OrderChanged
from backend.features.actor import Actor
from backend.features.deliveries import ToStaff, ToUser
from backend.features.shop.orders import SessionSales
from backend.log.entries import SessionBegan, SessionEnded
from backend.log.shop_entries import ShopOrderChanged, ShopOrderPlaced
from tests.backend.room.talk import ANNA, HOST, Talk, make_features


@pytest.fixture
def talk() -> Talk:
    talk = Talk()
    talk.happens(SessionBegan("s1"))
    talk.told = []
    return talk


def placed(order_id: str = "order-1", **fields: object) -> ShopOrderPlaced:
    """An order of Anna's in the first session."""
    order = ShopOrderPlaced(
        outbox_id=1,
        session_id="s1",
        order_id=order_id,
        buyer_id="anna",
        version=1,
        state=OrderState.OPEN,
        payment_state=PaymentState.UNPAID,
        total_minor=16_800,
        currency="CNY",
        units={"tea": 1},
    )
    return msgspec.structs.replace(order, **fields)


def paid(order_id: str = "order-1", **fields: object) -> ShopOrderChanged:
    """The same order, paid now."""
    order = ShopOrderChanged(
        outbox_id=2,
        session_id="s1",
        order_id=order_id,
        buyer_id="anna",
        version=2,
        state=OrderState.OPEN,
        payment_state=PaymentState.PAID,
        total_minor=16_800,
        currency="CNY",
        was_paid_now=True,
    )
    return msgspec.structs.replace(order, **fields)


def numbers(talk: Talk) -> tuple[int, int]:
    """Orders and GMV of the live numbers."""
    total = talk.features.counters.stats(talk.now_ms).total
    return total.orders, total.gmv_minor


def test_an_order_is_told_to_its_buyer_and_to_staff_with_the_right_to_orders(talk: Talk) -> None:
    talk.happens(placed())

    to_buyer, to_staff = talk.told
    assert isinstance(to_buyer, ToUser)
    assert isinstance(to_staff, ToStaff)
    assert (to_buyer.user_id, to_staff.right) == ("anna", AssistantRight.ORDERS)
    assert to_buyer.event == to_staff.event
    heard = talk.heard(OrderChanged)
    assert (heard.order.order_id, heard.order.version, heard.is_new) == ("order-1", 1, True)


def test_a_message_of_an_older_version_takes_nothing_back(talk: Talk) -> None:
    talk.happens(paid())
    talk.happens(placed())

    heard = talk.heard(OrderChanged)
    assert (heard.order.version, heard.order.payment_state, heard.is_new) == (2, PaymentState.PAID, True)
    assert [one.version for one in talk.features.orders.state.recent] == [2]
    assert talk.features.orders.state.sales["s1"] == SessionSales(orders=1, paid=1, gmv={"CNY": 16_800})


def test_an_order_counts_in_its_session_whenever_it_is_paid(talk: Talk) -> None:
    talk.happens(placed())
    talk.happens(SessionEnded("host"))
    talk.happens(SessionBegan("s2"))
    talk.happens(placed("order-2", session_id="s2", total_minor=500))
    talk.happens(paid())

    assert talk.features.orders.state.sales == {
        "s1": SessionSales(orders=1, paid=1, gmv={"CNY": 16_800}),
        "s2": SessionSales(orders=1),
    }
    assert numbers(talk) == (1, 0)


def test_live_numbers_count_orders_when_placed_and_money_when_paid(talk: Talk) -> None:
    talk.happens(placed())
    assert numbers(talk) == (1, 0)
    talk.happens(paid())
    talk.happens(paid(version=3, was_paid_now=False))
    assert numbers(talk) == (1, 16_800)
    assert talk.features.counters.stats(talk.now_ms).currency == "CNY"


def test_staff_and_buyer_hear_where_a_case_of_an_order_is_now(talk: Talk) -> None:
    talk.happens(placed())
    assert talk.heard(OrderChanged).case_state is None
    talk.told = []
    talk.happens(paid(version=3, was_paid_now=False, case_state=CaseState.REQUESTED))

    assert len(talk.told) == 2
    assert talk.heard(OrderChanged).case_state is CaseState.REQUESTED


def test_staff_and_buyer_hear_which_side_wrote_about_an_order(talk: Talk) -> None:
    talk.happens(placed())
    talk.told = []
    talk.happens(paid(version=1, was_paid_now=False, message_side=MessageSide.SHOP))

    assert len(talk.told) == 2
    assert talk.heard(OrderChanged).message_side is MessageSide.SHOP


def test_an_order_with_nothing_to_pay_is_paid_at_once(talk: Talk) -> None:
    talk.happens(placed(payment_state=PaymentState.PAID, total_minor=0, version=2))
    assert talk.features.orders.state.sales["s1"] == SessionSales(orders=1, paid=1, gmv={"CNY": 0})


def test_staff_who_come_late_see_the_last_orders_in_the_order_of_their_ids(talk: Talk) -> None:
    for number in (2, 1, *range(3, RECENT_ORDERS + 3)):
        talk.happens(placed(f"order-{number:03}"))

    def shown(actor: Actor) -> list[str]:
        return [one.order_id for one in talk.features.staff_snapshot(actor, talk.now_ms).orders]

    assert shown(HOST) == [f"order-{number:03}" for number in range(3, RECENT_ORDERS + 3)]
    for rights, count in ((frozenset({AssistantRight.ORDERS}), RECENT_ORDERS), (frozenset(), 0)):
        assert len(shown(Actor("helper", Role.ASSISTANT, rights))) == count
    assert shown(ANNA) == []


def test_what_was_folded_of_orders_comes_back_from_a_checkpoint(talk: Talk) -> None:
    talk.happens(placed())
    talk.happens(paid())
    again = make_features(encoded=talk.features.encode())
    assert again.encode() == talk.features.encode()
    assert again.orders.state == talk.features.orders.state


def test_a_transfer_of_coins_is_told_to_staff_and_is_no_sale_of_the_room(talk: Talk) -> None:
    talk.happens(placed(session_id="s1", units={}, coins=60))

    assert isinstance(talk.told[-1], ToStaff)
    assert talk.heard(OrderChanged).is_new
    assert numbers(talk) == (0, 0)
    assert talk.features.orders.state.sales == {}
