"""The 南通 return's figures, written from indicators.md B3 and returns.md C3 for one year. Imports nothing of the program."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.independent.ledgers import MU, WAN, Figures, Key, Row, Zone, at_least, count, over, scaled, sum_of

Test = Callable[[Row], bool]
PROVINCIAL = ("国家", "省")
HATCHERIES = ("孵化器", "众创空间")
DOCUMENTS = ("权责清单", "政务服务事项目录和实施清单", "区域评估成果应用指南")
LAST = (2022, 12, 31)  # the day by which the safety of every zone was to be assessed
HUNDRED_MILLIONS = {
    "NT1-01": "营业收入(全口径)", "NT1-02": "利润总额(全口径)", "NT1-03": "规上工业营业收入", "NT1-04": "规上工业增加值",
    "NT1-05": "全区税收收入", "NT1-06": "固定资产投资额", "NT1-07": "工业投资",
}  # fmt: skip
AS_KEPT = {
    "NT1-08": "期末从业人员", "NT1-09": "实际使用外资(商务部口径)", "NT1-10": "进出口总额(美元)", "NT1-11": "出口总额(美元)",
    "NT5-01": "重点排污单位数", "NT5-02": "在线监控联网数", "NT5-03": "污水产生量", "NT5-04": "污水集中处理量",
    "NT3-01": "关税保证保险应纳入企业", "NT3-02": "关税保证保险已纳入企业", "NT17": "赋权事项数",
}  # fmt: skip
MARKS = {
    "NT13a": "独角兽企业", "NT13b": "瞪羚企业", "NT13c": "高新技术企业", "NT16a": "智能制造示范工厂/车间", "NT16b": "星级上云",
    "NT16c": "两化融合管理体系", "NT23": "省级服务型制造",
}  # fmt: skip
HUNDREDTHS = {
    *HUNDRED_MILLIONS, "NT02", "NT03", "NT08m", "NT09m", "NT11", "NT15", "NT18", "NT1-09", "NT1-10", "NT1-11", "NT1-12", "NT1-13",
    "NT5-03", "NT5-04", "NT5-05",
}  # fmt: skip


class Nantong(Zone):
    """One zone in one year."""

    def __init__(self, ledgers: dict[str, list[Row]], code: str, year: int) -> None:
        super().__init__(ledgers, code, year)
        self.code = code

    def figures(self) -> Figures:
        """Indicator → figure."""
        return {**self._zone(), **self._named(), **self._money(), **self._firms(), **self._platforms()}

    def of_zone(self, label: str) -> Fraction | None:
        """A figure of 开发区年度."""
        return sum_of(self.whole_zone(), label)

    def share(self, when: Test) -> Fraction | None:
        """Which part of the zone's years it holds for."""
        rows = self.whole_zone()
        return over(count(rows, when), Fraction(len(rows)), 100)

    def _zone(self) -> Figures:
        year = self.whole_zone()

        def assessed(row: Row) -> bool:
            day = row.day("安全风险评估日期")
            return row.yes("安全风险评估完成") and day is not None and day <= LAST

        found: Figures = {id: scaled(self.of_zone(label), WAN) for id, label in HUNDRED_MILLIONS.items()}
        found |= {id: self.of_zone(label) for id, label in AS_KEPT.items()}
        return found | {
            "NT08": self.share(assessed),
            "NT08n": count(year, assessed),
            "NT09": self.share(lambda row: row.yes("安全监管信息平台建成")),
            "NT08m": Fraction(100, 13) * count(year, assessed),
            "NT09m": Fraction(100, 13) * count(year, lambda row: row.yes("安全监管信息平台建成")),
            "NT10": count(year, lambda row: row.text("安全发展示范城市创建") == "建成"),
            "NT11": over(found["NT5-02"], found["NT5-01"], 100),
            "NT18": over(found["NT3-02"], found["NT3-01"], 100),
            "NT1-12": over(self.of_zone("高新技术产业增加值"), self.of_zone("规上工业增加值"), 100),
            "NT5-05": over(found["NT5-04"], found["NT5-03"], 100),
            "NT5-06": count(year, lambda row: row.text("循环化改造状态") == "通过验收"),
        }

    def _named(self) -> Figures:
        zones, trades = self.kept["开发区"], self.kept["开发区产业"]
        titles = [row for row in self.kept["开发区称号"] if self.lasts(row, "获批日期", "", "有效期止")]
        papers = [
            count(
                self.kept["开发区文件"],
                lambda row, kind=kind: row.text("文件类别") == kind and self.until(row.day("印发日期")),
            )  # type: ignore[misc]
            for kind in DOCUMENTS
        ]

        def title(name: str, *levels: str) -> Fraction:
            return count(
                titles, lambda row: row.text("称号") == name and (not levels or row.text("称号级别") in levels)
            )

        def core(row: Row) -> bool:
            area = next(row.number(label) for label in row.cells if label.startswith("核心区面积"))
            return row.zone == self.code and area is not None and area > 0

        return {
            "NT04a": count(trades, lambda row: row.text("产业地位") in ("首位", "主导")),
            "NT04b": count(trades, lambda row: row.text("产业地位") == "新兴"),
            "NT19": count(zones, core),
            "NT20": Fraction(all(papers)),
            **{f"NT20{letter}": many for letter, many in zip("abc", papers, strict=True)},
            "NT21": title("外贸转型升级基地", *PROVINCIAL),
            "NT22": title("服务业集聚区", "省"),
            "NT5-07": title("生态工业"),
            "NT6-01": count(zones, lambda row: row.text("层级角色") == "分园/片区"),
        }

    def _money(self) -> Figures:
        def paid(row: Row) -> bool:
            firm = self.firms.get(row.link("企业"))
            capital = firm.text("资本构成标记") if firm else ""
            return self.within(row.day("到资日期")) and capital in ("港资", "澳资", "台资", "外资")

        def by(*ways: str) -> Fraction | None:
            return sum_of(self.kept["到资流水"], "折万美元", lambda row: paid(row) and row.text("到资方式") in ways)

        def large(row: Row) -> bool:
            foreign = row.text("内外资") in ("港资", "澳资", "台资", "外资")
            return row.yes("先进制造业") and foreign and at_least(row, "外资总投资", 15_000)

        again = [row for row in self.now("宗地年度") if row.yes("低效认定")]
        return {
            "NT01": count(self.kept["项目"], large),
            "NT02": by("现汇", "跨境人民币"),
            "NT03": by("利润再投资", "外债/股东贷款"),
            "NT15": scaled(sum_of(again, "已处置面积"), MU),
        }

    def _firms(self) -> Figures:
        firms, books = self.kept["企业"], self.now("经济数据")
        held: dict[str, set[Key]] = {id: set() for id in MARKS}
        shown = Fraction(0)
        for row in self.kept["企业资质"]:
            if not self.lasts(row, "认定日期", "", "有效期至") or row.text("资质状态") == "失效":
                continue
            for id in (id for id, kind in MARKS.items() if kind == row.text("资质") and row.link("企业")):
                held[id].add(row.link("企业"))
            shown += row.text("资质") == "国家智能制造示范项目" and row.text("级别") == "国家"
        large = [row for row in books if self.marked(row.link("企业"), "是否规上")]
        kinds = ("地区总部", "研发", "物流", "结算", "其他")
        return {
            **{id: Fraction(len(keys)) for id, keys in held.items()},
            "NT24": shown,
            "NT05": count(
                books, lambda row: at_least(row, "营业收入", 300_000) and not at_least(row, "营业收入", 500_000)
            ),
            "NT12": count(firms, lambda row: self.until(row.day("上市日期"))),
            "NT14": count(firms, lambda row: row.text("总部类型") in kinds),
            **{
                f"NT2-0{number}": count(firms, lambda row, kind=kind: row.text("总部类型") == kind)  # type: ignore[misc]
                for number, kind in enumerate(kinds, 1)
            },
            "NT1-13": over(sum_of(large, "R&D经费支出"), sum_of(large, "营业收入"), 100),
        }

    def _platforms(self) -> Figures:
        rows = self.kept["创新平台"]
        here = [row for row in rows if self.lasts(row, "认定日期", "", "到期日期") and row.text("级别") in PROVINCIAL]
        hatcheries = count(here, lambda row: row.text("平台类型") in HATCHERIES)

        def designed(row: Row) -> bool:
            kind = row.text("平台类型") == "工业设计中心" and row.text("级别") in ("省", "市")
            return kind and self.within(row.day("认定日期"))

        return {
            "NT06": count(rows, designed),
            "NT07": Fraction(100 if hatcheries else 0),
            "NT1-14": Fraction(len(here)),
            "NT4-01": hatcheries,
        }


def places(id: str) -> int:
    """Decimals that a figure is printed with."""
    return 2 if id in HUNDREDTHS else 0
