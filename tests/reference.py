"""The 台办 return's figures worked out again by plain Python from exported CSV: an independent reference, importing nothing of ours."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

Row = dict[str, str]
LEDGERS = ("企业", "企业年度", "经济数据", "台资企业", "到资流水", "台湾青年", "交流活动", "交流人员")
SINCE = "2020-09-17"


def read(folder: Path) -> dict[str, list[Row]]:
    """The exported ledgers by name."""
    found = {}
    for name in LEDGERS:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


class Reference:
    """The figures of one report year."""

    def __init__(self, ledgers: dict[str, list[Row]], year: int) -> None:
        self.of, self.year = ledgers, year
        self.end = f"{year}-12-31"
        self.states = {row["企业:统一社会信用代码"]: row for row in ledgers["企业年度"] if row["报告期"] == str(year)}
        self.taiwan = {code for code, row in self.states.items() if row["是否台资"] == "是"}
        self.counted = {code for code in self.taiwan if self.states[code]["运营状态"] in ("正常运营", "筹建")}
        self.economy = [
            row
            for row in ledgers["经济数据"]
            if row["报告期"] == str(year) and row["企业:统一社会信用代码"] in self.taiwan
        ]
        self.inflows = [
            row
            for row in ledgers["到资流水"]
            if row["计入台办口径"] == "是" and row["企业:统一社会信用代码"] in self.taiwan
        ]
        self.settled = {row["统一社会信用代码"]: row["入园时间"] for row in ledgers["企业"]}
        self.events = {row["活动编号"]: row for row in ledgers["交流活动"]}

    def within(self, day: str) -> bool:
        return bool(day) and day[:4] == str(self.year) and day <= self.end

    def inflow(self, column: str, when: Callable[[str], bool], third: bool = False) -> Decimal:
        rows = (
            row
            for row in self.inflows
            if row["到资日期"] and when(row["到资日期"]) and (not third or row["第三地转投资"] == "是")
        )
        return total(row[column] for row in rows)

    def so_far(self, day: str) -> bool:
        return SINCE <= day <= self.end

    def money(self, column: str) -> Decimal:
        return total(row[column] for row in self.economy)

    def taiwan_sum(self, column: str) -> Decimal:
        return total(row[column] for row in self.of["台资企业"] if row["企业:统一社会信用代码"] in self.taiwan)

    def youth(self, kinds: tuple[str, ...], when: Callable[[Row], bool]) -> int:
        return len(
            {row["证件散列"] for row in self.of["台湾青年"] if row["类型"] in kinds and when(row) and row["证件散列"]}
        )

    def here(self, row: Row) -> bool:
        return row["起始日期"] <= self.end and (not row["终止日期"] or row["终止日期"] > self.end)

    def persons(self, when: Callable[[str], bool]) -> int:
        listed = {row["活动:活动编号"] for row in self.of["交流人员"]}
        known = {
            row["证件散列"]
            for row in self.of["交流人员"]
            if row["是否青年"] == "是" and when(self.events[row["活动:活动编号"]]["结束日期"])
        }
        unlisted = [row for number, row in self.events.items() if number not in listed and when(row["结束日期"])]
        return len(known) + int(total(row["本场台青人数(人)"] for row in unlisted))

    def visits(self, when: Callable[[str], bool]) -> int:
        return int(total(row["台湾青年人次(人次)"] for row in self.events.values() if when(row["结束日期"])))

    def figures(self) -> dict[str, str]:
        """Indicator id → figure as printed."""
        ever = self.so_far
        until = lambda day: day <= self.end  # noqa: E731
        work = ("就业", "创业")
        started = lambda row: row["起始日期"] <= self.end  # noqa: E731
        return {
            "TW02": str(len(self.counted)),
            "TW03": printed(self.money("工业总产值(万元)") / 10000),
            "TW04": printed(self.inflow("折万元(万元)", ever) / 10000),
            "TW05": printed(self.inflow("折万美元(万美元)", ever)),
            "TW06": str(self.youth(work, started)),
            "TW07": str(self.persons(until)),
            "TW1-02": str(sum(self.within(self.settled[code]) for code in self.counted)),
            "TW1-03": str(sum(self.states[code]["是否规上"] == "是" for code in self.counted)),
            "TW1-07": printed(self.taiwan_sum("合同台资额(万美元)")),
            "TW1-08": printed(self.inflow("折万美元(万美元)", self.within)),
            "TW1-09": printed(self.inflow("折万美元(万美元)", self.within, third=True)),
            "TW1-10": printed(self.inflow("折万元(万元)", self.within)),
            "TW1-11": printed(self.inflow("折万元(万元)", ever)),
            "TW1-12": printed(self.money("工业总产值(万元)")),
            "TW1-13": printed(self.money("营业收入(万元)")),
            "TW1-14": printed(self.money("利润总额(万元)")),
            "TW1-15": printed(self.money("实际上缴税费总额(万元)")),
            "TW1-16": printed(self.money("出口额(万美元)") + self.money("进口额(万美元)")),
            "TW1-17": str(int(self.money("期末从业人员(人)"))),
            "TW1-18": str(int(self.taiwan_sum("台干人数(人)"))),
            "TW1-19": str(self.youth(work, self.here)),
            "TW1-20": str(self.youth(("创业",), self.here)),
            "TW1-21": str(self.youth(work, lambda row: self.within(row["起始日期"]))),
            "TW1-23": str(sum(self.within(row["结束日期"]) for row in self.events.values())),
            "TW1-24": str(self.persons(self.within)),
            "TW1-25": str(self.visits(self.within)),
            "TW1-27": str(self.visits(until)),
            "TW1-31": printed(self.money("研发费用合计(万元)")),
        }


def total(texts: Iterable[str]) -> Decimal:
    """The sum of the numbers among ``texts``, blanks left out."""
    return sum((Decimal(text) for text in texts if text), Decimal(0))


def printed(amount: Decimal) -> str:
    """Two decimals, rounded half up."""
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):f}"
