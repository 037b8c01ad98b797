"""Makes Qt's translations: `--update` reads the texts out of the source, else the binary files are made."""

import subprocess
import sys
from pathlib import Path

import PySide6

sys.path.insert(0, str(Path(__file__).parents[1]))

from studio.i18n import CHINESE, compile_translations, source_file

ROOT = Path(__file__).parents[1]
FOLDERS = ("studio", "widgets")


def update(target: Path) -> None:
    """Write every text of the source into the .ts file; translations that are there stay."""
    sources = sorted(
        str(path.relative_to(ROOT)) for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")
    )
    tool = Path(PySide6.__file__).parent / ("lupdate.exe" if sys.platform == "win32" else "lupdate")
    # No line numbers: the file changes only when a text does.
    options = ["-locations", "none", "-no-obsolete", "-source-language", "en", "-target-language", CHINESE]
    command = [str(tool), "-silent", *options, *sources, "-ts", str(target)]
    subprocess.run(command, check=True, cwd=ROOT)


if __name__ == "__main__":
    if "--update" in sys.argv[1:]:
        update(source_file(CHINESE))
    for made in compile_translations():
        print(f"made {made.relative_to(ROOT)}")
