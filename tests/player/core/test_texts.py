"""Every text is there in both languages, and nowhere else."""

import re
from pathlib import Path

from scripts.tsc import PLAYER
from tests.support.node import run_module

CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)


def sources(*suffixes: str) -> list[Path]:
    """The player's own files of these kinds."""
    folders = [PLAYER, *(path for path in PLAYER.iterdir() if path.is_dir() and path.name != "node_modules")]
    return [path for folder in folders for path in folder.iterdir() if path.suffix in suffixes]


async def texts() -> dict[str, dict[str, str]]:
    return await run_module('return (await player("core/i18n.js")).TEXTS;', dict[str, dict[str, str]])


async def test_every_text_is_there_in_chinese_and_english_with_the_same_values() -> None:
    for key, text in (await texts()).items():
        assert text.keys() == {"zh", "en"}, key
        assert bool(text["zh"]) == bool(text["en"]), key
        placeholders = [sorted(re.findall(r"\{\w+\}", one)) for one in (text["zh"], text["en"])]
        assert placeholders[0] == placeholders[1], key
        assert not CHINESE.search(text["en"]), key


async def test_every_text_the_page_names_exists() -> None:
    page = (PLAYER / "index.html").read_text(encoding="utf-8")
    named = set(re.findall(r'data-(?:text|label)="(\w+)"', page))
    assert named
    assert named <= (await texts()).keys()


def test_no_module_has_words_of_its_own() -> None:
    for module in sources(".js"):
        if module.name != "i18n.js":
            assert not CHINESE.search(_without_comments(module)), module.name


def _without_comments(module: Path) -> str:
    return COMMENT.sub("", module.read_text(encoding="utf-8"))


async def test_every_text_is_used() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in sources(".js", ".html"))
    # Keys built at run time: `slate_${slate}_title` and the like.
    patterns = [re.sub(r"\$\{[^}]*\}", r"\\w+", key) for key in re.findall(r"t\(`([^`]*)`", written)]
    for key in await texts():
        is_named = re.search(rf'["\']{key}["\']', written)
        assert is_named or any(re.fullmatch(pattern, key) for pattern in patterns), key


async def test_the_browsers_first_known_language_is_taken() -> None:
    picked = await run_module(
        'const { pickLanguage } = await player("core/i18n.js"); return given.map(pickLanguage);',
        list[str],
        given=[["zh-CN"], ["zh-Hant-TW", "en"], ["fr", "en-GB"], ["de", "zh"], ["ja"], []],
    )
    assert picked == ["zh", "zh", "en", "zh", "en", "en"]
