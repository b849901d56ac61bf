"""All pictures of docs/: the pages beside their drawings, light and dark, those of the manual and of the stranger's walk.

``python -m tests.ui.pictures``, on any machine: Qt draws offscreen.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ui.help.manual import FOLDER, chapters

DOCS = Path(__file__).parents[2] / "docs"
LOOK, WALK = DOCS / "look", DOCS / "proof" / "walk"
DRAWN = ("home", "ledger", "import", "audit", "indicator", "return")  # the drawings; each light and dark
SIZE = "1180x760"  # of the manual's


def wanted_by_manual() -> list[str]:
    """The names of the pictures that the manual shows."""
    return sorted({name for each in chapters() for name in re.findall(r"\(图/([^)]+)\.png\)", each.text)})


def main() -> int:
    """Take them all; the exit code is that of the first that failed."""
    runs = (
        (LOOK, DRAWN, ()),
        (LOOK, DRAWN, ("--dark",)),
        (FOLDER / "图", wanted_by_manual(), ("--size", SIZE)),
    )
    commands = [["shots", str(folder), "--names", ",".join(names), *options] for folder, names, options in runs]
    for module, *words in (*commands, ["stranger", str(WALK)]):
        code = subprocess.run([sys.executable, "-m", f"tests.ui.{module}", *words], check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
