"""How an office heads its columns: by labels or aliases, wrapped, starred, numbered, with units here and there, in its own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from models.fields import Field
from models.kinds import Quantity, Reference
from models.ledger import Ledger
from models.ledgers import BY_ID
from tests.importers.merge.messy.meant import IN_FILES
from tests.importers.merge.messy.records import fields_of, known_by, referred

STRANGERS = ("经办科室意见", "内部流转号")  # columns no ledger has
_PERIODS = {"年度", "年份", "年", "季度", "月份", "月", "报告期"}
_BRACKETS = ("（{}）", "({})", "[{}]", "\n（{}）", "（ {} ）", "（单位：{}）", "，{}")


@dataclass
class Head:
    """One column: what it holds, the parts of its heading from top to bottom, and its unit in the unit row."""

    name: str
    parts: list[str]
    unit: str = ""


@dataclass
class Style:
    """How this office lays its tables out."""

    groups: bool
    merged: bool
    unit_row: bool
    numbering: bool
    sheet_unit: str
    sheet_area: str
    totals: str
    told_below: bool
    again: bool

    def above(self, own: str) -> str:
        """The unit that the line above the table gives for what a field kept in ``own`` measures."""
        return self.sheet_unit if own == "万元" else self.sheet_area if own in {"㎡", "公顷", "亩", "万㎡"} else ""


def style_of(rng: Random, ledger: Ledger) -> Style:
    """A style by the seed."""
    sections = {one.section for one in fields_of(ledger)}
    return Style(
        groups=len(sections) > 1 and rng.random() < 0.7,
        merged=rng.random() < 0.7,
        unit_row=rng.random() < 0.4,
        numbering=rng.random() < 0.4,
        sheet_unit=rng.choice(("", "万元", "千元", "元", "亿元")),
        sheet_area=rng.choice(("", "", "亩", "公顷", "平方米")),
        totals=rng.choice(("below", "above", "groups")),
        told_below=rng.random() < 0.25,
        again=rng.random() < 0.25,
    )


def units_of(rng: Random, ledger: Ledger, style: Style) -> dict[str, str]:
    """The unit that the figures of each field are written in."""
    units = {}
    for one in fields_of(ledger):
        if isinstance(one.kind, Quantity) and one.kind.unit:
            own = one.kind.unit
            if (above := style.above(own)) and rng.random() < 0.6:
                units[one.id] = f"={above}"  # told by the line above the table only
            elif rng.random() < 0.2:
                units[one.id] = "="  # told by nothing
            else:
                units[one.id] = rng.choice([*IN_FILES.get(own, {own: Fraction(1)})])
    return units


class Heads:
    """The headings of one workbook; ``units`` are those that its figures are in, ``told`` how it tells them."""

    def __init__(self, rng: Random, ledger: Ledger) -> None:
        self.rng, self.ledger = rng, ledger
        self.style = style_of(rng, ledger)
        self.told = units_of(rng, ledger, self.style)
        self.units = {name: self._plain(name, unit) for name, unit in self.told.items()}

    def _plain(self, name: str, unit: str) -> str:
        """The unit that a field's figures are in, wherever it is written."""
        own = self.ledger.by_id[name].kind.unit
        if unit == "=":
            return self.style.above(own) or own
        return unit.removeprefix("=")

    def columns(self, more: Sequence[str] = ()) -> list[Head]:
        """The columns in this office's own order; ``more`` are period columns."""
        sections: dict[str, list[Head]] = {}
        for one in fields_of(self.ledger):
            sections.setdefault(one.section, []).extend(self.heads(one))
        blocks = [*sections.items()]
        self.rng.shuffle(blocks)
        for _, heads in blocks:
            self.rng.shuffle(heads)
        found = [Head(f"#{name}", [name]) for name in more]
        for section, heads in blocks:
            for head in heads:
                if self.style.groups and section:
                    head.parts.insert(0, section)
                found.append(head)
        found.insert(self.rng.randint(1, len(found)), Head("?0", [STRANGERS[0]]))
        found.append(Head("?1", [STRANGERS[1]]))
        found.insert(self.rng.randint(1, len(found)), Head("?blank", []))
        return [Head("#serial", ["序号"]), *found]

    def heads(self, one: Field) -> list[Head]:
        """The columns of a field."""
        if isinstance(one.kind, Reference):
            return self._links(one)
        name = self._name(one)
        unit, told = "", self.told.get(one.id, "")
        if told and not told.startswith("="):
            if self.style.unit_row:
                unit = told
            else:
                name += self.rng.choice(_BRACKETS[:-1] if not told.isalpha() else _BRACKETS).format(told)
        if one.under and self.rng.random() < 0.6:
            name = self.rng.choice(("其中：", "其中:", "＃", "其中：\n")) + name
        return [Head(one.id, [name], unit)]

    def _links(self, one: Field) -> list[Head]:
        """A reference's columns: both code and name, one of them, or one that holds either."""
        ledger = referred(one)
        code, name = (ledger.by_id[each] for each in known_by(ledger))
        shared = [each for each in self.ledger.links if each.kind.ledger == one.kind.ledger]
        if code is name or len(shared) > 1 or self.rng.random() < 0.2:  # of two to one ledger the heading says which
            return [Head(f"{one.id}/", [self._free(one.label, one.aliases)])]
        told = self._free(code.label, code.aliases), self._free(name.label, name.aliases)
        heads = [Head(f"{one.id}/code", [told[0]]), Head(f"{one.id}/name", [told[1]])]
        return [heads, heads[:1], heads[1:]][self.rng.randint(0, 2)]

    def _name(self, one: Field) -> str:
        """A label or an alias, written as it happens to be."""
        dear = isinstance(one.kind, Quantity) and "元" in one.kind.unit  # 总投资(美元) would tell a unit of its own
        name = self._free(one.label, [alias for alias in one.aliases if not (dear and "(" in alias)])
        roll = self.rng.random()
        if roll < 0.12 and len(name) > 3 and name.isalpha():
            half = len(name) // 2
            return f"{name[:half]}\n{name[half:]}"
        if roll < 0.22 and len(name) == 2:
            return f"{name[0]}  {name[1]}"
        if roll < 0.3:
            return f"*{name}"
        if roll < 0.36:
            return f"{name}（必填）"
        if roll < 0.42:
            return f" {name}\u3000"
        if roll < 0.48:
            return f"{self.rng.randint(1, 9)}．{name}"
        return name.translate({ord("("): "（", ord(")"): "）"}) if roll < 0.8 else name

    def _free(self, label: str, aliases: Sequence[str]) -> str:
        """The label or one of the aliases that nothing else of the ledger is called by."""
        taken = [*self.ledger.fields, *(field for link in self.ledger.links for field in referred(link).stored)]
        words = [word for one in taken for word in {one.label, *one.aliases}]
        free = [
            alias for alias in aliases if words.count(alias) < 2 and not alias.startswith("其中") and "/" not in alias
        ]
        free = [alias for alias in free if alias not in BY_ID and alias not in _PERIODS]
        return self.rng.choice([label, *free])
