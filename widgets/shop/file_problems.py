"""Why nothing of a file of products can be taken, in the host's language."""

import re
from typing import Final

from PySide6.QtCore import QCoreApplication

# What the shop says of a whole file, in English; what it names is put into our words.
_NOT_JSON: Final = re.compile(r"The file is not JSON as an export gives it: .*", re.DOTALL)
_TOO_LONG: Final = re.compile(r"A text of the file is longer than it may be, or it has too many products\.")
_CURRENCY: Final = re.compile(r"The file's prices are in (\w+), the shop's in (\w+)\.")
_SKUS: Final = re.compile(r"The file has more than (\d+) SKUs\. Split it\.")
_LETTERS: Final = re.compile(r"The file's letters cannot be read\..*", re.DOTALL)
_NO_CSV: Final = re.compile(r"The file is no whole CSV: .*", re.DOTALL)
_COLUMNS: Final = re.compile(r"The file has more than (\d+) columns\..*", re.DOTALL)
_NO_HEAD: Final = re.compile(r"The file has no line with the names of its columns\.")
_TWICE: Final = re.compile(r"The column '(.*)' stands twice\..*", re.DOTALL)
_LINES: Final = re.compile(r"The file has more than (\d+) lines\. Split it\.")
_CELL: Final = re.compile(r"A cell in line (\d+) is too long\..*", re.DOTALL)
_UNKNOWN: Final = re.compile(r"The names of the columns are none that are known\..*", re.DOTALL)


def file_problem(said: str) -> str:
    """Return what the shop said of a whole file, in our words; empty where they do not know it."""
    for pattern, text in _texts().items():
        if found := pattern.fullmatch(said):
            return text.format(*found.groups())
    return ""


def _texts() -> dict[re.Pattern[str], str]:
    translate = QCoreApplication.translate
    return {
        _NOT_JSON: translate("Import", "This is no JSON file as an export gives it. Export once more."),
        _TOO_LONG: translate("Import", "A text of the file is too long, or it has too many products."),
        _CURRENCY: translate("Import", "The file's prices are in {0}, the shop's in {1}."),
        _SKUS: translate("Import", "The file has more than {0} SKUs. Split it."),
        _LETTERS: translate("Import", "The file's letters cannot be read. Save it as CSV UTF-8."),
        _NO_CSV: translate("Import", "The file is no whole CSV. Is a quote not closed?"),
        _COLUMNS: translate("Import", "The file has more than {0} columns. Leave out what is no product's."),
        _NO_HEAD: translate("Import", "The file has no line with the names of its columns."),
        _TWICE: translate("Import", 'The column "{0}" stands twice. Leave one of them out.'),
        _LINES: translate("Import", "The file has more than {0} lines. Split it."),
        _CELL: translate("Import", "A cell in line {0} is too long. Is a quote not closed?"),
        _UNKNOWN: translate(
            "Import",
            "The names of the columns are not known. An export shows ours; files of Shopify and WooCommerce "
            "are taken as they export them.",
        ),
    }
