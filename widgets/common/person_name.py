"""What people are called who asked to be erased: their names are empty wherever they come from."""

from PySide6.QtCore import QCoreApplication


def person_name(name: str) -> str:
    """Return a person's name, or the words for somebody who is gone."""
    return name or QCoreApplication.translate("Person", "Deleted user")
