"""Fields of ledgers: one call defines label, identifier, kind, unit, places, code list, when required, aliases, help and clause.

Table column, form widget, import match, paste, validation, export format, formula name, blank form and the database column
all read this one definition. The short constructors at the end are what the files under ``models/ledgers`` call.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.kinds import Choice, CreditCode, Day, Flag, Kind, Month, Quantity, Reference, Text
from models.text import fold_name

ALWAYS = "YHQM"


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """One field.

    ``required`` names the period forms that need it ("" never, "Y" yearly rows only, ALWAYS every row); ``needed`` is a
    condition in the formula language that makes it required; ``formula`` marks a derived field, never stored; ``flow`` says
    that on half-year, quarter and month rows the value is the total since 1 January; ``under`` indents an 其中 line;
    ``digest`` names the personal field this one is the digest of, written by the store.
    """

    id: str
    label: str
    kind: Kind
    required: str = ""
    needed: str = ""
    aliases: tuple[str, ...] = ()
    section: str = ""
    help: str = ""
    clause: str = ""
    formula: str = ""
    flow: bool = False
    personal: bool = False
    digest: str = ""
    under: bool = False
    width: int = 0

    @cached_property
    def name(self) -> str:
        """The label as the formula language folds it."""
        return fold_name(self.label)

    @property
    def unit(self) -> str:
        """The unit shown and typed, "" for none."""
        return self.kind.unit if isinstance(self.kind, Quantity) else ""


def _field(kind: Kind, label: str, id: str, options: dict[str, Any]) -> Field:
    # aliases are written as one text, parted by spaces
    options["aliases"] = tuple(options.get("aliases", "").split())
    return Field(id=id, label=label, kind=kind, **options)


def text(label: str, id: str, *, limit: int = 200, lines: bool = False, nested: bool = False, **options: Any) -> Field:
    """A text field."""
    return _field(Text(limit, lines, nested), label, id, options)


def credit_code(label: str, id: str, **options: Any) -> Field:
    """A 统一社会信用代码 (GB 32100)."""
    return _field(CreditCode(), label, id, options)


def choice(label: str, id: str, codes: str, **options: Any) -> Field:
    """One entry of the code list ``codes``."""
    return _field(Choice(codes), label, id, options)


def flag(label: str, id: str, **options: Any) -> Field:
    """是 or 否."""
    return _field(Flag(), label, id, options)


def day(label: str, id: str, **options: Any) -> Field:
    """A date."""
    return _field(Day(), label, id, options)


def month(label: str, id: str, **options: Any) -> Field:
    """A year and month."""
    return _field(Month(), label, id, options)


def link(label: str, id: str, ledger: str, **options: Any) -> Field:
    """The record of another ledger this row belongs to (many to one)."""
    return _field(Reference(ledger), label, id, options)


def count(label: str, id: str, unit: str, *, signed: bool = False, **options: Any) -> Field:
    """A whole number of 人, 家, 个 …, never negative unless ``signed``."""
    return _field(Quantity(unit, 0, 0, 10**9, -(10**9) if signed else 0), label, id, options)


def money(label: str, id: str, *, unit: str = "万元", places: int = 2, **options: Any) -> Field:
    """An amount of money, stored in whole 元 (or 美元, 原币); ledgers.md §0.1: 万元 Decimal(18,4)."""
    return _field(Quantity(unit, 0, places), label, id, options)


def area(label: str, id: str, *, unit: str = "㎡", places: int = 2, **options: Any) -> Field:
    """An area, stored in hundredths of ㎡; ledgers.md §0.1."""
    return _field(Quantity(unit, 2, places, 10**13, 0), label, id, options)


def percent(label: str, id: str, *, places: int = 2, **options: Any) -> Field:
    """A percentage, 65 for 65 %, stored to four decimals; ledgers.md §0.1."""
    return _field(Quantity("%", 4, places, 10**11, -(10**11)), label, id, options)


def number(
    label: str,
    id: str,
    unit: str = "",
    *,
    scale: int = 2,
    places: int = 2,
    high: int = 10**12,
    low: int = 0,
    **options: Any,
) -> Field:
    """Any other quantity: exchange rates, energy, water, ratios. ``scale`` decimals of the base unit are stored."""
    return _field(Quantity(unit, scale, places, high, low), label, id, options)
