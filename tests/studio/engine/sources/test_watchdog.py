import numpy as np
import pytest

from studio.engine.media import VideoFrame
from studio.engine.messages.values import SourceState
from studio.engine.sources.watchdog import (
    CAMERA_POLICY,
    CAPTURE_POLICY,
    CONTENT_POLICY,
    Sight,
    Watchdog,
    WatchPolicy,
    look_at,
)

LOOKS_A_SECOND = 10


class Camera:
    """A source on a clock of its own, looked at ten times a second."""

    def __init__(self, policy: WatchPolicy = CAMERA_POLICY) -> None:
        self.now = 1000.0
        self.watchdog = Watchdog(policy, self.now)
        self.noise = 0

    def give(self, seconds: float, *, still: bool = False, black: bool = False) -> SourceState:
        """Give pictures for so long."""
        for _ in range(round(seconds * LOOKS_A_SECOND)):
            self.now += 1 / LOOKS_A_SECOND
            self.noise += not still
            self.watchdog.look(Sight(self.now, self.noise.to_bytes(4, "big"), black), self.now)
        return self.watchdog.state

    def give_nothing(self, seconds: float) -> SourceState:
        """Give nothing new for so long."""
        for _ in range(round(seconds * LOOKS_A_SECOND)):
            self.now += 1 / LOOKS_A_SECOND
            self.watchdog.look(None, self.now)
        return self.watchdog.state

    def reopen(self) -> None:
        self.watchdog.reopened(self.now)


def test_a_source_is_opening_until_its_first_picture() -> None:
    camera = Camera()
    assert camera.give_nothing(1) is SourceState.OPENING
    assert camera.give(0.1) is SourceState.RUNNING


def test_a_source_that_never_gives_a_picture_stalls_after_five_seconds() -> None:
    camera = Camera()
    assert camera.give_nothing(4.8) is SourceState.OPENING
    assert camera.give_nothing(0.4) is SourceState.STALLED


def test_two_seconds_without_a_picture_are_a_stall_and_one_picture_ends_it() -> None:
    camera = Camera()
    camera.give(5)
    assert camera.give_nothing(1.8) is SourceState.RUNNING
    assert camera.give_nothing(0.4) is SourceState.STALLED
    assert camera.give(0.1) is SourceState.RUNNING


def test_the_same_picture_seen_again_counts_as_none() -> None:
    camera = Camera()
    camera.give(1)
    last = Sight(camera.now, b"last")
    for _ in range(25):
        camera.now += 0.1
        camera.watchdog.look(last, camera.now)
    assert camera.watchdog.state is SourceState.STALLED


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (CAMERA_POLICY, SourceState.FROZEN),
        (CAPTURE_POLICY, SourceState.RUNNING),
        (CONTENT_POLICY, SourceState.RUNNING),
    ],
)
def test_a_still_picture_is_wrong_for_cameras_only(policy: WatchPolicy, expected: SourceState) -> None:
    camera = Camera(policy)
    camera.give(1)
    assert camera.give(2.8, still=True) is SourceState.RUNNING
    assert camera.give(0.5, still=True) is expected
    assert camera.give(0.1) is SourceState.RUNNING


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (CAMERA_POLICY, SourceState.BLACK),
        (CAPTURE_POLICY, SourceState.BLACK),
        (CONTENT_POLICY, SourceState.RUNNING),
    ],
)
def test_black_is_wrong_for_what_looks_at_the_world(policy: WatchPolicy, expected: SourceState) -> None:
    camera = Camera(policy)
    camera.give(1)
    assert camera.give(2.8, black=True) is SourceState.RUNNING
    assert camera.give(0.5, black=True) is expected
    assert camera.give(0.1) is SourceState.RUNNING


@pytest.mark.parametrize("wrong", [{"black": True}, {"still": True}])
def test_what_is_wrong_stays_wrong_through_a_reopening_that_did_not_help(wrong: dict[str, bool]) -> None:
    camera = Camera()
    camera.give(1)
    before = camera.give(4, **wrong)
    camera.reopen()
    assert camera.give_nothing(1) is before
    assert camera.give(1, **wrong) is before


def test_a_picture_from_before_the_reopening_does_not_count() -> None:
    camera = Camera()
    camera.give(1)
    camera.give_nothing(3)
    late = Sight(camera.now, b"late")
    camera.now += 0.1
    camera.reopen()
    assert camera.watchdog.look(late, camera.now) is SourceState.STALLED


def test_a_failure_stays_until_a_picture_comes() -> None:
    camera = Camera()
    camera.give(1)
    camera.watchdog.failed()
    camera.reopen()
    assert camera.give_nothing(1) is SourceState.FAILED
    assert camera.give(0.1) is SourceState.RUNNING


def test_sensor_noise_changes_the_signature_and_a_repeated_picture_does_not() -> None:
    random = np.random.default_rng(1)
    picture = random.integers(0, 255, (720, 1280, 3), np.uint8)
    noisy = np.clip(picture.astype(int) + random.integers(-1, 2, picture.shape), 0, 255).astype(np.uint8)
    first, second = look_at(VideoFrame(picture, 1.0)), look_at(VideoFrame(noisy, 2.0))
    again = look_at(VideoFrame(picture.copy(), 3.0))
    assert first.signature != second.signature
    assert first.signature == again.signature


@pytest.mark.parametrize(("level", "is_black"), [(0, True), (4, True), (16, False), (255, False)])
def test_black_is_what_shows_nothing(level: int, is_black: bool) -> None:  # noqa: FBT001 - a table
    assert look_at(VideoFrame(np.full((480, 640, 3), level, np.uint8), 1.0)).is_black is is_black


def test_a_dark_screen_with_text_is_not_black() -> None:
    screen = np.zeros((800, 1280, 4), np.uint8)
    screen[::32, :400, :3] = 200
    assert not look_at(VideoFrame(screen, 1.0)).is_black
