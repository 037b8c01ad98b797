"""The effects of the source that is shown: presets, what filters let people set, comparing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from effects.params import Declaration, Settings, Timing, Value
from studio.engine.messages.values import Comparison
from studio.project.choices import VideoKind, VideoSpec
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, row, say, tool_button
from widgets.common.retranslate import Retranslated
from widgets.common.throttle import Throttle
from widgets.stage.effect_group import LOOKS, EffectGroup
from widgets.stage.effects import EffectsState, ModelOffer, PresetEntry
from widgets.stage.effects_status import EffectsStatus
from widgets.stage.model_banner import ModelBanner
from widgets.stage.preset_bar import PresetBar

ORDER: Final = (
    "beauty",
    "reshape",
    "make_up",
    "color",
    "background",
    "green_screen",
    "stickers",
    "framing",
)
"""Which groups come first; those of other filters follow as they are declared."""
CHANGE_INTERVAL_MS: Final = 33


class EffectsPanel(Retranslated):
    """Shows the settings it is given and asks for others; knows no filter but by its declaration.

    Attributes:
        settings_chosen: emitted with `effects.params.Settings`, without what is as declared; at most 30 times
            a second.
        comparison_chosen: emitted with a `Comparison` for the preview.
        looks_wanted: the pictures of the looks are seen and should be rendered again.
        presets: asks for presets to be used, saved, renamed and removed.
        banner: asks for networks to be fetched.
    """

    settings_chosen = Signal(object)
    comparison_chosen = Signal(object)
    looks_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._touched = ""
        self._settings = Settings()
        self._state = EffectsState()
        self._picture: VideoSpec | None = None
        self.groups: dict[str, EffectGroup] = {}
        self._throttle = Throttle[Settings](CHANGE_INTERVAL_MS, self)
        self._throttle.passed.connect(self.settings_chosen)
        self.presets = PresetBar()
        self.banner = ModelBanner()
        self.status = EffectsStatus()
        self.source = ElidedLabel()
        self.reset_button = tool_button("fa5s.undo")
        self.reset_button.clicked.connect(self._on_reset_all)
        self.before_button = tool_button("fa5s.eye-slash")
        self.before_button.pressed.connect(self._on_before_pressed)
        self.before_button.released.connect(self._emit_comparison)
        self.split_button = tool_button("fa5s.columns")
        self.split_button.setCheckable(True)
        self.split_button.toggled.connect(self._emit_comparison)
        self.delay_button = tool_button("fa5s.bolt")
        self.delay_button.setCheckable(True)
        self.delay_button.clicked.connect(self._on_delay_clicked)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        buttons = (self.delay_button, self.before_button, self.split_button, self.reset_button)
        head = row(self.source, *buttons, spacing=2)
        head.setStretch(0, 1)
        groups = QWidget()
        self._groups_layout = column(spacing=2)
        self._groups_layout.addStretch(1)
        groups.setLayout(self._groups_layout)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(groups)
        layout = column(head, self.presets, self.banner, self.area, self.status, margin=10, spacing=8)
        layout.setStretch(3, 1)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        say(self.before_button, self.tr("Hold to see the picture without effects (viewers do not)"))
        say(self.split_button, self.tr("Compare before and after side by side (viewers do not see it)"))
        say(self.delay_button, self.tr("Low delay: one frame less delay, a little more CPU"))
        say(self.reset_button, self.tr("Reset all effects of this source"))
        for group in self.groups.values():
            group.retranslate()
        self._show_source()

    # --- In ---

    def show_declarations(self, declarations: Sequence[Declaration]) -> None:
        """Rebuild the groups."""
        if [group.declaration for group in self.groups.values()] == self._ordered(declarations):
            return
        for group in self.groups.values():
            self._groups_layout.removeWidget(group.section)
            group.section.deleteLater()
        self.groups = {each.name: EffectGroup(each) for each in self._ordered(declarations)}
        for number, (name, group) in enumerate(self.groups.items()):
            self._groups_layout.insertWidget(number, group.section)
            self._connect(name, group)
        if self.groups:
            next(iter(self.groups.values())).section.unfold()
        self.show_settings(self._settings)

    @staticmethod
    def _ordered(declarations: Sequence[Declaration]) -> list[Declaration]:
        places = {name: place for place, name in enumerate(ORDER)}
        return sorted(declarations, key=lambda each: places.get(each.name, len(ORDER)))

    def _connect(self, name: str, group: EffectGroup) -> None:
        group.form.chosen.connect(lambda parameter, value: self._on_chosen(name, parameter, value))
        group.section.reset_wanted.connect(lambda: self._choose({**self._settings.filters, name: {}}))
        group.section.unfolded.connect(lambda: self._on_unfolded(group))
        if name == LOOKS[0]:
            group.section.unfolded.connect(self.looks_wanted)

    def _on_unfolded(self, group: EffectGroup) -> None:
        # Its place is known only once the layout has been rebuilt.
        QTimer.singleShot(0, self, lambda: self._scroll_to(group))

    def _scroll_to(self, group: EffectGroup) -> None:
        """Let as much as possible of a group be seen, its heading first."""
        bar, section = self.area.verticalScrollBar(), group.section
        below = section.geometry().bottom() - (bar.value() + self.area.viewport().height())
        if below > 0:
            bar.setValue(min(bar.value() + below, section.y()))

    def show_source(self, picture: VideoSpec) -> None:
        """Say whose effects these are."""
        self._picture = picture
        self._show_source()

    def _show_source(self) -> None:
        picture = self._picture
        if picture is None:
            return
        names = {
            VideoKind.CAMERA: self.tr("Effects of the camera"),
            VideoKind.SCREEN: self.tr("Effects of the screen"),
            VideoKind.WINDOW: self.tr("Effects of the window"),
            VideoKind.MEDIA_FILE: self.tr("Effects of {name}").format(name=Path(picture.target).name),
            VideoKind.TEST_PATTERN: self.tr("Effects of the test pattern"),
            VideoKind.DEMO: self.tr("Effects of the demo portrait"),
        }
        plain.set_text(self.source, names[picture.kind])
        plain.set_tooltip(self.source, names[picture.kind])

    def show_settings(self, settings: Settings) -> None:
        """Show these settings without a signal; what was chosen before is emitted first."""
        self.flush()
        self._settings = settings
        self.delay_button.setChecked(settings.timing is Timing.LOW_DELAY)
        for name, group in self.groups.items():
            group.show_values(settings.filters.get(name, {}))

    def show_presets(self, entries: Sequence[PresetEntry], chosen: str) -> None:
        """Offer these presets; mark the one that the settings are of, if there is one."""
        self.presets.show_presets(entries, chosen)

    def show_looks(self, pictures: Mapping[str, bytes]) -> None:
        """Show the source in every look: encoded pictures by the look's value."""
        group = self.groups.get(LOOKS[0])
        for value, data in pictures.items():
            picture = QPixmap()
            if group is not None and picture.loadFromData(data):
                group.form.show_picture(LOOKS[1], value, picture)

    def show_state(self, state: EffectsState) -> None:
        """Show how the effects are doing."""
        self._state = state
        titles = {name: group.declaration.title for name, group in self.groups.items()}
        self.status.show_state(state, titles)
        for name, group in self.groups.items():
            is_news = group.show_state(state.costs_ms.get(name), state.faults.get(name, ""))
            if is_news and name == self._touched:
                self._show_fault(group)

    def _show_fault(self, group: EffectGroup) -> None:
        """Let what is wrong with a choice be seen: it stands above the group's fields, maybe far above."""
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(group.fault))

    def show_offer(self, offer: ModelOffer) -> None:
        """Offer the networks that are missing."""
        self.banner.show_offer(offer)

    @property
    def are_looks_seen(self) -> bool:
        """Whether the pictures of the looks are unfolded."""
        group = self.groups.get(LOOKS[0])
        return group is not None and group.section.is_unfolded

    # --- Out ---

    def flush(self) -> None:
        """Tell of a change that waits for its turn: another source is about to be shown."""
        self._throttle.flush()

    def toggle_split(self) -> None:
        """Compare side by side, or no more; what the hotkey does."""
        self.split_button.toggle()

    def focus_first(self) -> None:
        """Put the keyboard's focus on the first group."""
        for group in self.groups.values():
            group.section.heading.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return

    def _on_chosen(self, filter_name: str, parameter_name: str, value: Value) -> None:
        self._touched = filter_name
        values = {**self._settings.filters.get(filter_name, {}), parameter_name: value}
        self._settings = self._without_defaults({**self._settings.filters, filter_name: values})
        self.groups[filter_name].mark(self._settings.filters.get(filter_name, {}))
        self._throttle.put(self._settings)

    def _on_delay_clicked(self) -> None:
        timing = Timing.LOW_DELAY if self.delay_button.isChecked() else Timing.ALIGNED
        self._settings = Settings(self._settings.filters, timing)
        self._throttle.put(self._settings)

    def _on_reset_all(self) -> None:
        self._choose({})

    def _choose(self, filters: dict[str, dict[str, Value]]) -> None:
        self.show_settings(self._without_defaults(filters))
        self._throttle.put(self._settings)

    def _without_defaults(self, filters: Mapping[str, Mapping[str, Value]]) -> Settings:
        kept: dict[str, dict[str, Value]] = {}
        for name, group in self.groups.items():
            defaults = {each.name: each.default for each in group.declaration.parameters}
            values = {key: value for key, value in filters.get(name, {}).items() if value != defaults[key]}
            if values:
                kept[name] = values
        return Settings(kept, self._settings.timing)

    def _on_before_pressed(self) -> None:
        self.comparison_chosen.emit(Comparison.BEFORE)

    def _emit_comparison(self) -> None:
        is_split = self.split_button.isChecked()
        self.comparison_chosen.emit(Comparison.SPLIT if is_split else Comparison.AFTER)
