"""Marks of .xlsx: the sheet's XML is searched piece by piece for the few cells that matter, never parsed as a whole."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from importers.marks.found import UNCALCULATED, Marks, is_percent

_PIECE = 1 << 18
_PLACE = re.compile(rb' r="([A-Z]{1,3})(\d+)"')
_PERCENT_FORMATS = {"9", "10"}  # built in: 0% and 0.00%


def find(data: bytes, sheet: str) -> Marks:
    """Marks of one sheet of the workbook ``data``."""
    marks = Marks()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part(archive, sheet)
        if part is None:
            return marks
        styles = _percent_styles(archive)
        shown = re.compile(rb' s="(?:' + b"|".join(styles) + rb')"') if styles else None
        with archive.open(part) as stream:
            prefix = b""  # some programs write <x:c> for <c>
            for number, piece in enumerate(_pieces(stream)):
                if number == 0 and (root := re.search(rb"<(\w+:)worksheet", piece)):
                    prefix = root[1]
                _collect(piece, prefix, shown, marks)
    return marks


def _collect(piece: bytes, prefix: bytes, shown: re.Pattern[bytes] | None, marks: Marks) -> None:
    cell, value, formula = b"<" + prefix + b"c ", b"<" + prefix + b"v>", b"</" + prefix + b"f>"
    if b't="e"' in piece:
        for start, end in _found(piece, cell, re.compile(rb' t="e"'), inside=True):
            at = piece.find(value, end) + len(value)
            marks.errors[_place(piece[start:end])] = piece[at : piece.find(b"<", at)].decode()
    if formula in piece:
        empty = re.compile(formula + rb"(?!" + value + rb"[^<])")
        for start, end in _found(piece, cell, empty, inside=False):
            if b't="str"' not in piece[start:end]:  # a formula may well result in empty text
                marks.errors[_place(piece[start:end])] = UNCALCULATED
    if shown:
        marks.percents += [_place(piece[start:end]) for start, end in _found(piece, cell, shown, inside=True)]


def _found(piece: bytes, cell: bytes, pattern: re.Pattern[bytes], *, inside: bool) -> Iterator[tuple[int, int]]:
    """Where the opening tags of the cells stand that hold ``pattern`` inside the tag, or after it."""
    for match in pattern.finditer(piece):
        start = piece.rfind(cell, 0, match.end())
        end = piece.find(b">", start)
        if start >= 0 and (match.start() < end) == inside:
            yield start, end


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """The XML in pieces that end where a row ends, so that no cell is cut in two."""
    rest = b""
    while read := stream.read(_PIECE):
        rest += read
        end = rest.rfind(b"row>") + 4
        if end > 4:
            yield rest[:end]
            rest = rest[end:]
    yield rest


def _place(tag: bytes) -> tuple[int, int]:
    found = _PLACE.search(tag)
    if not found:
        return -1, -1
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - 64
    return int(found[2]) - 1, column - 1


def _parse(archive: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314 - expat since 2.4.1 refuses entity bombs by itself


def _part(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the part that holds a sheet."""
    targets = {item.get("Id"): item.get("Target", "") for item in _parse(archive, "xl/_rels/workbook.xml.rels")}
    for item in _parse(archive, "xl/workbook.xml").iter():
        if item.tag.endswith("}sheet") and item.get("name") == sheet:
            target = next((targets.get(value) for key, value in item.items() if key.endswith("}id")), None)
            part = target and (target[1:] if target.startswith("/") else f"xl/{target}")
            return part if part in archive.namelist() else None
    return None


def _percent_styles(archive: zipfile.ZipFile) -> list[bytes]:
    """The numbers of the cell styles that show a per cent sign."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    formats, styles = set(_PERCENT_FORMATS), []
    for item in _parse(archive, "xl/styles.xml"):
        if item.tag.endswith("}numFmts"):
            formats |= {fmt.get("numFmtId", "") for fmt in item if is_percent(fmt.get("formatCode", ""))}
        elif item.tag.endswith("}cellXfs"):
            styles = [b"%d" % index for index, style in enumerate(item) if style.get("numFmtId") in formats]
    return styles
