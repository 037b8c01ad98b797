from studio.parts import EngineLink, StudioOptions
from studio.processes.engine_process import EngineProcess
from tests.studio.fakes import FakeEngine


def test_without_options_the_settings_decide() -> None:
    options = StudioOptions()

    assert (options.data, options.host, options.port) == (None, None, None)
    assert [options.has_demo, options.goes_live, options.prints_ready_json] == [False, False, False]


def test_the_real_engine_and_the_tests_engine_have_the_same_face() -> None:
    names = [name for name in vars(EngineLink) if not name.startswith("_")]

    assert {"event_arrived", "frame", "crashed", "restarted", "start", "send", "stop"} <= set(names)
    for engine in (EngineProcess, FakeEngine):
        assert [name for name in names if not hasattr(engine, name)] == []
