"""Random small zones, written through the real door: what a formula reads left empty, unreadable, at an edge, negative, doubled.

One file holds many zones, so that for each of them all the others are rows that must not count; some have sub-parks, whose rows must.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from models.kinds import BadValue, Raw, Stored
from models.ledger import Ledger
from models.ledgers import ledger
from models.periods import Period
from models.store.batches import Batch, batch
from models.store.file import DataFile
from tests.independent.cells import MOODS, Cell, Cells

YEARS = ("2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026")
STATES = ("2021", "2024", "2025", "2026")  # of enterprises and parcels
SEASONS = tuple(f"{year}Q{number}" for year in ("2024", "2025") for number in range(1, 5))
OTHERS = ("2025H1", "2025Q1", "2025Q3", "2025Q4", "2025-12")  # rows of 经济数据 that no yearly figure takes
Records = dict[str, list[bytes]]


def fill(path: Path, seed: int, amount: int) -> list[str]:
    """A file with ``amount`` random zones; their codes."""
    codes = []
    with DataFile(path, who="测试") as file:
        for number in range(amount):
            chance = Random(f"{seed}-{number}")
            codes.append(f"Z{number:03}")
            firms = chance.randint(5, 25)
            parks = (
                [("", "", firms)] if chance.random() < 0.5 else [("", "", firms - firms // 3), ("A", "", firms // 3)]
            )
            if len(parks) > 1 and chance.random() < 0.2:
                parks.append(("AA", "A", 2))
            for tail, parent, many in parks:
                above = {"上级开发区代码": codes[-1] + parent, "层级角色": "分园/片区"} if tail else {}
                with batch(file, codes[-1] + tail, "录入", "随机") as work:
                    _Park(work, chance, codes[-1] + tail, above, MOODS[number % len(MOODS)]).fill(many)
    return codes


class _Park:
    """One zone or sub-park in the making."""

    def __init__(self, work: Batch, chance: Random, code: str, above: dict[str, str], cells: Cells) -> None:
        self.work, self.chance, self.code, self.above, self.cells = work, chance, code, above, cells
        self.made: Records = {}

    def fill(self, firms: int) -> None:
        """All its ledgers."""
        some = self.chance.randint
        self.add("开发区", [{"开发区代码": self.code, "开发区全称": f"{self.code}开发区", **self.above}])
        for year in YEARS:
            self.sometimes("开发区年度", year, 0.96)
            self.add("产业集群", [{"集群编号": f"C{n}"} for n in range(some(0, 3))], year)
            self.add(
                "基准", [{"指标编号": self.chance.choice(("JX01", "JX01", "GZ31"))} for _ in range(some(0, 2))], year
            )
        for period in SEASONS:
            self.sometimes("开发区季月", period, 0.85)
        self.add("企业", [self._firm(n) for n in range(firms)])
        for year in STATES:
            self.each("企业年度", "企业", year)
            self.each("经济数据", "企业", year)
        for period in OTHERS:
            self.each("经济数据", "企业", period, 0.2)
        self.each("台资企业", "企业", often=0.6)
        self._events()
        self._land()
        self._projects(some(0, 10))

    def _firm(self, number: int) -> dict[str, str]:
        """An enterprise: a few share a code with one of another park or of this one, a few have none yet."""
        shared = self.chance.random()
        code = (
            "" if shared < 0.04 else f"9136SHARED{number % 5:08}" if shared < 0.1 else f"91{self.code:0>6}{number:010}"
        )
        return {"统一社会信用代码": code, "单位详细名称": f"{self.code}企业{number}"}

    def _events(self) -> None:
        many = self.chance.randint
        for name, most in (("到资流水", 14), ("台湾青年", 10), ("企业资质", 16)):
            link = "所在单位" if name == "台湾青年" else "企业"
            self.add(name, [{} for _ in range(many(0, most))], links={link: "企业"})
        self.add("交流活动", [{"活动编号": f"E{n}"} for n in range(many(0, 4))])
        self.add("交流人员", [{} for _ in range(many(0, 8))], links={"活动": "交流活动"})
        for name, key, most in (
            ("台青平台", "平台编号", 3), ("主题产业园", "主题园编号", 4), ("招商活动", "活动编号", 5), ("问题", "问题编号", 7),
            ("创新平台", "平台编号", 5), ("产业链", "产业链编号", 3), ("开发区称号", "", 6), ("开发区文件", "", 7), ("试点示范", "", 3),
            ("人才团队", "人才编号", 6), ("科研任务", "任务编号", 4),
        ):  # fmt: skip
            self.add(name, [{key: f"N{n}"} if key else {} for n in range(many(0, most))])
        self.add("开发区产业", [{"产业名称": f"I{n}"} for n in range(many(0, 5))])
        for year in ("2024", "2025", "2025Q1", "2025Q2", "2025Q4"):
            self.add("上报批次", [{"版本号": str(n + 1)} for n in range(many(0, 2))], year)

    def _land(self) -> None:
        many = self.chance.randint
        self.add("宗地", [{"宗地编号": f"L{n}"} for n in range(many(0, 8))])
        for year in STATES[1:]:
            self.each("宗地年度", "宗地", year)
        self.add("宗地占用", [{} for _ in range(many(0, 10))], links={"宗地": "宗地", "企业": "企业"})
        self.add("标准厂房", [{"厂房编号": f"F{n}"} for n in range(many(0, 5))], links={"所在宗地": "宗地"})
        self.add("厂房入驻", [{} for _ in range(many(0, 10))], links={"厂房": "标准厂房", "企业": "企业"})

    def _projects(self, many: int) -> None:
        """Projects numbered alike in every park; an owner is an enterprise of this park, of another, or nobody yet."""
        owners = ["", f"91{self.code:0>6}{0:010}", "9136SHARED00000001", "91无此企业"]
        owners += [f"91{self.code:0>6}{n:010}" for n in range(8)]
        self.add(
            "项目",
            [
                {
                    "项目编号": f"P{n}",
                    "项目法人代码": self.chance.choice(owners),
                    "所属集群项目编号": self.chance.choice(("", "P0", "P1")),
                }
                for n in range(many)
            ],
        )

    def sometimes(self, name: str, period: str, often: float) -> None:
        """The one row of a period, unless nobody has filled it in."""
        if self.chance.random() < often:
            self.add(name, [{}], period)

    def each(self, name: str, target: str, period: str = "", often: float = 0.88) -> None:
        """At most one row for each record of another ledger."""
        on, to = ledger(name), ledger(target)
        link = next(each for each in on.links if each.kind.ledger == to.id)  # type: ignore[attr-defined]
        for record in self.made.get(target, []):
            if self.chance.random() < often:
                self.add(name, [{}], period, {link.label: target}, record)

    def add(
        self,
        name: str,
        given: Sequence[dict[str, str]],
        period: str = "",
        links: dict[str, str] | None = None,
        record: bytes | None = None,
    ) -> None:
        """Rows of a ledger: what is ``given``, references to random records, the rest by the zone's mood."""
        on, rows = ledger(name), []
        for each in given:
            values = {on.field(label).id: self._stored(on, label, text) for label, text in each.items() if text}
            for label, cell in self.cells.get(name, {}).items():
                if label not in each:
                    values[on.field(label).id] = self._stored(on, label, self._text(cell))
            for label, target in (links or {}).items():
                there = self.made.get(target, [])
                if record is not None or (there and self.chance.random() < 0.95):
                    values[on.field(label).id] = record or self.chance.choice(there)
            rows.append(values)
        if rows:
            self.made.setdefault(name, []).extend(
                self.work.add_many(on, rows, Period.parse(period) if period else None)
            )

    def _text(self, cell: Cell) -> str:
        return cell(self.chance) if callable(cell) else self.chance.choice(cell)

    @staticmethod
    def _stored(on: Ledger, label: str, text: str) -> Stored:
        """As the program itself keeps what is typed."""
        try:
            return on.field(label).kind.parse(text)
        except BadValue:
            return Raw(text)
