"""A change in words: the parts as a clerk tells them, and the explanation she can hand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from models.change.parts import BASIS, KEPT, LEFT, MOVED_IN, MOVED_OUT, NEW, Change, Mover
from models.indicators import Result
from models.kinds import decimal_of
from models.ledgers import BY_ID
from models.periods import Period
from models.store import Connection
from models.store.titles import Title, is_private, titles

LIMIT = 480  # characters of an explanation; the audit takes 500
NAMED = 3  # records named for a part in the explanation
_LONG = 24
_CAUSE = {
    KEPT: "两年都有的 {many} {what}合计{by}",
    NEW: "本年新来 {many} {what}，{by}",
    LEFT: "离开（不再计） {many} {what}，{by}",
    MOVED_IN: "转入 {many} {what}（两年都在，上年不计本年计），{by}",
    MOVED_OUT: "转出 {many} {what}（两年都在，上年计本年不计），{by}",
}


@dataclass(frozen=True)
class Named:
    """A record's part with its name; ``private`` names are not written into texts that leave the office."""

    mover: Mover
    title: Title
    private: bool


def named(connection: Connection, movers: Iterable[Mover]) -> list[Named]:
    """The records with their names."""
    wanted: dict[str, list[Mover]] = {}
    for each in movers:
        wanted.setdefault(each.ledger, []).append(each)
    found: dict[tuple[str, bytes], Title] = {}
    for ledger, some in wanted.items():
        for row, title in titles(connection, BY_ID[ledger], [each.row for each in some]).items():
            found[ledger, row] = title
    return [
        Named(each, found.get((each.ledger, each.row), Title("", "")), is_private(BY_ID[each.ledger]))
        for some in wanted.values()
        for each in some
    ]


def unit_of_change(unit: str) -> str:
    """The unit of a difference: of percentages it is 百分点."""
    return "百分点" if unit == "%" else unit


def signed(amount: Fraction | Decimal, places: int) -> str:
    """A part with its sign, at the indicator's places: +1,234.50, 0."""
    value = decimal_of(Fraction(amount), places)
    return f"{value:+,f}" if value else f"{abs(value):,f}"


def difference(result: Result) -> str:
    """This year's change as it is told: +1.62 亿元（+11.0%）; of a percentage in 百分点; "" where it is not known."""
    change = result.difference
    if change is None:
        return ""
    unit = unit_of_change(result.indicator.unit)
    share = f"（{result.growth:+,f}%）" if change and result.growth is not None and unit != "百分点" else ""
    return f"{signed(change, result.indicator.places)} {unit}{share}".strip()


def explanation(change: Change, names: Mapping[tuple[str, bytes], Named], period: Period) -> str:
    """The change as an explanation: by how much, by which parts, by whom most; as many names as there is room for."""
    for most in range(NAMED, -1, -1):
        text = _text(change, names, period, most)
        if len(text) <= LIMIT:
            break
    return text


def _text(change: Change, names: Mapping[tuple[str, bytes], Named], period: Period, most: int) -> str:
    result = change.result
    each, by = result.indicator, _By(result)
    if result.difference == 0:
        begun = f"{period.label}{each.name} {result.rounded:,f} {each.unit}，与上年相同"
    else:
        begun = f"{period.label}{each.name} {result.rounded:,f} {each.unit}，比上年 {result.rounded_prior:,f} {each.unit}{by.all()}"
    causes = []
    printed = change.printed
    for kind, amount in printed.items():
        if kind == BASIS:
            causes += [f"{part.words}，影响{by.told(part.amount)}" for part in change.basis]
            continue
        movers = change.of(kind)
        what = _what(movers)
        told = _CAUSE[kind].format(many=f"{len(movers):,}", what=what, by=by.told(amount))
        causes.append(told + _who(movers, names, by, most))
    if not causes:
        return f"{begun}：各行都没有变。"
    return f"{begun}。原因：{'；'.join(causes)}。"


def _what(movers: Iterable[Mover]) -> str:
    """What the records are called behind their number: 家企业, else by the ledger."""
    owners = {each.owner[0].lstrip("=") for each in movers}
    if owners == {"enterprise"}:
        return "家企业"
    return f"个{BY_ID[owners.pop()].label}" if len(owners) == 1 else "条记录"


def _who(movers: list[Mover], names: Mapping[tuple[str, bytes], Named], by: _By, most: int) -> str:
    told = []
    for each in movers[:most]:
        found = names.get((each.ledger, each.row))
        if each.amount and found and found.title.name and not found.private:
            told.append(f"{found.title.name[:_LONG]}{by.told(each.amount)}")
    return f"（{'、'.join(told)}{'等' if len(movers) > len(told) else ''}）" if told else ""


class _By:
    """How an amount is told: 增加 and 减少 of a sum, 拉高 and 拉低 of a rate."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.unit = unit_of_change(result.indicator.unit)
        rate = self.unit == "百分点" or "/" in self.unit or self.unit == "倍"
        self.words = ("拉高", "拉低") if rate else ("增加", "减少")

    def told(self, amount: Fraction | Decimal) -> str:
        """增加 1.20 亿元; what is rounded to nought has not changed."""
        value = decimal_of(Fraction(amount), self.result.indicator.places)
        return f"{self.words[value < 0]} {abs(value):,f} {self.unit}".rstrip() if value else "没有增减"

    def all(self) -> str:
        """The whole change."""
        change, growth = self.result.difference, self.result.growth
        assert change is not None
        share = f"（{growth:+,f}%）" if growth is not None and self.unit != "百分点" else ""
        return f"{'增加' if change > 0 else '减少'} {abs(change):,f} {self.unit}{share}"


__all__ = ["Named", "difference", "explanation", "named", "signed", "unit_of_change"]
