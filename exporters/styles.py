"""The workbook's cell formats: the template's own are kept, a variant is appended where a value needs one."""

from __future__ import annotations

import copy

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from exporters.xlsx_package import MAIN, Element, Package, main_tag, parse, serialise

_NO_STYLES = b"<styleSheet/>"
_DATE = "14"  # built-in short date, shown as the machine's own (2025/12/31)
_SIZE = 11.0  # points of a font that says nothing
_EAST_ASIAN_DATES = frozenset((*range(27, 37), *range(50, 59)))


class Styles:
    """The cell formats (cellXfs) of styles.xml; the part is rewritten only when a variant was needed."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.part_of_book("styles")
        self._root: Element = parse(package.parts[self._part]) if self._part else parse(_NO_STYLES)
        self._formats: Element = self._root.find(main_tag("cellXfs"))
        self._variants: dict[tuple[int, str], int] = {}
        self._dated: dict[int, int] = {}
        self._grounds: dict[str, str] = {}

    def quoted(self, index: int) -> int:
        """Give the format that keeps text like =1+1 text even when its cell is edited (quotePrefix)."""
        return self._variant(index, "quotePrefix", "1")

    def dated(self, index: int) -> int:
        """Give the format for a date: the template's own if it shows dates, else with the short date."""
        if index not in self._dated:
            self._dated[index] = index if self.shows_dates(index) else self._variant(index, "numFmtId", _DATE)
        return self._dated[index]

    def coloured(self, index: int, ground: str) -> int:
        """Give the format on a ground of its own, ``ground`` as ARGB."""
        if self._formats is None or index >= len(self._formats):
            return index
        made = self._variant(index, "fillId", self._ground(ground))
        self._formats[made].set("applyFill", "1")
        return made

    def boxed(self, ground: str = "", *, right: bool = False) -> int:
        """Give a format for a table's cell: thin borders, texts wrapped at the top, on a ground of its own."""
        if self._formats is None:
            return 0
        made = copy.deepcopy(self._formats[0])
        for child in list(made):
            made.remove(child)
        lines = "".join(f'<{side} style="thin"/>' for side in ("left", "right", "top", "bottom"))
        made.set("borderId", self._added("borders", f'<border xmlns="{MAIN}">{lines}<diagonal/></border>'))
        if ground:
            made.set("fillId", self._ground(ground))
        for name in ("applyBorder", "applyFill", "applyAlignment"):
            made.set(name, "1")
        aligned = {"horizontal": "right"} if right else {}
        etree.SubElement(made, main_tag("alignment"), vertical="top", wrapText="1", **aligned)
        self._formats.append(made)
        self._formats.set("count", str(len(self._formats)))
        self._variants[-1, ground] = len(self._formats) - 1
        return len(self._formats) - 1

    def _ground(self, ground: str) -> str:
        if ground not in self._grounds:
            pattern = f'<patternFill patternType="solid"><fgColor rgb="{ground}"/><bgColor indexed="64"/></patternFill>'
            self._grounds[ground] = self._added("fills", f'<fill xmlns="{MAIN}">{pattern}</fill>')
        return self._grounds[ground]

    def _added(self, group: str, xml: str) -> str:
        """Append an entry to a group of the styles; its number."""
        holder = self._root.find(main_tag(group))
        assert holder is not None  # every workbook with formats has fills and borders
        holder.append(parse(xml.encode()))
        holder.set("count", str(len(holder)))
        return str(len(holder) - 1)

    def text_layout(self, index: int) -> tuple[float, bool, int]:
        """Say how a cell format sets text: the font's size in points, whether it wraps, steps of indent."""
        if self._formats is None or index >= len(self._formats):
            return _SIZE, False, 0
        found = self._formats[index]
        fonts = self._root.findall(f"{main_tag('fonts')}/{main_tag('font')}")
        number = int(found.get("fontId", "0"))
        size = fonts[number].find(main_tag("sz")) if number < len(fonts) else None
        alignment = found.find(main_tag("alignment"))
        wraps = alignment is not None and alignment.get("wrapText") in {"1", "true"}
        indent = int(alignment.get("indent", "0")) if wraps else 0
        return float(size.get("val")) if size is not None else _SIZE, wraps, indent

    def save(self) -> None:
        """Put the variants into the package."""
        if self._variants:
            self._package.parts[self._part] = serialise(self._root)

    def _variant(self, index: int, attribute: str, value: str) -> int:
        if self._formats is None or index >= len(self._formats):
            return index
        if self._formats[index].get(attribute) == value:
            return index
        key = (index, attribute)
        if key not in self._variants:
            changed = copy.deepcopy(self._formats[index])
            changed.set(attribute, value)
            if attribute == "numFmtId":
                changed.set("applyNumberFormat", "1")
            self._formats.append(changed)
            self._formats.set("count", str(len(self._formats)))
            self._variants[key] = len(self._formats) - 1
        return self._variants[key]

    def shows_dates(self, index: int) -> bool:
        """Say whether a cell format shows its number as a date."""
        if self._formats is None or index >= len(self._formats):
            return False
        number = int(self._formats[index].get("numFmtId", "0"))
        if number in _EAST_ASIAN_DATES:
            return True
        return bool(is_date_format(self.number_format(index)))

    def number_format(self, index: int) -> str:
        """Give the code of a cell format's number format, "" where it has none."""
        if self._formats is None or index >= len(self._formats):
            return ""
        number = int(self._formats[index].get("numFmtId", "0"))
        own = {item.get("numFmtId"): item.get("formatCode") for item in self._root.iter(main_tag("numFmt"))}
        return str(own.get(str(number), BUILTIN_FORMATS.get(number, "")))
