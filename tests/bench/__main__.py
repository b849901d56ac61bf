"""Run the benchmarks (all, or those named), print measured / floor and the goal, and write docs/benchmarks.md after a whole run."""

from __future__ import annotations

import importlib
import platform
import sys
from datetime import date
from pathlib import Path

from tests.bench import CannotMeasure

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `python3 dev.py bench`: each line is measured against a floor or peer in the same run, so the ratio holds on any machine;
seconds are those of the machine named. A goal missed by more than a fifth is an open line of its issue.

"""


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def run(name: str) -> list[dict[str, object]]:
    """One benchmark's results."""
    found = importlib.import_module(f"tests.bench.bench_{name}").measure()
    return found if isinstance(found, list) else [found]


def line(result: dict[str, object]) -> str:
    """A result as a row of the table."""
    ratio, goal = float(str(result["ratio"])), float(str(result["goal"]))
    verdict = "met" if ratio <= goal else "missed" if ratio > goal * 1.2 else "missed by less than a fifth"
    seconds = [f"{float(str(result[key])):.4g}" if key in result else "" for key in ("measured", "floor")]
    return f"| {result['name']} | {seconds[0]} | {seconds[1]} | {ratio:.2f} | {goal:g} | {verdict} |"


def main(wanted: list[str]) -> int:
    """Measure and print; the exit code is 1 when a goal is missed by more than a fifth."""
    unknown = set(wanted) - set(names())
    if unknown:
        print(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(names())}")
        return 2
    rows = ["| what | measured | floor or peer | ratio | goal | |", "|---|---|---|---|---|---|"]
    print("\n".join(rows))
    for name in wanted or names():
        try:
            found = [line(result) for result in run(name)]
        except CannotMeasure as reason:
            found = [f"| {reason} | | | | | not measured |"]
        rows += found
        print("\n".join(found), flush=True)
    if not wanted:
        machine = f"{date.today()}, Python {platform.python_version()}, {platform.machine()}"
        PAGE.write_text(f"{HEAD}{machine}\n\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return int(any(row.endswith("| missed |") for row in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
