"""One network run by LiteRT: an array in, arrays out, in one thread."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from effects.models.registry import ModelError


class LiteNetwork:
    """A network that is loaded; belongs to one thread."""

    def __init__(self, content: bytes, expected: tuple[int, ...] | None = None) -> None:
        """Make the interpreter, with one thread: the effects share two cores with an encoder.

        Args:
            content: the network, verified.
            expected: shape of its input; None: any.

        Raises:
            ModelError: LiteRT is not here, or it does not take the network.
        """
        try:
            from ai_edge_litert.interpreter import Interpreter
        except (ImportError, OSError) as error:
            raise ModelError(f"LiteRT cannot be used here: {error}") from error
        try:
            self._interpreter: Any = Interpreter(model_content=content, num_threads=1)
            self._interpreter.allocate_tensors()
        except (RuntimeError, ValueError) as error:
            raise ModelError(f"LiteRT does not take the network: {error}") from error
        entry = self._interpreter.get_input_details()[0]
        if expected is not None and tuple(entry["shape"]) != expected:
            raise ModelError(f"expected a network that sees {expected}, got {tuple(entry['shape'])}")
        self._input: Final = entry["index"]
        self._outputs: Final = [each["index"] for each in self._interpreter.get_output_details()]

    def run(self, values: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
        """Return what the network says of `values`; the caller owns it."""
        self._interpreter.set_tensor(self._input, values)
        self._interpreter.invoke()
        return [self._interpreter.get_tensor(index) for index in self._outputs]
