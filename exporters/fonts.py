"""The program's own Chinese font, so that no machine shows boxes: Noto Sans SC out of the zhplot wheel (docs/decisions/0003)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import platformdirs

_FILE = "NotoSansSC-Regular.ttf"
_RADICALS = range(0x2E80, 0x2FE0)


def font_file() -> Path:
    """Where the font lies in the installed wheel; zhplot itself is not imported (it would load matplotlib)."""
    found = importlib.util.find_spec("zhplot")
    if found is None or not found.origin:
        raise FileNotFoundError("没有找到随程序的中文字体（zhplot），请重新安装程序")
    return Path(found.origin).parent / "fonts" / _FILE


def cache_folder() -> Path:
    """Where the program keeps what it can make again."""
    return Path(platformdirs.user_cache_dir("园区年报通", appauthor=False))


def searchable(source: Path, folder: Path) -> Path:
    """A copy of the font without the radicals, made once; ``source`` itself where that fails.

    The radicals (U+2E80–2FDF) share glyphs with ordinary characters; in a PDF a search for 工 would otherwise find only ⼯.
    """
    made = folder / f"{source.stem}-{source.stat().st_size}-{_RADICALS.start:X}.ttf"
    if made.exists():
        return made
    # a second of loading, needed on the first start only
    from fontTools.ttLib import TTFont, TTLibError

    fresh = made.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TTFont(source, lazy=True) as font:
            for table in font["cmap"].tables:
                for point in _RADICALS:
                    table.cmap.pop(point, None)
            font.save(fresh, reorderTables=False)
        fresh.replace(made)
    except (OSError, TTLibError):
        return source
    return made
