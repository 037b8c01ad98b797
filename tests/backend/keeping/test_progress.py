from backend.keeping.progress import EVERY_S, Progress


def test_long_work_says_how_far_it_is_and_short_work_says_nothing() -> None:
    now_s, lines = 0.0, list[str]()
    progress = Progress(lines.append, lambda: now_s)
    progress.reached("copying", 1_000_000, 9_000_000)
    assert lines == []
    for now_s in (EVERY_S, EVERY_S + 0.1, 2 * EVERY_S):
        progress.reached("copying", int(now_s * 1_000_000), 9_000_000)
    progress.reached("dumping", 0)
    assert lines == ["copying: 2.0 of 9.0 MB", "copying: 4.0 of 9.0 MB"]
