"""A studio's pictures and sound, in real time."""

from collections.abc import Iterator

import pytest

from tests.studio.engine.publish.conftest import Feeds


@pytest.fixture
def feeds() -> Iterator[Feeds]:
    feeds = Feeds()
    yield feeds
    feeds.close()
