"""The house rules that no linter knows: sizes, mirrored tests, nothing foreign in the repository."""

import ast
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("studio", "widgets", "effects", "backend")
MOST_LINES_A_FILE = 400
MOST_LINES_A_FUNCTION = 50

NOT_MIRRORS = {"journeys", "player", "support", "scripts"}
ACROSS_MODULES = {
    "backend/http/api/test_generated_requests.py": "requests made up from the API's own document",
    "backend/http/api/test_rights.py": "every endpoint, by all kinds of callers",
    "backend/http/api/test_wheel_routes.py": "wheels, by the routes of campaigns and of acts in them",
    "backend/http/test_card_form.py": "the form for cards, in a real browser",
    "backend/relay/test_fuzz.py": "nonsense, sent to the whole relay",
    "backend/relay/test_third_party.py": "publishers and players of others, through the worker",
    "backend/room/test_flood.py": "what must arrive in a flood, over real sockets",
    "backend/room/test_gift_sends.py": "gifts sent for real: two tabs, crowds, kill -9",
    "backend/room/test_inbox.py": "the order in which a room takes things in",
    "backend/room/test_resume.py": "chaos, over hub, history and session together",
    "backend/room/test_shared_deflate.py": "frames and protocol, with a real browser",
    "backend/shop/cases/test_any_order.py": "orders, cases, stock and ledger, in any order of steps",
    "backend/shop/test_crowd.py": "many buyers at once, on several nodes, and kill -9",
    "backend/storage/migrations/versions/test_payment_columns.py": "three migrations of payments",
    "backend/storage/test_postgres.py": "the storage, on a real server",
    "backend/test_assist.py": "invitations and rights, over real HTTP and sockets",
    "backend/test_moving.py": "a machine whose addresses change, for real",
    "backend/test_proxies.py": "nginx and Caddy before a backend, for real",
    "effects/test_golden_face.py": "all that works on faces, against kept pictures",
    "effects/test_talking_head.py": "the whole chain, in motion",
    "studio/engine/publish/test_takeover.py": "two publishers before a real backend",
    "studio/test_engine_effects.py": "effects, through the real engine",
    "widgets/test_fitting.py": "every window and dialog, at every size, in both languages",
    "widgets/test_switched_language.py": "every window that stays open while the language changes",
}


def sources() -> list[Path]:
    """Our Python modules, as paths below the root."""
    found = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return sorted(path.relative_to(ROOT) for path in found if path.name != "__init__.py")


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its length in lines."""
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def names_of_tests(path: Path) -> Iterator[str]:
    """The names of a file's tests."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name


@pytest.mark.parametrize("path", sources(), ids=str)
def test_a_file_is_short_and_so_are_its_functions(path: Path) -> None:
    assert len((ROOT / path).read_text().splitlines()) <= MOST_LINES_A_FILE
    assert [item for item in functions(path) if item[1] > MOST_LINES_A_FUNCTION] == []


def test_nine_files_in_ten_have_at_most_250_lines() -> None:
    lengths = sorted(len((ROOT / path).read_text().splitlines()) for path in sources())
    assert lengths[len(lengths) * 9 // 10] <= 250


def test_a_test_file_mirrors_a_module_or_a_package() -> None:
    strays = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        place = path.relative_to(ROOT / "tests")
        if place.parent == Path() or NOT_MIRRORS & set(place.parts):
            continue
        if place.as_posix() in ACROSS_MODULES:
            continue
        subject = ROOT / place.parent / place.name.removeprefix("test_")
        if not subject.exists() and not subject.with_suffix("").is_dir():
            strays.append(str(place))
    assert strays == []


def test_journeys_stand_in_their_folder_where_they_are_looked_for() -> None:
    folder = ROOT / "tests" / "journeys"
    marked = {path for path in (ROOT / "tests").rglob("test_*.py") if "mark.journey" in path.read_text()}
    elsewhere = [path for path in marked if folder not in path.parents and path != Path(__file__)]
    assert (elsewhere, bool(marked)) == ([], True)


def test_a_tests_name_names_its_subject_and_stands_once() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in names_of_tests(path):
            places[name].append(path.relative_to(ROOT).as_posix())
    assert [name for name in places if name.startswith("test_it_")] == []
    assert {name: files for name, files in places.items() if len(files) > 1} == {}


def test_the_repository_holds_nothing_built_and_nothing_large() -> None:
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    tracked = [ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).exists()]
    built = [path for path in tracked if path.suffix in {".qm", ".pyc", ".task", ".tflite", ".so"}]
    large = [path for path in tracked if path.stat().st_size > 1_000_000 and path.name != "uv.lock"]
    assert built == []
    assert large == []
