from pathlib import Path

import pytest

from scripts import check_translations
from scripts.check_translations import faults_of_calls, faults_of_texts, main, read
from studio.i18n import CHINESE, source_file


def test_every_text_of_the_studio_is_translated() -> None:
    assert list(faults_of_texts()) == []
    assert main() == 0


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The translations, to be spoilt."""
    copy = tmp_path / "livestall_zh_CN.ts"
    copy.write_bytes(source_file(CHINESE).read_bytes())
    monkeypatch.setattr(check_translations, "source_file", lambda _language: copy)
    return copy


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (
            "<translation>开始直播</translation>",
            '<translation type="unfinished"></translation>',
            "has no translation",
        ),
        (
            "<translation>{n} 人在看</translation>",
            "<translation>有人在看</translation>",
            "different places to fill in",
        ),
        (
            "<source>Copy link</source>",
            "<source>Copy the old link</source>",
            "run scripts/translate.py --update",
        ),
    ],
)
def test_what_is_missing_wrong_or_left_over_is_told(
    committed: Path, before: str, after: str, fault: str
) -> None:
    change(committed, before, after)

    assert any(fault in told for told in faults_of_texts())


@pytest.mark.parametrize(
    ("line", "is_fault"),
    [
        ('self.tr("{n} sold").format(n=3)', False),
        ('translate("Reports", "sold")', False),
        ('self.tr(f"{n} sold")', True),
        ('self.tr("sold " + name)', True),
        ("self.tr(text)", True),
        ('translate("Reports", f"{n} sold")', True),
        ("f\"{self.tr('sold')}: 3\"", True),
    ],
)
def test_a_text_that_could_never_be_found_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    is_fault: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(check_translations, "ROOT", tmp_path)
    path = tmp_path / "panel.py"
    path.write_text(f"{line}\n")

    assert bool(list(faults_of_calls(path))) == is_fault


def test_texts_are_known_by_their_context() -> None:
    texts = read(source_file(CHINESE))

    assert texts["ProductPanel", "Explain"] == ("讲解", True)
