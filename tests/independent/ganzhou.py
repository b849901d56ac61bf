"""The 赣州 return's figures, written from indicators.md B2 and returns.md C2 for a year or a quarter. Imports nothing of the program."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.independent.ganzhou_land import GanzhouLand
from tests.independent.jiangxi_land import industrial
from tests.independent.ledgers import (
    WAN,
    Day,
    Figures,
    Key,
    Ledgers,
    Row,
    at_least,
    count,
    minus,
    over,
    scaled,
    sum_of,
    total,
)

Test = Callable[[Row], bool]
PROVINCIAL = ("国家", "省")
PLAN = ((2020, 1, 1), (2022, 12, 31))
BY_PERIOD = ("经济数据", "开发区季月")
QUARTERS = (1, 2, 3, 4)
MARKS = {"GZ25": ("独角兽企业",), "GZ26": ("瞪羚企业",), "GZ27": ("高新技术企业",),
         "GZ29": ("专精特新中小企业", "专精特新“小巨人”企业")}  # fmt: skip
CHARTS = ("产业链图", "技术路线图", "应用领域图", "区域分布图")
HUNDREDTHS = {
    *(f"GZ0{n}" for n in range(1, 10)), "GZ17", "GZ18", "GZ19", "GZ20", "GZ21", "GZ22", "GZ22b", "GZ23", "GZ24", "GZ31", "GZ31b", "GZ36",
    "GZ41", "GZ42", "GZ44", "GZ46", "GZ47", "GZ50b", "GZ51", "GZ53", "GZ55", "GZ56b", "GZ3-02", *(f"GZ4-0{n}" for n in range(1, 7)),
    "GZ6-02", "GZ6-04", "GZ6-06", "GZ6-09", "GZ6-10", "GZ7-05",
}  # fmt: skip


class Ganzhou(GanzhouLand):
    """One zone at the end of a year, or of one quarter."""

    def __init__(self, ledgers: Ledgers, code: str, year: int, quarter: int = 0) -> None:
        self.label = f"{year}Q{quarter}" if quarter else str(year)
        super().__init__(ledgers, code, year)
        self.code, self.quarter = code, quarter
        if quarter:
            self.end = (year, quarter * 3, (31, 30, 30, 31)[quarter - 1])
        roles = {row.zone: row.text("层级角色") for row in self.kept["开发区"]}
        self.heads = {zone for zone, role in roles.items() if role != "分园/片区"}
        self.homes = {row.zone: row for row in self.kept["开发区"]}

    def now(self, name: str, year: int = 0) -> list[Row]:
        """Rows of the year; of the quarter where the ledger is kept by quarters."""
        label = self.label if name in BY_PERIOD and not year else str(year or self.year)
        return [row for row in self.kept[name] if row.period == label]

    def head(self, name: str, label: str, period: str = "") -> Fraction | None:
        """A field of what the zone fills in about itself, its sub-parks' rows left out."""
        rows = [row for row in self.kept[name] if row.zone in self.heads and row.period == (period or self.label)]
        return sum_of(rows, label) if rows else None

    def year_of(self, label: str, year: int = 0) -> Fraction | None:
        """A field of 开发区年度."""
        return self.head("开发区年度", label, str(year or self.year))

    def flow(self, label: str) -> Fraction | None:
        """A field of 开发区季月 in a quarter's return, else of 开发区年度."""
        return self.head("开发区季月", label) if self.quarter else self.year_of(label)

    def latest(self, reckon: Callable[[Row], Fraction]) -> Fraction | None:
        """What is reckoned for a quarter; in a year's return for all four, row or no row of the fourth."""
        if self.quarter:
            return total(reckon(row) for row in self.now("开发区季月") if row.zone in self.heads)
        return total(reckon(Row(row.zone, f"{self.year}Q4", {})) for row in self.whole_zone())

    def due(self, row: Row) -> Fraction:
        """How many reports were to be made by a quarter: one each."""
        return Fraction(int(row.period[-1]))

    def punctual(self, row: Row) -> Fraction:
        """How many first versions were in by their day, this quarter and those before."""
        periods = {f"{row.period[:-1]}{n}" for n in QUARTERS if n <= int(row.period[-1])}

        def timely(each: Row) -> bool:
            day, last = each.day("报出日期"), each.day("期限")
            return each.number("版本号") == 1 and day is not None and last is not None and day <= last

        mine = [each for each in self.kept["上报批次"] if each.zone == row.zone and each.period in periods]
        return count(mine, timely)

    def quarters(self, number: int) -> list[Row]:
        """The rows of one quarter of the year."""
        period = f"{self.year}Q{number}"
        return [row for row in self.kept["开发区季月"] if row.period == period and row.zone in self.heads]

    def figures(self) -> Figures:
        """Indicator → figure."""
        return {
            **self._zone(), **self._rank(), **self._money(), **self._mu(), **self._projects(), **self._stock(), **self._firms(),
            **self._minds(), **self._clusters(), **self._ground(), **self._reform(),
        }  # fmt: skip

    def planned(self, day: Day | None, plan: tuple[Day, Day] = PLAN) -> bool:
        """Within the three years, and by the end of the period."""
        return day is not None and plan[0] <= day <= plan[1] and self.until(day)

    def _zone(self) -> Figures:
        revenue, profit, assets = (self.flow(f) for f in ("营业收入(全口径)", "利润总额(全口径)", "园区资产总额"))
        treated, made = self.year_of("污水集中处理量"), self.year_of("污水产生量")
        done, asked = self.latest(self.punctual), self.latest(self.due)
        matters, online = self.flow("涉企服务事项数"), self.flow("网上可办事项数")
        cut = self.year_of("降低企业成本额")
        grown = over(cut, self.year_of("降低企业成本额", self.year - 1), 100)
        clean = count(
            self.whole_zone(),
            lambda row: (
                row.yes("污水出水稳定达标")
                and (row.number("污水集中处理量") is not None and row.number("污水产生量") is not None)
                and row.number("污水集中处理量") >= row.number("污水产生量")  # type: ignore[operator]
            ),
        )
        return {
            "GZ01": over(revenue, self.year_of("营业收入(全口径)", 2019)),
            "GZ02": scaled(revenue, WAN),
            "GZ05": scaled(profit, WAN),
            "GZ06": over(self.flow("高新技术产业增加值"), self.flow("规上工业增加值"), 100),
            "GZ22": scaled(assets, WAN),
            "GZ22b": over(assets, self.year_of("园区资产总额", 2019)),
            "GZ40": Fraction(100 if self._bonds() else 0),
            "GZ41": scaled(self.flow("当年新增发债"), WAN),
            "GZ46": over(online, matters, 100),
            "GZ47": None if grown is None else grown - 100,
            "GZ54": clean,
            "GZ55": over(done, asked, 100),
            "GZ56a": self.year_of("转贷服务笔数"),
            "GZ56b": self.flow("转贷服务金额"),
            "GZ4-05": made,
            "GZ4-06": treated,
            "GZ7-01": matters,
            "GZ7-02": online,
            "GZ7-03": self.year_of("赋权事项数"),
            "GZ7-04": count(self.whole_zone(), lambda row: row.yes("人事薪酬改革")),
            "GZ7-05": cut,
            "GZ7-06": done,
            "GZ7-07": asked,
        }

    def _bonds(self) -> bool:
        """Whether the zone has issued any from 2020 on: 2020—2022 up to the report year, the report year, the quarter so far."""
        years = {year for year in (2020, 2021, 2022) if year <= self.year or year == 2020} | {self.year}
        rows = [row for year in years for row in self.whole_zone(year)]
        if self.quarter:
            rows += [row for row in self.now("开发区季月") if row.zone in self.heads]
        return any((row.number("当年新增发债") or 0) > 0 for row in rows)

    def _rank(self) -> Figures:
        def best(year: int) -> Fraction | None:
            known = [row.number("全省考评位次") for row in self.whole_zone(year)]
            return min((rank for rank in known if rank is not None), default=None)

        ranks = [rank for row in self.whole_zone() if (rank := row.number("全省考评位次")) is not None]
        return {
            "GZ10": count(ranks, lambda rank: rank <= 20),
            "GZ11": count(ranks, lambda rank: rank <= 50),
            "GZ12": minus(best(self.year - 1), best(self.year)),
            "GZ12a": best(self.year),
        }

    def _money(self) -> Figures:
        books = self.now("经济数据")
        large = [row for row in books if self.marked(row.link("企业"), "是否规上") and self.makes(row.link("企业"))]
        first = [row for row in large if self.state(row.link("企业"), "所属产业") == "首位"]
        cities = [row for row in large if self.firms[row.link("企业")].yes("是否两城两谷两带")]
        revenue = sum_of(large, "营业收入")

        def leading(row: Row) -> bool:
            level = self.homes[row.zone].text("级别")
            least = {"国家级": 1_000_000, "省级": 500_000}.get(level)
            return least is not None and at_least(row, "营业收入", least)

        spent = over(sum_of(large, "R&D经费支出"), revenue, 100)
        return {
            "GZ03": over(sum_of(first, "营业收入"), revenue, 100),
            "GZ04": over(sum_of(cities, "营业收入"), revenue, 100),
            "GZ13": count(books, lambda row: exceeds(row, "营业收入", 500_000)) if books else None,
            "GZ14": count(books, lambda row: exceeds(row, "营业收入", 1_000_000)) if books else None,
            "GZ15": count(books, leading) if books else None,
            "GZ31": spent,
            "GZ31b": minus(spent, self._average()),
        }

    def _average(self) -> Fraction | None:
        """What GZ31 is compared with: the country's for a zone of national rank, else the province's."""
        own = self.homes.get(self.code)
        area = "全国" if own is not None and own.text("级别") == "国家级" else "全省"
        rows = [row for row in self.now("基准") if row.text("指标编号") == "GZ31" and row.text("范围") == area]
        known = [value for row in rows if (value := row.number("基准值")) is not None]
        return max(known, default=None)

    def makes(self, firm: Key) -> bool:
        """Whether an enterprise is industrial."""
        return firm in self.firms and industrial(self.firms[firm])

    def _projects(self) -> Figures:
        rows = self.kept["项目"]
        new = [row for row in rows if self.within(row.day("签约日期"))]
        fives = [row for row in new if self.five(row)]
        foreign = count(fives, lambda row: row.text("内外资") in ("港资", "澳资", "台资", "外资"))

        def large(row: Row) -> bool:
            home = self.homes[row.zone]
            national = home.text("级别") == "国家级" and home.text("开发区类型") == "国家级经开区"
            if national:
                return at_least(row, "计划总投资", 500_000)
            return home.text("级别") == "省级" and at_least(row, "计划总投资", 200_000)

        def share(label: str) -> Fraction | None:
            return over(count(new, lambda row: self.until(row.day(label))), Fraction(len(new)), 100)

        return {
            "GZ16": count(new, large),
            "GZ17": over(foreign, Fraction(len(fives)), 100),
            "GZ18": share("注册日期"),
            "GZ19": share("开工日期"),
            "GZ20": share("投产日期"),
            "GZ21": over(sum_of(new, "累计到位资金"), sum_of(new, "签约金额"), 100),
            "GZ52": count(rows, lambda row: at_least(row, "计划总投资", 1_000_000)),
            "GZ3-01": Fraction(len(new)),
            "GZ3-02": scaled(sum_of(new, "签约金额"), WAN),
            "GZ3-03": Fraction(len(fives)),
        }

    def five(self, row: Row) -> bool:
        """5020: 50 亿元 in a zone of national rank, 20 亿元 in one of the province (ledgers.md §6)."""
        least = {"国家级": 500_000, "省级": 200_000}.get(self.homes[row.zone].text("级别"))
        return least is not None and at_least(row, "计划总投资", least)

    def holders(self, row: Row, kinds: tuple[str, ...]) -> bool:
        """Whether a row of 企业资质 is one of these, good at the end."""
        good = self.lasts(row, "认定日期", "", "有效期至") and row.text("资质状态") != "失效"
        return row.text("资质") in kinds and good

    def _firms(self) -> Figures:
        marks, firms = self.kept["企业资质"], self.kept["企业"]

        def many(when: Test) -> Fraction:
            return Fraction(len({row.link("企业") for row in marks if row.link("企业") and when(row)}))

        def small(row: Row) -> bool:
            return row.text("资质") == "科技型中小企业" and self.within(row.day("认定日期"))

        def first(row: Row) -> bool:
            return row.text("级别") == "国家" and self.holders(row, ("制造业单项冠军企业",))

        return {
            **{id: many(lambda row, kinds=kinds: self.holders(row, kinds)) for id, kinds in MARKS.items()},  # type: ignore[misc]
            "GZ28": many(small),
            "GZ30": many(first),
            "GZ36": self._with_labs(),
            "GZ38": count(firms, lambda row: self.until(row.day("上市日期"))),
            "GZ39": count(firms, lambda row: self.planned(row.day("股改日期"))),
            "GZ45": count(firms, lambda row: self.within(row.day("首次入规年月"))),
            **{
                f"GZ6-{number}": count(
                    self.now("企业年度"), lambda row, grade=grade: row.yes("亩产效益参评") and row.text("亩产效益等级") == grade
                )  # type: ignore[misc]
                for number, grade in enumerate("ABCD", 11)
            },
        }  # fmt: skip

    def _with_labs(self) -> Fraction | None:
        """Of large and middle industrial firms and high-tech firms above the line, each once, how many have a laboratory."""
        tech = {row.link("企业") for row in self.kept["企业资质"] if self.holders(row, ("高新技术企业",))}
        asked = [
            row for row in self.now("企业年度")
            if (self.makes(row.link("企业")) and row.text("企业规模") in ("大型", "中型"))
            or (row.yes("是否规上") and row.link("企业") in tech)
        ]  # fmt: skip
        return over(count(asked, lambda row: row.yes("有研发机构")), Fraction(len(asked)), 100)

    def _minds(self) -> Figures:
        platforms, talents, tasks = (self.kept[name] for name in ("创新平台", "人才团队", "科研任务"))
        here = [
            row for row in talents
            if row.text("来源机构") == "中科院稀土研究院" and self.until(row.day("引进日期")) and not self.gone(row)
        ]  # fmt: skip
        top = [row for row in here if row.text("人才类型") in ("院士", "顶尖科学家")]

        def new(row: Row, label: str) -> bool:
            return row.text("级别") in PROVINCIAL and self.planned(row.day(label))

        return {
            "GZ32": count(platforms, lambda row: new(row, "认定日期")),
            "GZ33": count(talents, lambda row: new(row, "引进日期")),
            "GZ34": count(
                tasks, lambda row: row.text("级别") in PROVINCIAL and row.text("开始年度") in ("2020", "2021", "2022")
            ),
            "GZ35": count(platforms, lambda row: row.text("级别") == "市" and self.until(row.day("认定日期"))),
            "GZ37a": sum_of(here, "人数"),
            "GZ37b": sum_of(top, "人数"),
        }

    def gone(self, row: Row) -> bool:
        """Left by the end."""
        day = row.day("离开日期")
        return day is not None and day <= self.end

    def _clusters(self) -> Figures:
        rows, chains = self.now("产业集群"), self.kept["产业链"]
        drawn = count(chains, lambda row: all(row.yes(chart) for chart in CHARTS))
        return {
            "GZ43": count(rows, lambda row: at_least(row, "集群营业收入", 10_000_000)),
            "GZ44": scaled(sum_of(rows, "集群营业收入", lambda row: row.text("集群类型") == "大健康"), WAN),
            "GZ53": over(drawn, Fraction(len(chains)), 100),
        }

    def _reform(self) -> Figures:
        trials, papers = self.kept["试点示范"], self.kept["开发区文件"]

        def by(row: Row, label: str, last: Day) -> bool:
            day = row.day(label)
            return day is not None and day <= last

        set_up = [row for row in trials if by(row, "确定日期", (2020, 5, 20))]
        return {
            "GZ48": Fraction(len(set_up)),
            "GZ48b": count(set_up, lambda row: by(row, "方案日期", (2020, 7, 31))),
            "GZ49": count(
                papers, lambda row: row.text("文件类别") == "实施方案" and by(row, "印发日期", (2020, 5, 31))
            ),
            "GZ50": self._studied(),
            "GZ50b": over(self._study_quarters(), Fraction(self.quarter or 4), 100),
        }

    def _studied(self) -> Fraction | None:
        """How often the leadership met about the zone: in the quarter, in the four of the year."""
        if self.quarter:
            return self.head("开发区季月", "党政专题研究次数")
        years = {row.zone for row in self.whole_zone()}
        every = [
            sum_of([r for r in self.quarters(n) if r.zone in years], "党政专题研究次数") or Fraction(0)
            for n in QUARTERS
        ]
        return sum(every, Fraction(0))

    def _study_quarters(self) -> Fraction:
        years = {row.zone for row in self.whole_zone()}
        rows = [
            row for n in QUARTERS if n <= (self.quarter or 4)
            for row in self.quarters(n) if self.quarter or row.zone in years
        ]  # fmt: skip
        return count(rows, lambda row: at_least(row, "党政专题研究次数", 1))


def exceeds(row: Row, label: str, bound: int) -> bool:
    """Whether a number is filled in and is more."""
    number = row.number(label)
    return number is not None and number > bound


def places(id: str) -> int:
    """Decimals that a figure is printed with."""
    return 2 if id in HUNDREDTHS else 0
