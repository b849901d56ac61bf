"""Workbooks and ledgers to import: written by openpyxl, read back through the store."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from importers.cells import Grid
from importers.headers import find_heading
from importers.matching import match, vocabulary
from importers.merge import Table, best_table, planning, run_import
from importers.progress import finish
from models import uscc
from models.ledgers import ledger
from models.periods import Period
from models.store.batches import batch
from models.store.merging import period_columns, reading

ZONE = "G361003"
ENTERPRISE, YEARLY, ECONOMY, CAPITAL = map(ledger, ("企业", "企业年度", "经济数据", "到资流水"))
NAME, CODE = "企业名称", "统一社会信用代码"


def code(number):
    """A valid 统一社会信用代码, another for each number."""
    return uscc.make("91", "360703", f"MA{number:06}")


def write(path, *rows, sheet="名录", spans=()):
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for span in spans:
        book.active.merge_cells(span)
    book.save(path)
    return path


def period(text):
    return Period.parse(text) if text else None


def take(file, path, into=ENTERPRISE, when="", **options):
    """Import a file."""
    return run_import(file, path, into, ZONE, period(when), **options)


def plan_of(file, path, into=ENTERPRISE, when=""):
    """The preview of importing a file."""
    with reading(file, ZONE) as store:
        table = best_table(path, into, period(when), store)
    return finish(planning(file, table, ZONE))


def plan_cells(file, lines, into=ENTERPRISE, when=""):
    """The preview of importing cells, without a file."""
    grid = Grid("名录", [["" if cell is None else cell for cell in line] for line in lines])
    matching = match(find_heading(grid, vocabulary(into)), into, period(when))
    return finish(planning(file, Table(Path("名录.xlsx"), ("名录",), (), grid, matching), ZONE))


def rows(file, into=ENTERPRISE, *names):
    """The rows of a ledger as tuples of the named columns (year, form and seq among them)."""
    with reading(file, ZONE) as store:
        fields = [name for name in names if name in into.by_id]
        times = period_columns(into)
        columns = dict(zip(("id", *times, *fields), store.columns(into, fields), strict=True))
    return [*zip(*(columns[name] for name in names), strict=True)]


def add(file, *values, into=ENTERPRISE, kind="导入", when=None):
    """Rows made in one batch; their ids."""
    with batch(file, ZONE, kind, "准备") as work:
        return [work.add(into, one, when) for one in values]


def put(file, row, values, into=ENTERPRISE, kind="录入"):
    """Fields of a row typed, or written by another kind of batch."""
    with batch(file, ZONE, kind, "改一格") as work:
        work.set(into, row, values)


def accounted(counts):
    """Whether every data row has one fate."""
    return counts.rows == counts.new + counts.updated + counts.same + counts.conflicts + counts.returned + counts.merged
