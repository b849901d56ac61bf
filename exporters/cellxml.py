"""One cell as SpreadsheetML: typed values written exactly, text that stays text (asks 54, 67; style.md 15)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TypeAlias

from exporters.figures import Value
from exporters.references import address
from exporters.styles import Styles
from exporters.xlsx_package import MAIN, WorkbookFault

Writer: TypeAlias = Callable[[str, str, str, Value], str]  # start of the cell, row, style attribute, value

LONGEST_TEXT = 32_767  # characters of one cell, Excel's limit
DOUBLE = Context(prec=17, rounding=ROUND_HALF_EVEN)  # a calculated figure is given as far as a double can hold it

_FORMULA_LIKE = ("=", "+", "-", "@")
_UNUSUAL = re.compile(r"[&<>_\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|^ | $")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def number_text(number: Decimal) -> str:
    """Write a number as plain decimal text, exactly: no exponent, no float noise, no -0."""
    if not number.is_finite():
        raise ValueError(f"not a number for a cell: {number}")
    text = format(number, "f")
    return text[1:] if text[:1] == "-" and not number else text


def date_serial(day: date, *, since_1904: bool) -> int | None:
    """Count a date's days as Excel does; None for a date before Excel's calendar begins.

    In the 1900 system Excel believes in a 29 February 1900, so days before 1 March 1900 count one less.
    """
    if since_1904:
        days = day.toordinal() - date(1904, 1, 1).toordinal()
        return days if days >= 0 else None
    days = day.toordinal() - date(1899, 12, 31).toordinal()
    return (days + 1 if days >= 60 else days) if days >= 1 else None


def escape_text(text: str) -> str:
    """Make text safe inside <t>: marks escaped, line ends folded, characters XML cannot hold left out."""
    if _UNUSUAL.search(text) is None:
        return text
    text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape_text(text: str) -> str:
    """Read text as Excel does: _x000D_ is a carriage return."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class _Writers(dict[type, Writer]):
    """Writers by the value's exact type; a subclass (text kept as typed, say) is looked up once and remembered."""

    def __missing__(self, kind: type) -> Writer:
        base = next((known for known in tuple(self) if issubclass(kind, known)), None)
        if base is None:
            raise TypeError(f"a cell cannot hold {kind.__name__}")
        self[kind] = self[base]
        return self[base]


class CellWriter:
    """Writes typed values as cells; knows the workbook's calendar and lends styles where a value needs one."""

    def __init__(self, styles: Styles, *, since_1904: bool) -> None:
        self.styles = styles
        self._since_1904 = since_1904
        self._writers = _Writers()
        self._writers[type(None)] = lambda head, row, style, _: f"{head}{row}{style}/>"
        self._writers[bool] = lambda head, row, style, value: f'{head}{row}{style} t="b"><v>{int(bool(value))}</v></c>'
        self._writers[int] = lambda head, row, style, value: f"{head}{row}{style}><v>{value}</v></c>"
        self._writers[Decimal] = self._decimal
        self._writers[str] = self._text
        self._writers[date] = self._date

    def column(self, letters: str, style: str) -> Callable[[str, Value], str]:
        """Give the writer of one column's cells, (row number, value) to XML; `style` is the template's index or ""."""
        head, writers = f'<c r="{letters}', self._writers
        attribute = f'" s="{style}"' if style else '"'
        return lambda row, value: writers[type(value)](head, row, attribute, value)

    def _decimal(self, head: str, row: str, style: str, value: Value) -> str:
        assert isinstance(value, Decimal)
        return f"{head}{row}{style}><v>{number_text(value)}</v></c>"

    def _text(self, head: str, row: str, style: str, value: Value) -> str:
        assert isinstance(value, str)
        if not value:
            return f"{head}{row}{style}/>"
        if 2 * len(value) > LONGEST_TEXT and (long := _length(value)) > LONGEST_TEXT:
            where = f"要填进 {head[6:]}{row} 格、以“{value[:20]}…”开头的文字"
            raise WorkbookFault(f"{where}长 {long} 字，Excel 一格最多 {LONGEST_TEXT} 字，请在台账里缩短。")
        if value.startswith(_FORMULA_LIKE):
            style = f'" s="{self.styles.quoted(_index(style))}"'
        text = escape_text(value)
        space = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
        return f'{head}{row}{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'

    def _date(self, head: str, row: str, style: str, value: Value) -> str:
        assert isinstance(value, date)
        serial = date_serial(value, since_1904=self._since_1904)
        if serial is None:
            return self._text(head, row, style, value.isoformat())
        return f'{head}{row}" s="{self.styles.dated(_index(style))}"><v>{serial}</v></c>'


def _length(text: str) -> int:
    """Count as Excel does: a character beyond the basic plane (an emoji, a rare 汉字) is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _index(style: str) -> int:
    return int(style[5:-1]) if len(style) > 1 else 0


def text_sheet(rows: Sequence[Sequence[str]]) -> bytes:
    """Give the XML of a worksheet of texts only, from A1."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = (
            f'<c r="{address(number, column)}" t="inlineStr"><is><t xml:space="preserve">{escape_text(str(text))}</t></is></c>'
            for column, text in enumerate(row, 1)
            if text != ""
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'.encode()
