"""Every text is there in both languages, beside the feature that says it, and nowhere else."""

import re
from pathlib import Path

from backend.contract.orders import PAY_CAMPAIGN_WITHIN_S, PAY_ONLINE_WITHIN_S
from scripts.tsc import PLAYER
from tests.support.node import run_module

CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
MINUTES = re.compile(r"(\d+) (?:minutes|分钟)")
NAMED = re.compile(r'data-(?:text|label)="(\w+)"')
FIRST, SHARED = "core/i18n.js", "core/shared-texts.js"

Texts = dict[str, dict[str, str]]


def sources(*suffixes: str) -> list[Path]:
    """The player's own files of these kinds."""
    found = (path for path in PLAYER.rglob("*") if path.suffix in suffixes)
    return [path for path in found if "node_modules" not in path.relative_to(PLAYER).parts]


def name_of(path: Path) -> str:
    return path.relative_to(PLAYER).as_posix()


def files_of_texts() -> list[str]:
    return [FIRST, *sorted(name_of(path) for path in sources(".js") if path.name.endswith("texts.js"))]


async def texts_by_file() -> dict[str, Texts]:
    return await run_module(
        "const read = (name) => player(name).then((found) => found.TEXTS ?? found.SHARED);"
        "return Object.fromEntries(await Promise.all(given.map(async (name) => [name, await read(name)])));",
        dict[str, Texts],
        given=files_of_texts(),
    )


async def test_every_text_is_there_in_chinese_and_english_with_the_same_values() -> None:
    for texts in (await texts_by_file()).values():
        for key, text in texts.items():
            assert text.keys() == {"zh", "en"}, key
            assert bool(text["zh"]) == bool(text["en"]), key
            placeholders = [sorted(re.findall(r"\{\w+\}", one)) for one in (text["zh"], text["en"])]
            assert placeholders[0] == placeholders[1], key
            assert not CHINESE.search(text["en"]), key


async def test_each_feature_has_texts_and_no_text_stands_twice() -> None:
    by_file = await texts_by_file()
    modules = (name_of(path) for path in sources(".js"))
    features = {name.split("/")[0] for name in modules if "/" in name} - {"core"}
    assert features == {name.split("/")[0] for name in by_file} - {"core"}
    keys = [key for texts in by_file.values() for key in texts]
    assert len(keys) == len(set(keys))


async def test_texts_that_say_how_long_one_has_to_pay_say_what_the_contract_says() -> None:
    by_file = await texts_by_file()
    for name, within_s in {
        "campaigns/auction/texts.js": PAY_CAMPAIGN_WITHIN_S,
        "campaigns/flash_sale/texts.js": PAY_CAMPAIGN_WITHIN_S,
        "shop/sheet-texts.js": PAY_ONLINE_WITHIN_S,
    }.items():
        for language in ("zh", "en"):
            told = [MINUTES.search(text[language]) for text in by_file[name].values()]
            assert {found[1] for found in told if found} == {str(within_s // 60)}, name


async def test_the_page_names_only_texts_that_are_there_before_the_first_frame() -> None:
    named = set(NAMED.findall((PLAYER / "index.html").read_text(encoding="utf-8")))
    assert named
    assert named <= (await texts_by_file())[FIRST].keys()


async def test_every_text_that_an_elements_markup_names_is_its_features_own_or_shared() -> None:
    by_file = await texts_by_file()
    seen = 0
    for module in sources(".js"):
        own = f"{name_of(module.parent)}/"
        names = [SHARED, *(name for name in by_file if name.startswith(own) and own != "core/")]
        known = {key for name in names for key in by_file[name]}
        named = set(NAMED.findall(module.read_text(encoding="utf-8")))
        assert named <= known, name_of(module)
        seen += len(named)
    assert seen > 50


def test_no_module_has_words_of_its_own() -> None:
    # These read Chinese, and say nothing.
    known = {*files_of_texts(), "shop/address-paste.js", "shop/comment-buy.js"}
    for module in sources(".js"):
        if name_of(module) not in known:
            assert not CHINESE.search(_without_comments(module)), name_of(module)


def _without_comments(module: Path) -> str:
    return COMMENT.sub("", module.read_text(encoding="utf-8"))


async def test_every_text_is_used() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in sources(".js", ".html"))
    # Keys built at run time: `slate_${slate}_title` and the like.
    patterns = [re.sub(r"\$\{[^}]*\}", r"\\w+", key) for key in re.findall(r"t\(`([^`]*)`", written)]
    for texts in (await texts_by_file()).values():
        for key in texts:
            is_named = re.search(rf'["\']{key}["\']', written)
            assert is_named or any(re.fullmatch(pattern, key) for pattern in patterns), key


async def test_the_browsers_first_known_language_is_taken() -> None:
    picked = await run_module(
        'const { pickLanguage } = await player("core/i18n.js"); return given.map(pickLanguage);',
        list[str],
        given=[["zh-CN"], ["zh-Hant-TW", "en"], ["fr", "en-GB"], ["de", "zh"], ["ja"], []],
    )
    assert picked == ["zh", "zh", "en", "zh", "en", "en"]
