"""Which tests of a parallel run stay together in one process."""

from typing import Final

from xdist.scheduler import LoadScopeScheduling

JOURNEYS: Final = "tests/journeys/"


class FilesAndJourneys(LoadScopeScheduling):  # type: ignore[misc]  # xdist brings no types
    """Keeps each file in one process, and all journeys in one: two at once would starve each other."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """Return what a test stays together with, such as `tests/widgets/test_toasts.py`.

    Args:
        nodeid: pytest's name of the test, from the project's root.
    """
    return JOURNEYS if nodeid.startswith(JOURNEYS) else nodeid.partition("::")[0]
