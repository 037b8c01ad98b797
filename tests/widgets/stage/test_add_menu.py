from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from studio.project import edits
from studio.project.project import Source, SourceKind
from tests.widgets.conftest import Record
from tests.widgets.stage.sample_project import sample_project
from widgets.stage.add_menu import AddMenu


def test_every_kind_is_offered_and_what_is_in_other_scenes(qtbot: QtBot, record: Record) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = AddMenu(parent)
    wanted = record(menu.source_wanted)
    project = sample_project()
    menu.fill(edits.show(project, project.scenes[1].id))
    actions = {action.text(): action for action in menu.actions()}
    assert {"Camera", "Text", "Solid color", "Image", "Demo portrait", "logo.png"} <= actions.keys()
    actions["Text"].trigger()
    actions["logo.png"].trigger()
    new, known = (sources[0] for sources in wanted)
    assert isinstance(new, Source)
    assert new.kind is SourceKind.TEXT
    assert new.settings == {"text": "Text"}
    assert known == project.sources["logo"]


def test_a_file_is_asked_for_before_it_is_added(qtbot: QtBot, record: Record) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = AddMenu(parent)
    wanted = record(menu.source_wanted)
    menu.fill(sample_project())
    next(action for action in menu.actions() if action.text() == "Image").trigger()
    (dialog,) = parent.findChildren(QFileDialog)
    assert wanted == []
    dialog.fileSelected.emit("/home/shop/new.png")
    ((source,),) = wanted
    assert isinstance(source, Source)
    assert (source.kind, source.settings) == (SourceKind.IMAGE, {"file": "/home/shop/new.png"})
    dialog.close()
