import pytest
from pytestqt.qtbot import QtBot

from backend.contract.exchange import (
    FieldChange,
    FileFormat,
    ImportReport,
    LineOutcome,
    LineProposal,
    LineRefusal,
)
from widgets.shop.import_lines import ImportLines

CHANGES = [FieldChange("price_minor", "¥49.00", "¥39.00"), FieldChange("is_on_shelf", "yes", "no")]
PROPOSALS = [
    LineProposal(3, LineOutcome.CHANGED, "Tea", CHANGES),
    LineProposal(9, LineOutcome.NEW, "Pot"),
    LineProposal(2, LineOutcome.UNCHANGED, "<b>Cup</b>"),
]
REFUSED = [LineRefusal(14, "price", "12,9 is no price."), LineRefusal(0, "", "Nothing of it.")]


@pytest.fixture
def lines(qtbot: QtBot) -> ImportLines:
    made = ImportLines()
    qtbot.addWidget(made)
    return made


def rows(lines: ImportLines) -> list[list[str]]:
    found = []
    for row in range(lines.rowCount()):
        cells = [lines.item(row, column) for column in range(lines.columnCount())]
        found.append([cell.text() for cell in cells if cell is not None])
    return found


def test_each_line_says_what_it_does_and_what_is_left_out_comes_first(lines: ImportLines) -> None:
    report = ImportReport(True, FileFormat.CSV, 5, 1, 1, 1, 2, REFUSED, proposals=PROPOSALS)  # noqa: FBT003
    lines.show_report(report)
    assert rows(lines) == [
        ["14", "left out", "", "price: 12,9 is no price."],
        ["–", "left out", "", "Nothing of it."],
        ["2", "as it is", "<b>Cup</b>", ""],
        ["3", "changed", "Tea", "Price ¥49.00 → ¥39.00 · On the shelf yes → no"],
        ["9", "new", "Pot", ""],
    ]


def test_a_long_value_is_cut_and_an_empty_one_is_said(lines: ImportLines) -> None:
    change = FieldChange("description", "", "x" * 60)
    proposal = LineProposal(2, LineOutcome.CHANGED, "Tea", [change])
    lines.show_report(ImportReport(True, FileFormat.CSV, 1, 0, 1, 0, 0, [], proposals=[proposal]))  # noqa: FBT003
    assert rows(lines)[0][3] == f"Description (empty) → {'x' * 40}…"
