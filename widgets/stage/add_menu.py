"""The menu of what can be added to a scene: new sources by their kind, and those of other scenes."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from effects.params import Value
from studio.project import kinds
from studio.project.project import SOUNDS, Project, Source, SourceKind, new_id
from widgets.common import plain
from widgets.common.file_dialogs import Place, ask_to_open
from widgets.common.theme import icon
from widgets.stage.scene_texts import ICONS, KINDS, scene_text, source_name

_FILES: Final = {SourceKind.IMAGE: kinds.IMAGES, SourceKind.MEDIA_FILE: kinds.FILMS + kinds.IMAGES}


class AddMenu(QMenu):
    """Filled for a project; a file is asked for before it is added.

    Attributes:
        source_wanted: emitted with the `Source` to add: a new one, or one of the project.
    """

    source_wanted = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent

    def fill(self, project: Project) -> None:
        """Offer every kind, and what is in other scenes but not in the one on air."""
        self.clear()
        for kind, text in KINDS.items():
            action = self.addAction(icon(ICONS[kind], "dim"), "")
            plain.set_text(action, scene_text(text))
            action.triggered.connect(partial(self._add, kind))
        here = {item.source_id for item in project.program.items}
        others = [
            each for each in project.sources.values() if each.id not in here and each.kind not in SOUNDS
        ]
        if others:
            self.addSeparator()
        for source in others:
            action = self.addAction(icon(ICONS[source.kind], "accent"), "")
            plain.set_text(action, source_name(source))
            action.triggered.connect(partial(self._emit, source))

    def _add(self, kind: SourceKind, _is_checked: object = None) -> None:
        if kind in _FILES:
            self._ask_for_file(kind)
        else:
            settings: dict[str, Value] = {"text": self.tr("Text")} if kind is SourceKind.TEXT else {}
            self._emit(Source(new_id(), kind, settings=settings))

    def _ask_for_file(self, kind: SourceKind) -> None:
        title = scene_text(KINDS[kind])
        filters = [f"{title} ({' '.join(_FILES[kind])})"]
        dialog = ask_to_open(self._parent, title, Place.PicturesLocation, filters)
        dialog.fileSelected.connect(lambda path: self._emit(Source(new_id(), kind, settings={"file": path})))
        dialog.open()

    def _emit(self, source: Source, _is_checked: object = None) -> None:
        self.source_wanted.emit(source)
