"""What can be chosen about the files of the orders window."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication


class Preset(StrEnum):
    """A set of columns of a courier's file.

    SPLIT has the parts of an address apart, ONE_LINE has it whole, as most couriers of China take it, and
    ABROAD has the columns that couriers between countries ask for, in English.
    """

    SPLIT = "split"
    ONE_LINE = "one_line"
    ABROAD = "abroad"


class TableFormat(StrEnum):
    """A kind of file, by the end of its name."""

    XLSX = "xlsx"
    CSV = "csv"


class Paper(StrEnum):
    """What is printed."""

    SLIPS = "slips"
    PICKING = "picking"


class Which(StrEnum):
    """Of which orders a file is."""

    TO_SHIP = "to_ship"
    SELECTED = "selected"


@dataclass(frozen=True)
class ExportWish:
    """Which table is wanted, and where it goes."""

    preset: Preset
    table_format: TableFormat
    which: Which
    path: str


@dataclass(frozen=True)
class PaperWish:
    """Which paper is wanted, and where it goes."""

    paper: Paper
    which: Which
    path: str


def preset_text(preset: Preset) -> str:
    """What a set of columns is called."""
    translate = QCoreApplication.translate
    return {
        Preset.SPLIT: translate("OrderFiles", "Address in parts (Chinese heads)"),
        Preset.ONE_LINE: translate("OrderFiles", "Address in one cell (Chinese heads)"),
        Preset.ABROAD: translate("OrderFiles", "Between countries (English heads)"),
    }[preset]


def format_text(table_format: TableFormat) -> str:
    """What a kind of file is called."""
    translate = QCoreApplication.translate
    return {
        TableFormat.XLSX: translate("OrderFiles", "Excel (XLSX)"),
        TableFormat.CSV: translate("OrderFiles", "CSV (UTF-8)"),
    }[table_format]


def paper_text(paper: Paper) -> str:
    """What a paper is called."""
    translate = QCoreApplication.translate
    return {
        Paper.SLIPS: translate("OrderFiles", "Packing slips"),
        Paper.PICKING: translate("OrderFiles", "Picking list"),
    }[paper]


def which_text(which: Which, count: int) -> str:
    """Of which orders a file is, in words."""
    translate = QCoreApplication.translate
    if which is Which.TO_SHIP:
        return translate("OrderFiles", "All orders that wait to be sent")
    return translate("OrderFiles", "The {n} selected orders").format(n=count)
