"""The panel of scenes: which is on air, what is in it, and how that is set."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QScrollArea, QWidget
from typing_extensions import override

from effects.params import Value
from studio.engine.messages.values import Devices
from studio.project import edits, kinds, placing
from studio.project.choices import first_project
from studio.project.project import Project, Scene, SceneItem, Source, SourceKind, new_id
from widgets.common import plain
from widgets.common.forms import column, label, row, say, tool_button
from widgets.common.retranslate import Retranslated
from widgets.common.theme import ICON_SIZE, icon
from widgets.stage.add_menu import AddMenu
from widgets.stage.item_form import ItemForm
from widgets.stage.item_list import ItemList, ItemRow
from widgets.stage.scene_texts import ICONS, source_name

Edit = Callable[[Project], Project]
_ID: Final = Qt.ItemDataRole.UserRole
_SCENES_HEIGHT: Final = 104
_FILES: Final = {SourceKind.IMAGE: kinds.IMAGES, SourceKind.MEDIA_FILE: kinds.FILMS + kinds.IMAGES}


class ScenesPanel(Retranslated):
    """Shows the project it is given; every click asks for an edit of it.

    Attributes:
        edit_wanted: emitted with a function from the project to the next one, and what is being dragged
            (empty: nothing).
        undo_wanted, redo_wanted: what their names say.
        source_chosen: emitted with the id of the source whose item was selected.
    """

    edit_wanted = Signal(object, str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    source_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._project = first_project()
        self._reasons: Mapping[str, str] = {}
        self.scenes_title = label("", "dim")
        self.undo_button, self.redo_button = tool_button("fa5s.undo"), tool_button("fa5s.redo")
        self.add_scene_button = tool_button("fa5s.plus", "text")
        self.copy_scene_button = tool_button("fa5s.copy")
        self.remove_scene_button = tool_button("fa5s.trash-alt")
        self.scenes = QListWidget()
        self.scenes.setFixedHeight(_SCENES_HEIGHT)
        self.scenes.setIconSize(ICON_SIZE)
        self.scenes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.items_title = label("", "dim")
        self.add_button = tool_button("fa5s.plus", "text")
        self.remove_button = tool_button("fa5s.trash-alt")
        self.add_menu = AddMenu(self)
        self.items = ItemList()
        self.name = QLineEdit()
        self.name.setMaxLength(120)
        self.form = ItemForm()
        self._connect()
        self._lay_out()
        self.retranslate()

    def _connect(self) -> None:
        for keys, signal in (("Ctrl+Z", self.undo_wanted), ("Ctrl+Shift+Z", self.redo_wanted)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)
        self.undo_button.clicked.connect(self.undo_wanted)
        self.redo_button.clicked.connect(self.redo_wanted)
        self.add_scene_button.clicked.connect(self._add_scene)
        self.copy_scene_button.clicked.connect(self._copy_scene)
        self.remove_scene_button.clicked.connect(self._remove_scene)
        self.scenes.itemClicked.connect(self._on_scene_clicked)
        self.scenes.itemActivated.connect(self._on_scene_clicked)
        self.scenes.itemChanged.connect(self._on_scene_renamed)
        self.scenes.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed)
        self.add_button.clicked.connect(self._open_add_menu)
        self.add_menu.source_wanted.connect(self._add_item)
        self.remove_button.clicked.connect(lambda: self._remove_item(self.items.current_id))
        self.items.eye_clicked.connect(self._on_eye_clicked)
        self.items.lock_clicked.connect(self._on_lock_clicked)
        self.items.removed.connect(self._remove_item)
        self.items.moved.connect(self._on_item_moved)
        self.items.chosen.connect(self._on_item_chosen)
        self.name.editingFinished.connect(self._on_name_typed)
        self.form.setting_chosen.connect(self._on_setting_chosen)
        self.form.place_chosen.connect(self._on_place_chosen)

    def _lay_out(self) -> None:
        steps = (self.undo_button, self.redo_button)
        changes = (self.add_scene_button, self.copy_scene_button, self.remove_scene_button)
        scenes_head = row(self.scenes_title, *steps, *changes, spacing=0)
        items_head = row(self.items_title, self.add_button, self.remove_button, spacing=0)
        scenes_head.setStretch(0, 1)
        items_head.setStretch(0, 1)
        holder = QWidget()
        inner = column(self.name, self.form)
        inner.addStretch(1)
        holder.setLayout(inner)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(holder)
        layout = column(scenes_head, self.scenes, items_head, self.items, self.area, margin=6, spacing=6)
        layout.setStretch(3, 2)
        layout.setStretch(4, 3)
        self.setLayout(layout)

    @override
    def retranslate(self) -> None:
        self.scenes_title.setText(self.tr("Scenes"))
        self.items_title.setText(self.tr("In this scene"))
        say(self.undo_button, self.tr("Undo (Ctrl+Z)"))
        say(self.redo_button, self.tr("Redo (Ctrl+Shift+Z)"))
        say(self.add_scene_button, self.tr("New empty scene; viewers do not see it yet"))
        say(self.copy_scene_button, self.tr("Copy this scene; viewers do not see the copy yet"))
        say(self.remove_scene_button, self.tr("Remove this scene"))
        say(self.add_button, self.tr("Add to this scene"))
        say(self.remove_button, self.tr("Take out of this scene (Delete)"))
        self.scenes.setAccessibleName(self.tr("Scenes"))
        self.scenes.setToolTip(self.tr("A click shows a scene to the viewers; F2 renames it"))
        self.items.setAccessibleName(self.tr("What is in the scene, the topmost first"))
        self.items.setToolTip(self.tr("Drag to change the order; V shows or hides, L locks"))
        self.name.setAccessibleName(self.tr("Name of the source"))
        self._show()

    # --- In ---

    def show_project(self, project: Project) -> None:
        """Show this project."""
        self._project = project
        self._show()

    def show_steps(self, *, can_undo: bool, can_redo: bool) -> None:
        """Say whether there is a step to take back, or to take again."""
        self.undo_button.setEnabled(can_undo)
        self.redo_button.setEnabled(can_redo)

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Say which sources are not well, by their ids, and why."""
        self._reasons = dict(reasons)
        self._show_items()

    def show_offer(self, offer: Devices) -> None:
        """Offer these devices."""
        self.form.show_offer(offer)

    def _show(self) -> None:
        self._show_scenes()
        self._show_items()
        self._show_item()

    def _show_scenes(self) -> None:
        blocked = self.scenes.blockSignals(True)  # noqa: FBT003  Qt's own name
        self.scenes.clear()
        for number, scene in enumerate(self._project.scenes, 1):
            made = QListWidgetItem(self.scenes)
            is_on_air = scene.id == self._project.program_id
            plain.set_text(made, scene.name or self.tr("Scene {n}").format(n=number))
            made.setIcon(icon("fa5s.circle", "accent") if is_on_air else icon("fa5s.clone", "faint"))
            made.setData(_ID, scene.id)
            made.setFlags(made.flags() | Qt.ItemFlag.ItemIsEditable)
            if is_on_air:
                self.scenes.setCurrentItem(made)
        self.scenes.blockSignals(blocked)
        self.remove_scene_button.setEnabled(len(self._project.scenes) > 1)

    def _show_items(self) -> None:
        self.items.show_rows(tuple(self._row(item) for item in reversed(self._project.program.items)))
        self.remove_button.setEnabled(bool(self.items.rows))

    def _row(self, item: SceneItem) -> ItemRow:
        source = self._project.sources[item.source_id]
        return ItemRow(
            item.id,
            source_name(source),
            ICONS.get(source.kind, "fa5s.circle"),
            is_visible=item.is_visible,
            is_locked=item.is_locked,
            reason=self._reasons.get(source.id, ""),
        )

    def _show_item(self) -> None:
        item, source = self._current()
        self.form.show_item(item, source)
        self.name.setVisible(source is not None)
        if source is not None and not self.name.hasFocus():
            plain.set_text(self.name, source_name(source))

    def _current(self) -> tuple[SceneItem | None, Source | None]:
        current = self.items.current_id
        item = next((item for item in self._project.program.items if item.id == current), None)
        return item, self._project.sources[item.source_id] if item is not None else None

    # --- Out ---

    def _want(self, edit: Edit, gesture: str = "") -> None:
        self.edit_wanted.emit(edit, gesture)

    def _on_scene_clicked(self, clicked: QListWidgetItem) -> None:
        if clicked.data(_ID) != self._project.program_id:
            self._want(partial(edits.show, scene_id=clicked.data(_ID)))

    def _on_scene_renamed(self, changed: QListWidgetItem) -> None:
        self._want(partial(edits.rename_scene, scene_id=changed.data(_ID), name=changed.text().strip()[:120]))

    def _add_scene(self) -> None:
        self._want(partial(edits.add_scene, scene=Scene(new_id(), self._free_name())))

    def _copy_scene(self) -> None:
        self._want(partial(edits.copy_scene, scene_id=self._project.program_id, name=self._free_name()))

    def _remove_scene(self) -> None:
        self._want(partial(edits.remove_scene, scene_id=self._project.program_id))

    def _free_name(self) -> str:
        taken = {scene.name for scene in self._project.scenes}
        names = (self.tr("Scene {n}").format(n=number) for number in range(len(taken) + 1, 1000))
        return next((name for name in names if name not in taken), "")

    def _on_item_chosen(self, _item_id: str) -> None:
        self._show_item()
        _, source = self._current()
        if source is not None:
            self.source_chosen.emit(source.id)

    def _on_eye_clicked(self, item_id: str) -> None:
        is_visible = next(each.is_visible for each in self.items.rows if each.item_id == item_id)
        self._want(partial(edits.hide_item if is_visible else edits.show_item, item_id=item_id))

    def _on_lock_clicked(self, item_id: str) -> None:
        is_locked = next(each.is_locked for each in self.items.rows if each.item_id == item_id)
        self._want(partial(edits.unlock_item if is_locked else edits.lock_item, item_id=item_id))

    def _on_item_moved(self, item_id: str, to_row: int) -> None:
        place = len(self.items.rows) - 1 - to_row  # the list begins with the topmost
        self._want(partial(edits.move_item, item_id=item_id, place=place))

    def _remove_item(self, item_id: str) -> None:
        self._want(partial(edits.remove_item, item_id=item_id))

    def _on_name_typed(self) -> None:
        _, source = self._current()
        name = self.name.text().strip()
        if source is not None and name != source_name(source):
            self._want(partial(edits.rename_source, source_id=source.id, name=name))

    def _on_setting_chosen(self, name: str, value: Value) -> None:
        _, source = self._current()
        if source is not None:
            settings = {**source.settings, name: value}
            self._want(
                partial(edits.set_settings, source_id=source.id, settings=settings), f"{source.id} {name}"
            )

    def _on_place_chosen(self, name: str, value: Value) -> None:
        item, _ = self._current()
        if item is not None and not item.is_locked:
            transform = placing.with_value(item.transform, name, value)
            self._want(
                partial(edits.set_transform, item_id=item.id, transform=transform), f"{item.id} {name}"
            )
        else:
            self._show_item()

    # --- Adding ---

    def _open_add_menu(self) -> None:
        self.add_menu.fill(self._project)
        self.add_menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    def _add_item(self, source: Source) -> None:
        scene_id = self._project.program_id

        def added(project: Project) -> Project:
            known = project.sources.get(source.id, source)
            project = edits.add_source(project, known)
            return edits.add_item(project, scene_id, known.id, kinds.first_place(known.kind))

        self._want(added)
        if self.items.rows:
            self.items.setCurrentRow(0)
