"""The steps of a live session: kept over all sessions as a plan, and run in each."""

from collections.abc import Callable
from typing import Any, ClassVar, Final

import msgspec
from msgspec.structs import replace
from typing_extensions import override

from backend.contract.base import AssistantRight, Message, RejectReason
from backend.contract.cards import HideCard, ShowCard
from backend.contract.runofshow import (
    MAX_STEP_NOTE,
    MAX_STEP_TITLE,
    MOST_STEPS,
    STEP_MINUTES,
    ChangeStep,
    MoveStep,
    NewStep,
    PlanAsRun,
    PlanSteps,
    RemoveStep,
    RunOfShow,
    RunOfShowChanged,
    RunStep,
    StartStep,
    StopStep,
)
from backend.features.actor import Actor
from backend.features.deliveries import Decision, Delivery, Entries, Rejection, ToStaff
from backend.features.feature import Feature
from backend.features.products import Products
from backend.features.shop.cards import Cards
from backend.log.entries import Entry, Record, SessionBegan, SessionEnded
from backend.log.run_entries import (
    StepChanged,
    StepMoved,
    StepRemoved,
    StepsPlanned,
    StepsPlannedAsRun,
    StepStarted,
    StepStopped,
)
from backend.plain_text import clean, plain_text

LONGEST_MS: Final = 12 * 3_600_000
MINUTE_MS: Final = 60_000
_UNKNOWN: Final = Rejection(RejectReason.UNKNOWN_STEP)


class RunOfShowState(msgspec.Struct):
    """What is folded: the steps in their order, which one runs (0: none), and the number of the last one."""

    steps: list[RunStep] = msgspec.field(default_factory=list)
    current_id: int = 0
    last_id: int = 0


class RunOfShowFeature(Feature[RunOfShowState]):
    """Keeps the plan, and shows the card of each step as it starts.

    Args:
        products: what steps can be about.
        cards: shows and takes off.
    """

    name = "runofshow"
    state_type = RunOfShowState
    commands: ClassVar = dict.fromkeys(
        (PlanSteps, ChangeStep, MoveStep, RemoveStep, StartStep, StopStep, PlanAsRun), AssistantRight.PRODUCTS
    )
    entries = (
        StepsPlanned, StepChanged, StepMoved, StepRemoved, StepStarted, StepStopped, StepsPlannedAsRun,
        SessionBegan, SessionEnded,
    )  # fmt: skip

    def __init__(self, products: Products, cards: Cards, state: RunOfShowState | None = None) -> None:
        self.state = state or RunOfShowState()
        self._products = products
        self._cards = cards

    def _find(self, step_id: int) -> RunStep | None:
        return next((step for step in self.state.steps if step.step_id == step_id), None)

    # --- Commands ---

    @override
    def decide(self, command: Message, actor: Actor, now_ms: int) -> Decision:
        match command:
            case PlanSteps(steps=steps, before_id=before_id):
                return self._plan(steps, before_id)
            case ChangeStep() | MoveStep() | RemoveStep() | StartStep():
                step = self._find(command.step_id)
                return self._decide_of(command, step, actor, now_ms) if step else _UNKNOWN
            case StopStep(step_id=step_id):
                is_current = step_id == self.state.current_id != 0
                return (StepStopped(), *self._take_off(actor, now_ms)) if is_current else ()
            case PlanAsRun():
                return self._plan_as_run()
        return super().decide(command, actor, now_ms)

    def _decide_of(
        self,
        command: ChangeStep | MoveStep | RemoveStep | StartStep,
        step: RunStep,
        actor: Actor,
        now_ms: int,
    ) -> Decision:
        match command:
            case ChangeStep(minutes=minutes, title=title, note=note):
                checked = self._checked(NewStep(minutes, title, step.product_id, note or ""))
                if isinstance(checked, Rejection):
                    return checked
                kept = step.note if note is None else plain_text(note)
                is_same = (checked, minutes, kept) == (step.title, step.minutes, step.note)
                return () if is_same else (StepChanged(step.step_id, checked, minutes, kept),)
            case MoveStep(before_id=before_id):
                if before_id and self._find(before_id) is None:
                    return _UNKNOWN
                return () if before_id == step.step_id else (StepMoved(step.step_id, before_id),)
            case RemoveStep():
                is_current = step.step_id == self.state.current_id
                taken_off = self._take_off(actor, now_ms) if is_current else ()
                return (StepRemoved(step.step_id), *taken_off)
            case StartStep():
                return self._start(step, actor, now_ms)

    def _plan(self, steps: list[NewStep], before_id: int) -> Decision:
        if before_id and self._find(before_id) is None:
            return _UNKNOWN
        if len(self.state.steps) + len(steps) > MOST_STEPS:
            return Rejection(RejectReason.TOO_MANY)
        planned: list[RunStep] = []
        for new in steps:
            product = self._products.get(new.product_id) if new.product_id else None
            if new.product_id and product is None:
                return Rejection(RejectReason.UNKNOWN_PRODUCT)
            title = self._checked(new)
            if isinstance(title, Rejection):
                return title
            step_id = self.state.last_id + 1 + len(planned)
            called = product.title if product else ""
            planned.append(
                RunStep(step_id, title, new.minutes, new.product_id, called, note=plain_text(new.note))
            )
        return (StepsPlanned(planned, before_id),) if planned else ()

    def _checked(self, step: NewStep) -> str | Rejection:
        """Return the title as it is kept, or why the step cannot be."""
        if step.minutes not in STEP_MINUTES:
            return Rejection(RejectReason.MALFORMED)
        if len(plain_text(step.note)) > MAX_STEP_NOTE:
            return Rejection(RejectReason.TOO_LONG)
        title = clean(step.title, MAX_STEP_TITLE)
        if title is RejectReason.EMPTY and step.product_id:
            return ""
        return Rejection(title) if isinstance(title, RejectReason) else title

    def _start(self, step: RunStep, actor: Actor, now_ms: int) -> Decision:
        if step.step_id == self.state.current_id:
            return ()
        shown = self._cards.decide(ShowCard(step.product_id), actor, now_ms) if step.product_id else None
        # A product that left the room has no card, and the show goes on.
        entries = shown if isinstance(shown, tuple) else self._take_off(actor, now_ms)
        return (StepStarted(step.step_id), *entries)

    def _take_off(self, actor: Actor, now_ms: int) -> Entries:
        """Return what takes the card of the step that runs off, where it is that step's."""
        current = self._find(self.state.current_id)
        is_its = current is not None and current.product_id == self._cards.state.product_id != ""
        taken = self._cards.decide(HideCard(), actor, now_ms) if is_its else ()
        return taken if isinstance(taken, tuple) else ()

    def _plan_as_run(self) -> Decision:
        took = {step.step_id: _minutes(step.actual_ms) for step in self.state.steps if step.actual_ms}
        changed = {
            step.step_id for step in self.state.steps if took.get(step.step_id) not in {None, step.minutes}
        }
        return (StepsPlannedAsRun({one: took[one] for one in sorted(changed)}),) if changed else ()

    @override
    def due(self, now_ms: int) -> list[Entry]:
        current = self._find(self.state.current_id)
        return [StepStopped()] if current and now_ms - current.began_at_ms >= LONGEST_MS else []

    # --- What happened ---

    @override
    def apply(self, record: Record) -> list[Delivery]:
        before = self._shown()
        self._fold(record.entry, record.at_ms)
        after = self._shown()
        return [ToStaff(RunOfShowChanged(after), AssistantRight.PRODUCTS)] if after != before else []

    def _fold(self, entry: Entry, at_ms: int) -> None:
        match entry:
            case StepsPlanned(steps=steps, before_id=before_id):
                self.state.last_id = steps[-1].step_id
                self._insert(steps, before_id)
            case StepChanged(step_id=step_id, title=title, minutes=minutes, note=note):
                noted = {} if note is None else {"note": note}
                self._change(lambda step: step.step_id == step_id, title=title, minutes=minutes, **noted)
            case StepMoved(step_id=step_id, before_id=before_id):
                moved = [step for step in self.state.steps if step.step_id == step_id]
                self._remove(step_id)
                self._insert(moved, before_id)
            case StepRemoved(step_id=step_id):
                self._remove(step_id)
                self.state.current_id = 0 if step_id == self.state.current_id else self.state.current_id
            case StepsPlannedAsRun(minutes=minutes):
                self.state.steps = [
                    replace(step, minutes=minutes.get(step.step_id, step.minutes))
                    for step in self.state.steps
                ]
            case _:
                self._fold_time(entry, at_ms)

    def _fold_time(self, entry: Entry, at_ms: int) -> None:
        match entry:
            case StepStarted(step_id=step_id):
                self._stop(at_ms)
                self._run(step_id, at_ms)
            case SessionBegan():
                # Each session counts anew; who started early goes on from here.
                self._change(lambda _step: True, began_at_ms=0, actual_ms=0)
                self._run(self.state.current_id, at_ms)
            case _:
                self._stop(at_ms)

    def _run(self, step_id: int, at_ms: int) -> None:
        self.state.current_id = step_id
        self._change(lambda step: step.step_id == step_id, began_at_ms=at_ms)

    def _stop(self, at_ms: int) -> None:
        current = self._find(self.state.current_id)
        if current is not None:
            took_ms = current.actual_ms + max(0, at_ms - current.began_at_ms)
            self._change(lambda step: step is current, actual_ms=took_ms)
        self.state.current_id = 0

    def _insert(self, steps: list[RunStep], before_id: int) -> None:
        rest = self.state.steps
        place = next((place for place, step in enumerate(rest) if step.step_id == before_id), len(rest))
        self.state.steps = [*rest[:place], *steps, *rest[place:]]

    def _remove(self, step_id: int) -> None:
        self.state.steps = [step for step in self.state.steps if step.step_id != step_id]

    def _change(self, concerns: Callable[[RunStep], bool], **changes: object) -> None:
        self.state.steps = [replace(step, **changes) if concerns(step) else step for step in self.state.steps]

    # --- What is shown ---

    @override
    def show_staff(self, actor: Actor, now_ms: int) -> dict[str, Any]:
        return {"run": self._shown() if actor.may(AssistantRight.PRODUCTS) else None}

    def _shown(self) -> RunOfShow:
        return RunOfShow(self.state.steps, self.state.current_id)


def _minutes(took_ms: int) -> int:
    """Return the nearest number of minutes that can be planned."""
    nearest = (took_ms + MINUTE_MS // 2) // MINUTE_MS
    return min(max(nearest, STEP_MINUTES[0]), STEP_MINUTES[-1])
