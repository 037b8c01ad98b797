"""Connects the project to the panel of scenes: it shows every change, and its edits change the project."""

from PySide6.QtCore import QObject, Signal

from studio.engine.messages.events import DevicesChanged, EngineEvent, VideoSourceChanged
from studio.engine.messages.values import SourceState
from studio.stage import stage_texts
from studio.stage.project_editor import ProjectEditor
from widgets.stage.scenes_panel import Edit, ScenesPanel

_WELL = frozenset({SourceState.OPENING, SourceState.RUNNING})


class ScenesView(QObject):
    """Between editor and panel.

    Attributes:
        edited: the host changed something.
    """

    edited = Signal()

    def __init__(self, editor: ProjectEditor, panel: ScenesPanel) -> None:
        super().__init__(panel)
        self._editor = editor
        self._panel = panel
        self._reasons: dict[str, str] = {}
        panel.edit_wanted.connect(self._edit)
        panel.undo_wanted.connect(editor.undo)
        panel.redo_wanted.connect(editor.redo)
        editor.changed.connect(self._show)
        self._show()

    def _edit(self, edit: Edit, gesture: str) -> None:
        self._editor.edit(edit(self._editor.project), gesture)
        self.edited.emit()

    def _show(self) -> None:
        self._panel.show_project(self._editor.project)
        self._panel.show_steps(can_undo=self._editor.can_undo, can_redo=self._editor.can_redo)

    def on_event(self, event: EngineEvent) -> None:
        """Show which sources are not well, and which devices there are."""
        match event:
            case DevicesChanged(devices=devices):
                self._panel.show_offer(devices)
            case VideoSourceChanged(state=state) if state in _WELL:
                self._reasons.pop(event.source_id, None)
                self._panel.show_reasons(self._reasons)
            case VideoSourceChanged():
                self._reasons[event.source_id] = stage_texts.source_problem(event.code, event.detail)
                self._panel.show_reasons(self._reasons)
            case _:
                pass
