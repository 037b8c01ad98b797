from pathlib import Path

import pytest

from effects.params import Settings
from studio.project.carry_over import carried_over
from studio.project.choices import AudioKind, AudioSpec, VideoKind, VideoSpec, picture_of, sound_of
from studio.project.project import Canvas

OLD = """{
  "language": "zh_CN", "orientation": "16:9", "fps": 25, "gain_db": -3.5, "is_muted": true,
  "video": {"kind": "camera", "target": "front"}, "audio": {"kind": "microphone", "target": "yeti"},
  "effects": {
    "camera:front": {"filters": {"beauty": {"smooth": 40.0}}},
    "demo": {"filters": {"color": {"look": "mono"}}},
    "of yesterday": {}
  }
}"""


def test_old_settings_become_a_project_of_one_scene(tmp_path: Path) -> None:
    (tmp_path / "studio.json").write_text(OLD)
    project = carried_over(tmp_path)
    assert project.canvas == Canvas(1280, 720, 25)
    assert picture_of(project) == VideoSpec(VideoKind.CAMERA, "front")
    assert sound_of(project) == AudioSpec(AudioKind.MICROPHONE, "yeti")
    assert (project.strips[0].gain_db, project.strips[0].is_muted) == (-3.5, True)
    effects = {source.kind.value: source.effects for source in project.sources.values()}
    assert effects["camera"] == Settings({"beauty": {"smooth": 40.0}})
    assert effects["demo"] == Settings({"color": {"look": "mono"}})
    assert len(project.program.items) == 1


@pytest.mark.parametrize("content", [None, "{", "[]", '{"fps": 0}', '{"gain_db": 1e9, "fps": 1000}'])
def test_without_settings_that_can_be_read_camera_and_microphone_are_chosen(
    tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "studio.json").write_text(content)
    project = carried_over(tmp_path)
    assert picture_of(project) == VideoSpec(VideoKind.CAMERA)
    assert sound_of(project) == AudioSpec(AudioKind.MICROPHONE)
    assert project.canvas == Canvas()
