from backend.room.heartbeats import LATE_MS, SILENT_MS, Heartbeats


class Clock:
    """Connections that ping, and a look at them every half second."""

    def __init__(self) -> None:
        self.now_ms = 1_000_000
        self.heartbeats = Heartbeats[str, int](lambda: self.now_ms)

    def passes(self, ms: int) -> list[str]:
        """Return who fell silent meanwhile."""
        found: list[str] = []
        for _ in range(ms // 500):
            self.now_ms += 500
            found += [key for key, _what in self.heartbeats.fall_silent()]
        return found


def test_a_connection_falls_silent_once_and_is_heard_again() -> None:
    clock = Clock()
    assert not clock.heartbeats.hear("anna", 1)
    assert clock.passes(SILENT_MS) == []
    assert clock.passes(60_000) == ["anna"]
    assert clock.heartbeats.is_silent("anna")

    assert clock.heartbeats.hear("anna", 1)
    assert not clock.heartbeats.is_silent("anna")
    assert clock.passes(SILENT_MS) == []


def test_a_connection_that_pings_or_never_did_is_not_silent() -> None:
    clock = Clock()
    for _ in range(10):
        clock.heartbeats.hear("anna", 1)
        assert clock.passes(10_000) == []
    assert not clock.heartbeats.is_silent("a program")


def test_a_connection_that_left_is_forgotten() -> None:
    clock = Clock()
    clock.heartbeats.hear("anna", 1)
    assert not clock.heartbeats.leave("anna")
    assert clock.passes(60_000) == []
    clock.heartbeats.hear("bert", 1)
    clock.passes(60_000)
    assert clock.heartbeats.leave("bert")
    assert not clock.heartbeats.leave("bert")


def test_nobody_is_silent_because_the_server_itself_stood_still() -> None:
    clock = Clock()
    clock.passes(1000)
    clock.heartbeats.hear("anna", 1)
    clock.now_ms += 10 * 60_000
    assert clock.heartbeats.fall_silent() == []
    assert clock.passes(SILENT_MS - LATE_MS) == []
    assert clock.passes(LATE_MS + 1000) == ["anna"]
