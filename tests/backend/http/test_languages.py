import pytest

from backend.http.languages import language_of


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "en"),
        ("en;q=0.2, zh;q=0.7", "zh"),
        ("zh-Hant", "zh"),
        ("fr, de;q=0.5", "en"),
        ("fr, zh;q=0.1", "zh"),
        ("", "en"),
        ("zh;q=much, en;q=0.1", "en"),
        ("zhu", "en"),
        ("," * 10_000, "en"),
    ],
)
def test_a_reader_gets_the_language_they_like_best(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_a_language_that_was_chosen_counts_before_all() -> None:
    assert language_of("zh", "en") == "en"
    assert language_of("en", "zh") == "zh"
    assert language_of("zh", "<script>") == "zh"
