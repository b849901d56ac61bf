"""The program's own Chinese font, so that no machine shows boxes: Noto Sans SC out of the zhplot wheel (docs/decisions/0003)."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import platformdirs

from models.places import RESOURCES

_FILE = "NotoSansSC-Regular.ttf"
READY = RESOURCES / "fonts" / _FILE  # with the bundled program: made searchable when it was built
_WRITTEN = {*range(0x4E00, 0xA000), *map(ord, "　〈〉～／–")}  # what people write, of characters that share a glyph
_OF_A_PLACE = "locl"  # the font's feature that gives digits beside Latin letters a form of their own
_WAY = 2  # in which copies are made; one higher whenever that changes


def font_file() -> Path:
    """Where the font lies: with the bundled program, else in the installed wheel.

    zhplot itself is not imported (it would load matplotlib).
    """
    if READY.exists():
        return READY
    found = importlib.util.find_spec("zhplot")
    if found is None or not found.origin:
        raise FileNotFoundError("没有找到随程序的中文字体（zhplot），请重新安装程序")
    return Path(found.origin).parent / "fonts" / _FILE


def cache_folder() -> Path:
    """Where the program keeps what it can make again."""
    return Path(platformdirs.user_cache_dir("园区年报通", appauthor=False))


def searchable(source: Path, folder: Path) -> Path:
    """A copy of the font of which every glyph has one character, made once; ``source`` itself where that fails.

    A PDF names a glyph by the first of its characters: a search for 工 would find only the radical ⼯, one for 胶 only 㬵. The
    digits of “TW-1” would be glyphs without a character: nobody would find them.
    """
    if source == READY:
        return source
    made = folder / f"{source.stem}-{source.stat().st_size}-{_WAY}.ttf"
    if made.exists():
        return made
    # a second of loading, needed on the first start only
    from fontTools.ttLib import TTLibError

    fresh = made.with_suffix(".new")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        make_searchable(source, fresh)
        fresh.replace(made)
    except (OSError, TTLibError):
        return source
    return made


def make_searchable(source: Path, target: Path) -> None:
    """Write the copy of the font in which every glyph has one character."""
    # a second of loading, needed on the first start and when the bundle is built
    from fontTools.ttLib import TTFont

    with TTFont(source, lazy=True) as font:
        spare = _spare(font.getBestCmap())
        for table in font["cmap"].tables:
            for point in spare:
                table.cmap.pop(point, None)
        _without(font["GSUB"].table, _OF_A_PLACE)
        font.save(target, reorderTables=False)


def _without(substitutions: Any, feature: str) -> None:
    """Switch a feature off for every script and language."""
    tags = [record.FeatureTag for record in substitutions.FeatureList.FeatureRecord]
    for record in substitutions.ScriptList.ScriptRecord:
        systems = [each.LangSys for each in record.Script.LangSysRecord]
        for system in filter(None, [record.Script.DefaultLangSys, *systems]):
            system.FeatureIndex = [index for index in system.FeatureIndex if tags[index] != feature]
            system.FeatureCount = len(system.FeatureIndex)


def _spare(glyphs: dict[int, str]) -> set[int]:
    """The characters that stand before one that people write and share its glyph."""
    written = {glyph: point for point, glyph in glyphs.items() if point in _WRITTEN}
    return {point for point, glyph in glyphs.items() if point < written.get(glyph, 0)}
