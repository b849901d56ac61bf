"""`python3 dev.py bundle`: build the program's folder, try it as a clerk would meet it, pack it, say what it weighs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bundle import build, notes
from bundle.libraries import written
from bundle.trying import Failed, try_out
from ui.releases import digest


def main() -> int:
    """0 when the program was built and every trial went well."""
    parser = argparse.ArgumentParser(prog="dev.py bundle")
    parser.add_argument("--built", action="store_true", help="try what lies in dist/, without building it anew")
    parser.add_argument("--glibc", default="", metavar="2.28", help="fail when anything asks for a newer glibc")
    parser.add_argument("--place", type=Path, help="the folder to try it in (default: one for temporary files)")
    parser.add_argument("--write", action="store_true", help="write the figures into docs/bundle.md")
    options = parser.parse_args()
    limit = tuple(int(part) for part in options.glibc.split(".")) if options.glibc else ()
    if not options.built:
        build.build()
    file = build.archive() if sys.platform.startswith("linux") else None  # on Windows the installer carries it
    try:
        found = try_out(build.FOLDER, file, limit, options.place)
    except Failed as fault:
        print(f"✗ {fault}", file=sys.stderr)
        return 1
    text = notes.page(build.FOLDER, file, found)
    print(text)
    if file:
        print(f"SHA-256 {digest(file)}  {file.name}")
    if options.write:
        notes.write(text)
    if limit:
        print(f"glibc ≤ {written(limit)} ✓")
    return 0


if __name__ == "__main__":
    sys.exit(main())
