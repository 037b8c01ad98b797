from backend.relay.pending import GIVES_WAY, PendingSessions


class FakeSession:
    """On its way until it connects or is closed."""

    def __init__(self) -> None:
        self.is_pending = True
        self.reason = ""

    def close(self, reason: str) -> None:
        self.is_pending = False
        self.reason = reason


def added(pending: PendingSessions, address: str, count: int) -> list[FakeSession]:
    sessions = [FakeSession() for _ in range(count)]
    for one in sessions:
        pending.add(address, one)
    return sessions


def test_an_address_that_holds_too_many_loses_its_oldest_pending_session() -> None:
    pending = PendingSessions(an_address=3, at_all=100)
    sessions = added(pending, "knocks", 5)
    assert [one.reason for one in sessions] == [GIVES_WAY, GIVES_WAY, "", "", ""]
    assert pending.count() == 3


def test_an_address_with_few_pending_sessions_never_gives_way_to_one_with_many() -> None:
    pending = PendingSessions(an_address=50, at_all=60)
    viewers = [*added(pending, "shop", 5), *added(pending, "phone", 1)]
    knocking = [*added(pending, "knocks", 50), *added(pending, "knocks too", 50)]
    viewers += added(pending, "late", 1)
    assert pending.count() == 60
    assert all(one.is_pending for one in viewers)
    assert sum(one.reason == GIVES_WAY for one in knocking) == 100 + 7 - 60


def test_sessions_that_connect_leave_their_pending_places_to_others() -> None:
    pending = PendingSessions(an_address=3, at_all=100)
    connected = added(pending, "shop", 3)
    for one in connected:
        one.is_pending = False
    assert pending.count() == 0
    more = added(pending, "shop", 3)
    assert [one.reason for one in [*connected, *more]] == [""] * 6
