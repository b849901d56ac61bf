"""The 工信 return's figures of enterprises, industry, platforms and issues. Imports nothing of the program."""

from __future__ import annotations

from fractions import Fraction

from tests.independent.ledgers import WAN, YI, Figures, Row, Zone, at_least, count, over, scaled, sum_of

BASE = 2021  # 【口径参数】
PROVINCE = ("省级", "省级培育", "省级特色")
GIANTS = ("专精特新“小巨人”企业", "重点“小巨人”企业")
CHAIN = (
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


class Firms(Zone):
    """What a zone's enterprises and what they share come to."""

    def _large(self) -> Figures:
        """Enterprises of 10, 50 and 100 亿元, and those that were below it in the base year or came after it."""
        rows = self.now("经济数据")
        before = {row.link("企业"): row.number("营业收入") for row in self.now("经济数据", BASE)}

        def new(row: Row, *sizes: int) -> bool:
            there = self.firms.get(row.link("企业"))
            came = there.day("入园时间") if there else None
            later = came is not None and came[0] > BASE
            then = before.get(row.link("企业"))
            return any(
                at_least(row, "营业收入", YI[size]) and (later or (then is not None and then < YI[size]))
                for size in sizes
            )

        there = {
            size: count(rows, lambda row, size=size: at_least(row, "营业收入", YI[size])) for size in (10, 50, 100)
        }
        added = {size: count(rows, lambda row, size=size: new(row, size)) for size in (10, 50, 100)}
        return {
            "JX22": count(rows, lambda row: new(row, 50, 100)),
            "JX23": Fraction(1 if added[50] >= 1 or added[10] >= 3 else 0),
            "JX23a": added[50],
            "JX23b": added[10],
            "JX3-01": there[100],
            "JX3-02": there[50],
            "JX3-03": there[10],
            "JX3-05": added[100],
        }

    def _enterprises(self) -> Figures:
        states = list(self.states.values())
        up = [row for row in states if row.yes("是否规上")]
        key = [row for row in states if row.yes("重点骨干企业")]
        running = [row for row in states if row.text("运营状态") == "正常运营"]
        money = [row for row in self.now("经济数据") if self.marked(row.link("企业"), "是否规上")]
        rated = [row for row in up if row.yes("亩产效益参评")]
        active, cloud = (
            count(money, lambda row: row.yes("有R&D活动")),
            count(running, lambda row: row.yes("上云上平台")),
        )
        equipped = count(key, lambda row: row.yes("有研发机构"))
        grades = {
            f"JX6-{number}": count(rated, lambda row, grade=grade: row.text("亩产效益等级") == grade)
            for number, grade in zip(range(10, 15), ("A", "B", "C", "D", "不定"), strict=True)
        }
        research = sum_of(money, "R&D经费支出")
        return grades | {
            "JX28": over(active, Fraction(len(up)), 100),
            "JX29": over(equipped, Fraction(len(key)), 100),
            "JX31": over(Fraction(len(rated)), Fraction(len(up)), 100),
            "JX33": over(cloud, Fraction(len(running)), 100),
            "JX3-06": count(states, lambda row: row.text("链主领航") == "领航"),
            "JX3-07": count(states, lambda row: row.text("链主领航") == "链主"),
            "JX5-01": Fraction(len(up)),
            "JX5-02": active,
            "JX5-04": Fraction(len(key)),
            "JX5-05": equipped,
            "JX5-07": research,
            "JX5-08": over(research, sum_of(money, "营业收入"), 100),
            "JX6-08": Fraction(len(rated)),
            "JX8-02": cloud,
            "JX8-03": Fraction(len(running)),
        }

    def _marks(self) -> Figures:
        """Enterprises with a mark that is in force at the year's end, each once."""
        valid = [
            row for row in self.kept["企业资质"] if self.lasts(row, "认定日期", "", "有效期至") and row.text("资质状态") != "失效"
        ]  # fmt: skip

        def holders(*kinds: str) -> Fraction:
            return Fraction(len({row.link("企业") for row in valid if row.text("资质") in kinds} - {()}))

        return {
            "JX3-08": holders(*GIANTS),
            "JX3-09": holders("制造业单项冠军企业"),
            "JX3-10": holders("专精特新中小企业", *GIANTS),
            "JX5-09": holders("高新技术企业"),
            "JX5-10": holders("科技型中小企业"),
            "JX7-14": holders("绿色工厂"),
            "JX8-07": holders("智能制造示范工厂/车间"),
        }

    # clusters, chains, titles, platforms, issues

    def _industry(self) -> Figures:
        clusters, chains = self.now("产业集群"), self.kept["产业链"]
        titles = [row for row in self.kept["开发区称号"] if self.lasts(row, "获批日期", "", "有效期止")]
        opened = [day for row in self.kept["主题产业园"] if (day := row.day("开园日期"))]

        def titled(name: str, *levels: str) -> Fraction:
            return count(
                titles, lambda row: row.text("称号") == name and (not levels or row.text("称号级别") in levels)
            )

        ours = [row for row in clusters if row.text("集群级别") in PROVINCE]
        higher = [row for row in clusters if row.text("集群级别") in ("国家", "世界")]
        return {
            "JX15": titled("绿色园区", "国家", "省"),
            "JX24a": Fraction(len(ours)),
            "JX24b": count(ours, lambda row: (row.number("集群营业收入") or 0) > 10_000_000),
            "JX25": Fraction(len(higher)),
            "JX26": count(chains, lambda row: row.text("产业链类型") in ("优势特色", "新兴")),
            "JX27": count(opened, lambda day: 2022 <= day[0] <= 2025 and day <= self.end),
            "JX36": over(count(chains, lambda row: all(map(row.yes, CHAIN))), Fraction(len(chains)), 100),
            "JX40": titled("两化融合示范园区") + titled("数字化转型标杆园区"),
            "JX4-01": scaled(sum_of([*ours, *higher], "集群营业收入"), WAN),
            "JX7-13": titled("绿色园区", "国家"),
            "JX8-05": titled("两化融合示范园区"),
            "JX8-06": titled("数字化转型标杆园区"),
        }

    def _platforms(self) -> Figures:
        rows = self.kept["创新平台"]
        valid = [row for row in rows if self.lasts(row, "认定日期", "", "到期日期")]
        levels = zip(range(12, 16), ("国家", "省", "市", "县"), strict=True)
        return {
            f"JX5-{number}": count(valid, lambda row, level=level: row.text("级别") == level)
            for number, level in levels
        } | {
            "JX5-11": Fraction(len(valid)),
            "JX5-16": count(rows, lambda row: self.within(row.day("认定日期"))),
        }

    def _issues(self) -> Figures:
        rows = [row for row in self.kept["问题"] if self.until(row.day("提出日期"))]
        done = count(rows, lambda row: row.text("办理状态") in ("办结", "销号") and self.until(row.day("办结日期")))
        late = [
            row
            for row in rows
            if not self.until(row.day("办结日期")) and (due := row.day("办结期限")) and due < self.end
        ]
        return {
            "JX37": over(done, Fraction(len(rows)), 100),
            "JX9-01": Fraction(len(rows)),
            "JX9-02": done,
            "JX9-03": count(rows, lambda row: self.within(row.day("提出日期"))),
            "JX9-04": Fraction(len(late)),
        }
