import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contract.base import RejectReason
from backend.contract.bounds import MAX_NAME
from backend.contract.chat import MAX_DANMU
from backend.plain_text import clean, has_link, key, latin_words, look, readings

ENGLAND = "\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  早上好 \n 各位\t", "早上好 各位"),
        ("你好，…？（送人）", "你好，…？（送人）"),
        ("10 m², ½ ㎏ ﬁ №5", "10 m², ½ ㎏ ﬁ №5"),
        ("ＡＢＣ１２３ ㍿ ﾊﾝｶｸ", "ＡＢＣ１２３ ㍿ ﾊﾝｶｸ"),
        ("cafe\u0301", "café"),
        ("小\u3164王\u115f\ufe00", "小 王"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("a\u200bb\ufeffc\u00add", "abcd"),
        ("nul\x00 esc\x1b[31m", "nul esc[31m"),
        ("line\u2028sep\u2029end", "line sep end"),
        ("👩\u200d🚀 👨\u200d👩\u200d👧", "👩\u200d🚀 👨\u200d👩\u200d👧"),
        ("a\u200db c\u200cd", "ab cd"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("علی\u200c \u200cx", "علی x"),
        ("ශ\u0dca\u200dරී", "ශ\u0dca\u200dරී"),
        ("葛\U000e0100城 a\U000e0100\U000e0101", "葛\U000e0100城 a"),
        (f"🏴{ENGLAND}! x{ENGLAND}", f"🏴{ENGLAND}! x"),
        ("1\ufe0f\u20e3 ☺\ufe0e", "1\ufe0f\u20e3 ☺\ufe0e"),
        ("น้ำฝน ผู้ใหญ่", "น้ำฝน ผู้ใหญ่"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_what_is_shown_is_plain_text(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_marks_do_not_climb_over_the_line_above() -> None:
    assert clean("x" + "\u0323\u0330\u0331\u0332" * 20 + "y") == "x\u0323\u0330\u0331y"


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "   ",
        "\u200b\u200b",
        "\u202e",
        "\x00",
        "\u0301",
        "\u2028",
        "\u3164",
        "\u115f\u1160",
        "\uffa0 \u2800",
        "\ufe0f",
    ],
)
def test_nothing_readable_is_refused(nothing: str) -> None:
    assert clean(nothing) is RejectReason.EMPTY


def test_a_hundred_letters_fit_and_one_more_does_not() -> None:
    assert clean("茶" * 100) == "茶" * 100
    assert clean("茶" * 101) is RejectReason.TOO_LONG
    assert clean("茶" * 21, MAX_NAME) is RejectReason.TOO_LONG
    assert clean("ﷺ" * 100) == "ﷺ" * 100
    assert clean(" " * 100 + "茶" * 101) is RejectReason.TOO_LONG
    assert clean("茶" * 100 + " " * 100) == "茶" * 100
    assert clean("x" * 1_000_000) is RejectReason.TOO_LONG


def test_what_is_far_too_long_is_not_normalized(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backend.plain_text.unicodedata", None)
    assert clean("\u0323\u0330" * 3_000) is RejectReason.TOO_LONG


@given(st.text(max_size=200))
def test_whatever_is_typed_what_is_shown_obeys_the_rules(typed: str) -> None:
    shown = clean(typed)
    if isinstance(shown, RejectReason):
        return
    assert 0 < len(shown) <= MAX_DANMU
    assert shown == " ".join(shown.split(" "))
    categories = {unicodedata.category(letter) for letter in shown if letter != "\u200d"}
    assert not categories & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text(max_size=60))
def test_who_cleans_twice_gets_the_same(typed: str) -> None:
    once = clean(typed)
    if isinstance(once, str):
        assert clean(once) == once


@pytest.mark.parametrize(
    "disguised", ["微信", "微 信", "微.信", "微\u200b信", "微-信", "【微】信", "微_*+信"]
)
def test_disguises_of_a_word_have_the_same_key(disguised: str) -> None:
    assert key(disguised) == "微信"


@pytest.mark.parametrize("disguised", ["VX", "vx", "ｖｘ", "V x", "v\u0301x", "𝐕𝐗", "v·x"])
def test_width_case_marks_and_fonts_do_not_count(disguised: str) -> None:
    assert key(disguised) == "vx"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "https://x.y",
            "看www.shop.cn",
            "shop . com",
            "shop。com",
            "t.me/abc",
            "192.168.1.1",
            "加a-b.top哦",
        ),
        *(
            "shop．cоm",
            "ｓｈｏｐ．ｃｏｍ",
            "ѕhор。соm",
            "sh\u200bop.c\u034fom",
            "１９２．１６８．１．１",
            "ＨＴＴＰＳ：／／x",
        ),
    ],
)
def test_addresses_are_seen(text: str) -> None:
    assert has_link(text)


@pytest.mark.parametrize(
    "text", ["3.5斤", "好的。谢谢", "v2.0 版本", "12.50元", "a.b", "等等...", "2026.11.23"]
)
def test_what_only_looks_like_an_address_passes(text: str) -> None:
    assert not has_link(text)


@pytest.mark.parametrize(
    "hidden", ["微\u3164信", "微\uffa0信", "微\u115f信", "微\u2800信", "微\u034f信", "微\U000e0101信"]
)
def test_letters_that_cannot_be_seen_do_not_count(hidden: str) -> None:
    assert key(hidden) == look(hidden) == "微信"
    assert "微信" in readings(hidden)


@pytest.mark.parametrize(
    "twin",
    [
        *("Admin", "аdmin", "АDМIN", "adm1n", "AdmIn", "Admln", "a d m i n", "ａｄｍｉｎ", "𝐚𝐝𝐦𝐢𝐧", "ⓐⓓⓜⓘⓝ"),
        *("🅰🅳🅼🅸🅽", "🇦🇩🇲🇮🇳", "ᴀᴅᴍɪɴ", "αdmιn", "ádmín", "adm\u3164in", "admın", "ꓮꓓꓟꓲꓠ"),
    ],
)
def test_names_that_one_can_take_for_the_other_look_the_same(twin: str) -> None:
    assert look(twin) == look("admin")


def test_names_that_nobody_confuses_look_different() -> None:
    names = ["Anna", "Hanna", "小王", "小黄", "😀", "😂", "！", "？", "User5", "User7", "Анна"]
    assert len({look(name) for name in names}) == len(names)
    assert look("小王!") == look("小 王") == look("小王")


def test_a_text_is_read_with_letters_of_other_scripts_and_figures_among_letters() -> None:
    assert "hello" in readings("hеll0")
    assert "winner" in readings("w1nner")
    assert {"ppt"} <= set(readings("рpt"))
    assert not any("lol" in reading for reading in readings("101元"))
    assert not any("us" in reading for reading in readings("我在🇺🇸"))


def test_the_latin_words_of_a_name_are_told_apart() -> None:
    assert look("host") in latin_words("The-Hоst小王")
    assert look("admin") in latin_words("@dm!n")
    assert look("host") not in latin_words("Ghost")
