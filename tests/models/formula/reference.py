"""An independent reading of the formula language, for the property tests: it imports nothing from the program.

A formula is a tree of tuples (operator, *operands), see ``trees.py``; rows are plain dicts of stored values. Numbers are
fractions of the base unit, None is empty or unknown.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

YEAR = 2025
DIVISOR = {
    "综合能源消费量": 100,
    "台资占比": 10_000,
    "折美元汇率": 1_000_000,
}  # all other quantities are stored in base units
FLAGS = {"有R&D活动", "世界500强", "是否规上", "是否台资", "计入台办口径"}
MONTHS = {"首次入规年月"}
ENDS = {"Y": {0: "1231"}, "Q": {1: "0331", 2: "0630"}}


class World:
    """``rows`` by ledger; ``form`` and ``seq`` are those of the report period of 2025; ``today`` as yyyymmdd."""

    def __init__(self, rows, form, seq, today):
        self.rows, self.form, self.seq, self.today = rows, form, seq, today
        self.end = int(f"{YEAR}{ENDS[form][seq]}")
        self.spans = {
            "本年": (20250000, self.end),
            "上年": (20240000, 20241231),
            "上年同期": (20240000, self.end - 10000),
            "本期": ({"Y0": 20250000, "Q1": 20250100, "Q2": 20250400}[f"{form}{seq}"], self.end),
        }

    def one(self, ledger, **wanted):
        """The one row with these values, None if there is none."""
        found = [row for row in self.rows[ledger] if all(row.get(k) == v for k, v in wanted.items())]
        assert len(found) <= 1
        return found[0] if found else None

    def period(self, row):
        """The row's own year, form and seq; the report's for a row without."""
        return row.get("year", YEAR), row.get("form", self.form), row.get("seq", self.seq)

    def reach(self, ledger, row, name):
        """(row, field) that a dotted name means on a row of ``ledger``; the row is None when there is none."""
        *way, field = name.split(".")
        year, form, seq = self.period(row)
        if way[:1] == ["上年"]:
            year, way = year - 1, way[1:] or [ledger]
        elif way[:1] == ["上期"]:
            seq, way = seq - 1, way[1:] or [ledger]
        zone, company = row["zone"], row["id"] if ledger == "企业" else row.get("企业")
        if not way:
            return row, field
        tables = {
            "企业": {"id": company},
            "企业年度": {"企业": company, "year": year},
            "台资企业": {"企业": company},
            "经济数据": {"企业": company, "year": year, "form": form, "seq": seq},
            "开发区年度": {"year": year},
        }
        return self.one(way[0], zone=zone, **tables[way[0]]), field

    def field(self, ledger, row, name):
        """The value of a dotted name: Fraction in base units, bool, text, date integer or None."""
        if name.startswith("本期."):
            plain = name.removeprefix("本期.")
            total = self.field(ledger, row, plain)
            if self.period(row)[2] <= 1:
                return total
            before = self.field(ledger, row, f"上期.{plain}")
            return None if total is None or before is None else total - before
        found, field = self.reach(ledger, row, name)
        if field == "是否工业":
            code = found and found.get("行业代码")
            return None if code is None else "0610" <= code <= "4690"
        if field == "注册资本折美元":
            capital, rate = (None, None) if found is None else (found.get("注册资本"), found.get("折美元汇率"))
            return None if capital is None or rate is None else Fraction(capital * rate, 1_000_000)
        value = None if found is None else found.get(field)
        if value is None or isinstance(value, str):
            return value
        if field in FLAGS:
            return value == 1
        if field in MONTHS:
            return value * 100
        return value if field.endswith(("时间", "日期")) else Fraction(value, DIVISOR.get(field, 1))

    def range(self, source, ledger, row):
        """(ledger, rows) that a set function written on ``source`` ranges over; ``row`` is the row around, None in a figure."""
        whole, last = source.startswith("全区."), "上年." in source
        inner = source.split(".")[-1]
        year, form, seq = (YEAR, self.form, self.seq) if row is None else self.period(row)
        rows = [each for each in self.rows[inner] if row is None or each["zone"] == row["zone"]]
        if inner in {"经济数据", "企业年度"}:
            rows = [each for each in rows if each["year"] == year - last]
        if inner == "经济数据":
            rows = [each for each in rows if (each["form"], each["seq"]) == (form, seq)]
        if row is not None and not whole and inner not in {ledger, "企业"}:
            company = row["id"] if ledger == "企业" else row["企业"]
            rows = [each for each in rows if each["企业"] == company]
        return inner, rows


def evaluate(tree, world, ledger, row, around=None):  # noqa: C901, PLR0911, PLR0912 - one case for each operator
    """The value of a tree on ``row`` of ``ledger``; ``around`` is (ledger, row) outside the set function."""
    op, *args = tree

    def of(part):
        return evaluate(part, world, ledger, row, around)

    if op in STRICT:
        values = [of(arg) for arg in args]
        return None if None in values else STRICT[op](*values)
    match op:
        case "field":
            return world.field(ledger, row, args[0])
        case "outer":
            return world.field(*around, args[0])
        case "lit" | "text" | "date":
            return args[0]
        case "and":
            values = [of(arg) for arg in args]
            return False if False in values else None if None in values else True
        case "or":
            values = [of(arg) for arg in args]
            return True if True in values else None if None in values else False
        case "filled":
            return of(args[0]) is not None
        case "zero":
            value = of(args[0])
            return Fraction(0) if value is None else value
        case "if":
            test = of(args[0])
            return None if test is None else of(args[1] if test else args[2])
        case "in":
            value = of(args[0])
            return None if value is None else value in args[1]
        case "starts":
            value = of(args[0])
            return None if value is None else value[: len(args[1])] == args[1]
        case "floor":
            value = of(args[0])
            return None if value is None else Fraction(value / args[1]).__floor__() * Fraction(args[1])
        case "moment":
            return {"期末": world.end, "今天": world.today, "报告年": Fraction(YEAR)}[args[0]]
        case "span":
            value = of(args[0])
            first, last = world.spans[args[1]]
            return None if value is None else first <= value <= last
    assert op == "set", op
    return reduce(args, world, ledger, row)


def reduce(args, world, ledger, row):
    """The value of a set function (name, source, value tree or None, condition tree or None)."""
    name, source, value, where = args
    inner, rows = world.range(source, ledger, row)
    kept = [each for each in rows if where is None or evaluate(where, world, inner, each, (ledger, row)) is True]
    if name == "计数":
        return Fraction(len(kept))
    values = [evaluate(value, world, inner, each, (ledger, row)) for each in kept]
    filled = [each for each in values if each is not None]
    match name:
        case "去重计数":
            return Fraction(len(set(filled)))
        case "合计":
            return Fraction(0) if not kept else sum(filled, Fraction(0)) if filled else None
        case "平均":
            return sum(filled, Fraction(0)) / len(filled) if filled else None
    return None if not filled else max(filled) if name == "最大" else min(filled)


def full(day):
    """A date whose unknown month and day count as 1."""
    return date(day // 10000, day // 100 % 100 or 1, day % 100 or 1)


def years(begin, end):
    """Whole years from one date to the other, towards zero."""
    a, b = full(begin), full(end)
    back = a > b
    a, b = (b, a) if back else (a, b)
    whole = b.year - a.year - ((b.month, b.day) < (a.month, a.day))
    return Fraction(-whole if back else whole)


STRICT = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: None if b == 0 else a / b,
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "not": lambda a: not a,
    "abs": abs,
    "near": lambda a, b, most: abs(a - b) <= most,
    "length": lambda text: Fraction(len(text)),
    "days": lambda a, b: Fraction((full(b) - full(a)).days),
    "years": years,
    "year": lambda day: Fraction(day // 10000),
    "month": lambda day: Fraction(day // 100 % 100) if day // 100 % 100 else None,
}
