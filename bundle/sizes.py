"""What takes how much room in the program's folder."""

from __future__ import annotations

from pathlib import Path

_PARTS = (  # heading → beginnings of paths below _internal
    ("Qt（窗口、打印、PDF、SVG）", ("PySide6/", "shiboken6/", "libxcb", "libxkb", "libglib", "libgthread", "libpcre")),
    (
        "matplotlib、numpy、Pillow（图表）",
        ("matplotlib/", "numpy", "PIL/", "pillow.libs/", "contourpy/", "kiwisolver/"),
    ),
    ("Python", ("libpython", "python3.", "base_library.zip", "lib", "python", "VCRUNTIME", "ucrtbase", "api-ms-")),
    ("SQLAlchemy、lxml、rapidfuzz、calamine …", ("",)),
)
_RESOURCES = ("resources/", "docs/")


def parts(folder: Path) -> list[tuple[str, int]]:
    """Heading and bytes of each part, the largest first."""
    found: dict[str, int] = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            head = heading(path.relative_to(folder).as_posix())
            found[head] = found.get(head, 0) + path.stat().st_size
    return sorted(found.items(), key=lambda each: -each[1])


def heading(place: str) -> str:
    """Which part a file belongs to.

    >>> heading("_internal/PySide6/QtGui.abi3.so"), heading("园区年报通"), heading("许可/lxml/LICENSE")
    ('Qt（窗口、打印、PDF、SVG）', '程序本身与纯 Python 的库', '许可、脚本、清单')
    """
    if not place.startswith("_internal/"):
        return "程序本身与纯 Python 的库" if place.startswith("园区年报通") else "许可、脚本、清单"
    inside = place.removeprefix("_internal/")
    if inside.startswith(_RESOURCES):
        return "中文字体" if inside.startswith("resources/fonts") else "报表包、代码表、手册"
    return next(head for head, beginnings in _PARTS if inside.startswith(beginnings))


def megabytes(size: int) -> str:
    """As people write it."""
    return f"{size / 1e6:.1f} MB"
