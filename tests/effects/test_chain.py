"""The chain: settings are taken whole, filters run in order, a broken one is left out."""

import logging
from typing import ClassVar

import numpy as np
import pytest
from typing_extensions import override

from effects.buffers import Buffers
from effects.chain import Chain
from effects.filter import Context, EffectError, Filter, Knowledge, Stage
from effects.frame import Frame, FrameError
from effects.params import Parameter, Settings, Slider, Values

GREY = np.full((4, 4, 3), 100, np.uint8)


class Adder(Filter[int]):
    """Adds a number to every level; 66 cannot be carried out, 77 breaks."""

    name: ClassVar[str] = "adder"
    title: ClassVar[str] = "Adder"
    stage: ClassVar[Stage] = Stage.COLOR
    needs: ClassVar[Knowledge] = Knowledge.MATTE
    parameters: ClassVar[tuple[Parameter, ...]] = (Slider(name="number", label="Number"),)

    def __init__(self) -> None:
        self.plans = 0
        self.forgotten = 0

    @override
    def plan(self, values: Values) -> int | None:
        self.plans += 1
        number = int(values.number("number"))
        if number == 66:
            raise EffectError("expected anything but 66")
        return number or None

    @override
    def apply(self, frame: Frame, context: Context, plan: int, buffers: Buffers) -> Frame:
        if plan == 77:
            raise RuntimeError("broken")
        result = buffers.writable(frame)
        result += np.uint8(plan)
        return result

    @override
    def forget(self) -> None:
        self.forgotten += 1


class Doubler(Adder):
    """Doubles; provides the matte itself."""

    name = "doubler"
    stage = Stage.MATTE
    needs = Knowledge.NOTHING
    provides = Knowledge.MATTE

    @override
    def apply(self, frame: Frame, context: Context, plan: int, buffers: Buffers) -> Frame:
        result = buffers.writable(frame)
        result *= 2
        return result


def settings(**numbers: float) -> Settings:
    return Settings({name: {"number": number} for name, number in numbers.items()})


def test_filters_run_by_their_stage_and_the_source_is_not_written() -> None:
    chain = Chain([Adder(), Doubler()])
    assert chain.change(settings(adder=10, doubler=1)) == ()
    before = GREY.copy()
    assert (chain.apply(GREY, Context()) == 210).all()
    assert np.array_equal(GREY, before)


def test_without_a_filter_in_use_the_very_frame_comes_back() -> None:
    chain = Chain([Adder()])
    assert chain.apply(GREY, Context()) is GREY
    assert chain.costs_ms == {}


def test_only_changed_settings_are_planned_anew() -> None:
    adder = Adder()
    chain = Chain([adder])
    for number in (10, 10, 20):
        chain.change(settings(adder=number))
    assert adder.plans == 1 + 2


def test_a_refused_setting_leaves_the_filter_as_it_was() -> None:
    chain = Chain([Adder()])
    chain.change(settings(adder=10))
    (rejection,) = chain.change(settings(adder=66))
    assert (rejection.filter_name, rejection.reason) == ("adder", "expected anything but 66")
    assert (chain.apply(GREY, Context()) == 110).all()


def test_settings_that_are_not_declared_are_refused() -> None:
    chain = Chain([Adder()])
    rejections = chain.change(Settings({"adder": {"other": 1.0}, "unheard_of": {}}))
    assert [rejection.filter_name for rejection in rejections] == ["adder", "unheard_of"]


def test_settings_not_named_go_back_to_their_defaults() -> None:
    chain = Chain([Adder()])
    chain.change(settings(adder=10))
    chain.change(Settings())
    assert chain.apply(GREY, Context()) is GREY


def test_what_one_filter_finds_out_itself_is_not_needed() -> None:
    chain = Chain([Adder(), Doubler()])
    found = [chain.needs]
    for numbers in ({"adder": 1.0}, {"adder": 1.0, "doubler": 1.0}):
        chain.change(settings(**numbers))
        found.append(chain.needs)
    assert found == [Knowledge.NOTHING, Knowledge.MATTE, Knowledge.NOTHING]


def test_a_filter_that_fails_is_left_out_until_its_settings_change(caplog: pytest.LogCaptureFixture) -> None:
    chain = Chain([Adder(), Doubler()])
    chain.change(settings(adder=77, doubler=1))
    with caplog.at_level(logging.ERROR, "livestall.effects"):
        for _ in range(3):
            assert (chain.apply(GREY, Context()) == 200).all()
    assert len(caplog.records) == 1
    assert chain.failures == {"adder": "RuntimeError: broken"}
    chain.change(settings(adder=5, doubler=1))
    assert (chain.apply(GREY, Context()) == 205).all()
    assert chain.failures == {}


def test_each_filter_is_measured() -> None:
    seconds = iter(range(100))
    chain = Chain([Adder()], clock=lambda: next(seconds) / 1000)
    chain.change(settings(adder=1))
    chain.apply(GREY, Context())
    assert chain.costs_ms == pytest.approx({"adder": 1.0})


def test_the_chain_refuses_what_is_no_picture() -> None:
    with pytest.raises(FrameError):
        Chain([]).apply(np.zeros((0, 0, 3), np.uint8), Context())


def test_forgetting_reaches_every_filter() -> None:
    adder = Adder()
    Chain([adder]).forget()
    assert adder.forgotten == 1
