from collections.abc import Iterator

import pytest

from studio.engine.latest import AudioFeed, LatestFrame
from studio.engine.media import MasterClock
from studio.engine.messages.restreaming import Restream, RestreamChanged, RestreamState, RestreamTarget
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.shared_encoder import SharedEncoder
from studio.engine.restream import restreamer as module
from studio.engine.restream.restreamer import Restreamer

ONE = RestreamTarget("one", "rtmp://a/live/k1")
TWO = RestreamTarget("two", "rtmp://b/live/k2")


class FakeThread:
    """Says what is done with it."""

    made: list["FakeThread"] = []  # noqa: RUF012 - emptied by the fixture

    def __init__(self, target: RestreamTarget, **_: object) -> None:
        self.target = target
        self.is_stopped = False
        FakeThread.made.append(self)

    def stop(self) -> None:
        self.is_stopped = True

    def join(self) -> None:
        assert self.is_stopped


@pytest.fixture
def told() -> list[RestreamChanged]:
    return []


@pytest.fixture
def restreamer(told: list[RestreamChanged], monkeypatch: pytest.MonkeyPatch) -> Iterator[Restreamer]:
    monkeypatch.setattr(module, "TargetThread", FakeThread)
    FakeThread.made.clear()
    encoder = SharedEncoder(LatestFrame(), EncoderChoice(lambda: ["libx264"]))
    made = Restreamer(encoder, AudioFeed(), MasterClock(), told.append)
    yield made
    made.close()


def running() -> list[RestreamTarget]:
    return [thread.target for thread in FakeThread.made if not thread.is_stopped]


def test_only_what_differs_from_what_is_wanted_is_begun_or_ended(
    restreamer: Restreamer, told: list[RestreamChanged]
) -> None:
    restreamer.handle(Restream((ONE,)))
    restreamer.handle(Restream((ONE, TWO)))
    assert running() == [ONE, TWO]
    assert len(FakeThread.made) == 2
    restreamer.handle(Restream((TWO,)))
    assert running() == [TWO]
    assert told == [RestreamChanged("one", RestreamState.IDLE)]


def test_another_key_begins_the_target_anew(restreamer: Restreamer) -> None:
    restreamer.handle(Restream((ONE,)))
    other = RestreamTarget("one", "rtmp://a/live/k3")
    restreamer.handle(Restream((other,)))
    assert running() == [other]


def test_closing_ends_all(restreamer: Restreamer) -> None:
    restreamer.handle(Restream((ONE, TWO)))
    restreamer.close()
    assert running() == []
