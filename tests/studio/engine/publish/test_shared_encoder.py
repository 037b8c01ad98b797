import threading
from collections.abc import Iterator

import pytest

from studio.engine.publish import video_worker
from studio.engine.publish.codecs import EncoderChoice
from studio.engine.publish.encoder import EncodedPicture
from studio.engine.publish.packetizer import split_units
from studio.engine.publish.shared_encoder import EncoderOutput, SharedEncoder
from studio.engine.publish.video_worker import EncoderSettings
from tests.studio.engine.publish.conftest import FPS, Feeds

WAIT_S = 30.0


class Taker:
    """Keeps what an output is given, and waits for it."""

    def __init__(self, encoder: SharedEncoder) -> None:
        self.pictures: list[EncodedPicture] = []
        self.failures: list[str] = []
        self._changed = threading.Condition()
        self.output: EncoderOutput = encoder.output(self._take, self._fail)

    def _take(self, picture: EncodedPicture) -> None:
        with self._changed:
            self.pictures.append(picture)
            self._changed.notify_all()

    def _fail(self, detail: str) -> None:
        with self._changed:
            self.failures.append(detail)
            self._changed.notify_all()

    def wait(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.pictures) >= count, WAIT_S)

    def wait_keyframe(self, after: int) -> None:
        with self._changed:
            wanted = lambda: any(each.is_keyframe for each in self.pictures[after:])  # noqa: E731
            assert self._changed.wait_for(wanted, WAIT_S)

    def wait_failure(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.failures), WAIT_S)


@pytest.fixture
def encoder(feeds: Feeds) -> SharedEncoder:
    encoder = SharedEncoder(feeds.video, EncoderChoice(lambda: ["libx264"]))
    encoder.configure(EncoderSettings("", FPS, 800))
    return encoder


@pytest.fixture
def takers(encoder: SharedEncoder) -> Iterator[tuple[Taker, Taker]]:
    takers = Taker(encoder), Taker(encoder)
    yield takers
    for taker in takers:
        taker.output.stop()


def encoders() -> int:
    return sum(thread.name == "encoder" for thread in threading.enumerate())


def test_two_outputs_get_the_same_pictures_of_one_encoder(takers: tuple[Taker, Taker]) -> None:
    one, two = takers
    one.output.start()
    one.wait(5)
    two.output.start()
    two.wait(5)
    assert encoders() == 1
    assert all(any(picture is other for other in one.pictures) for picture in two.pictures[:5])


def test_an_output_that_comes_later_gets_a_keyframe_soon(takers: tuple[Taker, Taker]) -> None:
    one, two = takers
    one.output.start()
    one.wait(15)
    two.output.start()
    two.wait_keyframe(0)
    first = next(index for index, each in enumerate(two.pictures) if each.is_keyframe)
    assert first < FPS / 2


def test_an_output_goes_on_when_another_ends(takers: tuple[Taker, Taker]) -> None:
    one, two = takers
    one.output.start()
    two.output.start()
    two.wait(3)
    one.output.stop()
    seen = len(two.pictures)
    two.wait(seen + 5)
    assert encoders() == 1


def test_the_encoder_ends_with_its_last_output_and_begins_again(takers: tuple[Taker, Taker]) -> None:
    one, _ = takers
    one.output.start()
    one.wait(3)
    one.output.stop()
    assert encoders() == 0
    before = len(one.pictures)
    one.output.start()
    one.wait(before + 3)
    assert one.pictures[before].is_keyframe


def test_a_keyframes_bytes_begin_with_its_parameter_sets(takers: tuple[Taker, Taker]) -> None:
    one, _ = takers
    one.output.start()
    one.wait(1)
    kinds = [unit[0] & 0x1F for unit in split_units(one.pictures[0].data)]
    assert kinds[:2] == [7, 8]


def test_every_output_hears_that_nothing_encodes_and_may_try_again(
    feeds: Feeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = SharedEncoder(feeds.video, EncoderChoice(lambda: ["libx264"]))
    one, two = Taker(encoder), Taker(encoder)

    def broken(*_: object) -> None:
        raise OSError("no encoder here")

    with monkeypatch.context() as patched:
        patched.setattr(video_worker, "H264Encoder", broken)
        one.output.start()
        one.wait_failure()
    two.output.start()
    two.wait(3)
    assert not two.failures
    for taker in (one, two):
        taker.output.stop()
    assert encoders() == 0
