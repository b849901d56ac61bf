"""The workbook's cell formats: the template's own are kept, a variant is appended where a value needs one."""

from __future__ import annotations

import copy

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from exporters.xlsx_package import Element, Package, main_tag, parse, serialise

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

    def quoted(self, index: int) -> int:
        """Give the format that keeps text like =1+1 text even when its cell is edited (quotePrefix)."""
        return self._variant(index, "quotePrefix", "1")

    def dated(self, index: int) -> int:
        """Give the format for a date: the template's own if it shows dates, else with the short date."""
        if index not in self._dated:
            self._dated[index] = index if self.shows_dates(index) else self._variant(index, "numFmtId", _DATE)
        return self._dated[index]

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
        own = {item.get("numFmtId"): item.get("formatCode") for item in self._root.iter(main_tag("numFmt"))}
        return bool(is_date_format(own.get(str(number), BUILTIN_FORMATS.get(number, ""))))
