"""The figures of 工信 worked out again by plain Python from exported CSV: an independent reference, importing nothing of ours.

A cell that is blank is unknown: what needs it is not counted, a sum of blanks only is none, a quotient by nothing is none.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

Row = dict[str, str]
LEDGERS = (
    "开发区", "开发区年度", "开发区称号", "企业", "企业年度", "经济数据", "宗地", "宗地年度", "宗地占用", "标准厂房", "厂房入驻", "项目",
    "企业资质", "创新平台", "问题", "主题产业园", "产业集群", "产业链", "基准",
)  # fmt: skip
CODES = Path(__file__).resolve().parents[1] / "resources" / "codes" / "国民经济行业.csv"
STAGES = ("意向", "储备", "在谈", "签约", "注册落地", "开工", "在建", "竣工", "投产", "达产营运")
REV, PROFIT = "营业收入(全口径)(万元)", "利润总额(全口径)(万元)"
PAPERS = (
    "产业链图",
    "技术路线图",
    "应用领域图",
    "区域分布图",
    "项目清单",
    "企业清单",
    "集群清单",
    "政策清单",
    "问题清单",
)
MU = Decimal(10000) / 15


def read(folder: Path) -> dict[str, list[Row]]:
    """The exported ledgers by name."""
    found = {}
    for name in LEDGERS:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            found[name] = list(csv.DictReader(file))
    return found


def number(text: str) -> Decimal | None:
    """A number, None for a blank."""
    return Decimal(text) if text else None


def total(texts: Iterable[str]) -> Decimal | None:
    """The sum of what is filled in: 0 of no rows, None of rows that are all blank."""
    rows = list(texts)
    known = [Decimal(text) for text in rows if text]
    return sum(known, Decimal(0)) if known or not rows else None


def sum_of(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The same of amounts worked out."""
    rows = list(amounts)
    known = [amount for amount in rows if amount is not None]
    return sum(known, Decimal(0)) if known or not rows else None


def ratio(top: Decimal | int | None, bottom: Decimal | int | None, times: int = 1) -> Decimal | None:
    """A quotient, None where it cannot be worked out."""
    return None if top is None or not bottom else Decimal(top) * times / Decimal(bottom)


def printed(value: Decimal | int | None, places: int) -> str:
    """Rounded half up once; "" for none."""
    if value is None:
        return ""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0:f}"


class Reference:
    """The figures of one report year of all zones in the files; ``main`` are the zones that report a year of their own."""

    def __init__(self, ledgers: dict[str, list[Row]], year: int) -> None:
        self.of, self.year, self.end = ledgers, year, f"{year}-12-31"
        self.level = {row["开发区"]: row["级别"] for row in ledgers["开发区"]}
        self.main = {row["开发区"] for row in ledgers["开发区"] if row["层级角色"] != "分园/片区"}
        with CODES.open(encoding="utf-8-sig", newline="") as file:
            lines = (line for line in file if not line.startswith("#"))
            self.trade = {row["name"]: row["code"] for row in csv.DictReader(lines) if len(row["code"]) == 4}
        self.firms = {(row["开发区"], row["统一社会信用代码"]): row for row in ledgers["企业"]}
        self.states = self.by_firm("企业年度", year)
        self.economy = self.by_firm("经济数据", year)
        self.producing = {key for key in self.states if self._produces(key)}

    def by_firm(self, ledger: str, year: int) -> dict[tuple[str, str], Row]:
        """A year's rows of a ledger by firm."""
        return {
            (row["开发区"], row["企业:统一社会信用代码"]): row for row in self.of[ledger] if row["报告期"] == str(year)
        }

    def industrial(self, row: Row) -> bool:
        """行业代码 0610—4690."""
        return "0610" <= self.trade.get(row["行业代码"], "") <= "4690"

    def _produces(self, key: tuple[str, str]) -> bool:
        firm = self.firms[key]
        begun = firm["投产日期"]
        return self.industrial(firm) and "" < begun <= self.end and self.states[key]["运营状态"] == "正常运营"

    def here(self, row: Row) -> bool:
        """In force at the end of the year."""
        return "" < row["起始日期"] <= self.end and (not row["终止日期"] or row["终止日期"] > self.end)

    def this_year(self, day: str) -> bool:
        """Whether a day is in the report year."""
        return day[:4] == str(self.year)

    def of_zone(self, column: str, year: int | None = None) -> Decimal | None:
        """A column of 开发区年度 over the zones that report one."""
        wanted = str(year or self.year)
        rows = (row for row in self.of["开发区年度"] if row["报告期"] == wanted and row["开发区"] in self.main)
        return total(row[column] for row in rows)

    def zones(self, test: Callable[[Row], bool] = lambda row: True) -> int:
        """How many zones' years pass a test."""
        rows = (row for row in self.of["开发区年度"] if row["报告期"] == str(self.year) and row["开发区"] in self.main)
        return sum(test(row) for row in rows)

    def covered(self, column: str, word: str = "是") -> Decimal | None:
        """Per cent of zones that say so."""
        return ratio(self.zones(lambda row: row[column] == word), self.zones(), 100)

    # --- land ---

    def producing_land(self) -> Decimal | None:
        """亩 that the producing firms use: their own and rented land, and their share of the plots under rented halls."""
        used = total(
            row["占用土地面积(㎡)"]
            for row in self.of["宗地占用"]
            if row["占用方式"] in ("自用", "租入") and self.here(row) and self._of_producing(row)
        )
        rented = sum_of(map(self.share, self._leases()))
        return None if used is None or rented is None else (used + rented) / MU

    def _of_producing(self, row: Row) -> bool:
        return (row["开发区"], row["企业:统一社会信用代码"]) in self.producing

    def _leases(self) -> list[Row]:
        return [row for row in self.of["厂房入驻"] if self.here(row) and self._of_producing(row)]

    def share(self, lease: Row) -> Decimal | None:
        """折算占地: the floor let × the plot ÷ its finished halls, to the hundredth of a ㎡."""
        halls = {(row["开发区"], row["厂房编号"]): row for row in self.of["标准厂房"]}
        plot = halls[lease["开发区"], lease["厂房:厂房编号"]]["所在宗地:宗地编号"]
        built = total(
            row["总建筑面积(㎡)"]
            for row in self.of["标准厂房"]
            if (row["开发区"], row["所在宗地:宗地编号"]) == (lease["开发区"], plot) and "" < row["竣工日期"] <= self.end
        )
        area = next(
            row["宗地面积(㎡)"]
            for row in self.of["宗地"]
            if row["宗地编号"] == plot and row["开发区"] == lease["开发区"]
        )
        if not built or not area or not lease["租用面积(㎡)"]:
            return None
        return (Decimal(lease["租用面积(㎡)"]) * Decimal(area) / built).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def begun_land(self) -> Decimal | None:
        """亩 of industrial plots supplied and begun."""
        supplied = {
            (row["开发区"], row["宗地:宗地编号"]): row["供应分类"]
            for row in self.of["宗地年度"]
            if row["报告期"] == str(self.year)
        }
        kinds = {"划拨", "有偿使用且未到期", "有偿使用已到期未处置", "已供应"}
        area = total(
            row["宗地面积(㎡)"]
            for row in self.of["宗地"]
            if row["土地用途"] == "工业" and "" < row["实际动工日期"] <= self.end
            if supplied.get((row["开发区"], row["宗地编号"])) in kinds
        )
        return None if area is None else area / MU

    def investment(self) -> Decimal | None:
        """Fixed assets of producing firms and what is spent on projects whose legal person does not produce yet."""
        firms = total(row["累计固定资产投资(万元)"] for key, row in self.economy.items() if key in self.producing)
        known = {(zone, code) for zone, code in self.producing}
        projects = total(
            row["累计完成投资(万元)"]
            for row in self.of["项目"]
            if self.industrial(row)
            and row["当前阶段"] in STAGES[5:8]
            and (row["开发区"], row["项目法人代码"]) not in known
        )
        return None if firms is None or projects is None else firms + projects

    def plots(self, test: Callable[[Row], bool] = lambda row: True) -> Decimal | None:
        """㎡ of industrial plots supplied this year."""
        rows = (row for row in self.of["宗地"] if row["土地用途"] == "工业" and self.this_year(row["供应日期"]))
        return total(row["宗地面积(㎡)"] for row in rows if test(row))

    def halls(self) -> Decimal | None:
        """使用率 of the halls finished before this year."""
        old = [row for row in self.of["标准厂房"] if "" < row["竣工日期"] <= f"{self.year - 1}-12-31"]
        used = [
            total(
                lease["租用面积(㎡)"]
                for lease in self.of["厂房入驻"]
                if (lease["开发区"], lease["厂房:厂房编号"]) == (row["开发区"], row["厂房编号"]) and self.here(lease)
            )
            for row in old
        ]
        return ratio(sum_of(used), total(row["可租售面积(㎡)"] for row in old), 100)

    # --- projects and firms ---

    def projects(self, test: Callable[[Row], bool]) -> int:
        """How many projects pass a test."""
        return sum(test(row) for row in self.of["项目"])

    def large(self, row: Row) -> bool:
        """5020: 50 亿元 in a national zone, 20 in a provincial one."""
        least = {"国家级": 500000, "省级": 200000}.get(self.level[row["开发区"]])
        money = number(row["计划总投资(万元)"])
        return least is not None and money is not None and money >= least

    def of_members(self, row: Row) -> Decimal:
        """What the members of a group of projects come to."""
        mine = (
            each
            for each in self.of["项目"]
            if "" < each["所属集群项目编号"] == row["项目编号"] and each["开发区"] == row["开发区"]
        )
        return total(each["计划总投资(万元)"] for each in mine) or Decimal(0)

    def signed(self, least: int, level: str = "") -> Callable[[Row], bool]:
        """Projects signed this year of at least so many 万元, in zones of a level."""

        def test(row: Row) -> bool:
            money = number(row["计划总投资(万元)"])
            there = not level or self.level[row["开发区"]] == level
            return self.this_year(row["签约日期"]) and there and money is not None and money >= least

        return test

    def grown(self, *thresholds: int) -> int:
        """Firms over one of the thresholds (万元) that were not in 2021, or came since."""
        base = self.by_firm("经济数据", 2021)

        def one(key: tuple[str, str], row: Row, least: int) -> bool:
            now, before = number(row["营业收入(万元)"]), number(base[key]["营业收入(万元)"]) if key in base else None
            entered = self.firms[key]["入园时间"]
            new = (before is not None and before < least) or (entered != "" and int(entered[:4]) > 2021)
            return now is not None and now >= least and new

        return sum(any(one(key, row, least) for least in thresholds) for key, row in self.economy.items())

    def share_of_firms(self, top: Callable[[Row], bool], bottom: Callable[[Row], bool]) -> Decimal | None:
        """Per cent of firms by their year's state."""
        among = [row for row in self.states.values() if bottom(row)]
        return ratio(sum(map(top, among)), len(among), 100)

    def growth(self, column: str) -> Decimal | None:
        """Yearly growth since 2021, in per cent."""
        now, base, years = self.of_zone(column), self.of_zone(column, 2021), self.year - 2021
        if now is None or not base or base < 0 or now < 0 or years <= 0:
            return None
        with localcontext(prec=50):
            return ((now / base) ** (Decimal(1) / years) - 1) * 100

    def saved(self) -> Decimal | None:
        """How much less energy a unit of output at constant prices takes than in 2020, in per cent."""
        column, rates = "综合能源消费量(吨标准煤)", Decimal(1)
        for year in range(2021, self.year + 1):
            rate = self.of_zone("规上工业增加值可比价增速(%)", year)
            there = any(
                r["报告期"] == str(year) and r["规上工业增加值可比价增速(%)"]
                for r in self.of["开发区年度"]
                if r["开发区"] in self.main
            )
            if rate is None or not there:
                return None
            rates *= 1 + rate / 100
        now, base, added = self.of_zone(column), self.of_zone(column, 2020), self.of_zone("规上工业增加值(万元)", 2020)
        if now is None or not base or not added:
            return None
        output = (added * rates).quantize(Decimal("0.0001"), ROUND_HALF_UP)  # to 元
        return (1 - now / output / (base / added)) * 100 if output else None

    def titles(self, names: tuple[str, ...], levels: tuple[str, ...] = ("国家", "省", "市", "县", "")) -> int:
        """Titles in force at the end of the year."""
        return sum(
            row["称号"] in names and row["称号级别"] in levels and "" < row["获批日期"] <= self.end
            and (not row["有效期止"] or row["有效期止"] >= self.end)
            for row in self.of["开发区称号"]
        )  # fmt: skip

    def figures(self) -> dict[str, str]:
        """Indicator id → figure as printed, "" where it cannot be worked out."""
        return {id: printed(value, places) for id, (value, places) in {**self._economy(), **self._rest()}.items()}

    def _economy(self) -> dict[str, tuple[Decimal | int | None, int]]:
        land = self.producing_land()
        sums = {
            column: total(row[column] for key, row in self.economy.items() if key in self.producing)
            for column in ("营业收入(万元)", "实际上缴税费总额(万元)")
        }
        rev, now, before = (
            self.of_zone(REV),
            self.of_zone("工业投资(万元)"),
            self.of_zone("工业投资(万元)", self.year - 1),
        )
        rate = ratio(now, before, 100)
        mean = [
            Decimal(row["基准值(%)"])
            for row in self.of["基准"]
            if (row["指标编号"], row["范围"], row["报告期"]) == ("JX01", "全省", str(self.year)) and row["基准值(%)"]
        ]
        over = None if rate is None or not mean else rate - 100 - max(mean)
        built = total(row["总建筑面积(㎡)"] for row in self.of["标准厂房"] if self.this_year(row["竣工日期"]))
        tier = lambda least: self.zones(lambda row: row[REV] != "" and Decimal(row[REV]) > least * 10000)  # noqa: E731
        return {
            "JX01": (over, 1), "JX02": (self.projects(self.signed(10000)), 0),
            "JX03": (self.projects(lambda row: self.large(row) and self.this_year(row["签约日期"])), 0),
            "JX04": (100 if self.projects(lambda row: self.large(row) and "" < row["签约日期"] <= self.end) else 0, 0),
            "JX05": (ratio(built, 10000), 2), "JX06": (ratio(self.investment(), self.begun_land()), 2),
            "JX07": (ratio(sums["营业收入(万元)"], land), 2), "JX08": (ratio(sums["实际上缴税费总额(万元)"], land), 2),
            "JX09": (self.growth(REV), 1), "JX10": (self.growth(PROFIT), 1), "JX11": (ratio(rev, 10000), 2),
            **{f"JX12{letter}": (tier(least), 0) for letter, least in zip("abcd", (5000, 3000, 1000, 500), strict=True)},
            "JX13": (self.saved(), 1),
        }  # fmt: skip

    def _rest(self) -> dict[str, tuple[Decimal | int | None, int]]:
        above = lambda row: row["是否规上"] == "是"  # noqa: E731
        key = lambda row: row["重点骨干企业"] == "是"  # noqa: E731
        running = lambda row: row["运营状态"] == "正常运营"  # noqa: E731
        up = [who for who, row in self.states.items() if above(row)]
        active = sum(who in self.economy and self.economy[who]["有R&D活动"] == "是" for who in up)
        whole = lambda row: self.signed(200000, "省级")(row) and row["单体或集群"] == "单体"  # noqa: E731
        group = lambda row: (  # noqa: E731
            self.this_year(row["签约日期"])
            and self.level[row["开发区"]] == "省级"
            and row["单体或集群"] == "同一产业链集群"
            and self.of_members(row) >= 200000
        )
        looked_after = [row for row in self.of["项目"] if row["当前阶段"] in STAGES[3:9]]
        named = sum(all(row[column] for column in ("包干领导", "责任单位", "任务清单")) for row in looked_after)
        clusters = [row for row in self.of["产业集群"] if row["报告期"] == str(self.year)]
        ours = [row for row in clusters if row["集群级别"] in ("省级", "省级培育", "省级特色")]
        raised = [row for row in self.of["问题"] if "" < row["提出日期"] <= self.end]
        closed = sum(row["办理状态"] in ("办结", "销号") and "" < row["办结日期"] <= self.end for row in raised)
        fifty, ten = self.grown(500000), self.grown(100000)
        quotient = lambda top, bottom: ratio(self.of_zone(top), self.of_zone(bottom), 100)  # noqa: E731
        return {
            "JX14": (quotient("污水集中处理量(万吨)", "污水产生量(万吨)"), 2), "JX15": (self.titles(("绿色园区",), ("国家", "省")), 0),
            "JX16a": (self.covered("审批改革"), 0), "JX16b": (self.covered("人事薪酬改革"), 0), "JX16c": (self.covered("投融资改革"), 0),
            "JX17": (self.zones(lambda row: row["一站式综合服务大厅"] == "是"), 0),
            "JX18": (quotient("只跑一次或一次不跑事项数(项)", "涉企服务事项数(项)"), 2),
            "JX19": (self.projects(lambda row: self.signed(500000, "国家级")(row) and row["单体或集群"] == "单体"), 0),
            "JX20": (self.projects(whole) + self.projects(group), 0),
            "JX21": (self.projects(lambda row: self.large(row) and row["当前阶段"] in STAGES[5:9]), 0),
            "JX22": (self.grown(500000, 1000000), 0), "JX23": (int(fifty >= 1 or ten >= 3), 0), "JX23a": (fifty, 0), "JX23b": (ten, 0),
            "JX24a": (len(ours), 0),
            "JX24b": (sum(row["集群营业收入(万元)"] != "" and Decimal(row["集群营业收入(万元)"]) > 10**7 for row in ours), 0),
            "JX25": (sum(row["集群级别"] in ("国家", "世界") for row in clusters), 0),
            "JX26": (sum(row["产业链类型"] in ("优势特色", "新兴") for row in self.of["产业链"]), 0),
            "JX27": (sum("2022" <= row["开园日期"] <= min(self.end, "2025-12-31") for row in self.of["主题产业园"]), 0),
            "JX28": (ratio(active, len(up), 100), 2), "JX29": (self.share_of_firms(lambda row: row["有研发机构"] == "是", key), 2),
            "JX30": (ratio(self.plots(lambda row: row["是否标准地"] == "是"), self.plots(), 100), 2),
            "JX31": (self.share_of_firms(lambda row: row["亩产效益参评"] == "是", above), 2),
            "JX32": (self.covered("循环化改造状态", "通过验收"), 0),
            "JX33": (self.share_of_firms(lambda row: row["上云上平台"] == "是", running), 2), "JX34": (self.halls(), 2),
            "JX35": (ratio(named, len(looked_after), 100), 2),
            "JX36": (ratio(sum(all(row[paper] == "是" for paper in PAPERS) for row in self.of["产业链"]), len(self.of["产业链"]), 100), 2),
            "JX37": (ratio(closed, len(raised), 100), 2),
            "JX38": (ratio(self.zones(lambda row: row["数字化达标等级"] >= "3级"), self.zones(), 100), 0),
            "JX39": (self.zones(lambda row: row["能耗双控目标完成"] == "是"), 0),
            "JX40": (self.titles(("两化融合示范园区", "数字化转型标杆园区")), 0),
        }  # fmt: skip
