from widgets.common.stage import ON_AIR, Stage


def test_on_air_is_where_closing_would_end_something() -> None:
    assert set(Stage) - ON_AIR == {Stage.OFFLINE, Stage.READY, Stage.LEFT_OPEN}
