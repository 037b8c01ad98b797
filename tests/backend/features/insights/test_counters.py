from backend.contract.insights import Activity, SourceCount
from backend.contract.link_source import OTHER_SOURCES
from backend.features.insights.counters import MAX_SOURCES, MINUTES, RETURN_MS, Counters
from backend.log.entries import BackendStarted, Entry, Followed, Joined, Left, Liked, Record, SessionBegan

MINUTE_MS = 60_000


class Book:
    """Counters that are told what happens, minute by minute."""

    def __init__(self) -> None:
        self.counters = Counters(followers=lambda: 9)
        self.number = 0

    def write(self, at_ms: int, *entries: Entry) -> None:
        for entry in entries:
            self.number += 1
            self.counters.apply(Record(self.number, at_ms, "s", entry))


def test_the_peak_is_the_most_at_once_and_not_all_who_came() -> None:
    book = Book()
    book.write(0, Joined("a"), Joined("b"), Left("a"), Joined("c"), Joined("d"), Left("b"))

    stats = book.counters.stats(0)
    assert (stats.viewers, stats.peak, stats.total.joins, stats.followers) == (2, 3, 4, 9)


def test_who_is_back_within_half_a_minute_did_not_come_in_again() -> None:
    book = Book()
    book.write(0, Joined("a", "qr"), Joined("b", "qr"))
    book.write(60_000, Left("a"), Left("b"))
    book.write(60_000 + RETURN_MS, Joined("a", "share"))
    book.write(60_001 + RETURN_MS, Joined("b", "share"))

    stats = book.counters.stats(60_001 + RETURN_MS)
    assert (stats.viewers, stats.total.joins) == (2, 3)
    assert stats.sources == [SourceCount("qr", 2), SourceCount("share", 1)]


def test_the_half_minute_counts_from_the_last_time_somebody_left() -> None:
    book = Book()
    book.write(0, Joined("a"))
    for drop in range(1, 5):
        book.write(drop * 20_000, Left("a"))
        book.write(drop * 20_000 + 19_000, Joined("a"))

    assert book.counters.stats(0).total.joins == 1


def test_who_was_there_when_the_backend_or_a_session_began_anew_comes_back_uncounted() -> None:
    book = Book()
    book.write(0, Joined("a"), Joined("b"), Joined("c"), Left("c"))
    book.write(10_000, BackendStarted(), Joined("a"), SessionBegan("s2"), Joined("b"), Joined("c"))

    stats = book.counters.stats(10_000)
    assert (stats.viewers, stats.total.joins) == (3, 0)
    book.write(10_000, Joined("d"))
    assert book.counters.stats(10_000).total.joins == 1


def test_those_who_left_for_good_do_not_fill_the_memory() -> None:
    book = Book()
    for second in range(1000):
        book.write(second * 1000, Joined(f"guest-{second}"), Left(f"guest-{second}"))

    assert len(book.counters.state.gone) == RETURN_MS // 1000 + 1


def test_the_last_minute_slides() -> None:
    book = Book()
    book.write(0, Liked("a", 5))
    book.write(30_000, Liked("a", 7), Followed("a"))

    assert book.counters.stats(59_999).last_minute == Activity(0, 0, 12, 1, 0)
    assert book.counters.stats(60_000).last_minute == Activity(0, 0, 7, 1, 0)
    assert book.counters.stats(100_000).last_minute == Activity(0, 0, 0, 0, 0)
    assert book.counters.stats(100_000).total.likes == 12


def test_each_minute_has_its_own_numbers() -> None:
    book = Book()
    book.write(0, Joined("a"), Joined("b"), Liked("a", 5))
    book.write(MINUTE_MS, Left("b"), Liked("a", 1))

    first, second = book.counters.minutes()
    assert (first.started_at_ms, first.viewers, first.activity.likes) == (0, 2, 5)
    assert (second.started_at_ms, second.viewers, second.activity.likes) == (MINUTE_MS, 1, 1)


def test_a_new_session_begins_with_who_is_there() -> None:
    book = Book()
    book.write(0, Joined("a"), Joined("b"), Left("b"), Liked("a", 5), SessionBegan("s2"))

    stats = book.counters.stats(0)
    assert (stats.viewers, stats.peak, stats.total) == (1, 1, Activity(0, 0, 0, 0, 0))


def test_after_a_restart_nobody_is_there_until_they_come_back() -> None:
    book = Book()
    book.write(0, Joined("a"), BackendStarted())

    assert (book.counters.stats(0).viewers, book.counters.stats(0).peak) == (0, 1)


def test_a_long_show_does_not_fill_the_memory() -> None:
    book = Book()
    for minute in range(MINUTES + 50):
        book.write(minute * MINUTE_MS, Liked("a", 1))

    assert len(book.counters.minutes()) == MINUTES
    assert len(book.counters.state.seconds) == 60
    assert book.counters.stats(0).total.likes == MINUTES + 50


def test_entries_are_counted_by_where_they_came_from() -> None:
    book = Book()
    book.write(0, Joined("a"), Joined("b", "qr"), Joined("c", "share"), Joined("d", "qr"))
    assert book.counters.stats(0).sources == [
        SourceCount("qr", 2),
        SourceCount("", 1),
        SourceCount("share", 1),
    ]
    book.write(0, SessionBegan("s2"))
    assert book.counters.stats(0).sources == []


def test_made_up_tags_do_not_fill_the_memory() -> None:
    book = Book()
    book.write(0, *(Joined("a", f"t{number}") for number in range(MAX_SOURCES + 5)))
    assert len(book.counters.state.sources) == MAX_SOURCES + 1
    assert book.counters.state.sources[OTHER_SOURCES] == 5
