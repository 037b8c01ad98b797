"""The pages of a window: of its rail, or of its list."""

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from widgets.common.rail import Rail


def each_page(window: QWidget) -> Iterator[str]:
    """Open each page of the window, one after the other, and say its name; one without pages has one."""
    rail = window.findChild(Rail)
    lists = [each for each in window.findChildren(QListWidget) if each.objectName() == "pages"]
    if rail is not None:
        for name, button in rail.buttons.items():
            if not button.isChecked():
                button.click()
            QApplication.processEvents()
            yield name
    elif lists:
        for number in range(lists[0].count()):
            lists[0].setCurrentRow(number)
            QApplication.processEvents()
            yield lists[0].item(number).text()
    else:
        QApplication.processEvents()
        yield ""
