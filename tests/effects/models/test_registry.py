"""The networks' manifest is whole, and no file is used that is not what it should be."""

import hashlib
import re
from pathlib import Path

import msgspec
import pytest

from effects.models.registry import Model, ModelDamagedError, ModelMissingError, Registry

CONTENT = b"a network of sorts"
MODEL = Model(
    name="net",
    file="net.tflite",
    size=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    license="Apache-2.0",
    purpose="tests",
)


def test_every_network_of_ours_has_a_source_a_licence_and_a_full_sum(tmp_path: Path) -> None:
    models = Registry.read(tmp_path).models
    assert {"selfie_segmenter", "selfie_segmenter_landscape", "face_landmarker"} <= {
        model.name for model in models
    }
    for model in models:
        assert re.fullmatch("[0-9a-f]{64}", model.sha256)
        assert model.address or model.package
        assert model.license == "Apache-2.0"


def test_what_has_not_been_fetched_is_missing_and_where_it_belongs_is_told(tmp_path: Path) -> None:
    registry = Registry([MODEL], tmp_path)
    assert registry.missing() == (MODEL,)
    with pytest.raises(ModelMissingError, match=r"net\.tflite"):
        registry.content("net")


def test_an_optional_one_is_not_missed(tmp_path: Path) -> None:
    assert Registry([msgspec.structs.replace(MODEL, optional=True)], tmp_path).missing() == ()


def test_a_verified_file_is_used(tmp_path: Path) -> None:
    (tmp_path / "net.tflite").write_bytes(CONTENT)
    registry = Registry([MODEL], tmp_path)
    assert registry.missing() == ()
    assert registry.content("net") == CONTENT
    assert registry.path("net") == tmp_path / "net.tflite"


def test_a_file_of_the_same_size_with_another_content_is_refused(tmp_path: Path) -> None:
    (tmp_path / "net.tflite").write_bytes(CONTENT[::-1])
    with pytest.raises(ModelDamagedError, match="net is damaged"):
        Registry([MODEL], tmp_path).path("net")


def test_a_manifest_with_a_slip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "models.toml").write_text('[[models]]\nname = "net"\n')
    with pytest.raises(msgspec.ValidationError):
        Registry.read(tmp_path, tmp_path / "models.toml")
