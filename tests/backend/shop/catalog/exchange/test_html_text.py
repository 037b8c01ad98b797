import pytest

from backend.shop.catalog.exchange.html_text import text_of_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain\ntext", "plain\ntext"),
        ("<p>one</p><p>two &amp; three</p>", "one\n\ntwo & three"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>x</li><li>y</li></ul>", "• x\n\n• y"),
        ("<script>alert(1)</script>safe<style>p{}</style>", "safe"),
        ("&lt;script&gt;", "<script>"),
        ("<p>never closed", "never closed"),
        ("<img src=x onerror=alert(1)>", ""),
        ('<img alt="a > b" src=x>c', "c"),
        ("<p it's>a</p>b", "a\nb"),
        ("a<!-- b --->c<!doctype html>d<?php e ?>f</ g>h", "acdfh"),
        ("a<SCRIPT>if (b < c) '</p>'</Script >d", "ad"),
        ("<head><title>a</title></head>b", "b"),
        ("1 < 2 && 3 > 2", "1 < 2 && 3 > 2"),
        ("a<![b", "a"),
        ("a<a href='b", "a"),
        ("a&#99999999999999999999;b&#x1F600;&eacute;", "a\N{REPLACEMENT CHARACTER}b😀é"),
    ],
)
def test_of_a_description_what_a_reader_sees_is_left(html: str, text: str) -> None:
    assert text_of_html(html) == text


@pytest.mark.parametrize(
    "unit",
    ["<a ", "<", "<!--", "<![", "<?", "</", "<a b='", '<a b="', "<a =", "&#9", "<script>", "<style></", "&"],
)
def test_a_hostile_description_of_a_million_letters_is_read_to_its_end(unit: str) -> None:
    html = unit * (1_000_000 // len(unit))
    assert len(text_of_html(html)) <= len(html)
