import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studio.engine.messages.recording import (
    ExportRecording,
    LibraryEvent,
    ListRecordings,
    RecordingExported,
    RecordingRead,
    RecordingsListed,
)
from studio.engine.record import library
from studio.engine.record.librarian import Librarian
from tests.studio.engine.record.show import play
from tests.studio.engine.record.test_library import broken_off, recorded

WAIT_S = 30.0


class Events:
    """Keeps what the librarian told, and waits for it."""

    def __init__(self) -> None:
        self.all: list[LibraryEvent] = []
        self._changed = threading.Condition()

    def __call__(self, event: LibraryEvent) -> None:
        with self._changed:
            self.all.append(event)
            self._changed.notify_all()

    def wait(self, wanted: Callable[[list[LibraryEvent]], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: wanted(self.all), WAIT_S), self.all


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def librarian(events: Events) -> Iterator[Librarian]:
    librarian = Librarian(events)
    yield librarian
    librarian.close()


def read(events: Events) -> dict[str, RecordingRead]:
    return {Path(event.path).name: event for event in events.all if isinstance(event, RecordingRead)}


def test_a_folder_is_listed_at_once_and_read_afterwards(
    librarian: Librarian, events: Events, tmp_path: Path
) -> None:
    path = recorded(tmp_path)
    (tmp_path / "torn.mp4").write_bytes(b"nothing that could be read")
    librarian.handle(ListRecordings(str(tmp_path)))
    events.wait(lambda all_: len(all_) == 3)
    listed = events.all[0]
    assert isinstance(listed, RecordingsListed)
    assert {Path(each).name for each in listed.paths} == {"show.mp4", "torn.mp4"}
    good, torn = read(events)["show.mp4"], read(events)["torn.mp4"]
    assert good.seconds == pytest.approx(10, abs=0.1)
    assert good.size_bytes == path.stat().st_size
    assert good.thumbnail.startswith(b"\xff\xd8")
    assert (torn.seconds, torn.thumbnail) == (0.0, b"")


def test_listing_mends_what_was_broken_off(librarian: Librarian, events: Events, tmp_path: Path) -> None:
    path = broken_off(tmp_path)
    librarian.handle(ListRecordings(str(tmp_path)))
    events.wait(lambda _all: "lost.mp4" in read(events))
    assert [chapter.title for chapter in read(events)["lost.mp4"].chapters] == ["Start", "Tea"]
    assert play(path).chapters


def test_what_cannot_be_mended_is_shown_as_it_is(
    librarian: Librarian, events: Events, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(library, "mend", full)
    broken_off(tmp_path)
    librarian.handle(ListRecordings(str(tmp_path)))
    events.wait(lambda _all: "lost.mp4" in read(events))
    assert read(events)["lost.mp4"].seconds > 3


def test_a_part_is_copied_and_a_failure_has_a_reason(
    librarian: Librarian, events: Events, tmp_path: Path
) -> None:
    path, target = recorded(tmp_path), tmp_path / "part.mp4"
    librarian.handle(ExportRecording(str(path), 0.0, 4.0, str(target)))
    librarian.handle(ExportRecording(str(path), 0.0, 4.0, str(tmp_path / "gone" / "part.mp4")))
    events.wait(lambda all_: len(all_) == 2)
    first, second = events.all
    assert first == RecordingExported(str(target))
    assert isinstance(second, RecordingExported)
    assert "No such file" in second.detail
    assert play(target).seconds == pytest.approx(4.0, abs=0.1)
