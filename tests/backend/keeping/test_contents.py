from pathlib import Path

import pytest

from backend.keeping.contents import files_of, place_of, secrets_of


def test_pictures_and_words_are_kept_apart_from_secrets(tmp_path: Path) -> None:
    for name in (
        "products/tea.png",
        "products/half.png.new",
        "logs/backend.log",
        "secret",
        "host-token",
        "a.pem",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "blocked-words.txt").write_text("x")
    assert [name for name, _ in files_of(tmp_path)] == ["files/blocked-words.txt", "files/products/tea.png"]
    assert [name for name, _ in secrets_of(tmp_path)] == ["secrets/secret", "secrets/a.pem"]
    for name, path in [*files_of(tmp_path), *secrets_of(tmp_path)]:
        place = place_of(name)
        assert place is not None
        assert tmp_path / place == path


@pytest.mark.parametrize(
    "name",
    [
        "files/products/../../secret",
        "files/products/..",
        "files/products/a/b",
        "files/products/a\\b",
        "files/products/c:x",
        "/etc/passwd",
        "secrets/backend.lock",
        "secrets/../a.pem",
        "secrets/.pem",
        "files/a.pem",
        "files/livestall.db",
        "",
    ],
)
def test_a_name_that_no_backup_has_belongs_nowhere(name: str) -> None:
    assert place_of(name) is None
