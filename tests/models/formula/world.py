"""A small world of rows for the property tests, as plain dicts and as a real SQLite file."""

from __future__ import annotations

from sqlalchemy import create_engine, event, insert

from models.formula.wide import register
from models.ledgers import ledger
from models.store.tables import table_of
from tests.models.formula.reference import World
from tests.models.formula.trees import INDUSTRY, NAMES

ZONES = ("Z1", "Z2")
COMPANIES = ((1, "Z1"), (2, "Z1"), (3, "Z1"), (4, "Z2"))
FORMS = (("Y", 0), ("Q", 1), ("Q", 2))
BIG = 10**13


MONEY = (0, 1, -1, 5000, 15_000, 10_000, 11_500, 20_000, 23_000, -25_000, BIG, -BIG, BIG - 1)
DAYS = (
    20200101,
    20240229,
    20250101,
    20250131,
    20250300,
    20250000,
    20240000,
    20250630,
    20250701,
    20251231,
    20260101,
    19991231,
)
VALUES = {
    "money": (*MONEY, *MONEY[:10]),
    "count": (0, 1, 2, 3, 5, 10**9),
    "tce": (0, 1, 50, 100, 10**12),
    "percent": (0, 250_000, 249_999, 1_000_000, 10**11),
    "flag": (0, 1, 1),
    "day": DAYS,
    "month": (202501, 202412, 202506, 202507),
    "name": NAMES,
    "industry": tuple(INDUSTRY),
    "rate": (0, 1, 128_200, 10**9),
}
FIELDS = {
    "企业": {"单位详细名称": "name", "统一社会信用代码": "name", "成立时间": "day", "入园时间": "day", "首次入规年月": "month",
             "世界500强": "flag", "行业代码": "industry"},
    "台资企业": {"台资占比": "percent", "台干人数": "count", "投资总额": "money", "注册资本": "money", "折美元汇率": "rate"},
    "企业年度": {"是否规上": "flag", "是否台资": "flag", "退出日期": "day"},
    "经济数据": {"营业收入": "money", "利润总额": "money", "营业成本": "money", "出口额": "money", "期末从业人员": "count",
                 "综合能源消费量": "tce", "有R&D活动": "flag", "备注说明": "name"},
    "到资流水": {"到资日期": "day", "折万美元": "money", "折万元": "money", "计入台办口径": "flag"},
    "开发区年度": {"规上工业营业收入": "money"},
}  # fmt: skip


class Maker:
    """Makes a world by chance: one value in eight is empty, one row in ten is missing, amounts are often equal."""

    def __init__(self, chance):
        self.chance = chance
        self.form, self.seq = self.chance.choice(FORMS)
        self.rows = {label: [] for label in FIELDS}

    def value(self, kind):
        if self.chance.random() < 0.125:
            return None
        if kind == "money" and self.chance.random() < 0.3:
            return self.chance.randint(-BIG, BIG)
        return self.chance.choice(VALUES[kind])

    def add(self, label, **known):
        if self.chance.random() < 0.9 or label == "企业":
            self.rows[label].append(known | {name: self.value(kind) for name, kind in FIELDS[label].items()})

    def world(self):
        for number, zone in COMPANIES:
            who = {"zone": zone, "企业": number}
            self.add("企业", id=number, zone=zone)
            self.add("台资企业", **who)
            for year in (2023, 2024, 2025):
                self.add("企业年度", **who, year=year)
                for seq in range(self.seq if self.seq < 2 else self.seq - 1, self.seq + 1):
                    self.add("经济数据", **who, year=year, form=self.form, seq=seq)
        for number in range(self.chance.randrange(9)):
            company, zone = self.chance.choice(COMPANIES)
            self.add("到资流水", zone=zone, 企业=company, 凭证号=f"p{number % 3}")
        for zone in ZONES:
            for year in (2024, 2025):
                self.add("开发区年度", zone=zone, year=year)
        for rows in self.rows.values():
            for number, row in enumerate(rows, 1):
                row.setdefault("id", number)
        return World(self.rows, self.form, self.seq, 20260105)


class File:
    """A data file that worlds are written to, one after the other."""

    def __init__(self, path):
        self.engine = create_engine(f"sqlite:///{path}")
        event.listen(self.engine, "connect", self._connected)

    @staticmethod
    def _connected(connection, _):
        register(connection)
        connection.execute("PRAGMA synchronous=OFF")

    def write(self, world):
        """Put the rows of ``world`` in the place of what was there."""
        with self.engine.begin() as connection:
            for label, rows in world.rows.items():
                book = ledger(label)
                table = table_of(book)
                connection.execute(table.delete())
                if rows:
                    connection.execute(insert(table), [columns(book, row) for row in rows])


def columns(book, row):
    """A plain row as the columns of its table."""
    given = {"id": row_id(row["id"]), "zone_code": row["zone"]}
    for label, value in row.items():
        if label in {"year", "form", "seq"}:
            given[label] = value
        elif label not in {"id", "zone"}:
            field = book.field(label)
            given[field.id] = row_id(value) if label == "企业" else value
    return given


def row_id(number):
    return number.to_bytes(16)
