"""Marks of .xls: a walk over the records of the workbook stream (MS-XLS 2.4; BIFF5 and BIFF8)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile  # type: ignore[import-untyped]

from importers.marks.found import Marks, error_text, is_percent

_FILEPASS, _BOF, _EOF, _SHEET, _FORMAT, _XF = 0x002F, 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
_BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK = 0x0205, 0x0006, 0x0203, 0x027E, 0x00BD
_CELLS = {_BOOLERR, _FORMULA, _NUMBER, _RK}
_PERCENT_FORMATS = {9, 10}


def find(data: bytes, sheet: str) -> Marks:
    """Marks of one sheet of the workbook ``data``."""
    marks = Marks()
    stream = workbook_stream(data)
    start, percents = _globals(stream, sheet)
    if start is None:
        return marks
    for kind, body in _records(stream, start):
        if kind in _CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            error = _error(kind, body)
            if error is not None:
                marks.errors[row, column] = error_text(error)
            elif style in percents:
                marks.percents.append((row, column))
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            styles = struct.iter_unpack("<HI", body[4:-2])
            marks.percents += [(row, first + i) for i, (style, _) in enumerate(styles) if style in percents]
    return marks


def workbook_stream(data: bytes) -> bytes:
    """The stream that holds an .xls workbook; empty when the file has none."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        for name in ("Workbook", "Book"):
            if file.exists(name):
                return bytes(file.openstream(name).read())
    return b""


def is_locked(data: bytes) -> bool:
    """Whether the workbook needs a password to be read."""
    return any(kind == _FILEPASS for kind, _ in _records(workbook_stream(data), 0))


def _error(kind: int, body: bytes) -> int | None:
    if kind == _BOOLERR and body[7]:
        return body[6]
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None


def _globals(stream: bytes, sheet: str) -> tuple[int | None, set[int]]:
    """Where the sheet's records begin, and the cell styles that show a per cent sign."""
    start, formats, styles = None, set(_PERCENT_FORMATS), list[int]()
    for kind, body in _records(stream, 0):
        if kind == _SHEET:
            wide = body[7] & 1
            name = body[8:].decode("utf-16-le", "replace") if wide else body[8:].decode("latin-1")
            start = struct.unpack_from("<I", body)[0] if name == sheet else start
        elif kind == _FORMAT and is_percent(body[2:].replace(b"\0", b"").decode("latin-1")):
            formats.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    return start, {index for index, number_format in enumerate(styles) if number_format in formats}


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records of one substream; those of charts inside it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        at += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
