from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from studio.backend_here import ALL_ADDRESSES, LOOPBACK, backend_here
from studio.parts import StudioOptions
from studio.processes.backend_process import BackendOptions
from studio.settings import Remote, Settings
from widgets.settings.settings_values import BackendPlace

FOLDER = Path("data")
ELSEWHERE = Settings(backend_place=BackendPlace.REMOTE, remote=Remote("http://shop:8787", "main", "t"))


def choice(options: StudioOptions, settings: Settings) -> BackendOptions | None:
    return backend_here(options, settings, folder=FOLDER, secret=b"s", language="en")


def test_by_default_the_backend_listens_to_this_machine_alone() -> None:
    assert choice(StudioOptions(), Settings()) == BackendOptions(
        FOLDER, LOOPBACK, 8787, b"s", has_demo=False, language="en"
    )


def test_phones_on_the_network_are_let_in_where_the_host_chose_so() -> None:
    chosen = choice(StudioOptions(), Settings(is_open_to_lan=True))
    assert chosen is not None
    assert chosen.host == ALL_ADDRESSES


def test_no_backend_starts_here_when_one_runs_elsewhere() -> None:
    assert choice(StudioOptions(), ELSEWHERE) is None


@pytest.mark.parametrize("options", [StudioOptions(port=0), StudioOptions(host="192.168.1.5")])
def test_the_command_line_counts_more_than_the_settings(options: StudioOptions) -> None:
    for settings in (ELSEWHERE, msgspec.structs.replace(ELSEWHERE, backend_place=BackendPlace.HERE)):
        chosen = choice(replace(options, has_demo=True), settings)
        assert chosen is not None
        assert (chosen.host, chosen.port) == (
            options.host or LOOPBACK,
            settings.port if options.port is None else options.port,
        )
        assert chosen.has_demo
