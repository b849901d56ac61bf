"""Ask whether every package of lock.txt installs on each promised platform, and write docs/wheels.md.

Run inside .venv, with a network. pip decides; it is given every platform tag up to the limit by name, because for pip
a high tag does not imply the lower ones. Only wheels whose hash is in the lock count. Exit 1 names what is missing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

HERE = Path(__file__).resolve().parent
TABLE = HERE.parent / "docs" / "wheels.md"
PYTHON = "3.11"
LEGACY_MANYLINUX = {"manylinux1": 5, "manylinux2010": 12, "manylinux2014": 17}
HEADING = """# Wheels by platform

Written by `requirements/check_wheels.py` from `requirements/lock.txt`, for CPython 3.11: the platform tag of the wheel that pip
chooses when it may take nothing newer than the platform offers. UOS 20 has glibc 2.28, 银河麒麟 V10 on ARM 2.31.

"""


@dataclass(frozen=True)
class Platform:
    """A platform the program promises to run on: what pip is told and what the lock's markers are judged by."""

    title: str
    tags: tuple[str, ...]
    markers: dict[str, str]


def linux(title: str, machine: str, glibc: int, oldest: int) -> Platform:
    """Describe a Linux with glibc 2.`glibc`, naming every manylinux tag from 2.`oldest` up to it."""
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(oldest, glibc + 1)]
    tags += [f"{name}_{machine}" for name, minor in LEGACY_MANYLINUX.items() if minor >= oldest]
    return Platform(title, tuple(tags), {"sys_platform": "linux", "os_name": "posix", "platform_machine": machine})


PLATFORMS = (
    linux("Linux x86-64, glibc 2.28", "x86_64", 28, oldest=5),
    linux("Linux ARM, glibc 2.31", "aarch64", 31, oldest=17),
    Platform("Windows x86-64", ("win_amd64",), {"sys_platform": "win32", "os_name": "nt", "platform_machine": "AMD64"}),
)


def locked(platform: Platform) -> dict[str, str]:
    """Return name → requirement line with hashes, without its marker, of all that the platform installs."""
    text = (HERE / "lock.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = {}
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        head, *hashes = line.split(" --hash=")
        wanted = Requirement(head)
        if wanted.marker is None or wanted.marker.evaluate({**platform.markers, "extra": ""}):
            lines[wanted.name] = " --hash=".join([f"{wanted.name}{wanted.specifier}", *hashes])
    return lines


def wheels(platform: Platform, lines: list[str]) -> dict[str, str] | None:
    """Return name → wheel file name as pip resolves the lines for the platform, or None where it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        wanted, report = Path(folder, "wanted.txt"), Path(folder, "report.json")
        wanted.write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps", "--ignore-installed"]
        command += ["--only-binary=:all:", "--require-hashes", "--requirement", str(wanted), "--report", str(report)]
        command += ["--target", folder, "--implementation=cp", f"--python-version={PYTHON}"]
        command += [f"--abi={abi}" for abi in ("cp311", "abi3", "none")]
        command += [f"--platform={tag}" for tag in platform.tags]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        found = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {item["metadata"]["name"].lower().replace("_", "-"): item["download_info"]["url"] for item in found}


def tag_of(wheel: str) -> str:
    """Return the lowest platform tag of a wheel's address: `…-cp311-cp311-win_amd64.whl` → `win_amd64`."""
    tags = wheel.removesuffix(".whl").rsplit("-", 1)[1].split(".")
    return min(tags, key=lambda tag: (not tag.startswith("manylinux_"), len(tag), tag))


def resolve(platform: Platform) -> tuple[dict[str, str], list[str]]:
    """Return name → platform tag, and the names that have no wheel for the platform."""
    lines = locked(platform)
    together = wheels(platform, list(lines.values()))
    if together is not None:
        return {name: tag_of(wheel) for name, wheel in together.items()}, []
    alone = {name: wheels(platform, [line]) for name, line in lines.items()}  # slow, to find out which one it was
    tags = {name: tag_of(wheel) for found in alone.values() if found for name, wheel in found.items()}
    return tags, [name for name, found in alone.items() if not found]


def table(columns: dict[str, dict[str, str]]) -> str:
    """Return the page: a row for each compiled package, then the names of those that are the same everywhere."""
    names = sorted({name for tags in columns.values() for name in tags})
    pure = [name for name in names if {tags.get(name, "any") for tags in columns.values()} == {"any"}]
    rows = [["package", *columns], ["---"] * (len(columns) + 1)]
    rows += [[name, *(tags.get(name, "–") for tags in columns.values())] for name in names if name not in pure]
    body = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"{HEADING}{body}\n– is not wanted there. Pure Python, one wheel for all: {', '.join(pure)}.\n"


def main() -> int:
    """Resolve all platforms, print and write the table; 1 when a package is missing somewhere."""
    columns, missing = {}, []
    for platform in PLATFORMS:
        columns[platform.title], without = resolve(platform)
        missing += [f"{platform.title}: no wheel for {name}" for name in without]
    page = table(columns)
    print(page)
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 1
    TABLE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
