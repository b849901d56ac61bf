"""Writes the smallest .xlsb that holds one sheet of cells (MS-XLSB 2.4), for there is no library that writes one."""

from __future__ import annotations

import struct
import zipfile

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.ms-excel"
CONTENT = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.bin" ContentType="{TYPES}.worksheet"/>'
    f'<Override PartName="/xl/styles.bin" ContentType="{TYPES}.styles"/></Types>'
)
ERRORS = {"#N/A": 0x2A, "#DIV/0!": 0x07}
PLAIN, PERCENT, DAY = range(3)  # cell styles


def relations(*items):
    rows = "".join(f'<Relationship Id="{name}" Type="{REL}/{kind}" Target="{target}"/>' for name, kind, target in items)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def record(kind, body=b""):
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def text(value):
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def cell(column, value, style):
    head = struct.pack("<II", column, style)
    if value in ERRORS:
        return record(3, head + bytes([ERRORS[value]]))
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if isinstance(value, str):
        return record(6, head + text(value))
    return record(5, head + struct.pack("<d", value))


def styles():
    formats = [0, 10, 14]
    xfs = b"".join(record(47, struct.pack("<HHHHHIH", 0, number, 0, 0, 0, 0, 0)) for number in formats)
    return record(278) + record(617, struct.pack("<I", len(formats))) + xfs + record(618) + record(279)


def write(path, rows, merges=(), name="名录"):
    """``rows`` of values, or (value, style) pairs; ``merges`` as (top, left, bottom, right) from 0."""
    width = max(map(len, rows))
    body = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for number, row in enumerate(rows):
        body += record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        for column, item in enumerate(row):
            value, style = item if isinstance(item, tuple) else (item, PLAIN)
            body += cell(column, value, style) if value is not None else b""
    body += record(146) + record(177, struct.pack("<I", len(merges)))
    for top, left, bottom, right in merges:
        body += record(176, struct.pack("<IIII", top, bottom, left, right))
    body += record(178) + record(130)
    book = (
        record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + text("rId1") + text(name))
        + record(144)
        + record(132)
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT)
        archive.writestr("_rels/.rels", relations(("rId1", "officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            relations(("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin")),
        )
        archive.writestr("xl/worksheets/sheet1.bin", body)
        archive.writestr("xl/styles.bin", styles())
    return path
