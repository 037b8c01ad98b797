"""Which acts can be taken back, and which are being taken back now."""

from widgets.shop.products_acts import ProductAct


class OfferedUndos:
    """Each undo that was offered can be taken once.

    Attributes:
        last: the one that Ctrl+Z takes; None where there is none.
    """

    def __init__(self) -> None:
        self.last: ProductAct | None = None
        self._offered: set[ProductAct] = set()
        self._taken: set[ProductAct] = set()

    def offer(self, undo: ProductAct | None) -> None:
        """Let this be taken from now on, as the last one; None: what was done last cannot be taken back."""
        self.last = undo
        if undo is not None:
            self._offered.add(undo)

    def take(self, undo: ProductAct) -> bool:
        """Take it; False where it was taken before."""
        if undo not in self._offered:
            return False
        self._offered.discard(undo)
        if self.last == undo:
            self.last = None
        self._taken.add(undo)
        return True

    def end(self, act: ProductAct) -> bool:
        """Note that an act was answered; return whether it was an undo."""
        was_undo = act in self._taken
        self._taken.discard(act)
        return was_undo

    def clear(self) -> None:
        """Forget all."""
        self.last = None
        self._offered.clear()
        self._taken.clear()
