"""A return: what each cell of a pack's form says for a zone and period, and issuing it as a numbered version.

A cell names an indicator (“台资企业数”), asks something of one (“上年(台资企业数)”, see models/questions.py), names something of the
frame (填报单位, 报告期, 单位负责人 …), is keyed by hand (手填(…)), or holds a formula. A list row's cells are formulas on the rows of the
sheet's ledger; in a list of 开发区 they may name indicators and ask of them too: then of the row's zone (the notice of a city).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from models.dates import as_date, show_date
from models.formula.errors import FormulaError, nearest
from models.formula.figures import Figure, figure
from models.formula.rows import RowFormula, RowQuery, row_formula
from models.formula.tree import Aggregate, Func, Kind
from models.handcells import HandCell, check_hand_cell, hand_cell
from models.indicators import Result, indicator_set
from models.kinds import Choice, Day, Flag, decimal_of
from models.ledgers import ledger
from models.ledgers.zone import ZONE
from models.overridden import Overridden, with_overrides
from models.packs.pack import Pack, Sheet
from models.periods import Period
from models.questions import DASH, PRIOR, STANDING, Question, answer, question
from models.reported import reported
from models.rules import context_of
from models.standings import Standings
from models.store import Connection
from models.store.entries import Keyed, entries
from models.store.overrides import Override, overrides
from models.store.versions import Version, said
from models.store.zones import Zone, pick, scope
from models.text import fold

Value = int | Decimal | str | date | bool | None
CODE = "开发区代码"
SIGNATURES = ("单位负责人", "统计负责人", "填表人", "联系电话", "报出日期")


@dataclass(frozen=True)
class Frame:
    """What stands around the figures: who reports, for when, and who signed ("" while it is a draft)."""

    zone: Zone
    period: Period
    signed: Mapping[str, str]

    def get(self, name: str) -> str | None:
        """The text of one name of the frame; None when there is no such name."""
        if name in SIGNATURES:
            return self.signed.get(name, "")
        known = {
            "填报单位": self.zone.name,
            "报告期": self.period.label,
            "开发区代码": self.zone.code,
            "开发区简称": self.zone.short_name,
        }
        return known.get(name)


class ReturnFigures:
    """The cells of one return (the exporters' ``Figures``). All indicators, or ``only`` some, are worked out once, when it is made."""

    def __init__(
        self, connection: Connection, pack: Pack, frame: Frame, zones: Sequence[str], today: date, *,
        only: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.connection, self.pack, self.frame = connection, pack, frame
        self.zones, self.today = list(zones), today
        self.context = context_of(pack)
        found = indicator_set(pack).results(connection, self.zones, frame.period, today, only)
        place = frame.zone.code, pack.id, frame.period
        self.overrides: dict[str, Override] = overrides(connection, *place)
        self.calculated = {result.indicator.id: result.rounded for result in found}
        self.results: dict[str, Result] = {
            each: result
            for result in with_overrides(found, self.overrides)
            for name in (result.indicator.id, result.indicator.name)
            for each in (name, fold(name))
        }
        self.keyed: dict[str, Keyed] = {}  # what was asked for of this period's hand-filled cells, by folded name
        self._standings = Standings(connection, pack, frame.period, today)
        self._years: dict[int, Mapping[str, Fraction | None]] = {}
        self._entries: dict[Period, dict[str, Keyed]] = {}

    @property
    def figures(self) -> dict[str, Fraction | None]:
        """Indicator id → exact figure, as an issued version keeps them."""
        return {result.indicator.id: result.value for result in self.results.values()}

    @property
    def overridden(self) -> list[Overridden]:
        """The figures that are overridden, in the order of the pack, those of single cells last."""
        order = list(self.calculated)
        found = map(self._told, self.overrides.values())
        return sorted(found, key=lambda each: order.index(each.by.item) if each.by.item in order else len(order))

    def _told(self, by: Override) -> Overridden:
        """An override beside what the ledgers come to; one of a cell's own formula is called by it."""
        calculated, result = self.calculation(by.item), self.results.get(fold(by.item))
        if result is None:
            return Overridden(by, by.item, "", calculated)
        return Overridden(by, result.indicator.name, result.indicator.unit, calculated)

    def told(self, expression: str) -> str:
        """How the figure of a cell was put in place by hand, as a sentence; "" for one that was calculated."""
        result = self.results.get(fold(expression.strip()))
        by = self.overrides.get(fold(result.indicator.id if result else expression.strip()))
        return self._told(by).sentence if by else ""

    def calculation(self, item: str) -> Decimal | None:
        """What the ledgers come to for an indicator or the formula of a cell, as printed; None where that is no number."""
        if item in self.calculated:
            return self.calculated[item]
        try:
            value = self._worked_out(item)
        except FormulaError:  # a cell that the form has no more
            return None
        return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None

    def value(self, sheet: str, expression: str) -> Value:
        """The value of one cell."""
        text = expression.strip()
        framed = self.frame.get(text)
        if framed is not None:
            return framed
        if (hand := hand_cell(text)) is not None:
            return self.by_hand(hand)
        asked = question(self.pack, text)
        if asked and fold(asked.name) in self.results:
            return self._answer(asked, self.results[fold(asked.name)])
        if (result := self.results.get(fold(text))) is not None:
            return _printed(result.rounded, self._figure(result))
        by = self.overrides.get(fold(text))
        return by.value if by else self._worked_out(text)

    def _worked_out(self, text: str) -> Value:
        made = figure(text, self.context)
        value = made.value(self.connection, self.zones, self.frame.period, self.today)
        if value is None:
            return _printed(None, made)
        return decimal_of(value, made.places) if isinstance(value, Fraction) else value

    def by_hand(self, cell: HandCell) -> Keyed:
        """What was keyed for a cell; last year's as its issued version has it, else as it is kept now."""
        name = fold(cell.item)
        if cell.prior:
            return self._kept(self.frame.period.back()).get(name)
        self.keyed[name] = self._kept(self.frame.period).get(name)
        return self.keyed[name]

    def same_as(self, issued: Version) -> bool:
        """Whether the figures and what was keyed by hand are still those of an issued version."""
        now = self._kept(self.frame.period)
        return dict(issued.figures) == self.figures and all(now.get(n) == said for n, said in issued.keyed.items())

    def _kept(self, period: Period) -> dict[str, Keyed]:
        if period not in self._entries:
            zone, pack = self.frame.zone.code, self.pack.id
            kept = {name: each.value for name, each in entries(self.connection, zone, pack, period).items()}
            before = said(self.connection, zone, pack, period) if period != self.frame.period else None
            self._entries[period] = kept | dict(before.keyed if before else {})
        return self._entries[period]

    def _figure(self, result: Result) -> Figure:
        return indicator_set(self.pack).figures[result.indicator.id]

    def _answer(self, asked: Question, result: Result) -> Value:
        if asked.word == PRIOR:
            return _printed(result.rounded_prior, self._figure(result))
        if asked.word in STANDING:
            return self._standings.answer(asked.word, result, self.frame.zone.code)
        if asked.year:
            value = self._of_year(asked.year).get(result.indicator.id)
            rounded = None if value is None else decimal_of(value, result.indicator.places)
            return _printed(rounded, self._figure(result))
        return answer(asked.word, result)

    def _of_year(self, year: int) -> Mapping[str, Fraction | None]:
        """The figures of a year: this return's own; of another those issued or keyed as 期初数, the others as the ledgers give them."""
        if year == self.frame.period.year:
            return self.figures
        if year not in self._years:
            period = replace(self.frame.period, year=year)
            found = indicator_set(self.pack).values(self.connection, self.zones, period, self.today)
            before = reported(self.connection, self.frame.zone.code, self.pack, period)
            self._years[year] = {**found, **{id: figure for id, (figure, _) in before.items()}}
        return self._years[year]

    def records(self, sheet: str, expressions: Sequence[str], number: int = 0) -> Iterator[list[Value]]:
        """The records of one of a sheet's lists in its order, one value per expression."""
        of = list_of(self.pack, sheet, number)
        asked = [text for text in expressions if of.ledger == ZONE.label and asks_indicator(self.pack, text)]
        if not asked:
            for _, values in self.list_rows(of, list_formulas(self.pack, of, expressions)):
                yield values
            return
        own = [text for text in expressions if text not in asked]
        rows = self.list_rows(of, list_formulas(self.pack, of, [CODE, *own]))
        ids = self._asked_for(asked)
        scopes = {str(code): scope(self.connection, pick(self.connection, str(code))) for _, (code, *_) in rows}
        place = self.connection, self.pack, self.frame.period, self.today
        places = Standings(*place, scopes=scopes, at_once=ids) if len(rows) > 1 else self._standings
        for _, (code, *found) in rows:
            rest, there = iter(found), self._of_zone(str(code), scopes[str(code)], ids)
            yield [there.asked_in_list(text, places) if text in asked else next(rest) for text in expressions]

    def _asked_for(self, texts: Sequence[str]) -> tuple[str, ...]:
        """The indicators that cells name or ask of."""
        names = [fold(asked.name if (asked := question(self.pack, text)) else text.strip()) for text in texts]
        return tuple(dict.fromkeys(self.results[name].indicator.id for name in names))

    def _of_zone(self, code: str, zones: Sequence[str], only: Sequence[str]) -> ReturnFigures:
        """What the return of another zone of the file says of some indicators."""
        if code == self.frame.zone.code:
            return self
        frame = Frame(pick(self.connection, code), self.frame.period, {})
        return ReturnFigures(self.connection, self.pack, frame, zones, self.today, only=only)

    def asked_in_list(self, text: str, places: Standings) -> Value:
        """What a list of zones says of this one; its places are those among the zones listed."""
        asked = question(self.pack, text)
        if asked and asked.word in STANDING:
            return places.answer(asked.word, self.results[fold(asked.name)], self.frame.zone.code)
        return self.value("", text)

    def list_rows(self, of: Sheet, formulas: Sequence[RowFormula] = ()) -> list[tuple[bytes, list[Value]]]:
        """The ids and values of a list, in its order."""
        on = ledger(of.ledger)
        query = RowQuery(on)
        if of.condition:
            query.add(row_formula(of.condition, on, self.context, expect="bool"))
        period = self.frame.period
        ids = list(self.connection.scalars(query.holding(), query.bind(self.zones, period, self.today)))
        order = [row_formula(text.strip(), on, self.context) for text in of.order.split("、") if text.strip()]
        values = RowQuery(on, [*formulas, *order]).values()
        found: list[tuple[bytes, list[object]]] = []
        for start in range(0, len(ids), 500):
            given = query.bind(self.zones, period, self.today, ids[start : start + 500])
            found += [(row[0], list(values.read(row))) for row in self.connection.execute(values.statement, given)]
        count = len(formulas)
        found.sort(key=lambda each: ([_order(value) for value in each[1][count:]], each[0]))
        return [
            (id, [_cell(value, formula) for value, formula in zip(cells, formulas, strict=False)])
            for id, cells in found
        ]


def worked_out(
    connection: Connection, pack: Pack, zones: Sequence[str], period: Period, *, today: date, item: str
) -> Decimal | None:
    """The figure of a cell's own formula, as printed; None where it cannot be worked out or is no number."""
    made = figure(item, context_of(pack))
    value = made.value(connection, zones, period, today)
    return decimal_of(value, made.places) if isinstance(value, Fraction) else None


def lists_of(pack: Pack, sheet: str) -> list[Sheet]:
    """The pack's entries for the lists of a worksheet of the form, from the top."""
    return [each for each in pack.sheets if each.sheet == sheet and each.ledger]


def list_of(pack: Pack, sheet: str, number: int = 0) -> Sheet:
    """The entry for one of a worksheet's lists. KeyError when there is none."""
    found = lists_of(pack, sheet)
    if number < len(found):
        return found[number]
    raise KeyError(f"“报表”表里没有给工作表“{sheet}”的第 {number + 1} 个清单写台账，不知道列哪本台账")


def asks_indicator(pack: Pack, expression: str) -> bool:
    """Whether a cell names an indicator of the pack or asks something of one."""
    text, names = expression.strip(), _names(pack)
    asked = question(pack, text)
    return fold(text) in names or (asked is not None and fold(asked.name) in names)


def _names(pack: Pack) -> set[str]:
    return {fold(entry[column]) for entry in pack.entries("指标") for column in ("编号", "名称")}


def list_formulas(pack: Pack, of: Sheet, expressions: Sequence[str]) -> list[RowFormula]:
    """The formulas of a list row's cells. Raises FormulaError."""
    on, context = ledger(of.ledger), context_of(pack)
    return [row_formula(text, on, context) for text in expressions]


def check_cell(pack: Pack, expression: str) -> None:
    """Raise FormulaError when a single cell of the form cannot be worked out, with a Chinese sentence."""
    text = expression.strip()
    if asks_indicator(pack, text):
        return
    asked, names = question(pack, text), _names(pack)
    if Frame(Zone("", "", "", ""), Period(2000), {}).get(text) is not None or check_hand_cell(text):
        return
    name = asked.name if asked else text
    try:
        figure(text, context_of(pack))
    except FormulaError as error:
        if asked or "(" not in fold(text):
            raise FormulaError(text, text.index(name), f"没有“{name}”这个指标", nearest(fold(name), names)) from error
        raise


def _printed(value: Decimal | None, made: Figure) -> Value:
    """The figure; where there is none, “—” for a ratio that cannot be worked out, blank for what is not filled in (returns.md C0.5)."""
    return DASH if value is None and _is_ratio(made) else value


def _is_ratio(made: Figure) -> bool:
    return any(
        (isinstance(node, Func) and node.name in {"/", "年均增长"})
        or (isinstance(node, Aggregate) and node.name == "平均")
        for node in made.node.walk()
    )


def _order(value: object) -> tuple[bool, object]:
    """For sorting: empties last, numbers and dates by size, texts by character."""
    return value is None, 0 if value is None else value


def _cell(value: object, formula: RowFormula) -> Value:
    """A list cell: numbers in their shown unit, dates as dates, choices by name, flags as 是 and 否."""
    if value is None:
        return None
    kind = formula.operands[0].field.kind if formula.operands else None
    if isinstance(value, Fraction):
        return decimal_of(value, 6).normalize() if value.denominator != 1 else int(value)
    if formula.kind is Kind.FLAG or isinstance(kind, Flag):
        return "是" if value else "否"
    if formula.kind is Kind.DATE or isinstance(kind, Day):
        return as_date(int(value)) if int(value) % 100 else show_date(int(value))  # type: ignore[call-overload]
    if isinstance(kind, Choice) and isinstance(value, str):
        return kind.show(value)
    return str(value)
