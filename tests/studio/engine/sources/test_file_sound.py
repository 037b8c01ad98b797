from pathlib import Path

import numpy as np
import pytest

from effects.files.times import Jumps
from studio.engine.sources.file_sound import FileSound
from tests.support.media_file import grey, make_film, make_video


def test_sound_of_a_file_follows_on_itself_without_gaps(tmp_path: Path) -> None:
    path = make_video(tmp_path / "tone.mp4", seconds=1.0, tone_hertz=440)
    with FileSound(path, Jumps()) as sound:
        pieces = list(sound.pieces())
        ends = [piece.due_s + len(piece.samples) / 48_000 for piece in pieces]
        assert [piece.due_s for piece in pieces[1:]] == pytest.approx(ends[:-1], abs=0.002)
        assert sound.over_s == pytest.approx(1.0, abs=0.05)


def test_a_file_without_sound_gives_none(tmp_path: Path) -> None:
    with FileSound(make_film(tmp_path / "film.mkv", [(0.0, grey(9))]), Jumps()) as sound:
        assert sound.is_silent
        assert list(sound.pieces()) == []


def test_sound_that_is_damaged_in_a_place_goes_on_behind_it(tmp_path: Path) -> None:
    path = make_video(tmp_path / "tone.ts", seconds=2.0, tone_hertz=440)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = bytes(np.random.default_rng(3).integers(0, 256, 2000, np.uint8))
    path.write_bytes(content)
    with FileSound(path, Jumps()) as sound:
        pieces = list(sound.pieces())
    assert sound.over_s == pytest.approx(2.0, abs=0.2)
    assert sum(len(piece.samples) for piece in pieces) > 48_000


def test_sound_in_an_unknown_codec_is_none_and_its_film_is_played_without(tmp_path: Path) -> None:
    path = make_film(tmp_path / "film.mkv", [(0.0, grey(50))], tone_seconds=0.5)
    content = path.read_bytes()
    assert b"A_PCM/INT/LIT" in content
    path.write_bytes(content.replace(b"A_PCM/INT/LIT", b"A_XXX/INT/LIT"))
    with FileSound(path, Jumps()) as sound:
        assert sound.is_silent
        assert list(sound.pieces()) == []
