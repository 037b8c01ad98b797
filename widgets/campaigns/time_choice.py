"""A choice among usual times, in words."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox

from widgets.common.forms import fill_combo

HOUR_S = 3600
MINUTE_S = 60


class TimeChoice:
    """Fills a box with times that are allowed; the chosen one is offered beside the usual ones.

    Args:
        box: shows them.
        usual_s: what is offered, in seconds.
        limits_s: what is allowed.
        seconds: what is chosen at first.
    """

    def __init__(self, box: QComboBox, usual_s: tuple[int, ...], limits_s: range, seconds: int) -> None:
        self._box = box
        self._usual_s = usual_s
        self._limits_s = limits_s
        self._first_s = seconds
        self.choose(seconds)

    @property
    def seconds(self) -> int:
        """What is chosen."""
        return int(self._box.currentData() or self._first_s)

    def choose(self, seconds: int) -> None:
        """Choose this one."""
        times = sorted({*self._usual_s, seconds} & set(self._limits_s))
        fill_combo(self._box, [(str(one), time_text(one)) for one in times], str(seconds))

    def retranslate(self) -> None:
        """Set the words again."""
        self.choose(self.seconds)


def time_text(seconds: int) -> str:
    """Return a time by its largest unit that leaves nothing over."""
    translate = QCoreApplication.translate
    if seconds % HOUR_S == 0:
        return translate("Campaigns", "{n} h").format(n=seconds // HOUR_S)
    if seconds % MINUTE_S == 0:
        return translate("Campaigns", "{n} min").format(n=seconds // MINUTE_S)
    return translate("Campaigns", "{n} s").format(n=seconds)
