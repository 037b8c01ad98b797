"""The player's types follow the contract."""

from enum import StrEnum
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from backend.contract import polls, protocol
from scripts import write_player_types
from scripts.write_player_types import main, parts_of, render, type_of


class Colour(StrEnum):
    """A colour."""

    RED = "red"
    BLUE = "blue"


class Message(msgspec.Struct, frozen=True, tag_field="type"):
    """What every message has."""


class Paint(Message, frozen=True, tag="paint"):
    """Paint it."""

    colour: Colour
    coats: int = 1


class Painted(Message, frozen=True, tag="painted"):
    """It was painted."""

    colour: Colour
    coats: int = 1


def contract() -> ModuleType:
    module = ModuleType(__name__)
    vars(module).update(
        PROTOCOL_VERSION=3,
        Message=Message,
        Colour=Colour,
        Paint=Paint,
        Painted=Painted,
        ClientMessage=Paint,
        ServerMessage=Paint | Painted,
    )
    return module


def test_the_file_on_disk_is_what_the_script_writes() -> None:
    assert main(["--check"]) == 0, "run: python scripts/write_player_types.py"


def test_a_stale_file_is_told_by_name_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "protocol.d.ts"
    stale.write_text("old", encoding="utf-8")
    monkeypatch.setattr(write_player_types, "ROOT", tmp_path)
    monkeypatch.setattr(write_player_types, "TARGET", stale)
    assert main(["--check"]) == 1
    assert "protocol.d.ts is stale" in capsys.readouterr().err
    assert stale.read_text(encoding="utf-8") == "old"


def test_a_feature_whose_messages_are_in_the_contract_has_its_types_written() -> None:
    assert polls in parts_of(protocol)
    assert protocol not in parts_of(protocol)


def test_structs_become_interfaces_with_their_tag_and_enums_become_words() -> None:
    written = render(contract(), ())
    assert "export type ProtocolVersion = 3;" in written
    assert '/** A colour. */\nexport type Colour = "red" | "blue";' in written
    assert 'export interface Painted {\n  type: "painted";\n  colour: Colour;\n  coats: number;\n}' in written
    assert "export type ServerMessage = Paint | Painted;" in written
    assert "interface Message" not in written


def test_only_what_the_client_sends_may_leave_out_a_default() -> None:
    written = render(contract(), ())
    assert 'export interface Paint {\n  type: "paint";\n  colour: Colour;\n  coats?: number;\n}' in written


def test_another_name_of_a_struct_is_an_alias() -> None:
    assert "export type ClientMessage = Paint;" in render(contract(), ())


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (int, "number"),
        (float | None, "number | null"),
        (list[str], "string[]"),
        (list[int | None], "(number | null)[]"),
        (dict[str, bool], "Record<string, boolean>"),
        (list[Colour], "Colour[]"),
    ],
)
def test_types_have_their_counterparts(annotation: object, name: str) -> None:
    assert type_of(annotation) == name


def test_a_type_without_counterpart_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="bytes"):
        type_of(bytes)
