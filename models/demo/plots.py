"""The plan of the made-up zone's land: every 宗地 with the dates that make its state at a year's end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from random import Random

from models.demo.records import LAST
from models.demo.sites import BUILDERS, MOVED, PLATFORM_CO, Site

_FATES = (  # the second plots of the first firms; thereafter most are in use or in building
    "在建", "闲置1", "低效", "已供未动工", "收回", "已建成未投产", "已建成投产", "闲置2", "闲置3", "延期", "在建",
)  # fmt: skip
_USUAL = (
    "已建成投产",
    "在建",
    "已建成投产",
    "已供未动工",
    "低效",
    "已建成未投产",
    "在建",
    "已建成投产",
    "闲置1",
    "延期",
)
_MU = Fraction(10_000, 15)
_PUBLIC = (  # 规程地类, 土地用途, how: of every 100 of the land for industry
    ("A1", "住宅", 18), ("A31", "交通", 24), ("A32", "交通", 5), ("A4", "商服", 8), ("A51", "公共管理", 13),
    ("A52", "公共管理", 8), ("A6", "其他", 3),
)  # fmt: skip
_LARGEST = 600_000  # ㎡ of one public plot


@dataclass(frozen=True, kw_only=True)
class Plot:
    """One 宗地. What has not happened yet is None; ``fate`` is what it came to, ``second`` that a firm
    took it to grow, ``cls`` its 规程地类 once it is built."""

    number: int
    area: Fraction
    use: str = "工业"
    cls: str = "A2"
    owner: tuple[str, str] = ("", "")
    site: Site | None = None
    second: bool = False
    fate: str = "已建成投产"
    way: str = "招拍挂"
    signed: date | None = None
    start_due: date | None = None
    started: date | None = None
    halted: date | None = None
    finished: date | None = None
    produced: date | None = None
    idle: date | None = None
    low: date | None = None
    back: date | None = None

    @property
    def mu(self) -> Fraction:
        """Its area in 亩."""
        return self.area / _MU

    def state(self, at: date) -> str:
        """开发状态 at the end of a year."""
        steps = (
            (self.back, "收回"), (self.idle, "闲置"), (self.low, "低效"), (self.produced, "已建成投产"),
            (self.finished, "已建成未投产"), (self.started, "在建"), (self.signed, "已供未动工"),
        )  # fmt: skip
        return next((state for day, state in steps if day and day <= at), "批而未供")

    def years(self, first: int) -> range:
        """The years it has a 宗地年度 for: from the one before it was supplied."""
        known = self.signed.year - 1 if self.signed else LAST - 1
        return range(max(first, known), LAST + 1)


def firm_plots(sites: Sequence[Site], number: Iterator[int], chance: Random) -> Iterator[Plot]:
    """One plot for each firm with land of its own, for many a second."""
    owners = [site for site in sites if site.firm.above_scale]
    for place, site in enumerate(owners):
        yield _first(site, next(number), chance)
        few = place < 2 * len(_FATES)
        if place % 2 == 1 if few else place % 5 == 1:
            fate = _FATES[place // 2] if few else _USUAL[place // 5 % len(_USUAL)]
            yield _second(site, fate, next(number), chance)


def _first(site: Site, number: int, chance: Random) -> Plot:
    firm = site.firm
    mu = min(max(firm.latest // (chance.randint(330, 600) * 10_000), 8), 1500)
    plot = Plot(number=number, area=_area(mu, chance), owner=(firm.uscc, firm.name), site=site)
    if site.moved:
        signed = date(LAST - 2, 8, chance.randint(1, 28))
        begun, done, produced = date(LAST - 2, 11, 20), date(LAST, 6, 10), MOVED
    else:
        assert site.producing is not None
        produced = site.producing
        signed = firm.opened + timedelta(chance.randint(15, 40))
        begun, done = signed + timedelta(chance.randint(30, 60)), produced - timedelta(chance.randint(10, 40))
    due = signed + timedelta(90)
    return replace(plot, signed=signed, start_due=due, started=begun, finished=done, produced=produced)


def _second(site: Site, fate: str, number: int, chance: Random) -> Plot:
    firm = site.firm
    mu = min(max(firm.latest // (chance.randint(1200, 2400) * 10_000), 6), 300)
    plot = Plot(number=number, area=_area(mu, chance), owner=(firm.uscc, firm.name), site=site, second=True, fate=fate)
    day = chance.randint(1, 28)

    def on(back: int, month: int) -> date:
        return date(LAST - back, month, day)

    shift = chance.randint(0, 1)  # so that of the same fate not all are of the same year
    dates = {
        "在建": (on(shift, 2), on(shift, 5), on(shift, 6), None, None),
        "已建成投产": (on(3, 5), on(3, 8), on(3, 9), on(shift, 4), on(shift, 8)),
        "已建成未投产": (on(2, 5), on(2, 9), on(2, 8), on(0, 10), None),
        "已供未动工": (on(0, 9), on(-1, 3), None, None, None),
        "延期": (on(2, 3), on(2, 9), None, None, None),
        "收回": (on(3, 9), on(2, 3), None, None, None),
        "闲置1": (on(2 + shift, 9), on(1 + shift, 3), None, None, None),
        "闲置2": (on(3, 6), on(3, 9), on(3, 10), None, None),
        "闲置3": (on(3, 6), on(3, 9), on(3, 10), None, None),
    }
    if fate == "低效":
        signed = firm.opened + timedelta(120)
        built = tuple(signed + timedelta(days) for days in (90, 80, 480, 540))
        low = date(LAST, 6, 30)
        return replace(
            plot, signed=signed, start_due=built[0], started=built[1], finished=built[2], produced=built[3], low=low
        )
    signed, due, begun, done, produced = dates[fate]
    # 闲置 is declared in the very year the twelve months are over: so no year's end is between the two
    idle = {"收回": date(LAST - 1, 6, 30), "闲置1": date(LAST - shift, 6, 30)}.get(fate)
    halted = on(2, 10) if fate in ("闲置2", "闲置3") else None
    return replace(
        plot, signed=signed, start_due=due, started=begun, finished=done, produced=produced, halted=halted,
        idle=date(LAST - 1, 11, 15) if halted else idle, back=date(LAST, 9, 30) if fate == "收回" else None,
    )  # fmt: skip


def reserve_plots(firms: int, number: Iterator[int], chance: Random) -> Iterator[Plot]:
    """Land approved and not yet supplied."""
    for _ in range(2 + firms // 200):
        yield Plot(number=next(number), area=_area(chance.randint(30, 150), chance), fate="批而未供")


def public_plots(industrial: Fraction, first: date, number: Iterator[int], chance: Random) -> Iterator[Plot]:
    """Streets, parks, schools, dwellings and shops in proportion to the land for industry, all there before ``first``."""
    for cls, use, part in _PUBLIC:
        whole = industrial * part / 100
        parts = int(whole // _LARGEST) + 1
        bought = {"A1": BUILDERS[0], "A4": BUILDERS[1]}.get(cls)
        for _ in range(parts):
            signed = first - timedelta(chance.randint(1500, 2500))
            begun = signed + timedelta(60)
            done = begun + timedelta(chance.randint(400, 700))
            yield Plot(
                number=next(number), area=Fraction(int(whole * 100 / parts), 100), use=use, cls=cls, owner=bought or PLATFORM_CO,
                way="招拍挂" if bought else "划拨", signed=signed, start_due=signed + timedelta(90), started=begun,
                finished=done, produced=done,
            )  # fmt: skip


def factory_plot(area: Fraction, begun: date, done: date | None, used: bool, number: int) -> Plot:
    """The plot of a standard factory, the platform company's."""
    signed = begun - timedelta(60)
    fate = "已建成投产" if used else "已建成未投产" if done else "在建"
    return Plot(
        number=number, area=area, owner=PLATFORM_CO, fate=fate, signed=signed, start_due=begun + timedelta(30),
        started=begun, finished=done, produced=done if used else None,
    )  # fmt: skip


def _area(mu: int, chance: Random) -> Fraction:
    """So many 亩 and a little more, in ㎡ to the hundredth."""
    return Fraction(int(mu * _MU * 100) + chance.randint(0, 60_000), 100)


def numbers() -> Iterator[int]:
    """Running numbers from 1."""
    return count(1)
