"""A list of 5,000 records × 30 columns filled into a form, against openpyxl's write-only mode writing the same cells."""

from __future__ import annotations

import gc
import io
import statistics
import time
from datetime import date
from decimal import Decimal

import openpyxl

from exporters.workbook import fill

ROWS, GOAL = 5_000, 0.5


def measure(repeats: int = 5) -> dict:
    """Return name, measured and floor in seconds (medians, taken in turns), their ratio and the goal for it."""
    template, records = _template(), _records()
    filled, floor = [], []
    for _ in range(repeats):
        filled.append(_seconds(lambda: fill(template, _Figures(records), draft=False)))
        floor.append(_seconds(lambda: _write_only(records)))
    ours, theirs = statistics.median(filled), statistics.median(floor)
    return {
        "name": f"名录 {ROWS} 行 × 30 列填表(比 openpyxl write_only 写同样的格)",
        "measured": ours,
        "floor": theirs,
        "ratio": ours / theirs,
        "goal": GOAL,
    }


class _Figures:
    def __init__(self, records):
        self._records = records

    def value(self, sheet, expression):
        raise AssertionError("the form has a list only")

    def records(self, sheet, expressions, number=0):
        return self._records


def _records():
    """Rows as a directory of enterprises has them: 10 texts, 14 amounts, 3 counts, 2 dates, 1 blank."""
    return [
        (
            *(f"企业{row}的第{column}项文字" for column in range(10)),
            *(Decimal(row * 137 + column * 1009) / 100 for column in range(14)),
            *(row + column for column in range(3)),
            *(date(2010 + row % 15, 1 + row % 12, 1 + row % 28),) * 2,
            None,
        )
        for row in range(ROWS)
    ]


def _template():
    book = openpyxl.Workbook()
    sheet = book.active
    for column in range(1, 31):
        sheet.cell(1, column, f"栏{column}")
        sheet.cell(2, column, f"{{{{ * 字段{column} }}}}")
    for column in (28, 29):
        sheet.cell(2, column).number_format = "yyyy-mm-dd"
    sheet["A3"] = "合计"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_only(records):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for record in records:
        sheet.append(record)
    book.save(io.BytesIO())


def _seconds(work):
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    print(measure())
