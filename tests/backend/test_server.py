import subprocess
import sys

import pytest

COUNT_FILES = """
import resource
from backend.server import allow_many_connections
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (256, most))
allow_many_connections()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_a_backend_started_with_few_files_takes_as_many_as_it_may() -> None:
    told = subprocess.run([sys.executable, "-c", COUNT_FILES], capture_output=True, text=True, check=True)
    now, most = told.stdout.split()
    assert now == most or int(most) == -1
    assert int(now) > 1024
