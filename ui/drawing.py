"""The return as it stands now, ready to be drawn: its workbook, its pages, and what each cell came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from exporters.page import PageSheet
from exporters.paging import page_sheets
from exporters.placement import Placement
from exporters.workbook import fill
from models.formula.figures import figure
from models.indicators import Result, indicator_set
from models.ledger import Ledger
from models.ledgers import ledger
from models.returns import ASKED, Frame, ReturnFigures, list_of, lists_of
from models.rules import context_of
from models.store.file import DataFile
from ui.reporting import Asked


@dataclass(frozen=True)
class Drawn:
    """``records`` are the row ids of each list, by sheet and number of the list in it, in its order."""

    asked: Asked
    content: bytes
    sheets: tuple[PageSheet, ...]
    placement: Placement
    results: Mapping[str, Result]
    records: Mapping[tuple[str, int], tuple[bytes, ...]]


@dataclass(frozen=True)
class Told:
    """What a cell is: its name, the formula in words, the indicator it shows and what it asks of it, or the record it is of."""

    name: str
    formula: str = ""
    question: str = ""
    result: Result | None = None
    ledger: Ledger | None = None
    record: bytes | None = None


def drawn(file: DataFile, asked: Asked) -> Drawn:
    """Fill the form and lay it out. Raises WorkbookFault for a faulty form."""
    with file.reading() as connection:
        figures = ReturnFigures(connection, asked.pack, Frame(asked.zone, asked.period, {}), asked.zones, date.today())
        filled = fill(asked.pack.form, figures, draft=True)
        records = {
            (sheet, number): tuple(id for id, _ in figures.list_rows(each))
            for sheet in {each.sheet for each in asked.pack.sheets}
            for number, each in enumerate(lists_of(asked.pack, sheet))
        }
    return Drawn(asked, filled.content, page_sheets(filled.content), filled.placement, figures.results, records)


def told(drawing: Drawn, sheet: str, cell: str) -> Told:
    """What stands behind a cell of the return."""
    origin = drawing.placement.origin(sheet, cell)
    if origin is None:
        return Told("表上印好的字", "这一格由报表的样式规定，不由台账算出")
    text = origin.expressions[0].strip()
    if origin.record is not None:
        return _listed(drawing, (sheet, origin.number), text, origin.record)
    question = ASKED.match(text)
    name = question[2].strip() if question else text
    result = drawing.results.get(name)
    if result is not None:
        words = indicator_set(drawing.asked.pack).figures[result.indicator.id].words
        return Told(result.indicator.name, words, question[1] if question else "", result)
    if Frame(drawing.asked.zone, drawing.asked.period, {}).get(text) is not None:
        return Told(text, "取自“开发区”台账和所选报告期；签名在签发时写上")
    return Told("公式", figure(text, context_of(drawing.asked.pack)).words)


def _listed(drawing: Drawn, place: tuple[str, int], text: str, number: int) -> Told:
    of = list_of(drawing.asked.pack, *place)
    ids = drawing.records.get(place, ())
    record = ids[number] if number < len(ids) else None
    listed = f"列入“{of.ledger}”中符合“{of.condition or '全部'}”的记录"
    return Told(f"第 {number + 1} 行　{text}", listed, ledger=ledger(of.ledger), record=record)
