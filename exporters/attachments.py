"""What a growing list moves outside a worksheet's own part: drawings, comments, tables, charts, defined names."""

from __future__ import annotations

import re

from exporters.growth import Growths, move_formulas
from exporters.references import Growth, fold, move_cell, move_formula, move_range
from exporters.xlsx_package import DRAWING, Element, Package, local_name, main_tag, parse, serialise

CARRIED = frozenset({  # kinds of relationship a sheet with a list may have
    "drawing", "vmlDrawing", "comments", "threadedComment", "table", "hyperlink", "printerSettings", "image", "customProperty",
})  # fmt: skip

_VML_DATA = re.compile(rb"<(\w+:)?ClientData\b.*?</\1ClientData>", re.DOTALL)
_VML_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)([^<]*)")
_VML_ROW = re.compile(rb"(<(?:\w+:)?Row>)\s*(\d+)")


def move_attachments(package: Package, part: str, home: str, growths: Growths) -> None:
    """Move what hangs on one worksheet by relationships."""
    growth = growths.get(fold(home), Growth())
    for relation in package.relations(part):
        if relation.target not in package.parts:
            continue
        if relation.kind == "vmlDrawing":
            package.parts[relation.target] = _move_vml(package.parts[relation.target], growth)
        elif relation.kind in {"drawing", "comments", "threadedComment", "table"}:
            root = parse(package.parts[relation.target])
            before = serialise(root)
            _move_part(relation.kind, root, growth)
            _move_links(root, home, growths)
            if serialise(root) != before:
                package.parts[relation.target] = serialise(root)


def move_charts(package: Package, growths: Growths) -> None:
    """Rewrite the ranges of every chart."""
    for part in [part for part in package.parts if re.fullmatch(r"xl/charts/chart\w*\.xml", part)]:
        root = parse(package.parts[part])
        before = serialise(root)
        move_formulas(root, "", growths)
        if serialise(root) != before:
            package.parts[part] = serialise(root)


def move_names(book: Element, growths: Growths) -> None:
    """Rewrite the defined names of the workbook: print areas, print titles, filters, the author's own."""
    for name in book.iter(main_tag("definedName")):
        if name.text:
            name.text = move_formula(name.text, None, growths)


def unpaired_boxes(vml: bytes) -> bool:
    """Say whether an old-style drawing has boxes that belong to no cell (form controls)."""
    return any(_VML_ROW.search(match[0]) is None for match in _VML_DATA.finditer(vml))


def _move_part(kind: str, root: Element, growth: Growth) -> None:
    if kind == "drawing":
        _move_anchors(root, growth)
    elif kind == "table":
        for item in root.iter():
            if item.get("ref"):
                item.set("ref", move_range(item.get("ref"), growth))
    else:  # comments and their threads stay with the first record
        for item in root.iter():
            if local_name(item) in {"comment", "threadedComment"}:
                item.set("ref", move_cell(item.get("ref"), growth))


def _move_anchors(root: Element, growth: Growth) -> None:
    """Move text boxes and pictures as Excel does when rows are inserted: by default they move and stretch.

    One that must not stretch (oneCell) only moves; one fixed to the paper (absolute) stays. Anchors count rows from 0.
    """
    for anchor in root.iter(f"{{{DRAWING}}}twoCellAnchor", f"{{{DRAWING}}}oneCellAnchor"):
        if anchor.get("editAs") == "absolute":
            continue
        rows = [row for tag in ("from", "to") for row in anchor.iterfind(f"{{{DRAWING}}}{tag}/{{{DRAWING}}}row")]
        top = int(rows[0].text)
        by = growth.start(top + 1) - top - 1
        for row in rows:
            number = int(row.text)
            row.text = str(number + by if anchor.get("editAs") == "oneCell" else growth.start(number + 1) - 1)


def _move_links(root: Element, home: str, growths: Growths) -> None:
    """Rewrite shapes that show a cell's text, camera pictures, and formulas of table columns."""
    move_formulas(root, home, growths)
    for item in root.iter():
        for attribute in ("textlink", "cellRange"):
            if item.get(attribute):
                item.set(attribute, move_formula(item.get(attribute), home, growths))


def _move_vml(xml: bytes, growth: Growth) -> bytes:
    """Move the boxes of old-style comments by as much as their cell; VML is not always XML, so as text."""

    def data(match: re.Match[bytes]) -> bytes:
        row = _VML_ROW.search(match[0])
        if row is None:
            return match[0]
        now = growth.start(int(row[2]) + 1) - 1  # VML counts rows from 0
        anchor = _VML_ANCHOR.search(match[0])
        moved = _VML_ROW.sub(rb"\g<1>%d" % now, match[0])
        return moved if anchor is None else _VML_ANCHOR.sub(_shifted(anchor, now - int(row[2])), moved)

    return _VML_DATA.sub(data, xml)


def _shifted(anchor: re.Match[bytes], by: int) -> bytes:
    """Move a VML anchor: left column, offset, top row, offset, right column, offset, bottom row, offset."""
    numbers = [int(part) for part in anchor[2].split(b",")]
    numbers[2] += by
    numbers[6] += by
    return anchor[1] + ", ".join(map(str, numbers)).encode()
