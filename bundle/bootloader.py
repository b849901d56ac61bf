"""Compile PyInstaller's starter on this machine, for a release: the one in its wheel is in too many other people's programs, good
and bad, and antivirus programs know it (asks.md 79). `python -m bundle.bootloader` in .venv; needs a C compiler and zlib.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from models.places import ROOT

LOCK = ROOT / "requirements" / "lock.txt"


def pinned(lock: str, name: str) -> str:
    """The lines of the lock that pin one package, with its hashes."""
    found = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if found is None:
        raise LookupError(name)
    return "\n".join(line for line in found[0].splitlines() if not line.lstrip().startswith("#")) + "\n"


def main() -> int:
    """Install the locked PyInstaller anew, from its source."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "wanted.txt")
        wanted.write_text(pinned(LOCK.read_text(encoding="utf-8"), "pyinstaller"), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--disable-pip-version-check",
            "--force-reinstall",
            "--no-deps",
        ]
        command += ["--no-deps", "--require-hashes", "--no-binary", "pyinstaller", "--requirement", str(wanted)]
        return subprocess.call(command, env={**os.environ, "PYINSTALLER_COMPILE_BOOTLOADER": "1"})


if __name__ == "__main__":
    raise SystemExit(main())
