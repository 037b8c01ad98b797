"""E-mails to buyers as the host sets and sees them, at a backend that runs."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from backend.contract.addresses import AddressBook, SavedAddress
from backend.contract.mail import (
    Mail,
    MailCheck,
    MailFinding,
    MailPage,
    MailSettings,
    MailStatus,
)
from backend.contract.orders import Order
from tests.backend.http.api.shopping import HOME, Market, answer, line, open_market, order_body, refused
from tests.support.mail_server import PASSWORD, USER, MailReceiver, running_mail_server

SETTINGS = "settings/mail"
MAILED = {**HOME, "email": "ann@example.com"}


@pytest.fixture
def receiver() -> Iterator[MailReceiver]:
    """The shop's mail server."""
    with running_mail_server() as receiver:
        yield receiver


async def until_sent(receiver: MailReceiver, count: int) -> None:
    async with asyncio.timeout(30):
        while True:
            if len(receiver.mails) >= count:
                return
            await asyncio.sleep(0.02)


async def test_a_host_sets_the_mail_server_tries_it_and_buyers_hear_of_orders(
    tmp_path: Path, receiver: MailReceiver
) -> None:
    file = tmp_path / "smtp-password"
    async with open_market(tmp_path) as market:
        before = answer(MailStatus, await market.host.get(SETTINGS))
        assert before.settings == MailSettings()
        assert (before.has_password, before.password_file) == (False, str(file))
        wanted = msgspec.to_builtins(receiver.settings(user=USER))
        test = {"settings": wanted, "to": "host@example.com", "language": "en"}
        check = answer(MailCheck, await market.host.post(f"{SETTINGS}/test", test))
        assert check.finding is MailFinding.NO_PASSWORD
        file.write_text(f"127.0.0.1\n{PASSWORD}\n")
        file.chmod(0o644)
        problem = answer(MailStatus, await market.host.get(SETTINGS)).password_problem
        assert "chmod 600" in problem
        file.chmod(0o600)
        check = answer(MailCheck, await market.host.post(f"{SETTINGS}/test", test))
        assert check.finding is MailFinding.WORKS
        answer(MailSettings, await market.host.put(SETTINGS, wanted))
        order = await ordered(market)
        await until_sent(receiver, 2)
        assert [one["To"] for one in receiver.mails] == ["host@example.com", "ann@example.com"]
        seen = answer(MailStatus, await market.host.get(SETTINGS))
        assert (seen.settings.host, seen.has_password, seen.password_problem) == ("127.0.0.1", True, "")
        assert seen.password_host == "127.0.0.1"
        (mail,) = answer(MailPage, await market.host.get("mails")).mails
        assert (mail.number, mail.order_id) == (order.number, order.order_id)
        assert PASSWORD not in (await market.host.get(SETTINGS)).text
        again = answer(Mail, await market.host.post(f"mails/{mail.mail_id}/replay", {}))
        assert again.mail_id == mail.mail_id
        assert refused(await market.host.post("mails/nowhere/replay", {}))[0] == 404


async def ordered(market: Market) -> Order:
    """Place an order that is paid at once, with an address for e-mails."""
    buyer = await market.buyer()
    lines = [line()]
    body = order_body(await buyer.quote(*lines), lines)
    order = answer(Order, await buyer.post("orders", {**body, "address": MAILED, "language": "en"}), 201)
    await market.cashier(await buyer.attempt(order), "pay")
    return await market.until_paid(buyer, order)


async def test_who_is_not_the_host_neither_sees_nor_changes_the_mail_server(market: Market) -> None:
    buyer = await market.buyer()
    assert (await buyer.get(SETTINGS)).status_code == 403
    assert (await buyer.put(SETTINGS, {})).status_code == 403
    assert (await buyer.post(f"{SETTINGS}/test", {"settings": {}, "to": "a@example.com"})).status_code == 403
    assert (await buyer.get("mails")).status_code == 403


async def test_settings_without_sense_are_refused_with_a_remedy(market: Market) -> None:
    wanted = {"host": "https://smtp.example.com", "sender": "shop@example.com"}
    response = await market.host.put(SETTINGS, wanted)
    assert refused(response)[0] == 422
    assert "without https://" in response.text


@pytest.mark.parametrize("email", ["ann", "ann@example.com\r\nBcc: all@example.com", "a@b.cn,c@d.cn"])
async def test_an_address_with_a_wrong_email_is_refused_at_the_field(market: Market, email: str) -> None:
    buyer = await market.buyer()
    response = await buyer.post("addresses", {"address": {**HOME, "email": email}})
    assert response.status_code == 422
    assert '"field":"email"' in response.text


async def test_an_email_stays_in_the_buyers_book(market: Market) -> None:
    buyer = await market.buyer()
    saved = answer(SavedAddress, await buyer.post("addresses", {"address": MAILED}), 201)
    assert saved.address.email == "ann@example.com"
    book = answer(AddressBook, await buyer.get("addresses"))
    assert [one.address.email for one in book.addresses] == ["ann@example.com"]
