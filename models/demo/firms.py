"""The plan of the made-up zone: which firms there are, whose they are, how large, since when, and how they grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import cycle
from random import Random

from models.demo.names import Naming
from models.demo.records import LAST, step
from models.demo.trades import MAKERS, SERVICES, Trade

REGION = "360703"
ROUTES = (
    "直接投资", "经香港", "直接投资", "经英属维尔京", "境内台资企业再投资", "经萨摩亚", "经开曼",
    "直接投资", "经毛里求斯", "其他第三地", "经巴巴多斯",
)  # fmt: skip
AT_HOME = ("直接投资", "境内台资企业再投资")  # the routes that lead through no third place
_PATTERN = (  # whose and how large, of every ten
    ("内资", "规上"), ("台资", "规上"), ("内资", "规上"), ("台资", "规上"), ("内资", "规下"),
    ("内资", "规上"), ("港资", "规上"), ("台资", "规下"), ("外资", "规上"), ("内资", "服务"),
)  # fmt: skip
_GROWTH = {"规上": (1020, 1160), "平稳": (940, 1060), "规下": (960, 1050), "新入规": (1170, 1170), "服务": (980, 1120)}
_WAN = step("ent_period", "rev")
_LARGE = {  # by rank: 营业收入 of the last year in 万元, growth: past 50亿元, past 10亿元 since 2021
    "链主": ((510_000, 560_000), (1050, 1090)), "领航": ((105_000, 125_000), (1060, 1120)),
    "龙头": ((105_000, 125_000), (1060, 1120)),
}  # fmt: skip


@dataclass(frozen=True)
class Firm:
    """One made-up firm. ``revenue`` is that of its first year at work ``since``, ``growth`` the factors of the years after it
    in ‰; ``listed`` is the first year it has rows for, one before ``since`` when it came while the zone is shown."""

    number: int
    name: str
    uscc: str
    trade: Trade
    owner: str
    route: str
    scale: str
    opened: date
    listed: int
    since: int
    revenue: int
    growth: tuple[int, ...]
    per_head: int
    rank: str = ""  # 链主领航, of the few with more than 10亿元

    @property
    def taiwanese(self) -> bool:
        """Whether 是否台资 is 是."""
        return self.owner == "台资"

    @property
    def industrial(self) -> bool:
        """Whether 行业代码 is one of 工业."""
        return self.scale != "服务"

    @property
    def above_scale(self) -> bool:
        """规上 in its latest year."""
        return self.scale in ("规上", "平稳", "新入规")

    @property
    def years(self) -> range:
        """The years it has rows for."""
        return range(self.listed, LAST + 1)

    @property
    def latest(self) -> int:
        """营业收入 of the last year, about."""
        revenue = self.revenue
        for factor in self.growth:
            revenue = revenue * factor // 1000
        return revenue

    @property
    def leading(self) -> bool:
        """Whether it is one of the few with more than 10亿元."""
        return self.rank != ""

    def is_up(self, year: int) -> bool:
        """是否规上 in a year."""
        return self.above_scale and year >= (LAST if self.scale == "新入规" else self.since)

    def state(self, year: int = LAST) -> str:
        """运营状态 in a year."""
        if self.scale == "筹建" or year < self.since:
            return "筹建"
        return "停业（歇业）" if self.scale == "停业" else "正常运营"


def plan(enterprises: int, years: int, chance: Random, naming: Naming, *, main: bool = True) -> Iterator[Firm]:
    """The firms of a zone that is shown for ``years`` years up to LAST: about a third 台资, half 规上; the largest are in a main park."""
    routes, makers, services = cycle(ROUTES), cycle(MAKERS), cycle(SERVICES)
    first = LAST - years + 1
    for number in range(enterprises):
        owner, _ = _PATTERN[number % 10]
        scale = _scale(number)
        trade = next(services if scale == "服务" else makers)
        since = LAST if scale == "筹建" else _since(number, first)
        come = since > first and scale != "筹建"
        rank = _rank(number) if main and scale == "规上" else ""
        growth = tuple(chance.randint(*_growth(rank, scale)) for _ in range(LAST - since))
        yield Firm(
            number=number + 1,
            name=f"赣州{next(naming.names)}{trade.word}有限公司",
            uscc=next(naming.codes),
            trade=trade,
            owner=owner,
            route=next(routes) if owner == "台资" else "",
            scale=scale,
            opened=date(since - come, 1, 5) + timedelta(chance.randrange(40)) - timedelta(_age(scale, come, chance)),
            listed=since - come,
            since=since,
            revenue=_revenue(rank, scale, come, growth, chance),
            growth=growth,
            per_head=chance.randint(45, 85) * _WAN,
            rank=rank,
        )


def _scale(number: int) -> str:
    """Of every 24 one is being set up, one at rest, one newly 规上; of the 规上 every tenth hardly grows."""
    rare = {17: "筹建", 14: "停业", 4: "新入规"}.get(number % 24)
    if rare and not _rank(number):
        return rare
    return "平稳" if number % 10 == 2 else _PATTERN[number % 10][1]


def _rank(number: int) -> str:
    """链主领航 of a firm: one is the largest, two of every thirty are large."""
    return "链主" if number == 10 else {16: "领航", 18: "龙头"}.get(number % 30, "")


def _since(number: int, first: int) -> int:
    """Most have been there from the first year shown; of many years, every sixth came later, in turns."""
    later = LAST - 1 - first
    comes = number % 6 == 5 and later > 0
    return first + 1 + number // 6 % later if comes else first


def _age(scale: str, come: bool, chance: Random) -> int:
    """Days since 成立 when the first year shown begins."""
    return 0 if scale == "筹建" or come else chance.randint(800, 3600)


def _growth(rank: str, scale: str) -> tuple[int, int]:
    """The least and the most of a year's growth in ‰."""
    return _LARGE[rank][1] if rank else _GROWTH.get(scale, (1000, 1000))


def _revenue(rank: str, scale: str, come: bool, growth: tuple[int, ...], chance: Random) -> int:
    """营业收入 of the first year, in 元 to the hundred; those newly 规上 cross 2,000 万元 in the last year only."""
    if scale in ("筹建", "停业"):
        return 0
    if rank or scale == "新入规":
        revenue = Fraction(chance.randint(*(_LARGE[rank][0] if rank else (2090, 2220))) * _WAN)
        for factor in growth:
            revenue = revenue * 1000 / factor
        return int(revenue) // 100 * 100
    low, high = {"规下": (280, 700), "服务": (300, 1500), "平稳": (5_000, 20_000)}.get(
        scale, (2_500, 15_000) if come else (5_000, 60_000)
    )
    return chance.randint(low * 100, high * 100) * _WAN // 100
