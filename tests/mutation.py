"""Mutation spot check: does a test turn red when one token of the formula language or the units is changed?

    python -m tests.mutation [SEED] [CHANGES]

Each change (an operator, comparison, constant, and/or …) is made in a copy of the source; the tests run there. Survivors are printed.
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("models", "resources", "tests", "docs", "pyproject.toml")
TARGETS = ("models/formula/*.py", "models/units.py")
SLOW = "test_against_reference.py"
SWAPS = {
    "+": "-", "-": "+", "*": "+", "//": "*", "%": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "and": "or",
    "or": "and", "True": "False", "False": "True", "min": "max", "max": "min", "any": "all", "all": "any", "not": "", "+=": "=", "<<": ">>",
}  # fmt: skip
HARMLESS = (
    "ROWS = ",
    "AT_ONCE = ",
    "MANY = ",
    "slots=",
    "compare=False",
    "inherit_cache",
    "deterministic",
    "zip(",
    "preview",
    " -> ",
    "__all__",
    "_WRITTEN = ",
    "_BRACKETS = ",
)


def candidates(path: Path) -> list[tuple[int, int, str, str]]:
    """(line, column, token, instead) of every token of a file that a mutation may change; types and what only tunes are left out."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        line = lines[token.start[0] - 1] if token.start[0] <= len(lines) else ""
        if any(part in line for part in HARMLESS) or line.lstrip().startswith(("from ", "import ", "@")):
            continue
        instead = SWAPS.get(token.string) if token.type in {tokenize.OP, tokenize.NAME} else None
        if token.type == tokenize.NUMBER and token.string.replace("_", "").isdigit():
            instead = str(int(token.string) + 1)
        starred = token.string == "*" and line[: token.start[1]].rstrip().endswith(("(", ",", "["))
        if instead is not None and not starred and line[: token.start[1]].rstrip()[-2:] != "is":
            found.append((*token.start, token.string, instead))
    return found


def tests(folder: Path) -> list[str]:
    """The tests that know the formula language and the units, quick ones first."""
    quick = sorted(
        str(path.relative_to(folder))
        for path in (folder / "tests/models/formula").glob("test_*.py")
        if path.name != SLOW
    )
    units = sorted(str(path.relative_to(folder)) for path in (folder / "tests/models").glob("test_units*.py"))
    return [*units, *quick, f"tests/models/formula/{SLOW}"]


def killed(folder: Path) -> bool:
    """Whether the tests turn red in ``folder``."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "--hypothesis-seed=1",
        *tests(folder),
    ]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, timeout=600, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def main(seed: int = 1, changes: int = 20) -> int:
    """Make the changes one after the other; the number of survivors."""
    chance = random.Random(seed)
    every = [
        (path, *change) for pattern in TARGETS for path in sorted(ROOT.glob(pattern)) for change in candidates(path)
    ]
    survivors = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in COPIED:
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
        if killed(folder):
            print("the tests are red without any change")
            return -1
        for path, line, column, token, instead in chance.sample(every, changes):
            copy = folder / path.relative_to(ROOT)
            text = copy.read_text(encoding="utf-8")
            lines = text.splitlines(keepends=True)
            lines[line - 1] = f"{lines[line - 1][:column]}{instead}{lines[line - 1][column + len(token) :]}"
            copy.write_text("".join(lines), encoding="utf-8")
            alive = not killed(folder)
            copy.write_text(text, encoding="utf-8")
            place = f"{path.relative_to(ROOT)}:{line}: {token} → {instead or '(nothing)'}   {lines[line - 1].strip()}"
            print("SURVIVED" if alive else "killed  ", place, flush=True)
            survivors += [place] * alive
    print(f"seed {seed}: {changes - len(survivors)} of {changes} killed")
    return len(survivors)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
