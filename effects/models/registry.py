"""Which networks there are, where on this machine they belong, and whether what lies there is really theirs.

Nothing is fetched here: effects know no network. `studio.stage.model_fetch` does it.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

import msgspec
import platformdirs

MANIFEST: Final = Path(__file__).parents[2] / "resources" / "models.toml"


class ModelError(RuntimeError):
    """A network that cannot be used; the text says which, why, and what helps."""


class ModelMissingError(ModelError):
    """A network that has not been fetched yet."""


class ModelDamagedError(ModelError):
    """A file that is not the network it should be."""


class Package(msgspec.Struct, frozen=True):
    """A package that carries the file: by which client, under which name and version, at which path."""

    client: Literal["npm", "pypi"]
    name: str
    member: str


class Model(msgspec.Struct, frozen=True):
    """A network's file: its name here, size in bytes, sha256 in hex, licence, use, and its sources."""

    name: str
    file: str
    size: int
    sha256: str
    license: str
    purpose: str
    address: str = ""
    package: Package | None = None
    optional: bool = False


class _Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    model: tuple[Model, ...]


FOLDER_VARIABLE: Final = "LIVESTALL_MODELS"
"""Names another folder for the networks: one that several users share, or that tests find."""


def default_folder() -> Path:
    """Return the folder of the networks: the one that `FOLDER_VARIABLE` names, or the user's cache."""
    told = os.environ.get(FOLDER_VARIABLE)
    return Path(told) if told else platformdirs.user_cache_path("livestall", appauthor=False) / "models"


class Registry:
    """The networks of a manifest, and the folder in which they lie."""

    def __init__(self, models: Iterable[Model], folder: Path) -> None:
        self.folder: Final = folder
        self._models: Final = {model.name: model for model in models}
        self._verified: set[str] = set()

    @classmethod
    def read(cls, folder: Path, manifest: Path = MANIFEST) -> "Registry":
        """Read a manifest; the networks lie in `folder`.

        Raises:
            msgspec.DecodeError: the manifest is not one.
        """
        return cls(msgspec.toml.decode(manifest.read_bytes(), type=_Manifest).model, folder)

    @property
    def models(self) -> tuple[Model, ...]:
        """All networks, whether they are here or not."""
        return tuple(self._models.values())

    def model(self, name: str) -> Model:
        """Return what is known of a network.

        Raises:
            KeyError: there is none of this name.
        """
        return self._models[name]

    def place(self, name: str) -> Path:
        """Return where a network's file belongs, whether it is there or not."""
        return self.folder / self._models[name].file

    def is_here(self, name: str) -> bool:
        """Say whether a file of the right size lies there; its content is checked when it is used."""
        try:
            return self.place(name).stat().st_size == self._models[name].size
        except OSError:
            return False

    def missing(self) -> tuple[Model, ...]:
        """Return the networks that are not here and not optional."""
        return tuple(model for model in self.models if not model.optional and not self.is_here(model.name))

    def content(self, name: str) -> bytes:
        """Return a network, verified.

        Raises:
            ModelMissingError: it has not been fetched.
            ModelDamagedError: the file there has another content.
        """
        place = self.place(name)
        try:
            content = place.read_bytes()
        except OSError as error:
            raise ModelMissingError(f"the model {name} is not here yet: expected {place}") from error
        verify(self._models[name], content)
        return content

    def path(self, name: str) -> Path:
        """Return the path of a network, verified once; errors as `content`."""
        if name not in self._verified:
            self.content(name)
            self._verified.add(name)
        return self.place(name)


def verify(model: Model, content: bytes) -> None:
    """Check a network's content against its manifest.

    Raises:
        ModelDamagedError: it is another one.
    """
    found = hashlib.sha256(content).hexdigest()
    if found != model.sha256:
        raise ModelDamagedError(
            f"the model {model.name} is damaged: expected sha256 {model.sha256[:16]}… of {model.size} bytes, "
            f"got {found[:16]}… of {len(content)}"
        )
