"""Connects the mixer's filters and the loudness of the mix to their widgets."""

from PySide6.QtCore import QObject

from effects.params import Declaration
from studio.engine.messages.events import EngineEvent, MixMeasured, SoundFiltersDeclared
from studio.project import edits
from studio.project.project import Strip
from studio.stage.project_editor import ProjectEditor
from studio.window.main_window import MainWindow
from widgets.stage.strip_dialog import StripDialog


class SoundView(QObject):
    """Opens a strip's dialog, and shows what viewers hear."""

    def __init__(self, editor: ProjectEditor, window: MainWindow) -> None:
        super().__init__(window)
        self._editor = editor
        self._window = window
        self._declarations: tuple[Declaration, ...] = ()
        self._dialog: StripDialog | None = None
        self._strip_id = self._main.id
        window.mixer.filters_wanted.connect(lambda: self._open(self._main.id, window.mixer.name.text()))
        window.mixer.strips.filters_wanted.connect(self._open_further)
        editor.changed.connect(self._show_project)
        self._show_project()

    def on_event(self, event: EngineEvent) -> None:
        """Hear what the engine reports."""
        match event:
            case SoundFiltersDeclared(declarations=declarations):
                self._declarations = declarations
            case MixMeasured(short_term_lufs=lufs):
                self._window.mixer.show_loudness(lufs)
            case _:
                pass

    @property
    def _main(self) -> Strip:
        return self._editor.project.strips[0]

    def _strip(self, strip_id: str) -> Strip | None:
        return next((each for each in self._editor.project.strips if each.id == strip_id), None)

    def _show_project(self) -> None:
        self._window.mixer.show_filter_count(sum(each.is_on for each in self._main.filters))
        if self._dialog is None:
            return
        strip = self._strip(self._strip_id)
        if strip is None:
            self._dialog.close()
        else:
            self._dialog.show_strip(strip)

    def _open_further(self, strip_id: str) -> None:
        self._open(strip_id, self._window.mixer.strips.strips[strip_id].name.text())

    def _open(self, strip_id: str, name: str) -> None:
        strip = self._strip(strip_id)
        if strip is None:
            return
        if self._dialog is not None and self._strip_id != strip_id:
            self._dialog.close()
        if self._dialog is None:
            self._strip_id = strip_id
            self._dialog = StripDialog(self._window, self._declarations, strip, name)
            self._dialog.strip_chosen.connect(self._on_strip_chosen)
            self._dialog.finished.connect(self._on_closed)
        self._dialog.show()
        self._dialog.raise_()

    def _on_strip_chosen(self, strip: Strip, gesture: str) -> None:
        project = edits.set_strip(self._editor.project, strip)
        self._editor.edit(project, f"{gesture} of {strip.id}" if gesture else "")

    def _on_closed(self) -> None:
        self._editor.end_gesture()
        self._dialog = None
