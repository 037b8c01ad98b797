"""Where it is chosen which file is made of which orders, before it is asked where it goes."""

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QWidget
from typing_extensions import override

from widgets.common import plain
from widgets.common.forms import caption, column, combo, form, label
from widgets.shop import file_choices
from widgets.shop.file_choices import Paper, Preset, TableFormat, Which
from widgets.shop.shop_dialog import ShopDialog


@dataclass(frozen=True)
class ExportChoice:
    """What was chosen of a table."""

    preset: Preset
    table_format: TableFormat
    which: Which


@dataclass(frozen=True)
class PaperChoice:
    """What was chosen of a paper."""

    paper: Paper
    which: Which


class ExportDialog(ShopDialog):
    """Asks for columns and kind of a courier's file.

    Args:
        selected: how many orders are selected; with fewer than two all that wait are proposed.
    """

    def __init__(self, parent: QWidget, selected: int) -> None:
        super().__init__(parent, self.tr("Export for a courier"), self.tr("Save as…"), "primary")
        self.which = _which(selected)
        self.presets, self.formats = combo(), combo()
        for preset in Preset:
            plain.add_entry(self.presets, file_choices.preset_text(preset), preset)
        for kind in TableFormat:
            plain.add_entry(self.formats, file_choices.format_text(kind), kind)
        fields = form()
        for name, field in (
            (self.tr("Orders"), self.which),
            (self.tr("Columns"), self.presets),
            (self.tr("File"), self.formats),
        ):
            plain.set_name(field, name)
            fields.addRow(caption(name, field), field)
        hint = label(
            self.tr("Numbers are written as text. The courier's file comes back by “Import tracking”."), "dim"
        )
        hint.setWordWrap(True)
        heading = label(self.tr("Export for a courier"), "title")
        self.setLayout(column(heading, fields, hint, self.problem, self.buttons, margin=20, spacing=14))

    @override
    def wanted(self) -> ExportChoice:
        preset, kind = Preset(self.presets.currentData()), TableFormat(self.formats.currentData())
        return ExportChoice(preset, kind, Which(self.which.currentData()))


class PaperDialog(ShopDialog):
    """Asks of which orders a paper is made; see `ExportDialog`."""

    def __init__(self, parent: QWidget, paper: Paper, selected: int) -> None:
        title = file_choices.paper_text(paper)
        super().__init__(parent, title, self.tr("Save as…"), "primary")
        self._paper = paper
        self.which = _which(selected)
        plain.set_name(self.which, self.tr("Orders"))
        field = column(caption(self.tr("Orders"), self.which), self.which, spacing=4)
        self.setLayout(
            column(label(title, "title"), field, self.problem, self.buttons, margin=20, spacing=14)
        )

    @override
    def wanted(self) -> PaperChoice:
        return PaperChoice(self._paper, Which(self.which.currentData()))


def _which(selected: int) -> QComboBox:
    box = combo()
    several = selected > 1
    for which in (Which.SELECTED, Which.TO_SHIP) if several else (Which.TO_SHIP, Which.SELECTED):
        if which is Which.TO_SHIP or selected:
            plain.add_entry(box, file_choices.which_text(which, selected), which)
    return box
