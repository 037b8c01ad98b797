import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.features.chat.blocked_words import WordFile, WordList


@pytest.mark.parametrize(
    "text", ["加微信", "加 微 信 吧", "加WEI XIN", "ｗｅｉｘｉｎ", "w.e.i.x.i.n", "最后一个字骗"]
)
def test_a_word_is_found_however_it_is_written(text: str) -> None:
    assert WordList(["微信", "WeiXin", "骗"]).is_in(text)


@pytest.mark.parametrize(
    "text", ["加wеixin", "加we1x1n", "加WЕІХІN", "weixin\u3164", "微\u3164信", "加微\u115f信"]
)
def test_a_word_is_found_through_letters_that_look_like_its_own(text: str) -> None:
    assert WordList(["微信", "weixin"]).is_in(text)


def test_a_word_of_another_script_is_found_with_letters_of_ours_in_it() -> None:
    assert WordList(["водка"]).is_in("ВОДKA")
    assert not WordList(["110"]).is_in("hello llo")


def test_other_texts_pass() -> None:
    words = WordList(["微信", "骗子", "...", ""])

    assert len(words) == 2
    assert not any(words.is_in(text) for text in ("微笑", "信", "骗人", "...", "", "微博和通信"))


@given(
    st.lists(st.text(alphabet="ab", min_size=1, max_size=3), max_size=4), st.text(alphabet="ab ", max_size=12)
)
def test_the_blocked_words_find_just_what_a_plain_search_finds(words: list[str], text: str) -> None:
    assert WordList(words).is_in(text) == any(word in text.replace(" ", "") for word in words)


def rewrite(path: Path, text: str, stamp: int) -> None:
    path.write_bytes(text.encode("utf-8"))
    os.utime(path, ns=(stamp, stamp))


def test_a_file_is_read_again_when_it_changed_and_only_then(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    file = WordFile(path)
    assert not file.refresh()

    rewrite(path, "\ufeff# remarks\n\n微信\n", 1)
    assert file.refresh()
    assert file.words.is_in("微信")
    assert not file.refresh()

    rewrite(path, "电话\n", 2)
    assert file.refresh()
    assert not file.words.is_in("微信")
    assert file.words.is_in("电话")

    path.unlink()
    assert file.refresh()
    assert not file.words.is_in("电话")


def test_a_file_that_is_no_text_leaves_the_words_as_they_are(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "words.txt"
    rewrite(path, "微信\n", 1)
    file = WordFile(path)
    file.refresh()
    path.write_bytes(b"\xff\xfe\x00\xd8")
    os.utime(path, ns=(2, 2))

    assert not file.refresh()
    assert file.words.is_in("微信")
    assert "save it as UTF-8" in caplog.text


def test_without_a_file_there_are_no_words() -> None:
    file = WordFile(None)
    assert not file.refresh()
    assert not file.words.is_in("微信")
