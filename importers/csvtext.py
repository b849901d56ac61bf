"""Text files with separators (.csv, .txt, and web systems' “.xls” that are only text): code page, separator, rows.

A file is UTF-8 (with or without mark), UTF-16 with a mark, or GBK/GB18030. Bytes that belong to no character are never
dropped: they are replaced one by one and told with their lines.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from dataclasses import dataclass
from typing import Literal

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_STRAY = {0xA0: "\xa0", 0x80: "€"}  # what code page 936 of Windows shows for these bytes when they stand alone
_SEPARATORS = ",\t;|，；"
_NAMES = {"utf-8": "UTF-8", "gb18030": "GBK"}
_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a text file as Excel would number them, and Chinese sentences about what could not be read."""

    rows: list[list[str]]
    notes: tuple[str, ...]


def read_table(data: bytes) -> Table:
    """Rows of a text file, padded to one width; every value is text. Raises ``csv.Error`` when it is no such table."""
    text, notes = decode(data)
    if text.count('"') % 2:
        notes.append("文件里的引号不成对，已把引号当作普通字符读入，请核对含引号的单元格")
        rows = _parse(text, csv.QUOTE_NONE)
    else:
        rows = _parse(text, csv.QUOTE_MINIMAL)
    if '="' in text:  # ="00123": how systems keep Excel from dropping leading zeros
        rows = [[c[2:-1] if c.startswith('="') and c.endswith('"') else c for c in row] for row in rows]
    width = max(map(len, rows), default=0)
    return Table([row + [""] * (width - len(row)) for row in rows], tuple(notes))


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of ``data`` and what to tell about bytes that are no text (at most one Chinese sentence)."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_lines(data[len(mark) :], encoding)
    return _decode_lines(data, "utf-8" if _is_mostly_utf8(data[:_HEAD]) else "gb18030")


def _is_mostly_utf8(head: bytes) -> bool:
    """Whether Chinese text reads as UTF-8; a few broken bytes do not make it another code page."""
    text = head.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken == 0 or sum(char > "\x7f" for char in text) > 5 * broken


def _decode_lines(data: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError:
        if encoding not in _NAMES:
            return data.decode(encoding, "replace"), ["文件末尾不完整，有字符读不出来，已用“�”代替，请核对"]
    lines, strays = [], Counter[int]()
    for number, line in enumerate(data.split(b"\n"), 1):  # a line feed is never part of a Chinese character
        text, count = _decode_line(line, encoding)
        lines.append(text)
        if count:
            strays[number] = count
    places = "、".join(map(str, list(strays)[:10])) + (" 等" if len(strays) > 10 else "")
    note = f"有 {strays.total()} 个字节不是 {_NAMES[encoding]} 文字（第 {places} 行），0xA0 按空格读入，其余以“�”代替，请核对"
    return "\n".join(lines), [note]


def _decode_line(line: bytes, encoding: str) -> tuple[str, int]:
    """The text of a line and how many of its bytes had to be replaced."""
    text, start, count = "", 0, 0
    while True:
        try:
            return text + line[start:].decode(encoding), count
        except UnicodeDecodeError as error:
            at = start + error.start
            text += line[start:at].decode(encoding) + _STRAY.get(line[at], "\ufffd")
            start, count = at + 1, count + 1


def _parse(text: str, quoting: Literal[0, 3]) -> list[list[str]]:
    """Rows by the separator that cuts the first lines most evenly."""
    head = text[:_HEAD].splitlines()[:50]

    def evenness(separator: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(head, delimiter=separator, quoting=quoting) if len(row) > 1)
        width, times = max(widths.items(), key=lambda item: item[1], default=(0, 0))
        return times, width

    best = max(_SEPARATORS, key=evenness)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=best, quoting=quoting))
