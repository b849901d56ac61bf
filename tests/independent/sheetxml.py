"""What a workbook's sheets ask to be printed, read from their XML with the standard library only: no code of ours, no openpyxl."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PLACE = re.compile(r"\$?([A-Z]+)\$?(\d+)")
WIDTHS = {"thin": 0.5, "hair": 0.25, "medium": 1.2, "thick": 1.8, "double": 1.5}
BUILT_IN = {0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 49: "@"}


@dataclass
class Cell:
    """One cell: what it shows, its font (name, size, bold), its border lines left, top, right, bottom, its ground."""

    text: str
    font: tuple[str, float, bool]
    lines: tuple[float, ...]
    fill: str
    across: str
    wrap: bool


@dataclass
class Sheet:
    """One visible sheet: cells by (row, column), merged areas by their first cell, columns' widths and rows' heights in points."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    area: tuple[int, int, int, int] = (1, 1, 1, 1)
    titles: tuple[int, ...] = ()
    margins: tuple[float, ...] = ()
    header: str = ""
    footer: str = ""
    landscape: bool = False


def place(address):
    letters, row = PLACE.fullmatch(address).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def span(area):
    first, _, last = area.partition(":")
    return (*place(first), *place(last or first))


def shown(value, code):
    """A number as one of the formats of our forms writes it: decimals, thousands, blanks, dates."""
    code = re.sub(r"_.", "", code).split(";")[0]
    if "yy" in code:
        day = date(1899, 12, 30) + timedelta(days=int(float(value)))
        return code.replace("yyyy", f"{day.year:04}").replace("mm", f"{day.month:02}").replace("dd", f"{day.day:02}")
    number = Decimal(value)
    if code in {"General", "@"}:
        return f"{number.normalize():f}"
    digits = len(code.partition(".")[2])
    number = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    text = f"{abs(number):,f}" if "," in code else f"{abs(number):f}"
    return ("-" if number < 0 else "") + text


class Book:
    def __init__(self, content):
        self.zip = zipfile.ZipFile(BytesIO(content))
        self.strings = [
            "".join(t.text or "" for t in item.iter(f"{MAIN}t")) for item in self.xml("xl/sharedStrings.xml")
        ] if "xl/sharedStrings.xml" in self.zip.namelist() else []  # fmt: skip
        styles = self.xml("xl/styles.xml")
        codes = {int(each.get("numFmtId")): each.get("formatCode") for each in styles.iter(f"{MAIN}numFmt")}
        fonts = [self.font(each) for each in styles.find(f"{MAIN}fonts")]
        fills = [self.ground(each) for each in styles.find(f"{MAIN}fills")]
        borders = [
            {side.tag.removeprefix(MAIN): WIDTHS.get(side.get("style", ""), 0.0) for side in each}
            for each in styles.find(f"{MAIN}borders")
        ]
        self.styles = []
        for each in styles.find(f"{MAIN}cellXfs"):
            alignment = each.find(f"{MAIN}alignment")
            asked = alignment.attrib if alignment is not None else {}
            code = int(each.get("numFmtId"))
            self.styles.append((
                codes.get(code) or BUILT_IN[code], fonts[int(each.get("fontId"))], fills[int(each.get("fillId"))],
                borders[int(each.get("borderId"))], asked.get("horizontal", ""), asked.get("wrapText") in {"1", "true"},
            ))  # fmt: skip

    def xml(self, name):
        return ElementTree.fromstring(self.zip.read(name))

    @staticmethod
    def font(each):
        name, size, bold = (each.find(f"{MAIN}{tag}") for tag in ("name", "sz", "b"))
        return name.get("val"), float(size.get("val")), bold is not None and bold.get("val", "1") != "0"

    @staticmethod
    def ground(each):
        pattern = each.find(f"{MAIN}patternFill")
        color = (
            pattern.find(f"{MAIN}fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
        )
        return f"#{color.get('rgb')[-6:]}" if color is not None else ""

    def sheets(self):
        book = self.xml("xl/workbook.xml")
        links = {each.get("Id"): each.get("Target") for each in self.xml("xl/_rels/workbook.xml.rels")}
        names = {}
        for each in book.iter(f"{MAIN}definedName"):
            names[(each.get("name"), each.get("localSheetId"))] = each.text.rpartition("!")[2]
            if "," in each.text:  # titles of columns and rows
                names[(each.get("name"), each.get("localSheetId"))] = next(
                    part.rpartition("!")[2] for part in each.text.split(",") if part.rpartition("!")[2][1].isdigit()
                )
        found = []
        for number, each in enumerate(book.find(f"{MAIN}sheets")):
            if each.get("state", "visible") == "visible":
                target = links[each.get(LINK)]
                root = self.xml(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
                found.append(self.sheet(root, each.get("name"), names, str(number)))
        return found

    def sheet(self, root, name, names, number):
        made = Sheet(name)
        area = names.get(("_xlnm.Print_Area", number)) or root.find(f"{MAIN}dimension").get("ref")
        made.area = span(area.replace("$", ""))
        rows = re.findall(r"\d+", names.get(("_xlnm.Print_Titles", number), ""))
        made.titles = tuple(range(int(rows[0]), int(rows[-1]) + 1)) if rows else ()
        usual = root.find(f"{MAIN}sheetFormatPr")
        for column in range(made.area[1], made.area[3] + 1):
            made.widths[column] = 0.0
        for each in root.iter(f"{MAIN}col"):
            for column in range(int(each.get("min")), int(each.get("max")) + 1):
                if column in made.widths:
                    pixels = int((256 * float(each.get("width")) + int(128 / 7)) / 256 * 7)
                    made.widths[column] = 0.0 if each.get("hidden") in {"1", "true"} else pixels * 0.75
        for each in root.iter(f"{MAIN}row"):
            high = each.get("ht") or (usual.get("defaultRowHeight") if usual is not None else "15")
            made.heights[int(each.get("r"))] = float(high) if each.get("ht") else 0.0
            for cell in each.iter(f"{MAIN}c"):
                made.cells[place(cell.get("r"))] = self.cell(cell)
        for each in root.iter(f"{MAIN}mergeCell"):
            top, left, bottom, right = span(each.get("ref"))
            made.merged[(top, left)] = (bottom, right)
        margins = root.find(f"{MAIN}pageMargins")
        made.margins = tuple(float(margins.get(side)) * 72 for side in ("left", "top", "right", "bottom"))
        made.landscape = root.find(f"{MAIN}pageSetup").get("orientation") == "landscape"
        running = root.find(f"{MAIN}headerFooter")
        for side in ("Header", "Footer") if running is not None else ():
            setattr(made, side.lower(), running.findtext(f"{MAIN}odd{side}") or "")
        return made

    def cell(self, each):
        code, font, fill, border, across, wrap = self.styles[int(each.get("s", "0"))]
        kind, value = each.get("t", "n"), each.findtext(f"{MAIN}v")
        if kind == "s":
            text = self.strings[int(value)]
        elif kind == "inlineStr":
            text = "".join(t.text or "" for t in each.iter(f"{MAIN}t"))
        elif kind in {"str", "b", "e"}:
            text = value or ""
        else:
            text = shown(value, code) if value else ""
        lines = tuple(border.get(side, 0.0) for side in ("left", "top", "right", "bottom"))
        if not across:
            across = "right" if kind == "n" and text else "left"
        return Cell(text, font, lines, fill, across, wrap)


def read(content):
    """The visible sheets of a workbook."""
    return Book(content).sheets()
