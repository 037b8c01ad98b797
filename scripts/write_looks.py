"""Write the built-in looks as .cube files of 33 entries a side, for other programs."""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from effects.cube import Cube, cube_text, grid
from effects.grading import graded, read_looks

SIZE = 33


def write_looks(folder: Path) -> list[Path]:
    """Write every look into `folder`; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for look in read_looks():
        table = graded(grid(SIZE), look.grade).reshape(SIZE, SIZE, SIZE, 3)
        path = folder / f"{look.name}.cube"
        path.write_text(cube_text(Cube(table, title=look.label)))
        written.append(path)
    return written


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    for path in write_looks(parser.parse_args().folder):
        print(path)
