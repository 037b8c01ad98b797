import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from backend.fairness import verify_draw
from backend.fairness.bundle import write_bundle
from backend.fairness.draw import Rules
from tests.backend.fairness.samples import make_bundle
from tests.backend.fairness.test_checks import mutations

SCRIPT = Path(verify_draw.__file__)


def agrees(text: str, *noted: str) -> bool:
    try:
        return all(holds for holds, _ in verify_draw.steps(text, *noted))
    except Exception:  # noqa: BLE001 - the script ends with a traceback and exit code 1
        return False


def run(folder: Path, text: str, *noted: str) -> subprocess.CompletedProcess[str]:
    """Run the script as somebody does who saved it: elsewhere, and without the rest."""
    script, bundle = folder / "verify_draw.py", folder / "bundle.json"
    script.write_bytes(SCRIPT.read_bytes())
    bundle.write_text(text, encoding="utf-8", newline="")
    command = [sys.executable, "-I", str(script), str(bundle), *noted]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize("rules", [Rules(3, needs_nonce=False), Rules(3, needs_nonce=True)])
@pytest.mark.parametrize("count", [0, 1, 9])
def test_the_script_alone_agrees_with_the_backend(count: int, rules: Rules) -> None:
    bundle = make_bundle(count, rules, withheld=min(1, count))

    assert agrees(write_bundle(bundle))
    assert not agrees(write_bundle(replace(bundle, winners=("00" * 16, *bundle.winners[1:]))))


def test_the_script_alone_sees_one_changed_byte_anywhere() -> None:
    first = make_bundle(4).winners[0]
    text = write_bundle(make_bundle(4, unclaimed=(first,)))
    assert agrees(text)

    assert [one for one in mutations(text) if agrees(one) and one != text] == []


def test_the_script_runs_alone_and_says_by_its_exit_code_whether_all_agrees(tmp_path: Path) -> None:
    bundle = make_bundle()
    text = write_bundle(bundle)
    true = run(tmp_path, text, bundle.commitment.upper(), bundle.root)
    noted_another = run(tmp_path, text, bundle.commitment, "00" * 32)
    changed = run(tmp_path, text.replace(bundle.mix, "00" * 32))

    assert true.returncode == 0, true.stdout + true.stderr
    assert all(who in true.stdout for who in bundle.winners)
    assert (noted_another.returncode, changed.returncode) == (1, 1)
    assert "FALSE the root" in noted_another.stdout
    assert "FALSE the mix" in changed.stdout


def test_the_script_is_short_and_needs_only_the_standard_library() -> None:
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}

    assert len(lines) < 100
    assert imported <= sys.stdlib_module_names
