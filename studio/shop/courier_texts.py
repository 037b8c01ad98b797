"""Courier files in words: what is wrong with one, or with a line, and what helps."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from backend.contract.orders import Order
from studio.shop.courier.table_in import MAX_BYTES, MAX_ROWS, TableProblem
from studio.shop.courier.tracking import LineProblem, NewParcel, RefusedLine
from widgets.shop.order_texts import number_text

_MEGABYTE = 1024 * 1024


def table_problem(problem: TableProblem) -> str:
    """Why a file cannot be read, and what helps."""
    translate = QCoreApplication.translate
    text = {
        TableProblem.TOO_LARGE: translate(
            "Courier", "The file is larger than {mb} MB. Export the orders in smaller parts."
        ),
        TableProblem.TOO_MANY_ROWS: translate(
            "Courier", "The file has more than {rows} rows. Divide it into several."
        ),
        TableProblem.NOT_A_TABLE: translate(
            "Courier", "The file is no table that can be read. Save it as XLSX, or as CSV (UTF-8)."
        ),
        TableProblem.OLD_EXCEL: translate(
            "Courier", "The file is of the old Excel form (XLS). Save it as XLSX, then import that."
        ),
    }[problem]
    return text.format(mb=MAX_BYTES // _MEGABYTE, rows=f"{MAX_ROWS:,}")


def refused_line(line: RefusedLine) -> str:
    """Why a line writes no parcel, and what helps."""
    translate = QCoreApplication.translate
    reason = {
        LineProblem.NO_ORDER_NUMBER: translate("Courier", "no order number of 15 digits stands there"),
        LineProblem.SHORTENED: translate(
            "Courier", "a spreadsheet shortened the number; format its column as text and fill it in again"
        ),
        LineProblem.UNKNOWN_ORDER: translate(
            "Courier", "no order of this room with this number waits to be sent"
        ),
        LineProblem.NOT_TO_SHIP: translate("Courier", "the order cannot be sent now"),
        LineProblem.NO_TRACKING: translate("Courier", "the tracking number is missing"),
        LineProblem.BAD_TRACKING: translate(
            "Courier", "a tracking number has 4 to 64 letters and digits; correct it"
        ),
        LineProblem.SECOND_LINE: translate(
            "Courier", "an earlier line has this order already; send further parcels by hand"
        ),
        LineProblem.OTHER_ADDRESS: translate(
            "Courier", "an earlier line has this tracking number for another address; correct one of them"
        ),
    }[line.problem]
    text = translate("Courier", "Line {line}, {number}: {reason}")
    return text.format(line=line.line, number=number_text(line.number) or "–", reason=reason)


def failed_parcel(parcel: NewParcel, problem: str) -> str:
    """Why a parcel was not written."""
    text = QCoreApplication.translate("Courier", "Line {line}, {number}: {reason}")
    return text.format(line=parcel.line, number=number_text(parcel.order.number), reason=problem)


def no_head() -> str:
    """Why nothing is found in a file, and what helps."""
    return QCoreApplication.translate(
        "Courier",
        "No columns for order number (订单号) and tracking number (运单号). Name them so in the head.",
    )


def nothing_to_write(orders: Sequence[Order]) -> str:
    """Why there is nothing to write; empty where there is."""
    text = QCoreApplication.translate("Courier", "No order waits to be sent: there is nothing to write.")
    return "" if orders else text


def masked() -> str:
    """Why addresses cannot be written, and what helps."""
    return QCoreApplication.translate(
        "Courier", "You see addresses in part only. Ask the host for the right to customers."
    )


def saved(name: str, count: int) -> str:
    """That a file is there."""
    text = QCoreApplication.translate("Courier", "{name} is saved, with {n} orders.")
    return text.format(name=name, n=count)


def not_saved(name: str, reason: str) -> str:
    """Why a file is not there, and what helps."""
    text = QCoreApplication.translate(
        "Courier", "{name} was not saved ({reason}). Close it in other programs, or choose another folder."
    )
    return text.format(name=name, reason=reason)


def not_read(name: str, reason: str) -> str:
    """Why a file was not read, and what helps."""
    text = QCoreApplication.translate("Courier", "{name} was not read ({reason}). Choose it again.")
    return text.format(name=name, reason=reason)
