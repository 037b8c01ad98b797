"""Markup is ours alone: what a viewer or the host wrote never becomes an element."""

import re

from scripts.tsc import PLAYER
from tests.player.core.test_texts import name_of, sources

MARKUP = re.compile(r"(?:static markup|MARKUP|CLOSE|CROSS|PACKET) = [`'](.*?)[`'];", re.DOTALL)
OURS = {"CROSS", "CLOSE", "PACKET"}


def test_one_module_makes_elements_of_markup() -> None:
    words = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|DOMParser|document\.write")
    makers = {name_of(path) for path in sources(".js") if words.search(path.read_text(encoding="utf-8"))}
    assert makers == {"core/markup.js"}


def test_nothing_but_our_own_constants_is_put_into_markup() -> None:
    found = [part for path in sources(".js") for part in MARKUP.findall(path.read_text(encoding="utf-8"))]
    assert len(found) >= 18
    assert {name for part in found for name in re.findall(r"\$\{(.*?)\}", part)} == OURS


def test_what_comes_after_the_first_frame_has_an_empty_place_in_the_page() -> None:
    page = (PLAYER / "index.html").read_text(encoding="utf-8")
    filled = {"video-stage", "stage-controls", "room-header"}
    places = re.findall(r"<(\w+-\w+)(?: [^>]*)?>(</\1>)?", page)
    assert {name for name, end in places if not end} == filled
    assert len(places) > len(filled) + 15


def test_markup_runs_no_script_and_has_no_style_of_its_own() -> None:
    for path in sources(".js", ".html"):
        for part in [*MARKUP.findall(path.read_text(encoding="utf-8"))]:
            assert not re.search(r"<script|\bon\w+=|\bstyle=|javascript:", part), name_of(path)
