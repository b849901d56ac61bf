"""Builds the program's folder: PyInstaller, debugging symbols away, licences, scripts, the list; and the one file to hand over."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

from bundle.contents import NAME
from models.places import ROOT
from models.version import VERSION
from ui.releases import ENDING, pack, this_platform, write_list

DIST, WORK = ROOT / "dist", ROOT / "build"
FOLDER = DIST / NAME
_LICENCE = re.compile(r"(^|/)(licen[cs]e|copying|notice|ofl|authors)", re.IGNORECASE)
_PLAIN = ("PySide6", "shiboken6")  # stripped by their makers
_REPAIRED = ".libs"  # libraries in such folders were moved about by patchelf; strip has broken OpenBLAS


def build() -> Path:
    """Make the folder anew; where it is."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK), str(ROOT / "build.spec")]
    subprocess.run(command, check=True, cwd=ROOT)
    if sys.platform.startswith("linux"):
        strip(FOLDER)
        for script in sorted((ROOT / "bundle" / "linux").glob("*.sh")):
            shutil.copy(script, FOLDER / script.name)
            (FOLDER / script.name).chmod(0o755)
    licences(FOLDER)
    write_list(FOLDER, VERSION)
    return FOLDER


def strip(folder: Path) -> None:
    """Take the debugging symbols out: a fifth of the size. Code and data stay as they are, byte for byte."""
    for path in sorted(folder.rglob("*.so*")):
        parts = path.relative_to(folder).parts
        if not any(part in _PLAIN or part.endswith(_REPAIRED) for part in parts):
            subprocess.run(["strip", "--strip-debug", str(path)], check=True)


def licences(folder: Path) -> None:
    """The licences of what the program is built from, in 许可/."""
    inside = {path.name.lower() for path in (folder / "_internal").iterdir()} | {"pyside6_essentials", "pyside6"}
    for each in distributions():
        name = each.metadata["Name"].lower().replace("-", "_")
        tops = {str(file).split("/")[0].lower() for file in each.files or () if not str(file).startswith("..")}
        if name in _PURE or tops & inside:
            for file in (file for file in each.files or () if ".dist-info" in str(file) and _LICENCE.search(str(file))):
                target = folder / "许可" / each.metadata["Name"] / Path(str(file)).name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(file.locate()), target)


_PURE = {  # inside the program file itself, so that no folder tells of them
    "alembic", "cycler", "et_xmlfile", "filelock", "fonttools", "mako", "olefile", "openpyxl", "packaging", "platformdirs",
    "pyparsing", "python_dateutil", "typing_extensions", "zhplot", "pyinstaller",
}  # fmt: skip


def archive() -> Path:
    """The one file of this release."""
    return pack(FOLDER, DIST / f"{NAME}-{VERSION}-{this_platform()}{ENDING}")
