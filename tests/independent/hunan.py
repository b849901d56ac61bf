"""The 湖南 return's figures, written from indicators.md B5 and returns.md C5 for one month. Imports nothing of the program."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from fractions import Fraction

from tests.independent.ledgers import Figures, Key, Ledgers, Row, Zone, at_least, count, scaled, sum_of

Test = Callable[[Row], bool]
UNDER_WAY = ("开工", "在建", "竣工", "投产", "达产营运")
CITIES, COUNTIES = 3, 34  # 【口径参数】
STAGES = (
    ("意向", "储备"), ("在谈",), ("签约",), ("注册落地",), ("开工", "在建", "竣工"), ("投产",), ("达产营运",),
)  # fmt: skip
KINDS = ("世界500强", "国内100强", "央企", "上市公司", "民企", "商协会", "台湾百大", "个人")


class Hunan(Zone):
    """One zone at the end of one month."""

    def __init__(self, ledgers: Ledgers, code: str, year: int, month: int) -> None:
        super().__init__(ledgers, code, year)
        self.month, self.end = month, (year, month, calendar.monthrange(year, month)[1])

    def figures(self) -> Figures:
        """Indicator → figure."""
        return {
            **self._projects(),
            **self._stages(),
            **self._tagged(),
            **self._zones(),
            **self._factories(),
            **self._courting(),
        }

    def many(self, name: str, when: Test = lambda _: True) -> Fraction:
        """How many rows of a ledger."""
        return count(self.kept[name], when)

    def large(self, row: Row) -> bool:
        """2亿元以上 of inland money, 3000万美元以上 of other."""
        origin = row.text("内外资")
        if origin == "内资":
            return at_least(row, "计划总投资", 20_000)
        return bool(origin) and at_least(row, "外资总投资", 3_000)

    def _projects(self) -> Figures:
        rows = self.kept["项目"]

        def new(row: Row) -> bool:
            return row.yes("产业转移项目") and self.large(row) and self.within(row.day("注册日期"))

        return {
            "HN01": count(rows, new),
            "HN14": count(rows, lambda row: self.large(row) and alive(row)),
            "HN18a": count(rows, lambda row: alive(row) and at_least(row, "计划总投资", 1_000_000)),
            "HN3-01": scaled(sum_of(rows, "计划总投资", new), Fraction(1, 10_000)),
            "HN3-02": scaled(sum_of(rows, "累计到位资金", new), Fraction(1, 10_000)),
        }

    def stage_of(self, month: int) -> dict[Key, str]:
        """Project → stage in a month of the year."""
        period = f"{self.year}-{month:02}"
        return {row.link("项目"): row.text("阶段") for row in self.kept["项目月度"] if row.period == period}

    def _stages(self) -> Figures:
        now, before = self.stage_of(self.month), self.stage_of(self.month - 1)
        found: Figures = {}
        for number in range(14):
            stages, inland = STAGES[number // 2], number % 2 == 0
            rows = [r for r in self.kept["项目"] if r.text("内外资") and (r.text("内外资") == "内资") is inland]
            keys = {row.key("项目编号", "项目名称"): row for row in rows}
            here = {key for key in keys if now.get(key) in stages}
            there = {key for key in keys if before.get(key) in stages}
            id, first = f"HN2-{number + 1:02}", self.month == 1
            found[f"{id}a"] = None if first else Fraction(len(there))
            found[f"{id}b"] = None if first else Fraction(len(here - there))
            found[f"{id}c"] = None if first else Fraction(len(there - here))
            found[f"{id}d"] = Fraction(len(here))
            found[f"{id}e"] = scaled(sum_of([keys[key] for key in here], "计划总投资"), Fraction(1, 10_000))
        return found

    def _tagged(self) -> Figures:
        rows, found = self.kept["项目"], Figures()

        def of(*tags: str) -> list[Row]:
            return [row for row in rows if set(tags) & set(row.text("重大项目标记").split("、"))]

        def dear(row: Row) -> bool:
            inland = row.text("内外资") == "内资" and at_least(row, "计划总投资", 30_000)
            return inland or at_least(row, "外资总投资", 5_000)

        found["HN02"] = count(of("湘南第三批"), lambda row: dear(row) and alive(row))
        found["HN03"] = count(of("湘南第一批", "湘南第二批"), going)
        found["HN17a"], found["HN17b"] = count(of("九兴控股主体厂"), going), count(of("九兴控股配套"), going)
        for number, tag in enumerate(("湘南第一批", "湘南第二批", "湘南第三批", "九兴控股主体厂", "九兴控股配套"), 1):
            found[f"HN4-{number}1"] = count(of(tag), alive)
            if number < 4:
                found[f"HN4-{number}2"] = count(of(tag), going)
            found[f"HN4-{number}3"] = count(of(tag), lambda row: row.text("当前阶段") in UNDER_WAY[3:])
            found[f"HN4-{number}4"] = scaled(sum_of(of(tag), "累计完成投资", alive), Fraction(1, 10_000))
        return found

    def _zones(self) -> Figures:
        rows = self.kept["开发区"]
        national = [row for row in rows if row.text("级别") == "国家级"]
        bonded = [row for row in rows if row.text("开发区类型") == "综保区等海关特殊监管区"]
        economic = [row for row in national if row.text("开发区类型") == "国家级经开区"]
        plants = [row for row in rows if row.text("开发区类型") in ("省级经开区", "工业园区", "工业集中区")]
        counties = {row.text("行政区划") for row in plants if row.text("行政区划")}
        asked = [row for row in self.kept["开发区文件"] if row.text("文件类别") == "升级申报征求意见"]
        return {
            "HN05": count(economic, lambda row: self.within(row.day("批准时间"))),
            "HN06a": count(bonded, lambda row: self.within(row.day("批准时间"))),
            "HN06b": count(bonded, lambda row: self.until(row.day("封关运行日期"))),
            "HN11": self.many("开发区产业", lambda row: row.text("产业地位") in ("首位", "主导")),
            "HN13a": count(asked, lambda row: self.within(row.day("印发日期"))),
            "HN13b": Fraction(len(economic)),
            "HN16a": Fraction(100 if national else 0, CITIES),
            "HN16b": Fraction(100 * len(counties), COUNTIES),
        }

    def _factories(self) -> Figures:
        rows, wan = self.kept["标准厂房"], Fraction(1, 10_000)

        def built(row: Row) -> bool:
            return self.within(row.day("竣工日期"))

        found: Figures = {"HN12": scaled(sum_of(rows, "总建筑面积", built), wan)}
        for number, use in enumerate(("园区承接产业转移", "重点转移企业扩产"), 1):
            mine = [row for row in rows if row.text("用途类别") == use]
            found[f"HN12{'ab'[number - 1]}"] = scaled(sum_of(mine, "总建筑面积", built), wan)
            found[f"HN5-{number}1"] = scaled(
                sum_of(mine, "总建筑面积", lambda row: self.within(row.day("开工日期"))), wan
            )
            found[f"HN5-{number}2"] = scaled(
                sum_of(mine, "总建筑面积", lambda row: self.until(row.day("竣工日期"))), wan
            )
        return found

    def _courting(self) -> Figures:
        events, firms = self.kept["招商活动"], self.kept["企业"]
        held = [row for row in events if self.within(row.day("活动日期"))]
        found = {
            "HN04": count(
                firms, lambda row: (row.yes("世界500强") or row.yes("国内100强")) and self.within(row.day("成立时间"))
            ),
            "HN08": self.many("驻点", lambda row: self.lasts(row, "设立日期", "撤销日期")),
            "HN10": count(held, lambda row: row.text("活动类别") == "重大产业对接活动"),
            "HN20": count(held, lambda row: row.text("活动类别") == "参展"),
            "HN18b": self.many("产业链", lambda row: at_least(row, "链上营业收入", 10_000_000)),
            "HN19": Fraction(all(self.kept[name] for name in ("项目", "客商", "产业链"))),
            "HN6-01": self.many("客商"),
            "HN6-02": self.many("产业链"),
        }
        for number, stages in enumerate(STAGES, 1):
            found[f"HN6-P{number}"] = self.many("项目", lambda row, stages=stages: row.text("当前阶段") in stages)  # type: ignore[misc]
        for number, kind in enumerate(KINDS, 1):
            found[f"HN6-K{number}"] = self.many("客商", lambda row, kind=kind: row.text("客商类型") == kind)  # type: ignore[misc]
        return dict(found)


def alive(row: Row) -> bool:
    """Known not to be given up."""
    return row.text("当前阶段") not in ("", "终止")


def going(row: Row) -> bool:
    """Building has begun."""
    return row.text("当前阶段") in UNDER_WAY
