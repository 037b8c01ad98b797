import gzip
from pathlib import Path

import pytest
from starlette.requests import Request

from backend.http.player_files import IMMUTABLE, PlayerFiles


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text('<script type="module" src="../player/{{hash}}/main.js"></script>')
    (tmp_path / "main.js").write_text("export const words = ['" + "a" * 5000 + "'];")
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "card.css").write_text(".card{}")
    (tmp_path / "tsconfig.json").write_text("{}")
    (tmp_path / "protocol.d.ts").write_text("export {}")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "tsc.js").write_text("!")
    return tmp_path


def request(**headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": raw})


def test_the_page_names_the_version_of_its_modules(folder: Path) -> None:
    player = PlayerFiles(folder)
    response = player.page.respond(request())
    assert f"/player/{player.version}/main.js".encode() in response.body
    assert response.headers["cache-control"] == "no-cache"


def test_modules_are_kept_forever_and_sent_compressed(folder: Path) -> None:
    player = PlayerFiles(folder)
    asset = player.asset(player.version, "main.js")
    assert asset is not None
    response = asset.respond(request(accept_encoding="br, gzip"))
    assert response.headers["cache-control"] == IMMUTABLE
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["content-encoding"] == "gzip"
    assert len(response.body) < 500
    assert gzip.decompress(bytes(response.body)) == (folder / "main.js").read_bytes()
    assert asset.respond(request()).body == (folder / "main.js").read_bytes()


def test_a_browser_that_has_it_is_told_so(folder: Path) -> None:
    page = PlayerFiles(folder).page
    etag = page.respond(request()).headers["etag"]
    assert page.respond(request(if_none_match=etag)).status_code == 304
    assert page.respond(request(if_none_match='"other"')).status_code == 200


def test_any_change_of_any_file_is_another_version(folder: Path) -> None:
    before = PlayerFiles(folder).version
    (folder / "parts" / "card.css").write_text(".card{color:red}")
    assert PlayerFiles(folder).version != before


def test_an_old_version_is_not_served_under_the_new_ones_name(folder: Path) -> None:
    assert PlayerFiles(folder).asset("0" * 16, "main.js") is None


@pytest.mark.parametrize(
    "name", ["tsconfig.json", "protocol.d.ts", "node_modules/tsc.js", "../main.js", "index.html", ""]
)
def test_the_type_checkers_files_stay_at_home(folder: Path, name: str) -> None:
    player = PlayerFiles(folder)
    assert player.asset(player.version, name) is None


def test_files_in_folders_are_served(folder: Path) -> None:
    player = PlayerFiles(folder)
    assert player.asset(player.version, "parts/card.css") is not None


def test_without_files_there_is_a_page_that_says_so(tmp_path: Path) -> None:
    assert "播放器文件缺失".encode() in PlayerFiles(tmp_path).page.respond(request()).body
