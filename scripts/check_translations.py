"""Fails when a text of the studio has no Chinese translation, or could never have one."""

import ast
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

sys.path.insert(0, str(Path(__file__).parents[1]))

from scripts.translate import FOLDERS, ROOT, update
from studio.i18n import CHINESE, source_file

Entry = tuple[str, str]
PLACE = re.compile(r"\{\w*\}|%n|%\d")


def read(path: Path) -> dict[Entry, tuple[str, bool]]:
    """Every text of a .ts file by context and source: its translation, and whether that is finished."""
    found = {}
    # Our own file, written by lupdate.
    for context in ET.parse(path).iter("context"):  # noqa: S314
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            text = "" if translation is None else "".join(translation.itertext()).strip()
            is_finished = translation is not None and translation.get("type") is None
            found[name, message.findtext("source", "")] = (text, is_finished)
    return found


def faults_of_texts() -> Iterator[str]:
    """Compare what the source says with what is translated."""
    committed = source_file(CHINESE)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / committed.name
        fresh.write_bytes(committed.read_bytes())
        update(fresh)
        wanted = read(fresh)
    known = read(committed)
    for entry, (text, is_finished) in sorted(wanted.items()):
        context, source = entry
        if entry not in known:
            yield f"{context}: {source!r} is not in {committed.name}; run scripts/translate.py --update"
        elif not text or not is_finished:
            yield f"{context}: {source!r} has no translation"
        elif sorted(PLACE.findall(source)) != sorted(PLACE.findall(text)):
            yield f"{context}: {source!r} and {text!r} have different places to fill in"
    for context, source in sorted(known.keys() - wanted.keys()):
        yield f"{context}: {source!r} is translated but not used; run scripts/translate.py --update"


def faults_of_calls(path: Path) -> Iterator[str]:
    """Find texts that lupdate cannot read: put together before `tr` sees them, or within an f-string."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node, name in _calls(tree):
        texts = node.args[:1] if name == "tr" else node.args[:2]
        if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
            yield f"{path.relative_to(ROOT)}:{node.lineno}: {name}() takes a plain text, then .format(...)"
    for joined in ast.walk(tree):
        if isinstance(joined, ast.JoinedStr):
            for node, name in _calls(joined):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {name}() is not found within an f-string"


def _calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in {"tr", "translate"}:
                yield node, name


def main() -> int:
    """Print every fault; return how the check ended."""
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    faults = [fault for path in paths for fault in faults_of_calls(path)]
    faults += faults_of_texts()
    for fault in faults:
        print(fault)
    print(f"translations: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
