"""The return as it stands now, ready to be drawn: its workbook, its pages, and what each cell came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exporters.page import PageSheet
from exporters.paging import page_sheets
from exporters.placement import Placement
from exporters.workbook import fill
from models.formula.figures import figure
from models.formula.tree import Kind
from models.handcells import hand_cell
from models.indicators import Result, indicator_set
from models.ledger import Ledger
from models.ledgers import ledger
from models.ledgers.zone import ZONE
from models.overridden import Overridden
from models.questions import question
from models.returns import Frame, ReturnFigures, asks_indicator, list_of, lists_of
from models.rules import context_of
from models.store.entries import Entry, entries, wanting
from models.store.file import DataFile
from models.store.versions import Version, said, signed, workbook_of
from models.text import fold
from ui.asked import Asked
from ui.overriding import compared, open_items, places, with_overrides
from ui.reporting import draft

BY_HAND = "在表上直接填写：选中这一格打字，或按 F2、双击来改；存在“表上手填”台账里"
LAST_YEAR = "上年在表上填写的：上年签发过的取签发的那一版，否则取“表上手填”台账"


@dataclass(frozen=True)
class Drawn:
    """``records`` are the row ids of each list, by sheet and number of the list in it, in its order; ``hands`` the cells filled in
    by hand, by sheet and address, ``kept`` what is kept for them, ``wanting`` how many of last year's texts could be taken over;
    ``issued`` the version that says in every cell what the ledgers say now (None while this is a draft), ``printed`` what is
    printed: its workbook, else the draft ``content``. ``changed`` are the cells of overridden figures, by sheet and address,
    ``calculated`` what the ledgers come to, by indicator.
    """

    asked: Asked
    content: bytes
    sheets: tuple[PageSheet, ...]
    placement: Placement
    results: Mapping[str, Result]
    records: Mapping[tuple[str, int], tuple[bytes, ...]]
    hands: Mapping[str, Mapping[str, str]]
    kept: Mapping[str, Entry]
    wanting: int
    issued: Version | None
    printed: bytes
    changed: Mapping[str, Mapping[str, Overridden]]
    overridden: tuple[Overridden, ...]
    calculated: Mapping[str, Decimal | None]

    @property
    def unconfirmed(self) -> str:
        """Which overridden figures are to be confirmed before this can be issued; "" when none is."""
        return open_items(self.overridden)

    def typed(self, item: str) -> str:
        """What keying a hand-filled cell again would start from."""
        entry = self.kept.get(fold(item))
        return entry.text if entry else ""


@dataclass(frozen=True)
class Told:
    """What a cell is: its name, the formula in words, the indicator it shows and what it asks of it, or the record it is of;
    ``item`` under which its figure can be overridden, ``over`` how it is.
    """

    name: str
    formula: str = ""
    question: str = ""
    result: Result | None = None
    ledger: Ledger | None = None
    record: bytes | None = None
    item: str = ""
    over: Overridden | None = None


def drawn(file: DataFile, asked: Asked) -> Drawn:
    """Fill the form and lay it out. Raises WorkbookFault for a faulty form."""
    with file.reading() as connection:
        figures = ReturnFigures(connection, asked.pack, Frame(asked.zone, asked.period, {}), asked.zones, date.today())
        filled = fill(asked.pack.form, figures, draft=True)
        place = asked.zone.code, asked.pack.id, asked.period
        kept, lacking = entries(connection, *place), len(wanting(connection, *place))
        issued = said(connection, *place, quick=True)
        same = issued is not None and figures.same_as(issued)
        book = workbook_of(connection, issued.id) if issued and same else b""
        records = {
            (sheet, number): tuple(id for id, _ in figures.list_rows(each))
            for sheet in {each.sheet for each in asked.pack.sheets}
            for number, each in enumerate(lists_of(asked.pack, sheet))
        }
    content = with_overrides(filled, figures, marked=True)
    hands = {sheet: dict(_by_hand(filled.placement, sheet)) for sheet in filled.placement.sheets}
    if not (issued and book and not compared(book, as_signed(file, asked, issued))):
        issued, book = None, content
    return Drawn(
        asked, content, page_sheets(book, hands), filled.placement, figures.results, records, hands, kept, lacking,
        issued, book, places(filled.placement, figures), tuple(figures.overridden),
        figures.calculated,
    )  # fmt: skip


def as_signed(file: DataFile, asked: Asked, version: Version) -> bytes:
    """The form as the ledgers are now, signed as a version was: to be compared with it."""
    with file.reading() as connection:
        names = signed(connection, version.id)
    return draft(file, asked, marked=False, signed=names).content


def _by_hand(placement: Placement, sheet: str) -> Iterator[tuple[str, str]]:
    """The cells of a sheet that are keyed there, each with its name; one that holds more than that is not keyed in place."""
    for address, expressions in placement.cells(sheet):
        cell = hand_cell(expressions[0]) if len(expressions) == 1 else None
        if cell is not None and not cell.prior:
            yield address, cell.item


def told(drawing: Drawn, sheet: str, cell: str) -> Told:
    """What stands behind a cell of the return."""
    origin = drawing.placement.origin(sheet, cell)
    if origin is None:
        return Told("表上印好的字", "这一格由报表的样式规定，不由台账算出")
    text = origin.expressions[0].strip()
    if origin.record is not None:
        return _listed(drawing, (sheet, origin.number), text, origin.record)
    hand = hand_cell(text)
    if hand is not None:
        return Told(hand.item, LAST_YEAR if hand.prior else BY_HAND, "上年" if hand.prior else "")
    asked = question(drawing.asked.pack, text)
    name = asked.name if asked else text
    result = drawing.results.get(name)
    if result is not None:
        words = indicator_set(drawing.asked.pack).figures[result.indicator.id].words
        item, over = ("", None) if asked else (result.indicator.id, drawing.changed.get(sheet, {}).get(cell))
        return Told(result.indicator.name, words, asked.word if asked else "", result, item=item, over=over)
    if Frame(drawing.asked.zone, drawing.asked.period, {}).get(text) is not None:
        return Told(text, "取自“开发区”台账和所选报告期；签名在签发时写上")
    made = figure(text, context_of(drawing.asked.pack))
    item = text if made.node.type.kind is Kind.NUMBER else ""
    return Told("公式", made.words, item=item, over=drawing.changed.get(sheet, {}).get(cell))


def _listed(drawing: Drawn, place: tuple[str, int], text: str, number: int) -> Told:
    of = list_of(drawing.asked.pack, *place)
    ids = drawing.records.get(place, ())
    record = ids[number] if number < len(ids) else None
    listed = f"列入“{of.ledger}”中符合“{of.condition or '全部'}”的记录"
    if of.ledger == ZONE.label and asks_indicator(drawing.asked.pack, text):
        listed = f"{listed}；这一格是那个开发区自己的指标，到“各园区”看各区的数"
    return Told(f"第 {number + 1} 行　{text}", listed, ledger=ledger(of.ledger), record=record)
