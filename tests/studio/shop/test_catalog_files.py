"""Files of products before a backend that runs: saved, read again, checked and imported."""

from functools import partial
from pathlib import Path
from typing import cast

from backend.contract.exchange import FileFormat, ImportReport, PictureRefusal, PicturesOf, StockOf
from studio.connection.catalog_http import CatalogHttp, ImportQuery
from studio.shop.catalog_files import _import_whole
from tests.studio.shop.test_products_view import Host, host
from tests.studio.staff.test_staff_view import until
from widgets.shop.import_dialog import ImportDialog
from widgets.shop.import_file import ImportFile

__all__ = ["host"]


def opened(host: Host) -> ImportDialog:
    dialog = host.products.files.dialog
    assert dialog is not None
    return dialog


async def test_an_export_read_again_changes_nothing(host: Host, tmp_path: Path) -> None:
    await host.open()
    path = tmp_path / "all.csv"
    host.products.files._export(path)
    await until(lambda: bool(host.toasts))
    assert host.toasts[-1] == f"Saved as {path}"
    host.products.files.check(path)
    dialog = opened(host)
    await until(lambda: dialog.new.count.text() != "–")
    assert (dialog.new.count.text(), dialog.changed.count.text()) == ("0", "0")
    assert dialog.refused.count.text() == "0"
    assert not dialog.import_button.isEnabled()


async def test_a_file_is_checked_first_and_imported_when_asked_to(host: Host, tmp_path: Path) -> None:
    await host.open()
    path = tmp_path / "all.json"
    host.products.files._export(path)
    await until(path.exists)
    title = host.row().title
    path.write_text(path.read_text().replace(title, "Spring tea"))
    host.products.files.check(path)
    dialog = opened(host)
    await until(dialog.import_button.isEnabled)
    assert dialog.changed.count.text() == "1"
    assert host.row().title == title
    dialog.import_button.click()
    await until(lambda: host.row().title == "Spring tea")
    await until(lambda: dialog.about.text().startswith("Imported."))


async def test_an_import_is_taken_back_from_its_dialog_with_all_it_did(host: Host, tmp_path: Path) -> None:
    await host.open()
    before = host.row().title
    path = tmp_path / "all.json"
    host.products.files._export(path)
    await until(path.exists)
    path.write_text(path.read_text().replace(before, "Spring tea"))
    host.products.files.check(path)
    await until(opened(host).import_button.isEnabled)
    opened(host).import_button.click()
    await until(lambda: host.row().title == "Spring tea")
    await until(lambda: not opened(host).undo_button.isHidden())
    assert "Imported: 1 products" in host.toasts
    opened(host).undo_button.click()
    await until(lambda: host.row().title == before)
    assert host.products.files.dialog is None


async def test_a_file_of_something_else_is_refused_with_the_reason(host: Host, tmp_path: Path) -> None:
    await host.open()
    path = tmp_path / "notes.csv"
    path.write_text("what,when\nnothing,never\n")
    host.products.files.check(path)
    dialog = opened(host)
    await until(lambda: dialog.problem.text() != "")
    assert dialog.problem.text().startswith("The names of the columns are not known")


async def test_a_file_that_cannot_be_written_says_why(host: Host, tmp_path: Path) -> None:
    await host.open()
    host.products.files._export(tmp_path / "missing" / "all.csv")
    await until(lambda: bool(host.toasts))
    assert "could not be written" in host.toasts[-1]


async def test_products_of_a_file_come_into_the_room_unless_the_host_unticks_it(
    host: Host, tmp_path: Path
) -> None:
    await host.open()
    for name, is_listed in (("shown", True), ("hidden", False)):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"title,price\n{name},1\n")
        host.products.files.check(path)
        dialog = opened(host)
        await until(dialog.import_button.isEnabled)
        if not is_listed:
            dialog.list_new.setChecked(False)
            await until(dialog.import_button.isEnabled)
        dialog.import_button.click()
        await until(partial(_is_imported, dialog))
        await until(partial(_has, host, name))
        found = host.find(name)
        assert found is not None
        assert found.is_in_room is is_listed


def _is_imported(dialog: ImportDialog) -> bool:
    return dialog.about.text().startswith("Imported.")


def _has(host: Host, title: str) -> bool:
    return host.find(title) is not None


class Links:
    """A backend that follows one link a request, of which the second leads nowhere."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ImportQuery]] = []

    async def import_file(self, _content: bytes, key: str, query: ImportQuery) -> ImportReport:
        self.asked.append((key, query))
        place = query.pictures_after
        refused = [PictureRefusal("https://x.example/gone.jpg", "It is gone.")] if place == 1 else []
        return ImportReport(
            is_dry_run=False,
            format=FileFormat.CSV,
            lines=3,
            created=3,
            changed=0,
            unchanged=0,
            refused_count=0,
            refused=[],
            pictures=1 - len(refused),
            pictures_left=2 - place,
            pictures_refused=refused,
            pictures_next=place + 1 if place < 2 else None,
        )


async def test_links_that_are_left_are_followed_under_the_key_of_the_import() -> None:
    links = Links()
    file = ImportFile("a.csv", b"x", "k", StockOf.COUNT, PicturesOf.FETCH)
    report = await _import_whole(cast("CatalogHttp", links), file)
    assert (report.created, report.pictures, len(report.pictures_refused)) == (3, 2, 1)
    assert len({key for key, _ in links.asked}) == 1
    assert [query.pictures_after for _, query in links.asked] == [0, 1, 2]
