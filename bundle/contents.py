"""What goes into the program's folder and what stays out: decisions on names, for build.spec."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PurePosixPath

NAME = "园区年报通"
CONSOLE = f"{NAME}-命令行"  # on Windows a windowed program has no terminal: a twin for the commands

QT_MODULES = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "DBus")
QT_LIBRARIES = (*QT_MODULES, "XcbQpa", "WaylandClient", "OpenGL")
QT_PLUGINS = {  # folder → the plug-ins that are loaded, without lib, q and ending
    "platforms": ("xcb", "wayland-generic", "offscreen", "windows"),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "platformthemes": ("xdgdesktopportal",),
    "wayland-shell-integration": ("xdg-shell",),
    "wayland-decoration-client": ("bradient",),
    "printsupport": ("cupsprintersupport", "windowsprintersupport"),
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "jpeg", "ico"),
    "styles": (),  # the program draws itself in Fusion
}
QT_TRANSLATIONS = ("qtbase_zh_CN.qm", "qt_zh_CN.qm")

BACKENDS = ("pdf", "svg", "agg")  # of matplotlib
ROOMS = ("ui", "exporters", "importers", "models")

EXCLUDED = (  # modules that some library would like to have and the program never uses
    "tkinter", "_tkinter", "pygments", "IPython", "pytest", "_pytest", "hypothesis", "mypy", "PyInstaller",
    "setuptools", "pkg_resources", "pip", "_distutils_hack", "distutils", "packaging.licenses", "zhplot", "tzdata",
    "matplotlib.tests", "matplotlib.testing", "numpy.f2py", "numpy.testing", "numpy.tests",
    "PIL.ImageQt", "PIL.ImageTk", "PIL._avif", "PIL._webp", "PIL._imagingft", "PIL._imagingcms", "PIL._imagingtk",
    "PIL._imagingmath", "PIL._imagingmorph",
    "pydoc_data", "doctest", "sqlite3.dbapi2.test", "lib2to3", "readline", "curses", "_curses",
    "fontTools.merge", "fontTools.ufoLib", "lxml.objectify",
    "alembic.testing", "sqlalchemy.testing", "psycopg", "psycopg2", "MySQLdb", "pysqlite2",
)  # fmt: skip

SYSTEM = (  # shared libraries that are the machine's own: libc, X11, fonts, the graphics driver, the system's services
    r"ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl|crypt)",
    r"libX11|libX11-xcb|libxcb|libXau|libXdmcp|libwayland-(client|cursor|egl)",
    r"libfontconfig|libfreetype|libGL|libEGL|libGLX|libOpenGL|libdrm|libdbus-1",
    r"libcups",  # only to print on paper: without it Qt leaves its plug-in for printers out
)
_SYSTEM = re.compile(rf"^({'|'.join(SYSTEM)})\.so([.\d]*)?$|^ld-linux.*")
_LEFT = (  # data and libraries of the libraries
    r"^matplotlib/mpl-data/(sample_data|images|plot_directive|stylelib|fonts/(afm|pdfcorefonts))/",
    r"^matplotlib/mpl-data/fonts/ttf/(?!DejaVuSans(-Bold)?\.ttf|LastResort)",
    r"^stdnum/.*\.dat$",
    r"^(numpy|matplotlib|lxml|docx|fontTools|sqlalchemy)/.*/?(tests?|testing)/",
    r"^lxml/(includes|isoschematron|html)/|^lxml/objectify|^lxml/(builder|sax)\.",
    r"\.(pyi|pxd|pyx|h|c)$",
    r"^(setuptools|tcl|tk|_tcl_data|_tk_data|tzdata|dateutil/zoneinfo)(/|$)",
    r"^[^/]+\.(dist|egg)-info/",
)  # fmt: skip
_LEAVE = re.compile("|".join(_LEFT))
_KEPT = {"stdnum/cn/loc.dat"}


def ours(root: Path) -> list[str]:
    """The names of all our modules: some are loaded by name, when they are first needed."""
    paths = sorted(path.relative_to(root) for room in ROOMS for path in (root / room).rglob("*.py"))
    return [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in paths]


def is_system(library: str) -> bool:
    """Whether a shared library of this file name is taken from the machine the program runs on.

    >>> is_system("libX11.so.6"), is_system("libxcb-cursor.so.0")
    (True, False)
    """
    return bool(_SYSTEM.match(library))


def wanted(place: str) -> bool:
    """Whether a file belongs into the program; ``place`` is its path below ``_internal``.

    >>> wanted("PySide6/Qt/plugins/platforms/libqxcb.so"), wanted("PySide6/Qt/plugins/tls/libqopensslbackend.so")
    (True, False)
    """
    path = PurePosixPath(place.replace("\\", "/"))
    if path.parts[0] in {"PySide6", "shiboken6"}:
        return _wanted_of_qt(path)
    return str(path) in _KEPT or not (_LEAVE.search(str(path)) or is_system(path.name))


def _wanted_of_qt(path: PurePosixPath) -> bool:
    folder, stem = path.parent.name, path.name.split(".")[0].removeprefix("lib")
    if "plugins" in path.parts:
        return stem.removeprefix("q") in QT_PLUGINS.get(folder, ())
    if folder == "translations":
        return path.name in QT_TRANSLATIONS
    if path.suffix == ".qm" or {"qml", "resources", "glue", "typesystems"} & set(path.parts):
        return False
    if stem.startswith("Qt6"):
        return stem.removeprefix("Qt6") in QT_LIBRARIES
    if stem.startswith("Qt") and folder == "PySide6":
        return stem.removeprefix("Qt") in QT_MODULES
    return not stem.startswith(("opengl32sw", "d3dcompiler"))  # Windows: 20 MB that only OpenGL windows would load


def reached(files: Iterable[tuple[str, str]], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """The places of the files that are used: all that lie in a folder of their own, and the libraries that those load.

    ``files`` are (place, source) of shared libraries, ``needs`` gives the file names that the one at a source loads.
    """
    sources = dict(files)
    by_name = {PurePath(place).name: place for place in sources}
    found = {place for place in sources if PurePath(place).parent != PurePath() or place.startswith("libpython")}
    todo = list(found)
    while todo:
        for name in needs(sources[todo.pop()]):
            place = by_name.get(name)
            if place and place not in found:
                found.add(place)
                todo.append(place)
    return found


def numbers(version: str) -> tuple[int, int, int, int]:
    """The version as Windows keeps it.

    >>> numbers("0.4.0")
    (0, 4, 0, 0)
    """
    first, second, third = (int(part) for part in version.split("."))
    return first, second, third, 0
