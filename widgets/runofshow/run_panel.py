"""The panel of the run of show: steps with their minutes, the next one at a key, what runs over."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from backend.contract.base import AssistantRight
from backend.contract.runofshow import RunOfShow, RunStep
from backend.contract.shop import Product
from widgets.common import plain
from widgets.common.elided_label import ElidedLabel
from widgets.common.forms import column, label, push_button, row, say, set_tone, tool_button
from widgets.common.menus import popup
from widgets.common.retranslate import Retranslated
from widgets.common.theme import tabular
from widgets.runofshow import run_figures
from widgets.runofshow.run_acts import MORE_MINUTES, RunActs
from widgets.runofshow.run_delegate import RunDelegate, RunTexts, day_time, duration
from widgets.runofshow.run_list import RunList, is_next_key
from widgets.runofshow.run_menus import RunMenus
from widgets.runofshow.run_model import RunModel

_ON_PLAN_MS = 1000


class RunPanel(Retranslated):
    """Shows the run of show as the room says it is; every change is asked of the room.

    Attributes:
        command: emitted with a command of `RunCommand`.
        acts: makes the commands.
        overran: emitted once with the title of a step that has been on for longer than planned.
    """

    command = Signal(object)
    overran = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.acts = RunActs(self)
        self.acts.command.connect(self.command)
        self.menus = RunMenus(self, self.acts)
        self._now_ms = 0.0
        self._overran_id = 0
        self.model = RunModel(self)
        self.model.move_wanted.connect(self.acts.move)
        self._delegate = RunDelegate(RunTexts("", "", "", "", ""), self)
        self.list = RunList(self._delegate)
        self.list.setModel(self.model)
        self.list.start_wanted.connect(self.acts.start)
        self.list.next_wanted.connect(self.acts.go_on)
        self.list.edit_wanted.connect(self.acts.edit)
        self.list.remove_wanted.connect(self.acts.remove)
        self.list.shift_wanted.connect(self.acts.shift)
        self.list.menu_wanted.connect(lambda step_id, place: popup(self.menus.of_step(step_id), place))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self.state, self.end = ElidedLabel(), label("", "dim")
        for shown in (self.state, self.end):
            shown.setFont(tabular(shown.font()))
        self.undo_button = tool_button("fa5s.undo")
        self.undo_button.clicked.connect(self.acts.undo)
        self.add_button = tool_button("fa5s.plus")
        self.more_button = tool_button("fa5s.ellipsis-h")
        self.add_button.clicked.connect(lambda: self.acts.add(self.list.chosen_id))
        self.more_button.clicked.connect(
            lambda: popup(
                self.menus.of_all(), self.more_button.mapToGlobal(self.more_button.rect().bottomLeft())
            )
        )
        times = QWidget()
        times.setLayout(column(self.state, self.end, spacing=0))
        head = row(times, self.undo_button, self.add_button, self.more_button)
        head.setStretch(0, 1)
        self.note = label("", "dim")
        self.note.setWordWrap(True)
        self.empty = label("", "dim")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        pages = QWidget()
        pages.setLayout(self._pages)
        self.next_button = push_button("fa5s.step-forward")
        self.next_button.setProperty("primary", "true")
        self.longer_button = push_button()
        self.previous_button, self.stop_button = tool_button("fa5s.step-backward"), tool_button("fa5s.stop")
        self.next_button.clicked.connect(self.acts.go_on)
        self.longer_button.clicked.connect(self.acts.take_longer)
        self.previous_button.clicked.connect(self.acts.go_back)
        self.stop_button.clicked.connect(self.acts.stop)
        self.acts.undo_changed.connect(self._show_undo)
        keys = QShortcut(QKeySequence("Ctrl+Z"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.acts.undo)
        others = row(self.longer_button, self.previous_button, self.stop_button)
        others.setStretch(0, 1)
        layout = column(head, pages, self.note, self.next_button, others, margin=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        self._delegate.texts = RunTexts(
            actual=self.tr("Took {time}"),
            over=self.tr("{time} over"),
            left=self.tr("{time} left"),
            gone=self.tr("The product is not in the room any more"),
            card=self.tr("Shows the card"),
        )
        self.list.setAccessibleName(self.tr("Run of show"))
        say(self.add_button, self.tr("Add a step…"))
        say(self.more_button, self.tr("More"))
        say(self.undo_button, self.tr("Undo the last edit"), self.tr("Undo the last edit (Ctrl+Z)"))
        say(self.previous_button, self.tr("Previous step"))
        say(self.stop_button, self.tr("Stop this step"), self.tr("Stop this step and take its card off"))
        longer = self.tr("+{n} min").format(n=MORE_MINUTES)
        say(self.longer_button, longer, self.tr("Plan more minutes for this step"))
        say(self.next_button, self.tr("Next step (N)"), self.tr("Start the next step and show its card"))
        self._show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The list takes it itself; here it comes from the buttons.
        if is_next_key(event):
            self.acts.go_on()
        else:
            super().keyPressEvent(event)

    # --- In ---

    def show_run(self, run: RunOfShow | None) -> None:
        """Follow the room; None where one may not see it."""
        before, self.acts.run = self.acts.run, run or RunOfShow()
        self._show()
        if self.acts.run.current_id != before.current_id:
            self.list.scrollTo(self.model.index(self.acts.row_of(self.acts.run.current_id)))

    def show_catalog(self, products: Sequence[Product]) -> None:
        """Learn what the products are called, and which there are."""
        self.acts.products = {one.product_id: one for one in products}
        self.model.show_products(self.acts.products)

    def put_product(self, product: Product) -> None:
        """Learn what one product is called now."""
        if product.product_id in self.acts.products:
            self.show_catalog(
                [product if one == product.product_id else old for one, old in self.acts.products.items()]
            )

    def show_rights(self, rights: Collection[AssistantRight]) -> None:
        """Offer only what these rights allow; without this call, everything."""
        self.acts.may_plan = AssistantRight.PRODUCTS in rights
        self.model.may_move = self.acts.may_plan
        self._show()

    def show_time(self, server_time_ms: float) -> None:
        """Follow the server's clock; called once a second."""
        self._now_ms = server_time_ms
        if self.acts.run.current_id:
            self._show_figures()

    # --- Showing ---

    def _show(self) -> None:
        has_current = self.acts.find(self.acts.run.current_id) is not None
        is_last = has_current and run_figures.next_step(self.acts.run) is None
        say(
            self.next_button,
            self.tr("End (N)") if is_last else self.tr("Next step (N)"),
            self.tr("Stop this step and take its card off")
            if is_last
            else self.tr("Start the next step and show its card"),
        )
        can_go_on = is_last or run_figures.next_step(self.acts.run) is not None
        self.next_button.setEnabled(self.acts.may_plan and can_go_on)
        self.previous_button.setEnabled(
            self.acts.may_plan and run_figures.previous_step(self.acts.run) is not None
        )
        for button in (self.longer_button, self.stop_button):
            button.setEnabled(self.acts.may_plan and has_current)
        for tool in (self.add_button, self.more_button):
            tool.setEnabled(self.acts.may_plan)
        if self.acts.may_plan:
            text = self.tr(
                "No steps yet. Add with + what you want to show, with minutes: Next step then shows its card."
            )
        else:
            text = self.tr("For the run of show you need the right to products; ask the host for it")
        plain.set_text(self.empty, text)
        self._pages.setCurrentIndex(0 if self.acts.run.steps else 1)
        self._show_undo()
        self._show_figures()

    def _show_undo(self) -> None:
        self.undo_button.setEnabled(self.acts.can_undo)

    def _show_figures(self) -> None:
        shown = run_figures.figures(self.acts.run, self._now_ms)
        chosen_id = self.list.chosen_id
        self.model.show_steps(shown.steps)
        self.list.choose(self.model.row_of(chosen_id))
        current = shown.current
        note = "" if current is None else current.step.note
        plain.set_text(self.note, note)
        self.note.setVisible(bool(note))
        if current is None or current.over_ms <= 0:
            self._overran_id = 0
        if current is not None and current.over_ms > 0:
            self._say_over(current.step)
            text, tone = self.tr("Step {time} over").format(time=duration(current.over_ms)), "warn"
        elif current is None:
            text, tone = self._planned(shown.minutes), ""
        elif shown.late_ms >= _ON_PLAN_MS:
            text, tone = self.tr("{time} behind").format(time=duration(shown.late_ms)), "warn"
        elif shown.late_ms <= -_ON_PLAN_MS:
            text, tone = self.tr("{time} ahead").format(time=duration(shown.late_ms)), "ok"
        else:
            text, tone = self.tr("On plan"), "ok"
        self.state.show_text(text)
        set_tone(self.state, tone)
        ends = shown.ends_at_ms
        plain.set_text(self.end, "" if ends is None else self.tr("Ends {time}").format(time=day_time(ends)))

    def _planned(self, minutes: int) -> str:
        count = len(self.acts.run.steps)
        if not count:
            return ""
        if count == 1:
            return self.tr("1 step · {minutes} min").format(minutes=minutes)
        return self.tr("{n} steps · {minutes} min").format(n=count, minutes=minutes)

    def _say_over(self, step: RunStep) -> None:
        if self._overran_id != step.step_id:
            self._overran_id = step.step_id
            self.overran.emit(run_figures.title_of(step, self.acts.products))
