"""Finds the filters: every subclass of `Filter` in a module of this package, in the order of their stages."""

import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

from effects.filter import Filter

FilterClass = type[Filter[Any]]


def find_filters() -> tuple[FilterClass, ...]:
    """Return every filter by stage, then by name; importing them is all it does.

    Raises:
        TypeError: two filters have the same name.
    """
    folder = Path(__file__).parent
    names = [
        info.name for info in pkgutil.iter_modules([str(folder)]) if not info.ispkg and info.name != "catalog"
    ]
    found = [each for name in names for each in filters_of(f"{__package__}.{name}")]
    found.sort(key=lambda each: (each.stage, each.name))
    by_name = {each.name: each for each in found}
    if len(by_name) != len(found):
        raise TypeError(f"expected one filter a name, got {sorted(each.name for each in found)}")
    return tuple(found)


def filters_of(module_name: str) -> list[FilterClass]:
    """Return the filters that a module defines itself; those it imports from others do not count."""
    module = importlib.import_module(module_name)
    return [
        each
        for each in vars(module).values()
        if inspect.isclass(each)
        and issubclass(each, Filter)
        and not inspect.isabstract(each)
        and each.__module__ == module_name
    ]
