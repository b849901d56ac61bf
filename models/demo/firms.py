"""The plan of the made-up zone: which firms there are, whose they are, how large, since when, and how they grow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from models.demo.names import credit_codes, firm_names
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


@dataclass(frozen=True)
class Firm:
    """One made-up firm. ``revenue`` is that of its first year ``since``, ``growth`` the factors of the years after it in ‰."""

    number: int
    name: str
    uscc: str
    trade: Trade
    owner: str
    route: str
    scale: str
    opened: date
    since: int
    revenue: int
    growth: tuple[int, ...]
    per_head: int

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
        return range(self.since, LAST + 1)

    def is_up(self, year: int) -> bool:
        """是否规上 in a year."""
        return self.above_scale and (self.scale != "新入规" or year == LAST)

    def state(self) -> str:
        """运营状态, the same in all its years."""
        return {"筹建": "筹建", "停业": "停业（歇业）"}.get(self.scale, "正常运营")


def plan(enterprises: int, years: int, chance: Random) -> Iterator[Firm]:
    """The firms of a zone that is shown for ``years`` years up to LAST: about a third 台资, half 规上."""
    names, codes, routes = firm_names(chance), credit_codes(REGION), cycle(ROUTES)
    makers, services = cycle(MAKERS), cycle(SERVICES)
    first = LAST - years + 1
    for number in range(enterprises):
        owner, _ = _PATTERN[number % 10]
        scale = _scale(number)
        trade = next(services if scale == "服务" else makers)
        since = LAST if scale == "筹建" else _since(number, first, chance)
        low, high = _GROWTH.get(scale, (1000, 1000))
        yield Firm(
            number=number + 1,
            name=f"赣州{next(names)}{trade.word}有限公司",
            uscc=next(codes),
            trade=trade,
            owner=owner,
            route=next(routes) if owner == "台资" else "",
            scale=scale,
            opened=date(since, 1, 5) + timedelta(chance.randrange(40)) - timedelta(_age(scale, chance)),
            since=since,
            revenue=_revenue(scale, LAST - since, chance),
            growth=tuple(chance.randint(low, high) for _ in range(LAST - since)),
            per_head=chance.randint(45, 85) * _WAN,
        )


def _scale(number: int) -> str:
    """Of every 24 one is being set up, one at rest, one newly 规上; of the 规上 every tenth hardly grows."""
    rare = {17: "筹建", 14: "停业", 4: "新入规"}.get(number % 24)
    if rare:
        return rare
    return "平稳" if number % 10 == 2 else _PATTERN[number % 10][1]


def _since(number: int, first: int, chance: Random) -> int:
    """Most have been there from the first year shown; of many years, every sixth came later."""
    return chance.randint(first, LAST - 1) if number % 6 == 5 else first


def _age(scale: str, chance: Random) -> int:
    """Days since 成立 when the first year shown begins."""
    return 0 if scale == "筹建" else chance.randint(800, 3600)


def _revenue(scale: str, years: int, chance: Random) -> int:
    """营业收入 of the first year, in 元 to the hundred; those newly 规上 cross 2,000 万元 in the last year only."""
    if scale in ("筹建", "停业"):
        return 0
    if scale == "新入规":
        return round(chance.randint(1780, 1900) * _WAN / 1.17 ** max(years - 1, 0))
    low, high = {"规下": (280, 700), "服务": (300, 1500)}.get(scale, (5_000, 60_000))
    return chance.randint(low * 100, high * 100) * _WAN // 100
