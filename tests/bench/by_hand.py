"""The SQL written by hand that the benchmark of the packs compares with: read from ``sql/``, asked by plain sqlite3.

``figures_*.sql`` are statements that give one row each, its columns named as indicators; ``rules/*.sql`` have one statement for
the rows of a ledger that break a rule, each predicate ended by a comment that names its rule.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from math import prod
from pathlib import Path

from models.formula.growth import annual

SQL = Path(__file__).parent / "sql"
RULE = re.compile(r"-- ([A-Z]+\d+[A-Z]?)$")
# what is stored of one unit: 元 of 万元, 0.01 ㎡ of 亩, 0.01 t of 吨标准煤; of a ratio, the quotient of what is stored
STEPS = {
    "万元": Fraction(10**4),
    "万美元": Fraction(10**4),
    "亿元": Fraction(10**8),
    "亩": Fraction(200_000, 3),
    "㎡": Fraction(100),
    "万㎡": Fraction(10**6),
    "万吨": Fraction(10**4),
    "万吨标准煤": Fraction(10**6),
    "%": Fraction(1, 100),
    "百分点": Fraction(1, 100),
    "万元/亩": Fraction(3, 20),
    "吨标准煤/万元": Fraction(1, 100),
}
PER_CENT = 10**6  # stored of a rate of 100 %
Given = Mapping[str, str | int]
Found = dict[str, int | str | None]


def figures(
    raw: sqlite3.Connection, statements: list[str], units: Mapping[str, str], given: Given
) -> dict[str, Fraction | None]:
    """Indicator id → exact value in its unit (``units``), of those that the statements have."""
    found: Found = {}
    for statement in statements:
        asked = raw.execute(statement, given)
        found |= dict(zip((column[0] for column in asked.description), asked.fetchone() or (), strict=False))
    if "_growths" in found:
        found |= _energy(found)
    return {id: _value(found, id, unit) for id, unit in units.items() if id in found}


def _value(found: Found, id: str, unit: str) -> Fraction | None:
    top, bottom = (None if each is None else Fraction(each) for each in (found[id], found.get(id + "/", 1)))
    if top is None or not bottom:
        return None
    if years := found.get(id + "^"):  # the same root on both sides: SQL has none
        return annual(top, bottom, Fraction(years))
    return top / bottom / STEPS.get(unit, 1)


def _energy(found: Found) -> Found:
    """What stands on 可比价增加值: a product over years is beyond SQL's 64 bits."""
    rates = [Fraction(int(rate), PER_CENT) for rate in str(found["_growths"]).split(",")]
    constant = (int(found["_va_2020"] or 0) * prod(1 + rate for rate in rates) + Fraction(1, 2)).__floor__()
    used, used_2020, made_2020 = (int(found[name] or 0) for name in ("_energy", "_energy_2020", "_va_2020"))
    return {
        "JX7-02": constant,
        "JX7-03": used,
        "JX7-03/": constant,
        "JX13": constant * used_2020 - used * made_2020,
        "JX13/": constant * used_2020,
    }


def figure_statements(pack: str) -> list[str]:
    """The statements for the indicators of a pack."""
    return (SQL / f"figures_{pack}.sql").read_text(encoding="utf-8").rstrip().removesuffix(";").split(";\n")


def rule_statements(rules: Collection[str]) -> Iterator[tuple[str, str]]:
    """(ledger id, statement) for the ledgers that any of ``rules`` is about; the predicates of other rules left out."""
    for path in sorted((SQL / "rules").glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        named = {number: found[1] for number, line in enumerate(lines) if (found := RULE.search(line))}
        if wanted := {number for number, rule in named.items() if rule in rules}:
            kept = [line for number, line in enumerate(lines) if number not in named or number in wanted]
            yield path.stem, "\n".join(kept)


def rules_by_hand() -> set[str]:
    """The ids of the rules that are written by hand."""
    texts = (path.read_text(encoding="utf-8") for path in (SQL / "rules").glob("*.sql"))
    return {found[1] for text in texts for line in text.splitlines() if (found := RULE.search(line))}
