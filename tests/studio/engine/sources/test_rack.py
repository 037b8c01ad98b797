from studio.engine.sources.rack import SourceRack


class FakeSupervisor:
    """Writes down what happens to it."""

    def __init__(self, source_id: str, opening: str, told: list[str]) -> None:
        self.name = f"{source_id}:{opening}"
        self._told = told

    def start(self) -> None:
        self._told.append(f"open {self.name}")

    def stop(self) -> None:
        self._told.append(f"close {self.name}")

    def tick(self) -> None:
        self._told.append(f"tick {self.name}")

    def retry_soon(self) -> None:
        self._told.append(f"retry {self.name}")


def make(told: list[str]) -> SourceRack[str, FakeSupervisor]:
    return SourceRack(lambda source_id, opening: FakeSupervisor(source_id, opening, told))


def test_what_stays_the_same_stays_open() -> None:
    told: list[str] = []
    rack = make(told)
    assert rack.bring_about({"a": "front", "b": "file"}) == []
    first = rack.get("a")
    assert rack.bring_about({"b": "file", "a": "front"}) == []
    assert rack.get("a") is first
    assert told == ["open a:front", "open b:file"]


def test_the_new_is_opened_before_the_old_is_given_back() -> None:
    told: list[str] = []
    rack = make(told)
    rack.bring_about({"a": "front", "b": "file"})
    left = rack.bring_about({"a": "back"})
    assert told[2:] == ["open a:back"]
    assert [supervisor.name for supervisor in left] == ["a:front", "b:file"]
    assert rack.get("b") is None


def test_all_that_is_open_is_watched() -> None:
    told: list[str] = []
    rack = make(told)
    rack.bring_about({"a": "front", "b": "file"})
    rack.tick()
    rack.retry_soon()
    assert told[2:] == ["tick a:front", "tick b:file", "retry a:front", "retry b:file"]
