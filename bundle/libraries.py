"""What the program's shared libraries ask of the machine, read with objdump (Linux): names, and the age of its glibc."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bundle.contents import is_system

_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)", re.MULTILINE)
_VERSION = re.compile(r"\b(GLIBC|GLIBCXX)_(\d+(?:\.\d+)+)")
Version = tuple[int, ...]


@dataclass(frozen=True)
class Library:
    """One shared library or program: the file names it loads, and the newest glibc symbol it uses."""

    needs: tuple[str, ...]
    glibc: Version


def read(text: str) -> Library:
    """What ``objdump -p`` says.

    >>> read("  NEEDED               libc.so.6\\n    0x09691a75 0x00 02 GLIBC_2.2.5\\n    0x0 0x0 03 GLIBC_2.28\\n")
    Library(needs=('libc.so.6',), glibc=(2, 28))
    """
    found = [tuple(map(int, number.split("."))) for kind, number in _VERSION.findall(text) if kind == "GLIBC"]
    return Library(tuple(_NEEDED.findall(text)), max(found, default=(0,)))


def look(path: str | Path) -> Library:
    """Read one file."""
    done = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, encoding="utf-8", check=True)
    return read(done.stdout)


def needs(path: str) -> tuple[str, ...]:
    """The file names that the library at ``path`` loads."""
    return look(path).needs


def libraries(folder: Path) -> dict[str, Library]:
    """Every shared library and program below ``folder``, by its path there."""
    return {str(path.relative_to(folder)): look(path) for path in sorted(folder.rglob("*")) if _is_elf(path)}


def _is_elf(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def of_the_machine(found: Mapping[str, Library]) -> dict[str, list[str]]:
    """The libraries that are not among the program's own → the files that load them."""
    own = {Path(name).name for name in found}
    asked: dict[str, list[str]] = {}
    for name, library in found.items():
        for need in library.needs:
            if need not in own:
                asked.setdefault(need, []).append(name)
    return dict(sorted(asked.items()))


def strange(asked: Iterable[str]) -> list[str]:
    """Those among them that a machine may well not have."""
    return [name for name in asked if not is_system(name)]


def newest(found: Mapping[str, Library], limit: Version) -> list[str]:
    """The files that ask for a newer glibc than ``limit``, with what they ask for."""
    return [f"{name} {written(each.glibc)}" for name, each in found.items() if each.glibc > limit]


def written(version: Version) -> str:
    """A version as people write it."""
    return ".".join(map(str, version))
