"""The rest of the 台办 return's figures by plain Python: projects, qualifications, parks, land, halls, issues, and 表TW-3, 5, 7, 8."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from tests.reference import SINCE, Reference, Row, printed, total

CODE = "企业:统一社会信用代码"
NEW = ("新引进", "增资扩股")
COAST = ("昆山", "东莞", "厦门", "台湾")
WORK = ("就业", "创业")


class Further(Reference):
    """All figures of one report year."""

    @property
    def before(self) -> str:
        """The last day of the year before."""
        return f"{self.year - 1}-12-31"

    def projects(self, natures: tuple[str, ...], when: Callable[[str], bool]) -> int:
        """台资 projects of these kinds, by the day they were registered."""
        return sum(
            row["内外资"] == "台资" and row["项目性质"] in natures and bool(row["注册日期"]) and when(row["注册日期"])
            for row in self.of["项目"]
        )

    def live(self) -> list[Row]:
        """台资 projects that were not given up; one without a stage is not known to be live."""
        return [row for row in self.of["项目"] if row["内外资"] == "台资" and row["当前阶段"] not in ("", "终止")]

    def qualified(self) -> int:
        """台资 enterprises that are 高新 or 科小 at the year's end, each once."""
        return len(
            {
                row[CODE]
                for row in self.of["企业资质"]
                if row[CODE] in self.taiwan and row["资质"] in ("高新技术企业", "科技型中小企业")
                if row["认定日期"] and row["认定日期"] <= self.end
                if (not row["有效期至"] or row["有效期至"] >= self.end) and row["资质状态"] != "失效"
            }
        )

    def parks(self) -> list[Row]:
        """Parks of the kind 台湾园中园 that are open, or have no day of opening."""
        rows = (row for row in self.of["主题产业园"] if row["主题园类型"] == "台湾园中园")
        return [row for row in rows if not row["开园日期"] or row["开园日期"] <= self.end]

    def bases(self) -> int:
        """台青平台 in operation at the year's end."""
        return sum(
            (not row["授牌日期"] or row["授牌日期"] <= self.end) and (not row["关闭日期"] or row["关闭日期"] > self.end)
            for row in self.of["台青平台"]
        )

    def raised(self) -> list[Row]:
        """Issues raised in the year."""
        return [row for row in self.of["问题"] if self.within(row["提出日期"])]

    def solved(self, row: Row) -> bool:
        """Whether an issue was closed by the year's end."""
        return bool(row["办结日期"]) and row["办结日期"] <= self.end

    def used(self, name: str, column: str, ways: tuple[str, ...] = (), *, fresh: bool = False) -> Decimal | None:
        """㎡ that 台资 enterprises stand on or rent at the year's end; ``fresh``: since this year only."""
        return total(
            row[column]
            for row in self.of[name]
            if row[CODE] in self.taiwan and row["起始日期"] and self.here(row)
            if (not ways or row["占用方式"] in ways) and (not fresh or self.within(row["起始日期"]))
        )

    def people(self, kinds: tuple[str, ...], day: str) -> set[str]:
        """Who is there at the end of a day."""
        return {
            row["证件散列"]
            for row in self.of["台湾青年"]
            if row["类型"] in kinds and row["证件散列"] and row["起始日期"] and row["起始日期"] <= day
            if not row["终止日期"] or row["终止日期"] > day
        }

    def flows(self, kinds: tuple[str, ...]) -> tuple[int, int, int, int, int]:
        """期初, 新增, 流出, 期末, 累计 of persons, followed one by one."""
        first, last = self.people(kinds, self.before), self.people(kinds, self.end)
        rows = [row for row in self.of["台湾青年"] if row["类型"] in kinds and row["证件散列"] and row["起始日期"]]
        ever = {row["证件散列"] for row in rows if row["起始日期"] <= self.end}
        during = {
            row["证件散列"]
            for row in rows
            if row["起始日期"] <= self.end and (not row["终止日期"] or row["终止日期"] > self.before)
        }
        came = {person for person in during if person not in first}
        gone = {person for person in during if person not in last}
        return len(first), len(came), len(gone), len(last), len(ever)

    def cluster(self, name: str) -> tuple[Decimal | None, ...]:
        """A row of 表TW-7: 企业数, 产值, 营业收入, 实缴税收, 本年到资, 累计到资; "" for those without a cluster."""
        mine = {row[CODE]: row["主要产业"] for row in self.of["台资企业"]}
        here = {code for code in self.taiwan if mine.get(code, "") == name}
        made = [row for row in self.economy if row[CODE] in here]
        came = [row for row in self.inflows if row[CODE] in here and row["到资日期"]]
        return (
            Decimal(len(here & self.counted)),
            *(
                total(row[f"{column}(万元)"] for row in made)
                for column in ("工业总产值", "营业收入", "实际上缴税费总额")
            ),
            total(row["折万美元(万美元)"] for row in came if self.within(row["到资日期"])),
            total(row["折万美元(万美元)"] for row in came if self.so_far(row["到资日期"])),
        )

    def figures(self) -> dict[str, str | None]:
        """Indicator id → figure as printed."""
        return super().figures() | self._goals() | self._rows() | self._land()

    def _goals(self) -> dict[str, str | None]:
        marks = ("世界500强", "台湾百大", "行业龙头")
        known = {
            row["统一社会信用代码"] for row in self.of["企业"] if any(row[mark] == "是" for mark in marks)
        } & self.taiwan
        events = sum(row["活动地点"] in COAST and self.within(row["活动日期"]) for row in self.of["招商活动"])
        raised = self.raised()
        solved = sum(self.solved(row) for row in raised)
        plans = sum(
            row["文件类别"] == "产业园发展规划" and bool(row["印发日期"]) and row["印发日期"] <= self.end
            for row in self.of["开发区文件"]
        )
        return {
            "TW01": str(self.projects(NEW, lambda day: SINCE <= day <= "2022-09-16")),
            "TW08": str(len(known)),
            "TW09": str(events),
            "TW10": str(self.qualified()),
            "TW11": printed(self.money("研发费用加计扣除额(万元)")),
            "TW12": str(len(self.parks()) + self.bases()),
            "TW14": self._of_year("联席会议次数(次)", "1"),
            "TW14B": printed(Decimal(solved) * 100 / len(raised)) if raised else None,
            "TW15": "0",
            "TW16": str(sum(bool(row["合作区产业园"]) for row in self.of["开发区"])),
            "TW17": str(plans),
        }

    def _of_year(self, column: str, places: str) -> str | None:
        found = total(row[column] for row in self.of["开发区年度"] if row["报告期"] == str(self.year))
        return None if found is None else f"{found.quantize(Decimal(places), ROUND_HALF_UP)}"

    def _rows(self) -> dict[str, str | None]:
        raised = self.raised()
        return {
            "TW1-04": str(self.projects(NEW, self.within)),
            "TW1-05": str(self.projects(NEW[:1], self.within)),
            "TW1-06": str(self.projects(NEW[1:], self.within)),
            "TW1-21": str(self.flows(WORK)[1]),
            "TW1-28": str(self.bases()),
            "TW1-29": str(len(self.parks())),
            "TW1-32": str(len(raised)),
            "TW1-33": str(sum(self.solved(row) for row in raised)),
            "TW3-01": str(len(self.live())),
        }

    def _land(self) -> dict[str, str | None]:
        opened = [
            row for row in self.of["主题产业园"] if row["主题园类型"] == "台湾园中园" and self.within(row["开园日期"])
        ]
        own = ("自用", "租入")
        mu = Decimal(10_000) / 15
        return {
            "TW6-02": printed(total(row["规划面积(亩)"] for row in self.parks())),
            "TW6-02N": printed(total(row["规划面积(亩)"] for row in opened)),
            "TW6-03": in_mu(self.used("宗地占用", "占用土地面积(㎡)", own), mu),
            "TW6-03N": in_mu(self.used("宗地占用", "占用土地面积(㎡)", own, fresh=True), mu),
            "TW6-04": printed(self.used("厂房入驻", "租用面积(㎡)")),
            "TW6-04N": printed(self.used("厂房入驻", "租用面积(㎡)", fresh=True)),
            "TW6-05N": str(len(opened)),
            "TW6-06": self._of_year("基础设施投入(万元)", "0.01"),
        }


def in_mu(area: Decimal | None, per: Decimal) -> str | None:
    """㎡ as 亩, two places."""
    return None if area is None else printed(area / per)
