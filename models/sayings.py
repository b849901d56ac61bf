"""Explanations to begin from: what was said of such a finding before, of this record or another's, and sentences with blanks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from models.audit import Finding, numeric
from models.formula.figures import Figure
from models.formula.scene import Exhibit
from models.formula.tree import Cell
from models.indicators import indicator_set
from models.kinds import Quantity, decimal_of
from models.packs.pack import Pack
from models.periods import Period
from models.store import Connection
from models.store.findings import said_of
from models.store.lineage import Origin, origins
from models.store.titles import Title, titles

BLANK = "＿＿＿＿"
MOST = 12
TEMPLATES = (
    f"因{BLANK}投产，新增产能{BLANK}万元",
    f"因{BLANK}停产检修{BLANK}个月，减少{BLANK}万元",
    f"因并入（分出）{BLANK}，涉及{BLANK}万元",
)


@dataclass(frozen=True)
class Said:
    """A text to begin from, and where it comes from."""

    where: str
    text: str


def said_before(connection: Connection, packs: Sequence[str], period: Period, of: Finding) -> list[Said]:
    """What was said of the rule: of this record in other periods, of others in this one, then of others before, latest first."""
    found = said_of(connection, of.zone, packs, of.rule.id)
    named = titles(connection, of.ledger, {row for _, row, _ in found})
    sorted_ = []
    for when, row, text in found:
        title = named.get(row, Title("", ""))
        own = title.key == of.title.key and title.name == of.title.name
        if text and not of.want(text) and (row, when) != (of.row, period):
            place = (0 if own else 1 if when == period else 2, -when.year, -when.seq, title.name)
            sorted_.append((place, Said(when.label if own else f"{title.name} · {when.label}", text)))
    distinct: dict[str, Said] = {}
    for _, each in sorted(sorted_, key=lambda pair: pair[0]):
        distinct.setdefault(each.text, each)
    return list(distinct.values())[:MOST]


def said_of_figures(texts: Iterable[tuple[str, str]], pack: Pack, of: Finding) -> list[Said]:
    """Explanations written of indicators' changes (indicator id, text) that read a field the finding is on: they fit it too."""
    figures = indicator_set(pack).figures
    names = {each.id: each.name for each in pack.indicators}
    fitting = [(id, text) for id, text in texts if id in figures and _reads(figures[id], of) and not of.want(text)]
    return [Said(f"指标 {names[id]} 的增减", text) for id, text in fitting]


def _reads(figure: Figure, of: Finding) -> bool:
    for node in figure.sets:
        for part in (node.value, node.where):
            for cell in part.walk() if part else ():
                if (
                    isinstance(cell, Cell)
                    and of.ledger.by_id.get(cell.field.id) is cell.field
                    and cell.field.id in of.fields
                ):
                    return True
    return False


def of_changes(connection: Connection, period: Period, of: Finding, exhibits: Iterable[Exhibit]) -> list[Said]:
    """What mergers and splits of the enterprise have to do with a figure that changed: with whom, how much it had a year ago, and how
    the figure grew from last year's of the same scope. [] where there was none, or last year's figures are not known.
    """
    made = []
    for each in _marked(of, exhibits)[:1]:
        there = origins(connection, of.ledger, of.row, each.field, (of.zone, period))
        parts = [one.amount for one in there]
        if not there or None in parts:
            continue
        kind = each.field.kind
        assert isinstance(kind, Quantity)
        own = kind.amount(each.before) if isinstance(each.before, int) else Fraction(0)
        last = own + sum(
            (-one.amount if one.out else one.amount for one in there if one.amount is not None), Fraction(0)
        )
        assert isinstance(each.now, int)
        made.append(Said("合并分立", _scope(each, there, last, kind.amount(each.now))))
    return made


def _scope(of: Exhibit, there: Sequence[Origin], last: Fraction, now: Fraction) -> str:
    kind, unit = of.field.kind, of.field.unit
    assert isinstance(kind, Quantity)

    def shown(amount: Fraction) -> str:
        return f"{decimal_of(amount, kind.places):,f} {unit}"

    told = "；".join(
        f"{one.day} {one.kind}，{'分出' if one.out else '并入' if one.share == 1 else '划入'}“{one.name}”"
        f"（上年{of.label} {shown(one.amount or Fraction(0))}）"
        for one in there
    )
    grown = f"，同口径变动 {decimal_of((now - last) / last * 100, 1):+,f}%" if last > 0 else ""
    return f"{told}；按变更后口径上年为 {shown(last)}，本年 {shown(now)}{grown}"


def _marked(of: Finding, exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """The figures on the row itself that the rule marks."""
    return [
        each
        for each in exhibits
        if each.row == of.row and each.field.id in of.fields and each.field.kind.numeric and each.now is not None
    ]


def templates(of: Finding, exhibits: Iterable[Exhibit]) -> list[Said]:
    """Sentences with blanks: for a rule about figures one with this row's own figure, this year's and last year's."""
    if not numeric(of.rule):
        return [Said("样句", f"因{BLANK}（写实际情况），所以{BLANK}")]
    made = []
    for each in _marked(of, exhibits)[:1]:
        now, unit = each.field.kind.show(each.now), each.field.unit
        before = f"由上年 {each.field.kind.show(each.before)} {unit}变为 " if each.before is not None else "为 "
        made.append(Said("样句", f"因{BLANK}，{each.label}{before}{now} {unit}"))
    return [*made, *(Said("样句", text) for text in TEMPLATES)]
