"""Rows of a made-up zone as plain dictionaries, for checking them without the program's own formulas."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

from models.audit import audit
from models.ledgers import ledger
from models.packs.pack import pack
from models.periods import Period
from models.store.listing import listing

CODE, PARCEL, FACTORY, PROJECT = "企业:统一社会信用代码", "宗地:宗地编号", "厂房:厂房编号", "项目:项目编号"


_COLUMNS = ("rule", "ledger", "name", "key", "field", "cause", "years")
_MANUAL = (Path(__file__).resolve().parents[2] / "docs" / "demo.md").read_text("utf-8")
# what the zone of the default size and seed contains: the one list, which the manual shows
LISTED = [
    dict(zip(_COLUMNS, (cell.strip() for cell in line.strip("|").split("|")), strict=True))
    for line in re.findall(r"^\| [A-Z]\d+ \|.*$", _MANUAL, re.MULTILINE)
]
TODAY = date(2026, 2, 1)


def named(rule, place=0):
    """The name that the list gives for a rule; ``place`` counts those it gives."""
    return [each["name"] for each in LISTED if each["rule"] == rule][place]


def told(findings, pack_id, year=2025):
    """(rule, ledger, key) of those findings that a pack's rules make in a year."""
    rules = {rule.id for rule in pack(pack_id).rules}
    return sorted(
        (each["rule"], each["ledger"], each["key"])
        for each in findings
        if each["rule"] in rules and each["years"] in ("历年", str(year))
    )


def found(file, pack_id, year=2025, zone="360701"):
    """(rule, ledger, key) of what the audit finds in a year."""
    report = audit(file, pack(pack_id), [zone], Period(year), TODAY)
    return sorted((each.rule.id, each.ledger.label, each.title.key) for each in report.findings)


class Rows:
    """``rows("宗地")``: each row as {field id, or heading of a reference or period: stored value}, read once."""

    def __init__(self, file, zone="360701"):
        self.file, self.zone, self.kept = file, zone, {}

    def __call__(self, label):
        if label not in self.kept:
            with self.file.reading() as connection:
                columns, found = listing(connection, ledger(label), [self.zone], personal=True)
                names = [column.field.id if column.field else column.heading for column in columns]
                self.kept[label] = [dict(zip(names, row, strict=True)) for row in found]
        return self.kept[label]

    def by(self, label, name):
        """The rows of a ledger by a field of which each has its own."""
        found = {row[name]: row for row in self(label)}
        assert len(found) == len(self(label))
        return found

    def grouped(self, label, name):
        """The rows of a ledger by a field that several share."""
        found = defaultdict(list)
        for row in self(label):
            found[row[name]].append(row)
        return found

    @property
    def years(self):
        """The years the zone has, first to last."""
        return sorted(int(row["报告期"]) for row in self("开发区年度"))


def day(stored):
    """A stored yyyymmdd as a date."""
    return date(stored // 10_000, stored // 100 % 100, stored % 100)


def full_year(begin, end):
    """Whether a year by the calendar lies between two stored days."""
    return begin + 10_000 <= end


def in_use(row, end):
    """Whether a row with 起始日期 and 终止日期 holds on a stored day."""
    return row["from_date"] <= end and (row["to_date"] is None or row["to_date"] > end)
