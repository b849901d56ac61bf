"""Marks of .xlsb: a walk over the sheet's binary records (MS-XLSB 2.4)."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from importers.marks.found import Marks, error_text, is_percent

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR, _MERGE = 0, 2, 3, 5, 9, 11, 176
_SHEET, _FORMAT, _XF, _CELL_XFS, _CELL_XFS_END = 156, 44, 47, 617, 618
_PERCENT_FORMATS = {9, 10}


def find(data: bytes, sheet: str) -> Marks:
    """Marks of one sheet of the workbook ``data``."""
    marks = Marks()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = _part(archive, sheet)
        if part not in archive.namelist():
            return marks
        percents = _percent_styles(archive)
        row = 0
        for kind, body in _records(archive.read(part)):
            if kind == _ROW:
                row = struct.unpack_from("<I", body)[0]
            elif kind in {_ERROR, _FORMULA_ERROR}:
                marks.errors[row, struct.unpack_from("<I", body)[0]] = error_text(body[8])
            elif kind in {_RK, _REAL, _FORMULA_NUMBER}:
                column, style = struct.unpack_from("<II", body)
                if style & 0xFFFFFF in percents:
                    marks.percents.append((row, column))
            elif kind == _MERGE:
                top, bottom, left, right = struct.unpack_from("<IIII", body)
                marks.merged.append((top, left, bottom, right))
    return marks


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, low ones first, and where it ends; record types keep their marker bit out."""
    value = 0
    for shift in range(most):
        byte = data[at + shift]
        value |= (byte & 0x7F) << (7 * shift)
        if byte < 0x80:
            return value, at + shift + 1
    return value, at + most


def _text(body: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _part(archive: zipfile.ZipFile, sheet: str) -> str:
    """The name of the part that holds a sheet; empty when there is none."""
    rels = ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))  # noqa: S314 - expat refuses entity bombs
    targets = {item.get("Id"): item.get("Target", "") for item in rels}
    for kind, body in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            relation, end = _text(body, 8)
            if _text(body, end)[0] == sheet:
                target = targets.get(relation, "")
                return target[1:] if target.startswith("/") else f"xl/{target}"
    return ""


def _percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """The numbers of the cell styles that show a per cent sign."""
    if "xl/styles.bin" not in archive.namelist():
        return set()
    formats, styles, inside = set(_PERCENT_FORMATS), list[int](), False
    for kind, body in _records(archive.read("xl/styles.bin")):
        if kind == _FORMAT and is_percent(_text(body, 2)[0]):
            formats.add(struct.unpack_from("<H", body)[0])
        elif kind in {_CELL_XFS, _CELL_XFS_END}:
            inside = kind == _CELL_XFS
        elif kind == _XF and inside:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return {index for index, number_format in enumerate(styles) if number_format in formats}
