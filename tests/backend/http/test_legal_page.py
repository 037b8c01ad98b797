import base64
import hashlib
import re

import pytest

from backend.contract.legal import LegalName
from backend.http.languages import LANGUAGES, PageLanguage
from backend.http.legal_page import POLICY, draw_legal

MARKUP = "<script>alert(1)</script> & \"quotes\" 'and' <b>more</b>"


def test_markup_of_a_text_stays_text() -> None:
    page = draw_legal(LegalName.TERMS, f"{MARKUP}\n\n# {MARKUP}", "en")
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2


def test_empty_lines_end_paragraphs_and_signs_make_headings() -> None:
    page = draw_legal(LegalName.RETURNS, "one\ntwo\n\n\nthree\n# Four\nfive", "en")
    body = page[page.index("</h1>") : page.index("</main>")]
    assert body == "</h1><p>one\ntwo</p><p>three</p><h2>Four</h2><p>five</p>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_text_has_a_title_of_its_own(language: PageLanguage) -> None:
    titles = {re.findall("<h1>(.*)</h1>", draw_legal(name, "x", language))[0] for name in LegalName}
    assert len(titles) == len(LegalName)


def test_a_text_that_is_not_written_says_so() -> None:
    assert "还没有写" in draw_legal(LegalName.CONTACT, "", "zh")
    assert "not written" in draw_legal(LegalName.CONTACT, " \n ", "en")


def test_the_policy_lets_the_pages_own_style_in_and_nothing_else() -> None:
    [style] = re.findall("<style>(.*)</style>", draw_legal(LegalName.TERMS, "x", "en"))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in POLICY
    assert POLICY.startswith("default-src 'none'")
    assert "script" not in POLICY
