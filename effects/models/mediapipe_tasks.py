"""Starts and ends mediapipe's tasks without letting them speak to anybody.

mediapipe 1.2 sends usage metrics (google-ai-edge/mediapipe#6291), and has no switch against it. Seen with a
trace of the system calls: the look-up of a metrics host comes when a task is closed.
tests/effects/models/test_silence.py proves that it does not come here; take all this away when mediapipe has
a switch.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, Protocol

from effects.models.registry import ModelError

_NOWHERE: Final = "http://127.0.0.1:9"
"""Port 9 (discard, RFC 863) of this machine: refused at once. A number, so that nothing is looked up."""
_PROXY_NAMES: Final = ("https_proxy", "HTTPS_PROXY")


class Task(Protocol):
    """Any of mediapipe's tasks."""

    def close(self) -> None:
        """End it."""


class Mediapipe(NamedTuple):
    """The parts of mediapipe that are used."""

    tasks: Any
    vision: Any
    image: Any
    rgb: Any


def load_mediapipe() -> Mediapipe:
    """Import mediapipe; the first time in a process this takes seconds.

    Raises:
        ModelError: it is not here, or a shared library that it needs is not.
    """
    try:
        import mediapipe
        from mediapipe.tasks import python as tasks
        from mediapipe.tasks.python import vision
        from mediapipe.tasks.python.core import base_options
    except (ImportError, OSError) as error:
        raise ModelError(f"mediapipe cannot be used here: {error}") from error
    base_options.HOST_ENVIRONMENT_PYTHON = (
        0  # an unknown environment: nothing to tell about it while tasks run
    )
    return Mediapipe(tasks, vision, mediapipe.Image, mediapipe.ImageFormat.SRGB)


def close_task(task: Task) -> None:
    """Close a task; what it then wants to send goes nowhere."""
    with _proxy_to_nowhere():
        task.close()


@contextmanager
def _proxy_to_nowhere() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _PROXY_NAMES}
    os.environ.update(dict.fromkeys(_PROXY_NAMES, _NOWHERE))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
