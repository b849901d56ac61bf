"""Cell addresses and Excel formulas when a list pushes down what stands below it.

A list row at row 8 that takes 20 records adds 19 rows. An address below moves by 19; a range that ends on row 8 now
ends on row 27; SUM(D8) means the column of the list and becomes SUM(D8:D27).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.utils import column_index_from_string, get_column_letter

from exporters.xlsx_package import WorkbookFault

LAST_ROW = 1_048_576  # Excel's
Box = tuple[int, int, int, int]  # first row, first column, last row, last column; both ends belong to it

_ADDRESS = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d*)")
_REFERENCE = re.compile(r"(?P<sheet>(?:'(?:[^']|'')+'|[^'!\[\]:]+)!)?(?P<cells>[$A-Za-z0-9]+(?::[$A-Za-z0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Growth:
    """How the rows of one sheet move: the template's list rows, each with the number of rows added after it."""

    lists: tuple[tuple[int, int], ...] = ()

    def start(self, row: int) -> int:
        """Say where a row of the template stands now; for a list row, its first record."""
        return row + sum(extra for at, extra in self.lists if at < row)

    def end(self, row: int) -> int:
        """Say where a range ending on this row of the template ends now; for a list row, on its last record."""
        return row + sum(extra for at, extra in self.lists if at <= row)

    def origin(self, row: int) -> tuple[int, int]:
        """Say which row of the template a row came from, and as which of its records (from 0)."""
        shift = 0
        for at, extra in self.lists:
            if row < at + shift:
                break
            if row <= at + shift + extra:
                return at, row - at - shift
            shift += extra
        return row - shift, 0

    def is_list(self, row: int) -> bool:
        """Say whether the template's row is a list row."""
        return any(at == row for at, _ in self.lists)

    def __bool__(self) -> bool:
        return any(extra for _, extra in self.lists)


def address(row: int, column: int) -> str:
    """Write a cell's address: (8, 4) is D8."""
    return f"{get_column_letter(column)}{row}"


def split_address(text: str) -> tuple[int, int]:
    """Read a cell's address, with or without $: D8 is (8, 4)."""
    match = _ADDRESS.fullmatch(text)
    if match is None or not match[2] or not match[4]:
        raise ValueError(text)
    return int(match[4]), column_index_from_string(match[2].upper())


def box(text: str) -> Box:
    """Read a range of cells, or one cell as a range of itself."""
    first, _, last = text.partition(":")
    (top, left), (bottom, right) = split_address(first), split_address(last or first)
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def move_cell(text: str, growth: Growth) -> str:
    """Move one address; a list row's stays with the first record."""
    return _with_row(text, growth.start)


def move_range(text: str, growth: Growth, *, widen: bool = True) -> str:
    """Move a range (A1:B2, A:B, 1:2); with `widen`, one cell of a list row becomes the cells of all its records."""
    first, colon, last = text.partition(":")
    if not colon and not widen:
        return move_cell(first, growth)
    start, end = _with_row(first, growth.start), _with_row(last or first, growth.end)
    return start if start == end and not colon else f"{start}:{end}"


def move_ranges(text: str, growth: Growth, *, widen: bool = True) -> str:
    """Move a list of ranges separated by blanks (sqref)."""
    return " ".join(move_range(part, growth, widen=widen) for part in text.split())


def split_reference(text: str) -> tuple[str | None, str] | None:
    """Part a formula's operand into sheet name (None: the formula's own) and cells; None when it is neither.

    Names, table columns, other workbooks and ranges over several sheets are not cells of one sheet.
    """
    match = _REFERENCE.fullmatch(text)
    if match is None or not all(_is_address(part) for part in match["cells"].split(":")):
        return None
    if ":" not in match["cells"] and not (match["cells"].lstrip("$")[:1].isalpha() and match["cells"][-1].isdigit()):
        return None  # TRUE, 12, a name of three letters
    sheet = match["sheet"]
    return (sheet[:-1].strip("'").replace("''", "'") if sheet else None), match["cells"]


def move_formula(formula: str, home: str | None, growths: Mapping[str, Growth]) -> str:
    """Rewrite the addresses in a formula (without its "=") that stands on the sheet `home`.

    `growths` has the sheets that grow, by folded name (see `fold`); other text of the formula is kept as it is.
    """
    try:
        tokens = Tokenizer(f"={formula}")
    except TokenizerError as error:
        raise WorkbookFault(f"模板里的公式“{formula}”读不懂，请改写后再试。") from error
    functions: list[str] = []
    for token in tokens.items:
        if token.subtype == "OPEN":
            functions.append(token.value.upper())
        elif token.subtype == "CLOSE" and functions:
            functions.pop()
        if token.subtype == "OPEN" and ":" in token.value:  # A6:INDEX(…) is read as one function
            reference, colon, function = token.value.rpartition(":")
            token.value = _move_operand(reference, home, growths, widen=False) + colon + function
        elif token.type == "OPERAND" and token.subtype == "RANGE":
            token.value = _move_operand(token.value, home, growths, widen=functions[-1:] == ["SUM("])
    return "".join(token.value for token in tokens.items)


def move_location(text: str, home: str, growths: Mapping[str, Growth]) -> str:
    """Move what a link leads to; names and what is no place stay. Some programs write it with a leading #."""
    mark = "#" if text.startswith("#") else ""
    return mark + _move_operand(text.removeprefix("#"), home, growths, widen=False)


def followable(formula: str) -> bool:
    """Say whether every cell that a formula names can be moved: it can be read, and no range goes over several sheets."""
    try:
        tokens = Tokenizer(f"={formula}").items
    except TokenizerError:
        return False
    return not any(token.subtype == "RANGE" and ":" in token.value.rpartition("!")[0] for token in tokens)


def fold(sheet: str) -> str:
    """Fold a sheet's name as Excel compares it, without regard to case."""
    return sheet.casefold()


def _move_operand(text: str, home: str | None, growths: Mapping[str, Growth], *, widen: bool) -> str:
    reference = split_reference(text)
    if reference is None:
        return text
    sheet, cells = reference
    growth = growths.get(fold(sheet or home or ""))
    if growth is None:
        return text
    return text[: len(text) - len(cells)] + move_range(cells, growth, widen=widen)


def _is_address(text: str) -> bool:
    match = _ADDRESS.fullmatch(text)
    return match is not None and bool(match[2] or match[4])


def _with_row(text: str, move: Callable[[int], int]) -> str:
    match = _ADDRESS.fullmatch(text)
    if match is None or not match[4]:
        return text  # a whole column
    return f"{match[1]}{match[2]}{match[3]}{min(move(int(match[4])), LAST_ROW)}"  # A1:A1048576 is as long as can be
