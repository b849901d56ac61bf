"""Random zones for the 湖南 return: projects with their months over the turn of the year, buildings, what is courted.

Many stand in one file, so each of them has others whose rows must not count; some have a sub-park, whose rows must. Cells are
empty, unreadable, at thresholds and at the edges of periods.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from models.kinds import BadValue, Raw, Stored
from models.ledgers import ledger
from models.periods import Period
from models.store.batches import Batch, batch
from models.store.file import DataFile
from tests.independent.cells import UNREADABLE, Cells
from tests.independent.hunan import KINDS, STAGES

MONTHS = ("2024-09", "2024-10", "2024-12", *(f"2025-{month:02}" for month in range(1, 13)))
ASKED = (
    "2025-01",
    "2025-02",
    "2025-05",
    "2025-07",
    "2025-12",
    "2025Q1",
    "2025Q2",
    "2025Q3",
    "2025Q4",
    "2024-12",
    "2024Q4",
)
BLANK = ("", UNREADABLE)
EVERY = (*(stage for stages in STAGES for stage in stages), "终止")
FLAG = ("是", "是", "否", *BLANK)
DAYS = (
    "2024-12-31", "2025-01-01", "2025-01-31", "2025-02-01", "2025-03-31", "2025-06-30", "2025-07-01", "2025-12-31",
    "2026-01-01", "2025", "2025-05", "2024", *BLANK,
)  # fmt: skip
SENT = ("2025-04-05", "2025-04-10", "2025-04-11", *BLANK)
MONEY = ("0", "1234.56", "77", "10000.5", "249999.9999", *BLANK)
AREA = ("0", "5000", "12345.67", "50", *BLANK)
TAGS = (
    "", "省重点", "湘南第一批", "湘南第二批、省重点", "湘南第一批，湘南第二批", "省重点、湘南第三批", "湘南第三批", "湘南第三批次",
    "九兴控股主体厂", "九兴控股配套", "九兴控股配套;湘南第一批",
)  # fmt: skip
CELLS: Cells = {
    "项目": {
        "内外资": ("内资", "内资", "港资", "外资", "台资", *BLANK),
        "计划总投资": ("19999.99", "20000", "29999", "30000", "1000000", "999999", *BLANK),
        "外资总投资": ("2999.99", "3000", "4999.99", "5000", *BLANK), "产业转移项目": FLAG, "当前阶段": (*EVERY, *EVERY, *BLANK),
        "注册日期": DAYS, "签约日期": DAYS, "重大项目标记": TAGS, "累计完成投资": MONEY, "累计到位资金": MONEY,
    },
    "项目月度": {"阶段": (*EVERY, *EVERY, *BLANK)},
    "标准厂房": {
        "总建筑面积": AREA, "可租售面积": AREA, "用途类别": ("园区承接产业转移", "重点转移企业扩产", *BLANK),
        "开工日期": DAYS, "竣工日期": DAYS,
    },
    "厂房入驻": {"租用面积": AREA, "起始日期": DAYS, "终止日期": ("", "", *DAYS)},
    "招商活动": {"活动类别": ("重大产业对接活动", "参展", "推介", *BLANK), "活动日期": DAYS},
    "驻点": {"设立日期": DAYS, "撤销日期": ("", "", *DAYS)},
    "客商": {"客商类型": (*KINDS, *BLANK)},
    "客商拜访": {"拜访日期": DAYS},
    "产业链": {"链上营业收入": ("9999999", "10000000", "10000001", *BLANK)},
    "产业集群": {"集群类型": ("主导", "特色", *BLANK)},
    "开发区产业": {"产业地位": ("首位", "主导", "新兴", *BLANK)},
    "开发区文件": {"文件类别": ("升级申报征求意见", "升级申报征求意见", "权责清单", *BLANK), "印发日期": DAYS},
    "上报批次": {"报出日期": SENT, "期限": SENT},
    "企业": {"世界500强": FLAG, "国内100强": FLAG, "成立时间": DAYS},
    "企业年度": {"链主领航": ("链主", "领航", "龙头", "种子", *BLANK)},
    "开发区": {
        "级别": ("国家级", "国家级", "省级", *BLANK),
        "开发区类型": ("国家级经开区", "综保区等海关特殊监管区", "省级经开区", "工业园区", "工业集中区", *BLANK),
        "批准时间": DAYS, "封关运行日期": DAYS, "行政区划": ("430401", "430402", "431001", "430104", ""),
    },
}  # fmt: skip


def fill(path: Path, seed: int, amount: int) -> list[str]:
    """A file with ``amount`` random zones; their codes."""
    codes = []
    with DataFile(path, who="测试") as file:
        for number in range(amount):
            chance = Random(f"湖南-{seed}-{number}")
            codes.append(f"H{number:03}")
            for tail in ("", "A") if chance.random() < 0.4 else ("",):
                with batch(file, codes[-1] + tail, "录入", "随机") as work:
                    _Park(work, chance, codes[-1], tail).fill()
    return codes


class _Park:
    """One zone or its sub-park in the making."""

    def __init__(self, work: Batch, chance: Random, code: str, tail: str) -> None:
        self.work, self.chance = work, chance
        above = {"上级开发区代码": code, "层级角色": "分园/片区"} if tail else {}
        self.add("开发区", {"开发区代码": code + tail, "开发区全称": f"{code}开发区", **above})

    def fill(self) -> None:
        """All its ledgers; now and then one is empty."""
        for n in range(self.chance.randint(3, 14)):
            project = self.add("项目", {"项目编号": f"P{n}", "项目名称": f"项目{n}"})
            for month in MONTHS:
                if self.chance.random() < 0.6:
                    self.add("项目月度", {}, month, {"项目": project})
        for name, key, most in (
            ("招商活动", "活动编号", 5), ("驻点", "驻点编号", 4), ("产业链", "产业链编号", 2), ("开发区产业", "", 4), ("开发区文件", "", 4),
        ):  # fmt: skip
            for n in range(self.chance.randint(0, most)):
                self.add(name, {key: f"N{n}"} if key else {})
        self._reported()
        self._firms()
        for n in range(self.chance.randint(0, 6)):
            guest = self.add("客商", {"客商编号": f"K{n}"})
            for _ in range(self.chance.randint(0, 3)):
                self.add("客商拜访", {}, links={"客商": guest})

    def _reported(self) -> None:
        for year in ("2024", "2025"):
            for n in range(self.chance.randint(0, 4)):
                self.add("产业集群", {"集群编号": f"C{n}"}, year)
        for period in sorted({*ASKED, *MONTHS}):
            if self.chance.random() < 0.8:
                self.add("开发区季月", {}, period)
            for version in range(self.chance.choice((0, 1, 1, 2))):
                self.add("上报批次", {"报表包": "湖南", "版本号": str(version + 1)}, period)

    def _firms(self) -> None:
        firms = []
        for n in range(self.chance.randint(1, 5)):
            firms.append(self.add("企业", {"单位详细名称": f"企业{n}"}))
            for year in ("2024", "2025"):
                if self.chance.random() < 0.8:
                    self.add("企业年度", {}, year, {"企业": firms[-1]})
        for n in range(self.chance.randint(0, 6)):
            house = self.add("标准厂房", {"厂房编号": f"F{n}"})
            for _ in range(self.chance.randint(0, 3)):
                self.add("厂房入驻", {}, links={"厂房": house, "企业": self.chance.choice(firms)})

    def add(self, name: str, given: dict[str, str], period: str = "", links: dict[str, bytes] | None = None) -> bytes:
        """One row: what is ``given``, what it refers to, the rest at random."""
        on = ledger(name)
        texts = {**{label: self.chance.choice(cell) for label, cell in CELLS.get(name, {}).items()}, **given}  # type: ignore[arg-type]
        values = {on.field(label).id: _stored(name, label, text) for label, text in texts.items() if text}
        values |= {on.field(label).id: id for label, id in (links or {}).items()}
        return self.work.add_many(on, [values], Period.parse(period) if period else None)[0]


def _stored(name: str, label: str, text: str) -> Stored:
    """As the program itself keeps what is typed."""
    try:
        return ledger(name).field(label).kind.parse(text)
    except BadValue:
        return Raw(text)
