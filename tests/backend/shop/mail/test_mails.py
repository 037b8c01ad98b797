"""E-mails to buyers through a real mail server: what they tell, and what is in the way."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import select

from backend.contract.cases import CaseKind
from backend.contract.mail import MailKind, MailStatus, ReadMails
from backend.contract.outgoing_webhooks import MessageState
from backend.shop import sending
from backend.shop.privacy.erasing import erase_due_orders
from backend.storage.database import Database
from backend.storage.mail_tables import MAILS
from backend.storage.order_tables import ORDERS
from tests.backend.shop.goods import ROOM, STAFF
from tests.backend.shop.mail.conftest import EMAIL, MailDesk, until
from tests.support.free_port import free_port
from tests.support.mail_server import MailReceiver, plain_of, running_mail_server


async def status(desk: MailDesk) -> MailStatus:
    return await desk.mails.status(ROOM)


async def until_status(desk: MailDesk, *, waiting: int, given_up: int) -> MailStatus:
    """Wait until so many stand so."""
    async with asyncio.timeout(30):
        while True:
            found = await status(desk)
            if (found.waiting, found.given_up) == (waiting, given_up):
                return found
            await asyncio.sleep(0.02)


async def test_a_buyer_hears_by_mail_of_payment_parcel_turn_and_refund(
    desk: MailDesk, receiver: MailReceiver
) -> None:
    order = await desk.ordered()
    async with desk.sending():
        await desk.pay(order)
        await until(lambda: len(receiver.mails) == 1)
        await desk.sent(order)
        await until(lambda: len(receiver.mails) == 2)
        case = await desk.asked(await desk.arrived(order), CaseKind.RETURN)
        await desk.cases.approve(STAFF, case.case_id, "", desk.request(STAFF, "approve"))
        await until(lambda: len(receiver.mails) == 3)
        await asyncio.to_thread(refund, desk, order.order_id)
        await until(lambda: len(receiver.mails) == 4)
        await until_status(desk, waiting=0, given_up=0)
    paid, shipped, turn, refunded = receiver.mails
    assert [one["Subject"].partition(":")[2].strip() for one in receiver.mails] == [
        "payment received",
        "a parcel is on its way",
        "please send the goods back",
        "refund",
    ]
    assert all(one["To"] == EMAIL for one in receiver.mails)
    assert paid["From"] == "玫瑰茶铺 <shop@example.com>"
    assert len({one["Message-ID"] for one in receiver.mails}) == 4
    assert "¥0.30" in plain_of(paid)
    assert "tea 礼盒 × 3" in plain_of(paid)
    assert "https://shop.example/r/main" in plain_of(paid)
    assert "SF 1" in plain_of(shipped)
    assert "send the goods back" in plain_of(turn)
    assert "¥0.10" in plain_of(refunded)
    assert all(order.number in plain_of(one) for one in receiver.mails)


def refund(desk: MailDesk, order_id: str) -> None:
    """Let some money go back."""
    with desk.database.shop_transaction() as connection:
        desk.shop.paid_orders.refund_order(
            connection, order_id, refunded_minor=10, actor="host", reason="", now_ms=desk.clock()
        )


@pytest.mark.parametrize("language", ["zh", None])
async def test_mails_to_china_are_chinese_unless_the_buyer_reads_english(
    desk: MailDesk, receiver: MailReceiver, language: str | None
) -> None:
    order = await desk.ordered(language=language)
    await desk.pay(order)
    async with desk.sending():
        await until(lambda: len(receiver.mails) == 1)
    assert receiver.mails[0]["Subject"] == f"订单 {order.number} 已付款"
    assert "商品发出后" in plain_of(receiver.mails[0])


async def test_a_buyer_without_an_address_and_a_shop_without_a_server_write_no_mail(
    desk: MailDesk, receiver: MailReceiver, database: Database
) -> None:
    await desk.pay(await desk.ordered(email=""))
    await desk.send_by(type(receiver.settings())())
    await desk.pay(await desk.ordered())
    with database.reading() as connection:
        assert connection.execute(select(MAILS)).all() == []


async def test_mails_wait_for_a_server_that_is_down_and_come_once(
    desk: MailDesk, receiver: MailReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PAUSES_S", (0.01,))
    port = free_port()
    with running_mail_server(port=port) as down:
        settings = down.settings()
    await desk.send_by(settings)
    await desk.pay(await desk.ordered())
    async with desk.sending():
        await until_error(desk)
        found = await status(desk)
        assert found.last_error.startswith("unreachable")
        assert EMAIL not in found.last_error
        with running_mail_server(port=port) as up:
            await until_taken(desk, up)
            assert len(up.mails) == 1
    assert receiver.mails == []


async def until_error(desk: MailDesk) -> None:
    async with asyncio.timeout(30):
        while True:
            if (await status(desk)).last_error:
                return
            await asyncio.sleep(0.02)


async def until_taken(desk: MailDesk, server: MailReceiver) -> None:
    async with asyncio.timeout(30):
        while not server.mails:
            desk.clock.turn(1_000)
            await asyncio.sleep(0.02)


async def test_a_mailbox_that_does_not_exist_is_given_up_at_once_and_sent_again_by_hand(
    desk: MailDesk, receiver: MailReceiver
) -> None:
    receiver.recipients = ["550 5.1.1 No such mailbox <ann@example.com>"]
    await desk.pay(await desk.ordered())
    async with desk.sending():
        found = await until_status(desk, waiting=0, given_up=1)
        assert "No such mailbox" in found.last_error
        assert EMAIL not in found.last_error
        (mail,) = (await desk.mails.page(ROOM, ReadMails(MessageState.GIVEN_UP))).mails
        assert (mail.kind, mail.tries) == (MailKind.PAID, 1)
        assert await desk.mails.send_again("another", mail.mail_id) is None
        await desk.mails.send_again(ROOM, mail.mail_id)
        await until(lambda: len(receiver.mails) == 1)
    assert receiver.mails[0]["Message-ID"].startswith(f"<{mail.mail_id}@")


@pytest.mark.parametrize("refused", ["450 4.2.1 Busy", "554 5.7.1 Relaying denied"])
async def test_a_mailbox_that_may_be_open_later_is_tried_again(
    desk: MailDesk, receiver: MailReceiver, refused: str
) -> None:
    receiver.recipients = [refused]
    await desk.pay(await desk.ordered())
    async with desk.sending():
        await until_taken(desk, receiver)
    assert len(receiver.mails) == 1


async def test_mails_are_given_up_after_a_day_even_while_they_are_off(
    desk: MailDesk, receiver: MailReceiver
) -> None:
    await desk.pay(await desk.ordered())
    await desk.send_by(type(receiver.settings())())
    desk.clock.turn(sending.GIVES_UP_AFTER_MS)
    async with desk.sending():
        await until_status(desk, waiting=0, given_up=1)
    assert receiver.mails == []


async def test_two_nodes_send_each_mail_once(desk: MailDesk, receiver: MailReceiver) -> None:
    for _ in range(12):
        await desk.pay(await desk.ordered(tea=1))
    async with desk.sending(desk.mails, desk.another_node()):
        await until_status(desk, waiting=0, given_up=0)
    assert len(receiver.mails) == len({one["Message-ID"] for one in receiver.came}) == 12
    assert len(receiver.came) == 12


async def test_a_buyer_who_is_erased_gets_no_mail_any_more(
    desk: MailDesk, receiver: MailReceiver, database: Database
) -> None:
    order = await desk.ordered()
    await desk.pay(order)
    is_this = ORDERS.c.order_id == order.order_id
    with database.shop_transaction() as connection:
        connection.execute(ORDERS.update().where(is_this).values(erase_at_ms=1, state="completed"))
        erase = partial(erase_due_orders, now_ms=desk.clock(), most=5)
        assert erase(connection) == 1
        assert connection.execute(select(MAILS)).all() == []
        address = connection.scalar(select(ORDERS.c.address).where(is_this))
    assert EMAIL not in str(address)
    assert (await desk.see(order)).address.email == ""
    assert receiver.came == []


async def test_a_mail_that_cannot_be_read_is_given_up_and_holds_up_no_other(
    desk: MailDesk, receiver: MailReceiver, database: Database
) -> None:
    broken = await desk.ordered()
    await desk.pay(broken)
    await desk.pay(await desk.ordered())
    with database.shop_transaction() as connection:
        is_this = MAILS.c.order_id == broken.order_id
        connection.execute(MAILS.update().where(is_this).values(facts='{"number": 5}'))
    async with desk.sending():
        await until(lambda: len(receiver.mails) == 1)
        found = await until_status(desk, waiting=0, given_up=1)
    assert found.last_error.startswith(sending.UNREADABLE)
    with database.reading() as connection:
        assert connection.scalar(select(MAILS.c.due_at_ms).where(is_this)) is None
