"""The last line of the effects panel: what they cost, and what is given up to keep the frames coming."""

from collections.abc import Mapping
from typing import Final

from typing_extensions import override

from studio.engine.messages.values import Strain
from widgets.common import plain
from widgets.common.forms import column, label, set_tone
from widgets.common.retranslate import Retranslated
from widgets.common.theme import tabular
from widgets.stage.effect_texts import effect_text
from widgets.stage.effects import EffectsState

_WORTH_TELLING_MS: Final = 0.3


class EffectsStatus(Retranslated):
    """Shows the state it is given; takes no room while no effect is on."""

    def __init__(self) -> None:
        super().__init__()
        self._state = EffectsState()
        self._titles: Mapping[str, str] = {}
        self.step = label()
        self.reason = label("", "dim")
        self.costs = label("", "faint")
        for each in (self.step, self.reason, self.costs):
            each.setWordWrap(True)
            each.setFont(tabular(each.font()))
        self.setLayout(column(self.step, self.reason, self.costs, spacing=2))
        self.retranslate()

    @override
    def retranslate(self) -> None:
        state = self._state
        self.setVisible(state.is_on)
        details = self._reason(state.strain) if state.strain else ""
        is_first = state.step == 1
        if is_first:
            plain.set_text(self.step, "● " + self.tr("Quality adapted"))
            details = f"{effect_text(state.step_name)}\n{details}".strip()
        elif state.step:
            text = self.tr("Step {number}: {name}, to keep the frames coming")
            plain.set_text(
                self.step, "● " + text.format(number=state.step, name=effect_text(state.step_name))
            )
        else:
            plain.set_text(self.step, "● " + self.tr("Full quality"))
        set_tone(self.step, "warn" if state.step > 1 else "ok")
        plain.set_tooltip(self.step, details)
        plain.set_text(self.reason, "" if is_first else details)
        self.reason.setVisible(state.strain is not None and not is_first)
        plain.set_text(self.costs, self._costs())

    def show_state(self, state: EffectsState, titles: Mapping[str, str]) -> None:
        """Show this state; `titles` are the filters' English titles by name."""
        self._state = state
        self._titles = titles
        self.retranslate()

    def _reason(self, strain: Strain) -> str:
        frame, budget = f"{strain.frame_ms:.0f}", f"{strain.budget_ms:.0f}"
        if not strain.dearest:
            text = self.tr("Frames took {frame} ms; {budget} ms is what they may take.")
            return text.format(frame=frame, budget=budget)
        text = self.tr(
            "Frames took {frame} ms; {budget} ms is what they may take. Dearest: {part}, {cost} ms."
        )
        part = effect_text(self._titles.get(strain.dearest, strain.dearest))
        return text.format(frame=frame, budget=budget, part=part, cost=f"{strain.dearest_ms:.0f}")

    def _costs(self) -> str:
        costs = self._state.costs_ms
        parts = [self.tr("{cost} ms a frame").format(cost=f"{sum(costs.values()):.1f}")]
        if costs.get("networks", 0) >= _WORTH_TELLING_MS:
            parts.append(self.tr("networks {cost} ms").format(cost=f"{costs['networks']:.1f}"))
        if costs.get("matte", 0) >= _WORTH_TELLING_MS:
            parts.append(self.tr("mask {cost} ms").format(cost=f"{costs['matte']:.1f}"))
        if self._state.dropped:
            parts.append(self.tr("{count} left out").format(count=self._state.dropped))
        return " · ".join(parts)
