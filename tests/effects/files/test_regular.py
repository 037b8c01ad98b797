"""Files that are none, and media that name other files: neither is opened."""

import os
from pathlib import Path

import av
import pytest

from effects.files.regular import open_media, open_regular
from tests.support.media_file import make_video

PLAYLISTS = {
    "p.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1.0,\nfilm.ts\n#EXT-X-ENDLIST\n",
    "p.ffconcat": "ffconcat version 1.0\nfile film.ts\n",
}


def test_a_pipe_is_refused_at_once_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(OSError, match="regular file"):
        open_regular(tmp_path / "pipe.mp4")


@pytest.mark.parametrize("path", ["/dev/zero", "/tmp"])
def test_devices_and_folders_are_refused(path: str) -> None:
    with pytest.raises(OSError, match=r"regular file|directory"):
        open_regular(Path(path))


@pytest.mark.parametrize("name", PLAYLISTS)
def test_a_playlist_opens_none_of_the_files_it_names(tmp_path: Path, name: str) -> None:
    make_video(tmp_path / "film.ts", seconds=0.2)
    (tmp_path / name).write_text(PLAYLISTS[name])
    with av.open(str(tmp_path / name)) as opened:  # what would happen otherwise
        assert len(list(opened.decode(video=0))) == 6
    with pytest.raises((av.error.FFmpegError, OSError)):
        open_media(tmp_path / name)


def test_a_media_file_is_closed_when_nothing_reads_it_any_more(tmp_path: Path) -> None:
    path = make_video(tmp_path / "film.mp4", seconds=0.2)
    before = len(list(Path("/proc/self/fd").iterdir()))
    container = open_media(path)
    assert len(list(container.decode(video=0))) == 6
    container.close()
    del container
    assert len(list(Path("/proc/self/fd").iterdir())) == before
