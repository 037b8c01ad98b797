"""Files of products before a backend that runs: saved, read again, checked and imported."""

from pathlib import Path

from tests.studio.shop.test_products_view import Host, host
from tests.studio.staff.test_staff_view import until
from widgets.shop.import_dialog import ImportDialog

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


async def test_a_file_of_something_else_is_refused_with_the_reason(host: Host, tmp_path: Path) -> None:
    await host.open()
    path = tmp_path / "notes.csv"
    path.write_text("what,when\nnothing,never\n")
    host.products.files.check(path)
    dialog = opened(host)
    await until(lambda: dialog.problem.text() != "")
    assert dialog.problem.text().startswith("This is no file of products")


async def test_a_file_that_cannot_be_written_says_why(host: Host, tmp_path: Path) -> None:
    await host.open()
    host.products.files._export(tmp_path / "missing" / "all.csv")
    await until(lambda: bool(host.toasts))
    assert "could not be written" in host.toasts[-1]
