import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

PLAYER: Final = Path(__file__).parents[3] / "backend" / "player"
# What has a ground and no words on it: marks, lines, pictures, skeletons.
WORDLESS: Final = re.compile(
    r"::(before|after)|spinner|^\.(frame|room)$|video-stage|host__avatar|coins__mark|\.sk$|share__qr|shots__image"
    r"|__bar|thumb__no--now|tool__dot|shop-open__news|steps|trail|quality__bars|quality.*nth-child|input:checked|gallery|stepper|card__picture|:root"
)
COLOR: Final = re.compile(r"light-dark\([^)]*\)|var\(--[\w-]+\)|#[0-9a-f]{3,6}\b")


def rules(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each rule of a style sheet: its selector and what it sets."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        parts = (part.partition(":") for part in body.split(";") if ":" in part)
        yield selector.strip(), {name.strip(): value.strip() for name, _, value in parts}


def tokens(*files: str) -> dict[str, str]:
    """Every custom property that these files set at their roots."""
    return {
        name: value
        for file in files
        for selector, body in rules(PLAYER / file)
        if selector in {":root", ".shop"}
        for name, value in body.items()
        if name.startswith("--")
    }


def looked_up(value: str, known: Mapping[str, str]) -> list[str]:
    """The colours of a value in light and in dark, as #rrggbb; a gradient has several."""
    found: list[str] = []
    for part in COLOR.findall(value):
        if part.startswith("var("):
            found += looked_up(known.get(part[4:-1], ""), known)
        elif part.startswith("light-dark("):
            found += re.findall(r"#[0-9a-f]{6}", part)
        else:
            found.append(part if len(part) == 7 else "#" + "".join(digit * 2 for digit in part[1:]))
    return found


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    """Each selector with words on a ground of its own: words and ground; white where it names no words."""
    given: dict[str, str] = {}
    is_sheet = path.parent.name == "shop" and path.name != "shop.css"
    known = tokens("player.css", "shop/tokens.css") if is_sheet else tokens("player.css")
    for selector, body in rules(path):
        ground = body.get("background", body.get("background-color", ""))
        base = re.sub(r":(hover|active)$", "", selector)
        given[selector] = body.get("color", given.get(base, "#fff"))
        if WORDLESS.search(selector) or "rgb(" in ground or (is_sheet and "color" not in body):
            continue
        words = looked_up(given[selector], known)
        for number, one in enumerate(looked_up(ground, known)):
            # In a sheet both follow the phone's setting together.
            yield selector, words[number] if number < len(words) else words[-1], one


@pytest.mark.parametrize("path", sorted(PLAYER.rglob("*.css")), ids=lambda path: path.name)
def test_words_on_a_ground_of_their_own_have_a_contrast_of_four_and_a_half(path: Path) -> None:
    assert [
        (selector, words, ground, round(contrast(words, ground), 2))
        for selector, words, ground in pairs(path)
        if contrast(words, ground) < 4.5
    ] == []


def test_a_pill_is_among_the_pairs_that_are_looked_at() -> None:
    assert ".pill" in {selector for selector, _words, _ground in pairs(PLAYER / "core" / "shared.css")}


def over_white(value: str) -> str:
    """Return what a see-through colour makes of a white picture, as #rrggbb."""
    found = re.fullmatch(r"rgb\((\d+) (\d+) (\d+) / ([\d.]+)\)", value)
    assert found is not None, value
    opacity = float(found[4])
    mixed = (round(int(part) * opacity + 255 * (1 - opacity)) for part in found.groups()[:3])
    return "#" + "".join(f"{part:02x}" for part in mixed)


def test_words_on_glass_hold_over_a_white_picture() -> None:
    known = tokens("player.css")
    glass = over_white(known["--glass"])
    second = float(known["--on-glass-2"].partition("/")[2].strip(" )"))
    ground = int(glass[1:3], 16)
    soft = "#" + f"{round(255 * second + ground * (1 - second)):02x}" * 3
    assert min(contrast("#ffffff", glass), contrast(soft, glass)) >= 4.5


def test_the_chats_badges_are_styled_by_the_chat_alone() -> None:
    badges = [
        path.relative_to(PLAYER).as_posix()
        for path in PLAYER.rglob("*.css")
        if any(selector == ".badge" for selector, _body in rules(path))
    ]
    assert badges == ["chat/chat.css"]
