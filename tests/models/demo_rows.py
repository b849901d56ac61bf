"""Rows of a made-up zone as plain dictionaries, for checking them without the program's own formulas."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from models.ledgers import ledger
from models.store.listing import listing

CODE, PARCEL, FACTORY, PROJECT = "企业:统一社会信用代码", "宗地:宗地编号", "厂房:厂房编号", "项目:项目编号"


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
