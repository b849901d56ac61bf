"""The 台办 return's figures worked out again by plain Python from exported CSV: an independent reference, importing nothing of ours."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

Row = dict[str, str]
LEDGERS = (
    "企业", "企业年度", "经济数据", "台资企业", "到资流水", "台湾青年", "交流活动", "交流人员", "目标", "项目", "项目月度", "企业资质",
    "招商活动", "主题产业园", "台青平台", "开发区", "开发区年度", "开发区文件", "宗地占用", "厂房入驻", "问题",
)  # fmt: skip
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

    def inflow(self, column: str, when: Callable[[str], bool], third: bool = False) -> Decimal | None:
        rows = (
            row
            for row in self.inflows
            if row["到资日期"] and when(row["到资日期"]) and (not third or row["第三地转投资"] == "是")
        )
        return total(row[column] for row in rows)

    def so_far(self, day: str) -> bool:
        return SINCE <= day <= self.end

    def money(self, column: str) -> Decimal | None:
        return total(row[column] for row in self.economy)

    def trade(self) -> Decimal:
        """Imports and exports; one of them not filled in is none."""
        sums = (self.money(column) or 0 for column in ("出口额(万美元)", "进口额(万美元)"))
        return sum(sums, Decimal(0))

    def taiwan_sum(self, column: str) -> Decimal | None:
        return total(row[column] for row in self.of["台资企业"] if row["企业:统一社会信用代码"] in self.taiwan)

    def youth(self, kinds: tuple[str, ...], when: Callable[[Row], bool]) -> int:
        return len(
            {
                row["证件散列"]
                for row in self.of["台湾青年"]
                if row["类型"] in kinds and row["起始日期"] and when(row) and row["证件散列"]
            }
        )

    def here(self, row: Row) -> bool:
        return row["起始日期"] <= self.end and (not row["终止日期"] or row["终止日期"] > self.end)

    def persons(self, when: Callable[[str], bool]) -> Decimal | None:
        listed = {row["活动:活动编号"] for row in self.of["交流人员"]}
        known = {
            row["证件散列"]
            for row in self.of["交流人员"]
            if row["是否青年"] == "是" and dated(self.events[row["活动:活动编号"]], when)
        }
        unlisted = [row for number, row in self.events.items() if number not in listed and dated(row, when)]
        more = total(row["本场台青人数(人)"] for row in unlisted)
        return None if more is None else len(known) + more

    def visits(self, when: Callable[[str], bool]) -> Decimal | None:
        return total(row["台湾青年人次(人次)"] for row in self.events.values() if dated(row, when))

    def enterprise(self, code: str) -> dict[str, Decimal | None]:
        """What 表TW-2 says of one enterprise; its inflows are since ever, not since the zone was set up."""
        mine = [row for row in self.inflows if row["企业:统一社会信用代码"] == code and row["到资日期"]]
        now = [row for row in mine if self.within(row["到资日期"])]
        until = [row for row in mine if row["到资日期"] <= self.end]
        young = {
            row["证件散列"]
            for row in self.of["台湾青年"]
            if row["所在单位:统一社会信用代码"] == code
            if row["类型"] in ("就业", "创业") and row["起始日期"] and self.here(row)
        }
        made = next((row for row in self.economy if row["企业:统一社会信用代码"] == code), {})
        return {
            "本年到资(万美元)": total(row["折万美元(万美元)"] for row in now),
            "累计到资(万美元)": total(row["折万美元(万美元)"] for row in until),
            "累计到资(万元)": total(row["折万元(万元)"] for row in until),
            "台青": Decimal(len(young)),
            "产值(万元)": total([made.get("工业总产值(万元)", "")]),
            "营收(万元)": total([made.get("营业收入(万元)", "")]),
            "税收(万元)": total([made.get("实际上缴税费总额(万元)", "")]),
            "员工": total([made.get("期末从业人员(人)", "")]),
        }

    def figures(self) -> dict[str, str | None]:
        """Indicator id → figure as printed, None where nothing that it needs is filled in."""
        ever = self.so_far
        until = lambda day: day <= self.end  # noqa: E731
        work = ("就业", "创业")
        started = lambda row: row["起始日期"] <= self.end  # noqa: E731
        return {
            "TW02": str(len(self.counted)),
            "TW03": printed(self.money("工业总产值(万元)"), 10000),
            "TW04": printed(self.inflow("折万元(万元)", ever), 10000),
            "TW05": printed(self.inflow("折万美元(万美元)", ever)),
            "TW06": str(self.youth(work, started)),
            "TW07": whole(self.persons(until)),
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
            "TW1-16": printed(self.trade()),
            "TW1-17": whole(self.money("期末从业人员(人)")),
            "TW1-18": whole(self.taiwan_sum("台干人数(人)")),
            "TW1-19": str(self.youth(work, self.here)),
            "TW1-20": str(self.youth(("创业",), self.here)),
            "TW13": str(sum(self.within(row["结束日期"]) for row in self.events.values())),
            "TW1-24": whole(self.persons(self.within)),
            "TW1-25": whole(self.visits(self.within)),
            "TW1-27": whole(self.visits(until)),
            "TW1-31": printed(self.money("研发费用合计(万元)")),
        }


def dated(event: Row, when: Callable[[str], bool]) -> bool:
    """Whether an event has ended, when its day is known."""
    return bool(event["结束日期"]) and when(event["结束日期"])


def total(texts: Iterable[str]) -> Decimal | None:
    """The sum of the numbers among ``texts``: 0 of no rows, None of rows that are all blank."""
    rows = list(texts)
    known = [Decimal(text) for text in rows if text]
    return sum(known, Decimal(0)) if known or not rows else None


def printed(amount: Decimal | None, per: int = 1) -> str | None:
    """Two decimals, rounded half up; nothing is never minus nothing."""
    return None if amount is None else f"{(amount / per).quantize(Decimal('0.01'), ROUND_HALF_UP) + 0:f}"


def whole(number: Decimal | None) -> str | None:
    """A count of people."""
    return None if number is None else f"{int(number)}"
