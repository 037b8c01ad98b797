from studio.engine.publish.layer_governor import (
    FIRST_WAIT_SECONDS,
    LATE_PICTURES,
    LONGEST_WAIT_SECONDS,
    LayerGovernor,
)

FPS = 30


class Machine:
    """Encodes 30 pictures a second; while it is short of time every second one is skipped."""

    def __init__(self) -> None:
        self.governor = LayerGovernor(["m", "l"])
        self.now = 1000.0

    @property
    def given_up(self) -> str:
        return "".join(sorted(self.governor.given_up, key="ml".index))

    def picture(self, skipped: int = 0) -> None:
        self.now += (1 + skipped) / FPS
        self.governor.on_picture(skipped, self.now)

    def run(self, seconds: float, skipped: int = 0) -> None:
        until = self.now + seconds
        while self.now < until:
            self.picture(skipped)

    def run_until_changed(self, skipped: int = 0) -> float:
        """Run until layers are given up or come back; gives the seconds that it took."""
        began, before = self.now, self.governor.given_up
        while self.governor.given_up == before:
            assert self.now < began + 1000, "nothing changed"
            self.picture(skipped)
        return self.now - began


def test_a_machine_with_time_keeps_all_layers() -> None:
    machine = Machine()
    machine.run(60)
    assert machine.given_up == ""


def test_a_few_pictures_skipped_are_no_cause() -> None:
    machine = Machine()
    for _ in range(10):
        machine.picture(skipped=LATE_PICTURES - 1)
        machine.run(3)
    assert machine.given_up == ""


def test_the_middle_layer_goes_first_then_the_lowest() -> None:
    machine = Machine()
    assert machine.run_until_changed(skipped=1) < 1
    assert machine.given_up == "m"
    assert machine.run_until_changed(skipped=1) < 1
    assert machine.given_up == "ml"
    machine.run(5, skipped=1)
    assert machine.given_up == "ml"


def test_the_lowest_layer_comes_back_first() -> None:
    machine = Machine()
    machine.run_until_changed(skipped=1)
    machine.run_until_changed(skipped=1)
    assert machine.run_until_changed() >= FIRST_WAIT_SECONDS - 0.1
    assert machine.given_up == "m"
    machine.run_until_changed()
    assert machine.given_up == ""


def test_a_layer_that_proves_too_dear_again_and_again_is_tried_ever_less_often() -> None:
    machine, waits = Machine(), []
    machine.run_until_changed(skipped=1)
    for _ in range(7):
        waits.append(round(machine.run_until_changed()))
        machine.run_until_changed(skipped=1)
    assert waits == [10, 20, 40, 80, 160, 160, LONGEST_WAIT_SECONDS]


def test_a_machine_that_is_still_late_waits_for_calm() -> None:
    machine = Machine()
    machine.run_until_changed(skipped=1)
    machine.run_until_changed(skipped=1)
    machine.run(30, skipped=1)
    assert machine.run_until_changed() >= FIRST_WAIT_SECONDS - 0.1
