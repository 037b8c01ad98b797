from pathlib import Path

import pytest
from starlette.requests import Request

from backend.http.pictures import serve_picture


def asking(name: str) -> Request:
    return Request({"type": "http", "headers": [], "path_params": {"name": name}})


async def test_a_picture_comes_from_the_first_folder_that_has_it(tmp_path: Path) -> None:
    for number, folder in enumerate(("own", "demo")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "both.png").write_bytes(bytes([number]))
    (tmp_path / "demo" / "demo.webp").write_bytes(b"x")
    folders = [tmp_path / "own", tmp_path / "demo"]
    own = await serve_picture(asking("both.png"), folders)
    assert getattr(own, "path", None) == tmp_path / "own" / "both.png"
    demo = await serve_picture(asking("demo.webp"), folders)
    assert (demo.status_code, demo.media_type) == (200, "image/webp")
    assert "sandbox" in demo.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["none.png", "../secret", "x.html", ".png", "a/b.png"])
async def test_nothing_else_is_a_picture(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.html").write_bytes(b"x")
    assert (await serve_picture(asking(name), [tmp_path])).status_code == 404
