"""Blocks of cells as text, the way Excel and WPS put them on the clipboard: tabs between cells, quotes around what needs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

# what spreadsheets add: no-break spaces, zero-width characters
_SOFT = str.maketrans({"\u00a0": " ", "\u200b": None, "\ufeff": None})
_LINE_END = re.compile(r"[\r\n]")


def to_text(rows: Sequence[Sequence[str]]) -> str:
    """Cells as tab-separated text; one that holds a tab, a line break or begins with a quote is quoted."""
    return "\r\n".join("\t".join(map(_quoted, row)) for row in rows)


def _quoted(text: str) -> str:
    if text.startswith('"') or "\t" in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def from_text(text: str) -> list[list[str]]:
    """Tab-separated text as cells. A quoted cell may hold tabs and line breaks; a quote inside a bare cell is just a quote.

    >>> from_text('a\\t"b\\nc"\\r\\n5"屏\\t')
    [['a', 'b\\nc'], ['5"屏', '']]
    """
    if '"' not in text:  # a block of figures, in one go
        lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n") if text else []
        return [line.split("\t") for line in lines]
    rows: list[list[str]] = []
    place = 0
    while place < len(text):
        stop = _line_end(text, place)
        if text.find('"', place, stop) < 0:
            rows.append(text[place:stop].split("\t"))
        else:
            row, stop = _quoted_row(text, place)
            rows.append(row)
        place = stop + (2 if text.startswith("\r\n", stop) else 1)
    return rows


def _line_end(text: str, place: int) -> int:
    found = _LINE_END.search(text, place)
    return found.start() if found else len(text)


def _quoted_row(text: str, place: int) -> tuple[list[str], int]:
    """The cells of a row some of which may be quoted, from ``place``, and where the row ends."""
    row: list[str] = []
    while True:
        quoted = _quoted_cell(text, place)
        if quoted is None:
            line = _line_end(text, place)
            tab = text.find("\t", place, line)
            stop = line if tab < 0 else tab
            row.append(text[place:stop])
        else:
            row.append(quoted[0])
            stop = quoted[1]
        if not text.startswith("\t", stop):
            return row, stop
        place = stop + 1


def _quoted_cell(text: str, place: int) -> tuple[str, int] | None:
    """The cell that begins with a quote at ``place`` and where it ends; None when it is not closed as a cell."""
    if not text.startswith('"', place):
        return None
    at = place + 1
    while (at := text.find('"', at)) >= 0:
        if text.startswith('""', at):
            at += 2
        elif at + 1 == len(text) or text[at + 1] in "\t\r\n":
            return text[place + 1 : at].replace('""', '"').replace("\r\n", "\n"), at + 1
        else:
            return None
    return None


def from_clipboard(data: QMimeData) -> list[list[str]]:
    """The block on the clipboard: plain text first (HTML wraps long cells), HTML tables only where there is no text."""
    text = data.text() if data.hasText() else ""
    rows = from_text(text.translate(_SOFT)) if text else _from_html(data.html()) if data.hasHtml() else []
    return [[*map(str.strip, row)] for row in rows]


class _Table(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
            self.inside = True
        elif tag == "br" and self.inside:
            self.rows[-1][-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            # a line break in the source of a page is only a space
            self.rows[-1][-1] += " ".join(data.split()) if data.strip() else ""


def _from_html(html: str) -> list[list[str]]:
    parser = _Table()
    parser.feed(html)
    return [[cell.translate(_SOFT) for cell in row] for row in parser.rows if row]
