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
    ],
)
def test_of_a_description_what_a_reader_sees_is_left(html: str, text: str) -> None:
    assert text_of_html(html) == text
