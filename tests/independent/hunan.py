"""The 湖南 return's figures of a month or a quarter, written from indicators.md B5 and returns.md C5. Imports nothing of the program."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from fractions import Fraction

from tests.independent.ledgers import Figures, Key, Ledgers, Row, Zone, at_least, count, over, scaled, sum_of

Test = Callable[[Row], bool]
UNDER_WAY = ("开工", "在建", "竣工", "投产", "达产营运")
CITIES, COUNTIES = 3, 34  # 【口径参数】
SOUTH = {"4304", "4310", "4311"}  # 衡阳、郴州、永州
ORIGINS = ("内资", "港资", "澳资", "台资", "外资")
STAGES = (
    ("意向", "储备"), ("在谈",), ("签约",), ("注册落地",), ("开工", "在建", "竣工"), ("投产",), ("达产营运",),
)  # fmt: skip
EVERY = tuple(stage for stages in STAGES for stage in stages)  # of projects that go on
TWO = {"HN12", "HN12a", "HN12b", "HN15", "HN16a", "HN16b", "HN3-01", "HN3-02"}
TWO |= {f"HN4-{number}4" for number in range(1, 6)} | {f"HN5-{use}{column}" for use in (1, 2) for column in (1, 2, 3)}
KINDS = ("世界500强", "国内100强", "央企", "上市公司", "民企", "商协会", "台湾百大", "个人")


class Hunan(Zone):
    """One zone at the end of one month (2025-09) or quarter (2025Q3)."""

    def __init__(self, ledgers: Ledgers, code: str, period: str) -> None:
        year, number = int(period[:4]), int(period[5:])
        super().__init__(ledgers, code, year)
        self.code, self.period, self.quarter = code, period, number if "Q" in period else 0
        self.number, self.month = number, self.quarter * 3 or number
        self.roles = {row.zone: row.text("层级角色") for row in self.kept["开发区"]}
        self.end = (year, self.month, calendar.monthrange(year, self.month)[1])

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
        return origin in ORIGINS and at_least(row, "外资总投资", 3_000)

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

    def stages(self, year: int, month: int) -> dict[Key, str]:
        """Project → stage at the end of a month; of a quarter, in the last month of the year so far that was kept."""
        found: dict[Key, str] = {}
        for row in sorted(self.kept["项目月度"], key=lambda row: row.period):
            same, kept = row.period[:4] == str(year), int(row.period[5:])
            if same and (kept == month or (self.quarter and kept <= month)):
                found[row.link("项目")] = row.text("阶段")
        return found

    def _stages(self) -> Figures:
        back = self.month - (3 if self.quarter else 1)
        now = self.stages(self.year, self.month)
        before = self.stages(self.year, back) if back else self.stages(self.year - 1, 12)
        first = not any(stage in (*EVERY, "终止") for stage in before.values())
        found: Figures = {}
        for number in range(14):
            stages, inland = STAGES[number // 2], number % 2 == 0
            rows = [
                r for r in self.kept["项目"] if r.text("内外资") in ORIGINS and (r.text("内外资") == "内资") is inland
            ]
            keys = {row.key("项目编号", "项目名称"): row for row in rows}
            here = {key for key in keys if now.get(key) in stages}
            there = {key for key in keys if before.get(key) in stages}
            id = f"HN2-{number + 1:02}"
            found[f"{id}a"] = None if first else Fraction(len(there))
            found[f"{id}b"] = None if first else Fraction(len(here - there))
            found[f"{id}c"] = None if first else Fraction(len(there - here))
            found[f"{id}d"] = Fraction(len(here))
            found[f"{id}e"] = scaled(sum_of([keys[key] for key in here], "计划总投资"), Fraction(1, 10_000))
        return found

    def _tagged(self) -> Figures:
        rows, found = self.kept["项目"], Figures()

        def of(*tags: str) -> list[Row]:
            return [row for row in rows if set(tags) & set(re.split("[、，,；;]", row.text("重大项目标记")))]

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

    def in_time(self, row: Row) -> Fraction:
        """How many returns of the year so far went out by their day, first versions only."""
        sent = [each for each in self.kept["上报批次"] if each.zone == row.zone and each.number("版本号") == 1]
        sent = [each for each in sent if each.period[:5] == self.period[:5] and each.period <= self.period]
        days = [(each.day("报出日期"), each.day("期限")) for each in sent if "-" in each.period or "Q" in each.period]
        return count(days, lambda pair: pair[0] is not None and pair[1] is not None and pair[0] <= pair[1])

    def _zones(self) -> Figures:
        rows = self.kept["开发区"]
        national = [row for row in rows if row.text("级别") == "国家级"]
        bonded = [row for row in rows if row.text("开发区类型") == "综保区等海关特殊监管区"]
        economic = [row for row in national if row.text("开发区类型") == "国家级经开区"]
        plants = [row for row in rows if row.text("开发区类型") in ("省级经开区", "工业园区", "工业集中区")]
        counties = {row.text("行政区划") for row in plants if row.text("行政区划")[:4] in SOUTH}
        covered = {row.text("行政区划")[:4] for row in national} & SOUTH
        clusters = self.now("产业集群")
        reported = [
            row
            for row in self.kept["开发区季月"]
            if row.period == self.period and (row.zone == self.code or self.roles[row.zone] != "分园/片区")
        ]
        asked = [row for row in self.kept["开发区文件"] if row.text("文件类别") == "升级申报征求意见"]
        return {
            "HN05": count(economic, lambda row: self.within(row.day("批准时间"))),
            "HN06a": count(bonded, lambda row: self.within(row.day("批准时间"))),
            "HN06b": count(bonded, lambda row: self.until(row.day("封关运行日期"))),
            "HN07a": count(clusters, lambda row: row.text("集群类型") == "主导"),
            "HN07b": count(clusters, lambda row: row.text("集群类型") == "特色"),
            "HN6-03": Fraction(len(clusters)),
            "HN15": over(sum(map(self.in_time, reported), Fraction(0)), Fraction(len(reported) * self.number), 100),
            "HN11": self.many("开发区产业", lambda row: row.text("产业地位") in ("首位", "主导")),
            "HN13a": count(asked, lambda row: self.within(row.day("印发日期"))),
            "HN13b": Fraction(len(economic)),
            "HN16a": Fraction(100 * len(covered), CITIES),
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
            houses = {row.key("厂房编号", "厂房名称") for row in mine}
            rented = [row for row in self.kept["厂房入驻"] if row.link("厂房") in houses]
            found[f"HN5-{number}3"] = scaled(
                sum_of(rented, "租用面积", lambda row: self.lasts(row, "起始日期", "终止日期")), wan
            )
        return found

    def _courting(self) -> Figures:
        events, firms = self.kept["招商活动"], self.kept["企业"]
        held = [row for row in events if self.within(row.day("活动日期"))]
        guilds = {row.key("客商编号", "客商名称") for row in self.kept["客商"] if row.text("客商类型") == "商协会"}
        visited = {row.link("客商") for row in self.kept["客商拜访"] if self.within(row.day("拜访日期"))}
        found = {
            "HN09": Fraction(len(guilds & visited)),
            "HN6-04": count(self.now("企业年度"), lambda row: row.text("链主领航") in ("链主", "领航", "龙头")),
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
    return row.text("当前阶段") in EVERY


def going(row: Row) -> bool:
    """Building has begun."""
    return row.text("当前阶段") in UNDER_WAY


def places(id: str) -> int:
    """Decimals that a figure is printed with: none of what is counted."""
    return 2 if id in TWO or (id[:4] == "HN2-" and id[-1] == "e") else 0


def places_of(figures: dict[str, Fraction]) -> dict[str, int]:
    """The highest first; equal ones share a place and those after them jump (returns.md C6)."""
    order = sorted(figures.values(), reverse=True)
    return {zone: order.index(figure) + 1 for zone, figure in figures.items()}


def light(done: Fraction, month: int) -> str:
    """完成率 − 时间进度: ≥ 0 绿, −10~0 黄, < −10 红 (returns.md C2)."""
    ahead = done - Fraction(month * 100, 12)
    return "绿" if ahead >= 0 else "红" if ahead < -10 else "黄"
