"""The 台办 return's figures, written from indicators.md B1 and returns.md C1, not from the pack. Imports nothing of the program.

Each figure is exact, in the unit that the return prints it in.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.independent.ledgers import MU, Day, Figures, Row, Zone, count, over, plus, rounded, scaled, sum_of, total

WORK = ("就业", "创业")
STAGES = ("意向", "储备", "在谈", "签约", "注册落地", "开工", "在建", "竣工", "投产", "达产营运")
SETTLED = ("新引进", "增资扩股")  # 项目性质 that counts as newly come 【口径参数】
SINCE = (2020, 9, 17)  # the day of 赣府字〔2020〕69号
TWO = {
    "TW03", "TW04", "TW05", "TW11", "TW14B", "TW1-07", "TW1-08", "TW1-09", "TW1-10", "TW1-11", "TW1-12", "TW1-13",
    "TW1-14", "TW1-15", "TW1-16", "TW1-31", "TW6-02", "TW6-02N", "TW6-03", "TW6-03N", "TW6-04", "TW6-04N", "TW6-06",
}  # fmt: skip


class Taiwan(Zone):
    """One zone in one year."""

    def taiwan(self, row: Row) -> bool:
        """Whether the enterprise of a row is 台资 in the report year."""
        return self.marked(row.link("企业"), "是否台资")

    def figures(self) -> Figures:
        """Indicator → figure."""
        return {
            **self._enterprises(),
            **self._inflows(),
            **self._people(),
            **self._exchange(),
            **self._projects(),
            **self._places(),
            **self._service(),
        }

    def _enterprises(self) -> Figures:
        tw = [firm for firm in self.states if self.marked(firm, "是否台资")]
        here = [firm for firm in tw if self.state(firm, "运营状态") in ("正常运营", "筹建")]
        money = [row for row in self.now("经济数据") if self.taiwan(row)]
        lasting = [row for row in self.kept["台资企业"] if self.taiwan(row)]
        marks = ("世界500强", "台湾百大", "行业龙头")
        skilled = {
            row.link("企业") for row in self.kept["企业资质"]
            if row.text("资质") in ("高新技术企业", "科技型中小企业") and self.taiwan(row)
            if self.lasts(row, "认定日期", "", "有效期至") and row.text("资质状态") != "失效"
        }  # fmt: skip
        made = sum_of(money, "工业总产值")
        return {
            "TW02": Fraction(len(here)),
            "TW03": scaled(made, Fraction(1, 10_000)),
            "TW08": count(tw, lambda firm: firm in self.firms and any(map(self.firms[firm].yes, marks))),
            "TW10": Fraction(len(skilled)),
            "TW11": sum_of(money, "研发费用加计扣除额"),
            "TW1-02": count(here, lambda firm: firm in self.firms and self.within(self.firms[firm].day("入园时间"))),
            "TW1-03": count(here, lambda firm: self.marked(firm, "是否规上")),
            "TW1-07": sum_of(lasting, "合同台资额"),
            "TW1-12": made,
            "TW1-13": sum_of(money, "营业收入"),
            "TW1-14": sum_of(money, "利润总额"),
            "TW1-15": sum_of(money, "实际上缴税费总额"),
            "TW1-16": total(
                (row.number("出口额") or Fraction(0)) + (row.number("进口额") or Fraction(0)) for row in money
            ),
            "TW1-17": sum_of(money, "期末从业人员"),
            "TW1-18": sum_of(lasting, "台干人数"),
            "TW1-31": sum_of(money, "研发费用合计"),
        }

    def _inflows(self) -> Figures:
        rows = [row for row in self.kept["到资流水"] if row.yes("计入台办口径") and self.taiwan(row)]
        now = [row for row in rows if self.within(row.day("到资日期"))]
        ever = [row for row in rows if (day := row.day("到资日期")) and SINCE <= day <= self.end]
        cny = sum_of(ever, "折万元")
        return {
            "TW04": scaled(cny, Fraction(1, 10_000)),
            "TW05": sum_of(ever, "折万美元"),
            "TW1-08": sum_of(now, "折万美元"),
            "TW1-09": sum_of(now, "折万美元", lambda row: row.yes("第三地转投资")),
            "TW1-10": sum_of(now, "折万元"),
            "TW1-11": cny,
        }

    def stays(self, kinds: tuple[str, ...], begun: Day, on: Day) -> set[str]:
        """Persons with a stay begun by a day and not ended by another one; the last day of a stay is over already."""
        return {
            row.text("证件散列") for row in self.kept["台湾青年"]
            if row.text("类型") in kinds and (start := row.day("起始日期")) and start <= begun
            if (stop := row.day("终止日期")) is None or stop > on
        } - {""}  # fmt: skip

    def _people(self) -> Figures:
        before = (self.year - 1, 12, 31)
        ever = {
            row.text("证件散列")
            for row in self.kept["台湾青年"]
            if row.text("类型") in WORK and self.until(row.day("起始日期"))
        }
        during, first = self.stays(WORK, self.end, before), self.stays(WORK, before, before)
        return {
            "TW06": Fraction(len(ever - {""})),
            "TW1-19": Fraction(len(self.stays(WORK, self.end, self.end))),
            "TW1-20": Fraction(len(self.stays(("创业",), self.end, self.end))),
            "TW1-21": Fraction(len(during - first)),
        }

    def _exchange(self) -> Figures:
        events = {row.key("活动编号", "活动名称"): row for row in self.kept["交流活动"]}
        listed = {row.link("活动") for row in self.kept["交流人员"]}
        ended = {key: row.day("结束日期") for key, row in events.items()}

        def persons(when: Callable[[Day | None], bool]) -> Fraction | None:
            known = {
                row.text("证件散列") for row in self.kept["交流人员"] if row.yes("是否青年") and when(ended.get(row.link("活动")))
            } - {""}  # fmt: skip
            rest = [row for key, row in events.items() if key not in listed and when(ended[key])]
            return plus(Fraction(len(known)), sum_of(rest, "本场台青人数"))

        rows = self.kept["交流活动"]
        return {
            "TW07": persons(self.until),
            "TW13": count(rows, lambda row: self.within(row.day("结束日期"))),
            "TW1-24": persons(self.within),
            "TW1-25": sum_of(rows, "台湾青年人次", lambda row: self.within(row.day("结束日期"))),
            "TW1-27": sum_of(rows, "台湾青年人次", lambda row: self.until(row.day("结束日期"))),
        }

    def _projects(self) -> Figures:
        rows = [row for row in self.kept["项目"] if row.text("内外资") == "台资"]
        begun = [row for row in rows if self.within(row.day("注册日期"))]

        def settled(row: Row) -> bool:
            day = row.day("注册日期")
            return row.text("项目性质") in SETTLED and day is not None and SINCE <= day <= (2022, 9, 16)

        return {
            "TW01": count(rows, settled),
            "TW1-04": count(begun, lambda row: row.text("项目性质") in SETTLED),
            "TW1-05": count(begun, lambda row: row.text("项目性质") == "新引进"),
            "TW1-06": count(begun, lambda row: row.text("项目性质") == "增资扩股"),
            "TW3-01": count(rows, lambda row: row.text("当前阶段") in STAGES),
        }

    def _places(self) -> Figures:
        parks = [row for row in self.kept["主题产业园"] if row.text("主题园类型") == "台湾园中园"]
        there = [row for row in parks if row.day("开园日期") is None or self.until(row.day("开园日期"))]
        new = [row for row in parks if self.within(row.day("开园日期"))]
        halls = count(
            self.kept["台青平台"],
            lambda row: (
                (row.day("授牌日期") or self.first) <= self.end
                and ((gone := row.day("关闭日期")) is None or gone > self.end)
            ),
        )
        land = [
            row for row in self.kept["宗地占用"]
            if row.text("占用方式") in ("自用", "租入") and self.lasts(row, "起始日期", "终止日期") and self.taiwan(row)
        ]  # fmt: skip
        rooms = [row for row in self.kept["厂房入驻"] if self.lasts(row, "起始日期", "终止日期") and self.taiwan(row)]
        fresh = lambda row: self.within(row.day("起始日期"))  # noqa: E731
        return {
            "TW12": Fraction(len(there)) + halls,
            "TW1-28": halls,
            "TW1-29": Fraction(len(there)),
            "TW6-02": total(map(planned, there)),
            "TW6-02N": total(map(planned, new)),
            "TW6-03": scaled(sum_of(land, "占用土地面积"), MU),
            "TW6-03N": scaled(sum_of(land, "占用土地面积", fresh), MU),
            "TW6-04": sum_of(rooms, "租用面积"),
            "TW6-04N": sum_of(rooms, "租用面积", fresh),
            "TW6-05N": Fraction(len(new)),
        }

    def _service(self) -> Figures:
        raised = [row for row in self.kept["问题"] if self.within(row.day("提出日期"))]
        closed = count(raised, lambda row: self.until(row.day("办结日期")))
        year = self.whole_zone()
        sent = [row for row in self.now("上报批次") if row.text("报表包") == "台办" and self.until(row.day("报出日期"))]
        plans = [row for row in self.kept["开发区文件"] if row.text("文件类别") == "产业园发展规划"]
        coast = ("昆山", "东莞", "厦门", "台湾")
        return {
            "TW09": count(
                self.kept["招商活动"], lambda row: row.text("活动地点") in coast and self.within(row.day("活动日期"))
            ),
            "TW14": sum_of(year, "联席会议次数"),
            "TW14B": over(closed, Fraction(len(raised)), 100),
            "TW15": Fraction(len(sent)),
            "TW16": count(self.kept["开发区"], lambda row: row.text("合作区产业园") in ("南昌", "赣州", "吉安")),
            "TW17": count(plans, lambda row: self.until(row.day("印发日期"))),
            "TW1-32": Fraction(len(raised)),
            "TW1-33": closed,
            "TW6-06": sum_of(year, "基础设施投入"),
        }


def planned(row: Row) -> Fraction | None:
    """亩 of a plan, kept as ㎡ of two decimals (ledgers.md §0.1)."""
    mu = row.number("规划面积")
    return None if mu is None else rounded(mu / MU, 2) * MU


def places(id: str) -> int:
    """Decimals that a figure is printed with."""
    return 2 if id in TWO else 0
