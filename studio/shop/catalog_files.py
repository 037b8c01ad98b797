"""Imports products from files, and exports them, for the products window."""

import asyncio
import logging
from pathlib import Path
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from backend.contract.exchange import FileFormat, ImportReport
from backend.contract.whole_files import write_whole
from studio.connection.catalog_http import CatalogHttp
from studio.connection.room_http import Place
from studio.shop import product_problems
from studio.shop.import_requests import import_key, import_query
from studio.shop.products_reader import ProductsReader, Work
from widgets.live.toasts import Tone
from widgets.shop.import_file import ImportFile
from widgets.shop.products_files import ProductsFiles

MOST_ROUNDS: Final = 100
"""So often at most an import is sent to fetch the pictures that are left."""

log = logging.getLogger("livestall.products")


class CatalogFiles(QObject):
    """Between the catalogue and the window's files."""

    def __init__(self, reader: ProductsReader, files: ProductsFiles) -> None:
        super().__init__(files)
        self._reader, self._files = reader, files
        files.check_wanted.connect(self._check)
        files.import_wanted.connect(self._import)
        files.export_wanted.connect(self._export)

    def _check(self, file: ImportFile) -> None:
        async def check(http: CatalogHttp, place: Place) -> None:
            report = await http.import_file(
                file.content, import_key(file, "check"), import_query(file, dry_run=True)
            )
            if place is self._reader.place:
                self._files.show_report(file, report)

        self._begin(file, check)

    def _import(self, file: ImportFile) -> None:
        async def take(http: CatalogHttp, place: Place) -> None:
            report = await _import_whole(http, file)
            if place is self._reader.place:
                self._files.show_report(file, report)
                self._reader.read_all()

        self._begin(file, take)

    def _begin(self, file: ImportFile, work: Work) -> None:
        if self._reader.place is None:
            self._files.show_problem(file, product_problems.not_connected())
            return
        self._reader.begin(
            work, lambda error: self._files.show_problem(file, product_problems.act_problem(error))
        )

    def _export(self, path: Path, form: FileFormat) -> None:
        translate = QCoreApplication.translate

        async def export(http: CatalogHttp, _place: Place) -> None:
            content = await http.export(form)
            try:
                await asyncio.to_thread(write_whole, path, content)
            except OSError as error:
                log.warning("the products could not be saved: %r", error)
                text = translate("Products", "{path} could not be written: {reason}")
                reason = error.strerror or error
                self._files.saved.emit(text.format(path=path, reason=reason), Tone.WARN)
                return
            self._files.saved.emit(translate("Products", "Saved as {path}").format(path=path), Tone.OK)

        def fail(error: Exception) -> None:
            self._files.saved.emit(product_problems.act_problem(error), Tone.WARN)

        self._reader.begin(export, fail)


async def _import_whole(http: CatalogHttp, file: ImportFile) -> ImportReport:
    """Import a file, then follow the links that were left.

    The key stays: the lines are not applied again, so what was sold or edited meanwhile stays so.
    """
    key, query = import_key(file, "import"), import_query(file, dry_run=False)
    report = await http.import_file(file.content, key, query)
    pictures, refused, after = report.pictures, list(report.pictures_refused), report.pictures_next
    for _ in range(1, MOST_ROUNDS):
        if after is None:
            break
        following = msgspec.structs.replace(query, pictures_after=after)
        more = await http.import_file(file.content, key, following)
        pictures, after = pictures + more.pictures, more.pictures_next
        refused += more.pictures_refused
    return msgspec.structs.replace(report, pictures=pictures, pictures_refused=refused)
