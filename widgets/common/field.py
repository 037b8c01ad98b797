"""The base of every form field that is built from a declared parameter."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal

from effects.params import Parameter, Value
from widgets.common.retranslate import Retranslated

Translate = Callable[[str], str]
"""Makes of a declared English text one in the host's language."""


class Field(Retranslated):
    """What one parameter is set with.

    Attributes:
        chosen: emitted with the new value when the host changes it; not when it is shown by `show_value`.
    """

    chosen = Signal(object)

    def __init__(self, parameter: Parameter, translate: Translate) -> None:
        super().__init__()
        self.parameter: Final = parameter
        self._translate = translate

    @property
    def text(self) -> str:
        """What the parameter is called."""
        return self._translate(self.parameter.label)

    @abstractmethod
    def show_value(self, value: Value) -> None:
        """Show this value without telling anybody."""
