from backend.contract.chat_events import YouWereBlocked
from backend.messages import Private
from backend.room.audience import Audience
from tests.backend.room.lines import FakeLine
from tests.backend.room.talk import ANNA, BERT, HELPER, HOST

EVENT = YouWereBlocked("x")


def test_one_user_is_told_on_all_their_connections_and_nobody_else() -> None:
    audience, phone, desktop, other = Audience(), FakeLine(), FakeLine(), FakeLine()
    audience.enter(phone, ANNA)
    audience.enter(desktop, ANNA)
    audience.enter(other, BERT)
    audience.tell("anna", EVENT)
    audience.tell("nobody", EVENT)

    assert phone.messages == desktop.messages == [Private(EVENT)]
    assert other.messages == []


def test_staff_are_host_and_assistants() -> None:
    audience, host, helper, viewer = Audience(), FakeLine(), FakeLine(), FakeLine()
    assert not audience.has_staff
    audience.enter(host, HOST)
    audience.enter(helper, HELPER)
    audience.enter(viewer, ANNA)
    audience.tell_staff(EVENT, lambda _actor: True)

    assert host.messages == helper.messages == [Private(EVENT)]
    assert viewer.messages == []

    audience.tell_staff(EVENT, lambda actor: actor == HELPER)
    assert (len(host.messages), len(helper.messages)) == (1, 2)


def test_who_left_is_not_told() -> None:
    audience, line = Audience(), FakeLine()
    audience.enter(line, HOST)
    audience.leave(line, HOST)
    audience.leave(line, HOST)
    audience.tell("host", EVENT)
    audience.tell_staff(EVENT, lambda _actor: True)

    assert line.messages == []
    assert audience.actor("host") is None


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
