"""A pack ready for use: its tables as typed records. What is wrong in it is told by :mod:`models.pack_check`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

import platformdirs

from models.ledger import nearest
from models.packs.rosters import Roster, roster
from models.packs.tables import BadPack, Entry, Source, read_folder
from models.periods import Period
from models.places import RESOURCES

_AFTER = re.compile(r"(年|半年|季|月)后(\d{1,2})日", re.ASCII)
_AFTER_NAMES = {"Y": "年", "H": "半年", "Q": "季", "M": "月"}

BUILT_IN = RESOURCES / "packs"
EVERY_YEAR, NO_YEAR = "每年", "无年度"  # what 年度 of a target says where it is no year
LEVELS = ("强制", "核实", "提示")
CHART_KINDS = ("历年", "柱线", "分组", "份额", "阶段", "目标")
UNORDERED = 50  # the place among the packs of one that does not say its order
CHART_YEARS = 5  # where a chart of years does not say how many


@dataclass(frozen=True)
class Indicator:
    """One figure: ``formula`` in the formula language, in ``unit`` with ``places`` decimals; ``clause`` and ``words`` of the policy;
    ``joined`` says how several zones' figures make one, "" as the formula has it (see :mod:`models.parks`).
    """

    id: str
    name: str
    formula: str
    unit: str
    places: int
    direction: str
    scope: str
    clause: str
    words: str
    entry: Entry
    joined: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: ``formula`` is true where a row of ``ledger`` is right; ``cells`` are the fields to mark and to jump to."""

    id: str
    level: str
    scope: str
    ledger: str
    formula: str
    message: str
    remedy: str
    cells: tuple[str, ...]
    basis: str
    entry: Entry


@dataclass(frozen=True)
class Target:
    """One target of the policy: for the level (合作区, 省, 市, 开发区 …), compared by ≥ > ≤ < or 约; ``year`` is a year, EVERY_YEAR or
    NO_YEAR, as the policy says.
    """

    indicator: str
    year: str
    level: str
    compare: str
    low: str
    high: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """One sheet of the form; a growing list takes the rows of ``ledger`` where ``condition`` holds, ordered by ``order``."""

    id: str
    title: str
    sheet: str
    ledger: str
    condition: str
    order: str
    entry: Entry


@dataclass(frozen=True)
class Chart:
    """One chart: its ``kind`` is one of CHART_KINDS, ``formula`` an indicator or a formula (in 分组, 份额 and 阶段 with the name 组),
    ``group`` the field 台账.字段 whose codes are the groups, ``whole`` the indicator that the groups add up to.
    """

    id: str
    name: str
    kind: str
    formula: str
    group: str
    whole: str
    years: int
    unit: str
    places: int
    source: str
    clause: str
    entry: Entry


class Pack:
    """A return as data. One that extends another has all that is in that one, its own tables after it; it takes nothing away."""

    def __init__(self, source: Source) -> None:
        self.source = source
        head = source.head
        self.id = str(head.get("id", source.name))
        self.title = str(head.get("title", self.id))
        self.issuer = str(head.get("issuer", ""))
        self.basis = str(head.get("basis", ""))
        self.version = str(head.get("version", "1"))
        self.deadline = str(head.get("deadline", ""))
        self.extends = str(head.get("extends", ""))
        self.forms = tuple(str(form) for form in _listed(head.get("periods", ("Y",))))
        self.own_regions = tuple(str(each) for each in _listed(head.get("regions", ())))

    @cached_property
    def base(self) -> Pack | None:
        """The pack that this one extends. Raises BadPack when there is none of that name, or when it leads back here."""
        chain, here = [self.id], self.extends
        while here:
            if here in chain:
                raise BadPack(f"“{'→'.join([*chain, here])}”绕成了一圈，报表包不能在自己上面增加")
            chain.append(here)
            here = pack(here).extends
        return pack(self.extends) if self.extends else None

    @property
    def regions(self) -> tuple[str, ...]:
        """Beginnings of the region codes (GB/T 2260) of the zones that make the return, those of the pack it extends where it names
        none; () for every zone.
        """
        return self.own_regions or (self.base.regions if self.base else ())

    def made_in(self, region: str) -> bool:
        """Whether zones of a region code make this return; a region that is known in part ("36"), or not at all, rules nothing out."""
        return not self.regions or any(each.startswith(region) or region.startswith(each) for each in self.regions)

    @property
    def chain(self) -> tuple[str, ...]:
        """The ids of the pack and of those it extends, its own first."""
        return (self.id, *(self.base.chain if self.base else ()))

    def kept_with(self, rule: str) -> tuple[str, ...]:
        """The ids of :attr:`chain`, first that of the pack which has the rule itself."""
        own = any(entry["编号"] == rule for entry in self.source.tables["规则"])
        owner = self.id if own or self.base is None else self.base.kept_with(rule)[0]
        return (owner, *(id for id in self.chain if id != owner))

    def entries(self, table: str) -> tuple[Entry, ...]:
        """The rows of a table, those of the pack it extends before its own; 报表 belongs to the form, whosever that is."""
        own = tuple(self.source.tables[table])
        if self.base is None or (table == "报表" and self.source.form):
            return own
        return (*self.base.entries(table), *own)

    @property
    def form(self) -> bytes:
        """The bytes of return.xlsx, else of the extended pack's; b"" when there is none."""
        return self.source.form or (self.base.form if self.base else b"")

    @property
    def report(self) -> bytes:
        """The bytes of report.docx, else of the extended pack's; b"" when there is none."""
        return self.source.report or (self.base.report if self.base else b"")

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """Parameter name → its value in the formula language."""
        return {entry["名称"]: entry["值"] for entry in self.entries("参数")}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """In the order of the table."""
        return tuple(
            Indicator(
                e["编号"],
                e["名称"],
                e["公式"],
                e["单位"],
                int(e["小数"] or 0),
                e["方向"],
                e["口径"],
                e["条款"],
                e["原文"],
                e,
                e["合并"],
            )
            for e in self.entries("指标")
        )

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """In the order of the table."""
        return tuple(
            Rule(
                e["编号"],
                e["级别"],
                e["范围"],
                e["台账"],
                e["公式"],
                e["提示"],
                e["怎么办"],
                tuple(e["格"].split()),
                e["依据"],
                e,
            )
            for e in self.entries("规则")
        )

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """In the order of the table."""
        return tuple(
            Target(e["指标"], e["年度"], e["层级"], e["比较"], e["下限"], e["上限"], e["原文"])
            for e in self.entries("目标")
        )

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """In the order of the table."""
        return tuple(
            Sheet(e["表号"], e["表名"], e["工作表"], e["清单台账"], e["条件"], e["排序"], e)
            for e in self.entries("报表")
        )

    @cached_property
    def charts(self) -> tuple[Chart, ...]:
        """In the order of the table."""
        return tuple(
            Chart(
                e["编号"],
                e["名称"],
                e["类型"],
                e["公式"],
                e["分组"],
                e["总数"],
                int(e["年数"] or CHART_YEARS),
                e["单位"],
                int(e["小数"] or 0),
                e["来源"],
                e["条款"],
                e,
            )
            for e in self.entries("图表")
        )

    @cached_property
    def rosters(self) -> tuple[Roster, ...]:
        """In the order of the table."""
        return tuple(roster(entry) for entry in self.entries("名单"))

    def find(self, name: str) -> Indicator | None:
        """An indicator by id or name."""
        return next((each for each in self.indicators if name in (each.id, each.name)), None)

    def indicator(self, name: str) -> Indicator:
        """An indicator by id or name; KeyError with a Chinese sentence naming the nearest."""
        if found := self.find(name):
            return found
        raise KeyError(
            f"“{self.id}”里没有“{name}”这个指标{nearest(name, [n for each in self.indicators for n in (each.id, each.name)])}"
        )

    def due(self, period: Period) -> date | None:
        """The day a return of ``period`` is due. ``deadline`` is 12-31, +01-20 for the next year, or 月后5日、季后10日 for a number of
        days after each period of that form, None for a form it leaves out; ValueError if it is none of these.
        """
        if not self.deadline:
            return None
        if "后" in self.deadline:
            return _days_after(self.deadline, period)
        month, day = map(int, self.deadline.removeprefix("+").split("-"))
        return date(period.year + self.deadline.startswith("+"), month, day)


def _days_after(text: str, period: Period) -> date | None:
    """The last day of ``period`` and the days that 月后5日、季后10日 gives its form."""
    given = [_AFTER.fullmatch(part) for part in text.split("、")]
    if not all(given):
        raise ValueError(text)
    days = {found[1]: int(found[2]) for found in given if found}
    name = _AFTER_NAMES[period.form]
    return period.end + timedelta(days=days[name]) if name in days else None


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def installed_folder() -> Path:
    """Where packs installed from a file lie, a folder for each."""
    return platformdirs.user_data_path("园区年报通", appauthor=False) / "报表包"


@cache
def _folders(installed: Path) -> Mapping[str, Path]:
    """Pack id → its folder. An installed one stands for the built-in one of its name unless that is of a later version."""
    found = {path.parent.name: path.parent for path in BUILT_IN.glob("*/pack.toml")}
    for path in installed.glob("*/pack.toml"):
        id = path.parent.name
        if id not in found or _version(path.parent) >= _version(found[id]):
            found[id] = path.parent
    return dict(sorted(found.items(), key=lambda each: (_order(each[1]), each[0])))


def _head(folder: Path) -> Mapping[str, object]:
    """The head of a pack, nothing where it does not read."""
    try:
        return tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _version(folder: Path) -> list[int]:
    """The numbers in a pack's version, to be compared; none where its head does not read."""
    head = _head(folder)
    return numbers_of(str(head.get("version", "1"))) if head else []


def _order(folder: Path) -> int:
    """The place of a pack among the others, as it says itself; pack check finds fault with one that is no number."""
    said = str(_head(folder).get("order", ""))
    return int(said) if said.isascii() and said.isdecimal() else UNORDERED


def numbers_of(version: str) -> list[int]:
    """The numbers of a version: 2025.10 is later than 2025.9."""
    return [int(part) for part in re.findall(r"\d+", version)]


def forget_packs() -> None:
    """Read the packs afresh, as when one was installed."""
    _folders.cache_clear()
    _read.cache_clear()


def pack_ids() -> tuple[str, ...]:
    """The packs there are: those that come with the program and those installed."""
    return tuple(_folders(installed_folder()))


def returns_of(region: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The packs with a form: the ids of those that zones of a region make, and of the others. Raises BadPack."""
    of = [each for each in map(pack, pack_ids()) if each.form]
    return tuple(each.id for each in of if each.made_in(region)), tuple(
        each.id for each in of if not each.made_in(region)
    )


def pack_folder(id: str) -> Path:
    """Where a pack lies. Raises BadPack naming the nearest when there is none."""
    there = _folders(installed_folder())
    if id not in there:
        raise BadPack(f"没有“{id}”这个报表包{nearest(id, there)}（现有：{'、'.join(there)}）")
    return there[id]


def is_installed(id: str) -> bool:
    """Whether the pack in force was installed from a file."""
    return pack_folder(id).parent != BUILT_IN


def pack(id: str) -> Pack:
    """A pack by id. Raises BadPack naming the nearest when there is none, or when its tables cannot be read."""
    return _read(pack_folder(id))


@cache
def _read(folder: Path) -> Pack:
    source, faults = read_folder(folder)
    if faults:
        raise BadPack(f"报表包“{folder.name}”：{faults[0]}")
    return Pack(source)
