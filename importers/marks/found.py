"""The things found in a sheet beside its values; rows and columns are counted from 0 as in the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.cells import Span

UNCALCULATED = "公式未计算"
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


@dataclass(slots=True)
class Marks:
    """``errors`` maps a cell to its error text; ``percents`` are cells shown with %; ``merged`` spans calamine does not give."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Span] = field(default_factory=list)


def error_text(code: int) -> str:
    """The text of an error code of .xls and .xlsb."""
    return _ERRORS.get(code, "#ERROR!")


def is_percent(number_format: str) -> bool:
    """Whether a number format shows a number times 100 with a per cent sign.

    >>> is_percent("0.00%"), is_percent('0.0"%"'), is_percent("0.00")
    (True, False, False)
    """
    quoted = False
    for index, char in enumerate(number_format):
        if char == '"':
            quoted = not quoted
        elif char == "%" and not quoted and number_format[index - 1 : index] not in {"\\", "_"}:
            return True
    return False
