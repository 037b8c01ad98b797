from pathlib import Path

from scripts.check_translations import read
from scripts.translate import update
from studio.i18n import CHINESE, source_file


def test_updating_keeps_what_is_translated_and_finds_every_text(tmp_path: Path) -> None:
    copy = tmp_path / "livestall_zh_CN.ts"
    copy.write_bytes(source_file(CHINESE).read_bytes())
    update(copy)

    before, after = read(source_file(CHINESE)), read(copy)
    assert {entry: after[entry] for entry in before if entry in after} == {
        entry: text for entry, text in before.items() if entry in after
    }
    assert after["ProductPanel", "Explain"] == ("讲解", True)


def test_a_new_file_holds_every_text_untranslated(tmp_path: Path) -> None:
    fresh = tmp_path / "livestall_zh_CN.ts"
    update(fresh)
    texts = read(fresh)

    assert {("ProductPanel", "Explain"), ("Hotkeys", "Full screen"), ("Menus", "Language")} <= texts.keys()
    assert not any(is_finished for _, is_finished in texts.values())
    assert "<location" not in fresh.read_text(encoding="utf-8")
