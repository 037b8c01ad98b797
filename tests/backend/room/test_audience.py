import pytest
from msgspec.structs import replace

from backend.contract.chat import YouWereBlocked
from backend.contract.protocol import Private
from backend.room.audience import Audience
from tests.backend.room.lines import FakeLine
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST

EVENT = YouWereBlocked("x")


def test_one_user_is_told_on_all_their_connections_and_nobody_else() -> None:
    audience, phone, desktop, other = Audience(), FakeLine(), FakeLine(), FakeLine()
    audience.enter(phone, ANNA)
    audience.enter(desktop, ANNA)
    audience.enter(other, BERT)
    audience.deliver("anna", EVENT)
    audience.deliver("nobody", EVENT)

    assert phone.messages == desktop.messages == [Private(EVENT)]
    assert other.messages == []


def test_staff_are_host_and_assistants() -> None:
    audience, host, helper, viewer = Audience(), FakeLine(), FakeLine(), FakeLine()
    assert not audience.has_staff
    audience.enter(host, HOST)
    audience.enter(helper, HELPER)
    audience.enter(viewer, ANNA)
    audience.deliver_to_staff(EVENT, lambda _actor: True)

    assert host.messages == helper.messages == [Private(EVENT)]
    assert viewer.messages == []

    audience.deliver_to_staff(EVENT, lambda actor: actor == HELPER)
    assert (len(host.messages), len(helper.messages)) == (1, 2)


def test_who_left_is_not_told() -> None:
    audience, line = Audience(), FakeLine()
    audience.enter(line, HOST)
    audience.leave(line, HOST)
    audience.leave(line, HOST)
    audience.deliver("host", EVENT)
    audience.deliver_to_staff(EVENT, lambda _actor: True)

    assert line.messages == []
    assert audience.actor("host") is None


def test_a_newer_token_stays_and_an_older_one_is_cut_even_when_it_comes_later() -> None:
    audience, old, new, host = Audience(), FakeLine(), FakeLine(), FakeLine()
    audience.enter(old, ANNA)
    audience.enter(new, replace(ANNA, version=2))
    audience.enter(host, replace(HOST, user_id="anna"))
    audience.sign_out(ANNA, 2)

    assert (old.is_cut, new.is_cut, host.is_cut) == (True, False, False)
    assert not audience.enter(late := FakeLine(), replace(ANNA, version=1))
    assert late.is_cut
    assert audience.enter(FakeLine(), replace(ANNA, version=2))
    assert audience.enter(FakeLine(), BERT)


def test_who_was_signed_out_is_forgotten_before_memory_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.room.audience.REMEMBERED", 2)
    audience = Audience()
    for name in ("anna", "bert", "carl"):
        audience.sign_out(replace(ANNA, user_id=name), 1)
    names = ("anna", "bert", "carl")
    are_in = [audience.enter(FakeLine(), replace(ANNA, user_id=name)) for name in names]
    assert are_in == [True, False, False]


def test_a_viewer_is_put_out_on_all_connections_and_staff_never() -> None:
    audience, phone, desktop, host = Audience(), FakeLine(), FakeLine(), FakeLine()
    audience.enter(phone, ANNA)
    audience.enter(desktop, ANNA)
    audience.enter(host, HOST)
    audience.put_out("anna", 4403, "blocked")
    audience.put_out("host", 4403, "blocked")

    assert phone.is_cut
    assert desktop.is_cut
    assert not host.is_cut
