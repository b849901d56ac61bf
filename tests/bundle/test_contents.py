"""What goes into the program's folder and what stays out; the shapes of its icon; what libraries say they need."""

from __future__ import annotations

import ast
import doctest
import re
import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

import dev
from bundle import contents, icon, libraries, sizes
from bundle.contents import EXCLUDED, is_system, numbers, reached, wanted
from models.version import VERSION

PACKAGES = Path(sys.modules["PySide6"].__file__).parent.parent


@pytest.mark.parametrize("module", [contents, libraries, sizes], ids=lambda module: module.__name__)
def test_examples(module) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/QtWidgets.abi3.so",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\Qt6Core.dll",
        "PySide6\\plugins\\imageformats\\qsvg.dll",
        "stdnum/cn/loc.dat",
        "libxcb-cursor.so.0",
        "libglib-2.0.so.0",
        "numpy.libs/libscipy_openblas64_-32a4b2a6.so",
        "matplotlib/mpl-data/matplotlibrc",
        "docx/templates/default.docx",
        "resources/packs/台办/return.xlsx",
        "python_calamine/_python_calamine.abi3.so",
    ],
)
def test_what_the_program_needs_goes_in(place: str) -> None:
    assert wanted(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/QtNetwork.abi3.so",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6\\opengl32sw.dll",
        "PySide6\\translations\\qtbase_fr.qm",
        "stdnum/oui.dat",
        "matplotlib/mpl-data/sample_data/eeg.dat",
        "libX11.so.6",
        "libc.so.6",
        "libfontconfig.so.1",
        "libcups.so.2",
        "setuptools/_vendor/x.py",
    ],
)
def test_what_it_does_not_need_stays_out(place: str) -> None:
    assert not wanted(place)


def test_a_library_is_taken_when_something_taken_loads_it() -> None:
    needs = {"a": ["libx.so.1", "libc.so.6"], "x": ["liby.so.2"], "y": [], "z": ["libx.so.1"]}
    files = [("sub/a.so", "a"), ("libx.so.1", "x"), ("liby.so.2", "y"), ("libz.so.3", "z")]
    assert reached(files, needs.__getitem__) == {"sub/a.so", "libx.so.1", "liby.so.2"}


def test_the_fonts_that_matplotlib_must_have_are_kept() -> None:
    folder = PACKAGES / "matplotlib" / "mpl-data" / "fonts" / "ttf"
    kept = {path.name for path in folder.iterdir() if wanted(path.relative_to(PACKAGES).as_posix())}
    assert {"DejaVuSans.ttf", "LastResortHE-Regular.ttf"} <= kept
    assert len(kept) <= 4


def test_nothing_that_our_code_imports_is_excluded() -> None:
    rooms = ("ui", "models", "importers", "exporters")
    imported = set()
    for path in (path for room in rooms for path in (dev.ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
            elif isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
    for name in imported:  # a module of Qt comes with its library
        if name.startswith("PySide6.Qt") and name.count(".") == 1:
            assert name.removeprefix("PySide6.Qt") in contents.QT_MODULES, name
    assert not imported & set(EXCLUDED)


def test_modules_that_are_loaded_by_name_go_in_too() -> None:
    names = contents.ours(dev.ROOT)
    assert {"ui.printing.command", "models.store.migrations.v0001_first", "exporters.charts", "importers.merge"} <= set(
        names
    )
    assert not any(name.startswith(("tests", "bundle")) for name in names)


def test_the_version_stands_in_one_place() -> None:
    assert numbers(VERSION)[3] == 0
    changelog = (dev.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## \[(.+?)\]", changelog, re.MULTILINE)
    assert found
    assert found[1] in {VERSION, "Unreleased"}
    for kind in ("*.iss", "*.yml"):
        for path in (*(dev.ROOT / "bundle").rglob(kind), *(dev.ROOT / ".github").rglob(kind)):
            assert VERSION not in path.read_text(encoding="utf-8-sig"), path


def test_the_icon_has_every_size() -> None:
    made = icon.ico((16, 256))
    assert struct.unpack("<HHH", made[:6]) == (0, 1, 2)
    for number, size in enumerate((16, 256)):
        wide, high, *_, length, place = struct.unpack("<BBBBHHII", made[6 + 16 * number : 22 + 16 * number])
        picture = QImage()
        assert picture.loadFromData(made[place : place + length], "PNG")
        assert (wide, high) == (size % 256, size % 256)
        assert (picture.width(), picture.height()) == (size, size)
        assert picture.pixelColor(0, 0).alpha() == 0
        assert picture.pixelColor(size // 8, size // 2).name() == "#1d5fbf"


def test_libraries_of_the_machine_are_told_from_our_own() -> None:
    found = {
        "程序": libraries.read("  NEEDED  libours.so.1\n  NEEDED  libc.so.6\n   0x1 0x00 02 GLIBC_2.34\n"),
        "_internal/libours.so.1": libraries.read("  NEEDED  libgtk-3.so.0\n   0x1 0x00 02 GLIBC_2.4\n"),
    }
    asked = libraries.of_the_machine(found)
    assert asked == {"libc.so.6": ["程序"], "libgtk-3.so.0": ["_internal/libours.so.1"]}
    assert libraries.strange(asked) == ["libgtk-3.so.0"]
    assert libraries.newest(found, (2, 28)) == ["程序 2.34"]
    assert is_system("libwayland-client.so.0")


def test_qt_asks_for_no_newer_glibc_than_uos_has() -> None:
    """The platform's rule (docs/decisions/0001), of the very files that go in."""
    if not sys.platform.startswith("linux"):
        return
    limit = (2, 28) if dev.os.uname().machine == "x86_64" else (2, 31)
    files = [p for p in (PACKAGES / "PySide6").rglob("*.so*") if wanted(p.relative_to(PACKAGES).as_posix())]
    assert len(files) > 20
    newest = max(_glibc(path) for path in files)
    assert newest <= limit


def _glibc(path: Path) -> tuple[int, int]:
    found = re.findall(rb"\x00GLIBC_2\.(\d+)", path.read_bytes())
    return (2, max(map(int, found), default=0))
