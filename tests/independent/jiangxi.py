"""The 工信 return's figures, written from indicators.md B4, ledgers.md §0.3–0.4 and returns.md C4. Imports nothing of the program.

Each figure is exact, in the unit that the return prints it in; only a root, which no fraction is, is known to ninety digits.
"""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

from tests.independent.jiangxi_firms import BASE, Firms
from tests.independent.jiangxi_land import BUILDING, Land
from tests.independent.ledgers import (
    WAN,
    YI,
    Figures,
    Row,
    at_least,
    count,
    minus,
    over,
    rounded,
    scaled,
    sum_of,
    total,
)

ENERGY_BASE = 2020  # 【口径参数】
TENTHS = ("JX01", "JX09", "JX10", "JX13", "JX1-06", "JX1-07")
LINKED = ("签约", "注册落地", "开工", "在建", "竣工", "投产")
STAGES = ("意向", "储备", "在谈", *LINKED, "达产营运")
ROOTS = ("JX09", "JX10")
TWO = {
    "JX05", "JX06", "JX07", "JX08", "JX11", "JX14", "JX18", "JX28", "JX29", "JX30", "JX31", "JX33", "JX34", "JX35",
    "JX36", "JX37", "JX1-03", "JX1-05", "JX1-16", "JX1-17", "JX2-02", "JX4-01", "JX5-07", "JX5-08", "JX6-02",
    "JX6-04", "JX6-16", "JX6-18", "JX6-19", "JX6-20", "JX6-21", "JX6-22", "JX7-01", "JX7-02", "JX7-05", "JX7-06",
    "JX7-07", "JX7-10", "JX7-11", "JX7-12",
}  # fmt: skip


class Jiangxi(Land, Firms):
    """One zone in one year."""

    def figures(self) -> Figures:
        """Indicator → figure."""
        return {
            **self._zone(), **self._energy(), **self._projects(), **self._land(), **self._factories(), **self._per_mu(), **self._large(),
            **self._enterprises(), **self._marks(), **self._industry(), **self._platforms(), **self._issues(),
        }  # fmt: skip

    # what the zone itself reports

    def of_zone(self, label: str, year: int = 0) -> Fraction | None:
        """A figure of 开发区年度."""
        return sum_of(self.whole_zone(year), label)

    def _zone(self) -> Figures:
        year = self.whole_zone()
        many = Fraction(len(year))
        revenue, fai = self.of_zone("营业收入(全口径)"), self.of_zone("工业投资")
        grown = minus(over(fai, self.of_zone("工业投资", self.year - 1), 100), Fraction(100))
        known = [
            row.number("基准值")
            for row in self.now("基准")
            if row.text("指标编号") == "JX01" and row.text("范围") == "全省"
        ]
        province = max((value for value in known if value is not None), default=None)

        def share(label: str, *what: str) -> Fraction | None:
            return over(count(year, lambda row: row.text(label) in what), many, 100)

        steps = {"a": 50_000_000, "b": 30_000_000, "c": 10_000_000, "d": 5_000_000}
        above = {
            f"JX12{step}": count(year, lambda row, sum=sum: (row.number("营业收入(全口径)") or 0) > sum) for step, sum in steps.items()
        }  # fmt: skip
        once, served = self.of_zone("只跑一次或一次不跑事项数"), self.of_zone("涉企服务事项数")
        return above | {
            "JX01": minus(grown, province),
            "JX1-06": grown,
            "JX1-07": province,
            "JX1-05": scaled(fai, WAN),
            "JX09": yearly(revenue, self.of_zone("营业收入(全口径)", BASE), self.year - BASE),
            "JX10": yearly(self.of_zone("利润总额(全口径)"), self.of_zone("利润总额(全口径)", BASE), self.year - BASE),
            "JX11": scaled(revenue, WAN),
            "JX1-03": scaled(self.of_zone("利润总额(全口径)"), WAN),
            "JX16a": share("审批改革", "是"),
            "JX16b": share("人事薪酬改革", "是"),
            "JX16c": share("投融资改革", "是"),
            "JX17": count(year, lambda row: row.yes("一站式综合服务大厅")),
            "JX18": over(once, served, 100),
            "JX32": share("循环化改造状态", "通过验收"),
            "JX38": share("数字化达标等级", "3级", "4级", "5级"),
            "JX39": count(year, lambda row: row.yes("能耗双控目标完成")),
            "JX8-12": served,
            "JX8-13": once,
            "JX8-15": self.of_zone("网上可办事项数"),
        }

    def constant_value(self) -> Fraction | None:
        """va_const: the base year's 增加值 times every year's growth since, kept to 1 元; unknown when one year's is missing."""
        rows = []
        for row in self.whole_zone():
            first = [old for old in self.now("开发区年度", ENERGY_BASE) if old.zone == row.zone]
            value = first[0].number("规上工业增加值") if first else None
            for year in range(ENERGY_BASE + 1, self.year + 1):
                later = [old for old in self.now("开发区年度", year) if old.zone == row.zone]
                rate = later[0].number("规上工业增加值可比价增速") if later else None
                value = None if value is None or rate is None else value * (1 + rate / 100)
            rows.append(None if value is None else rounded(value, 4))
        return total(rows)

    def _energy(self) -> Figures:
        energy, water, treated = (
            self.of_zone("综合能源消费量"),
            self.of_zone("污水产生量"),
            self.of_zone("污水集中处理量"),
        )
        each = over(energy, self.constant_value())
        base = over(self.of_zone("综合能源消费量", ENERGY_BASE), self.of_zone("规上工业增加值", ENERGY_BASE))
        waste, used = self.of_zone("工业固废产生量"), self.of_zone("工业固废综合利用量")
        return {
            "JX13": minus(Fraction(100), over(each, base, 100)),
            "JX14": over(treated, water, 100),
            "JX7-01": scaled(energy, WAN),
            "JX7-02": scaled(self.constant_value(), WAN),
            "JX7-03": each,
            "JX7-05": scaled(self.of_zone("规上工业增加值"), WAN),
            "JX7-06": water,
            "JX7-07": treated,
            "JX7-10": waste,
            "JX7-11": used,
            "JX7-12": over(used, waste, 100),
        }

    # projects

    def level(self, row: Row) -> str:
        """The level of the zone or sub-park that a row is in."""
        return next(zone.text("级别") for zone in self.kept["开发区"] if zone.zone == row.zone)

    def is_5020(self, row: Row) -> bool:
        """project.is_5020 【口径参数】."""
        threshold = {"国家级": YI[50], "省级": YI[20]}.get(self.level(row))
        return threshold is not None and at_least(row, "计划总投资", threshold)

    def together(self, row: Row) -> bool:
        """Whether the members of a cluster of projects come to 20 亿元."""
        members = [
            each
            for each in self.kept["项目"]
            if each.zone == row.zone and each.text("所属集群项目编号") == row.text("项目编号") != ""
        ]
        sum = sum_of(members, "计划总投资")
        return sum is not None and sum >= YI[20]

    def _projects(self) -> Figures:
        rows = self.kept["项目"]
        signed = [row for row in rows if self.within(row.day("签约日期"))]
        large = [row for row in rows if at_least(row, "计划总投资", 10_000) and row.text("当前阶段") in STAGES]
        linked = [row for row in rows if row.text("当前阶段") in LINKED]
        ever = any(self.is_5020(row) and self.until(row.day("签约日期")) for row in rows)

        def single(row: Row, sum: int) -> bool:
            return row.text("单体或集群") == "单体" and at_least(row, "计划总投资", sum)

        return {
            "JX02": count(signed, lambda row: at_least(row, "计划总投资", 10_000)),
            "JX03": count(signed, self.is_5020),
            "JX04": Fraction(100 if ever else 0),
            "JX19": count(signed, lambda row: self.level(row) == "国家级" and single(row, YI[50])),
            "JX20": count(
                signed,
                lambda row: (
                    self.level(row) == "省级"
                    and (single(row, YI[20]) or (row.text("单体或集群") == "同一产业链集群" and self.together(row)))
                ),
            ),
            "JX21": count(rows, lambda row: self.is_5020(row) and row.text("当前阶段") in (*BUILDING, "投产")),
            "JX35": over(
                count(linked, lambda row: all(map(row.text, ("包干领导", "责任单位", "任务清单")))),
                Fraction(len(linked)),
                100,
            ),
            "JX2-01": Fraction(len(large)),
            "JX2-02": scaled(sum_of(large, "计划总投资"), WAN),
        }


def yearly(now: Fraction | None, base: Fraction | None, years: int) -> Fraction | None:
    """((now / base) ^ (1 / years) − 1) × 100; unknown where the base is not above nought, or the figure is below."""
    if now is None or base is None or base <= 0 or now < 0 or years <= 0:
        return None
    with localcontext() as context:
        context.prec = 90
        ratio = Decimal((now / base).numerator) / Decimal((now / base).denominator)
        root = Fraction(ratio ** (Decimal(1) / years)) if ratio else Fraction(0)
    near = root.limit_denominator(10**12)  # a root that is a fraction, exactly
    return ((near if near**years == now / base else root) - 1) * 100


def places(id: str) -> int:
    """Decimals that a figure is printed with."""
    if id in TENTHS:
        return 1
    return 4 if id == "JX7-03" else 2 if id in TWO else 0
