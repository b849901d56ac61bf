"""The plan of the made-up zone's projects: whose each is, on which land, and when it came to each stage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.demo.plots import Plot
from models.demo.records import LAST
from models.demo.sites import END, Site, chain_of
from models.demo.trades import MAKERS, Trade

STAGES = ("意向", "储备", "在谈", "签约", "注册落地", "开工", "在建", "竣工", "投产", "达产营运")
Days = tuple[date | None, ...]  # the day each of STAGES was come to; None where it was not, or nobody wrote it down
_PLOTS = {"低效", "批而未供"}  # what land of these fates was taken for is long over, or not yet known
_EARLY = (0, 1, 2, 3, 90, 2, 3, 1)
_OLD = (5, 9, 8, 6)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """One project. ``total`` is 计划总投资 in 万元 before it is turned into whole 原币; ``halted`` is since when nothing was spent."""

    trade: Trade
    nature: str
    days: Days
    total: int
    fund: str = "内资"
    site: Site | None = None
    plot: Plot | None = None
    stopped: date | None = None
    halted: date | None = None
    single: str = "单体"
    parent: int | None = None
    transfer: bool = False

    def stage(self, at: date) -> str:
        """当前阶段 at the end of a day; "" before anybody knew of it."""
        if self.stopped and self.stopped <= at:
            return "终止"
        reached = [name for name, day in zip(STAGES, self.days, strict=True) if day and day <= at]
        return reached[-1] if reached else ""

    @property
    def first(self) -> date:
        """When it was first heard of."""
        return next(day for day in self.days if day)

    def day(self, stage: str) -> date | None:
        """When it came to a stage."""
        return self.days[STAGES.index(stage)]


def schemes(sites: Sequence[Site], plots: Sequence[Plot], large: int, chance: Random) -> list[Scheme]:
    """All projects: that each firm with land came with, on new land, of new firms, new machines, and those not yet registered.

    5020项目 are those from ``large`` 万元 on.
    """
    made = [_founding(plot, chance) for plot in plots if plot.site and not plot.second]
    made += [_on_land(plot, chance) for plot in plots if plot.second and plot.fate not in _PLOTS]
    made += [_newcomer(site, chance) for site in sites if site.firm.scale == "筹建"]
    renewing = [site for site in sites if site.firm.above_scale and not site.moved][3::5]
    made += [_renewal(site, _OLD[place % len(_OLD)], chance) for place, site in enumerate(renewing)]
    made += [_early(place, chance) for place in range(max(10, len(sites) // 15))]
    made.append(_large("在谈", "外资", large, chance))
    made.append(_large("签约", "内资", large, chance))
    made += [_growing(site, large, chance) for site in sites if site.firm.rank == "链主"]
    made += _cluster(len(made), chance)
    return made


def _fund(site: Site) -> str:
    return site.firm.owner


def _on_land(plot: Plot, chance: Random) -> Scheme:
    site, signed = plot.site, plot.signed
    assert site is not None
    assert signed is not None
    full = plot.produced + timedelta(150) if plot.produced else None
    before = [signed - timedelta(days) for days in (200, 170, 120, 60)]
    begun = plot.started
    going = begun + timedelta(60) if begun else None
    days = (*before, signed - timedelta(20), begun, _upto(going), plot.finished, plot.produced, _upto(full))
    return Scheme(
        trade=site.firm.trade, nature="增资扩股", days=days, site=site, plot=plot, fund=_fund(site),
        total=int(plot.mu * chance.randint(300, 420)) + 200, stopped=plot.back, halted=plot.halted,
    )  # fmt: skip


def _founding(plot: Plot, chance: Random) -> Scheme:
    """What a firm came with: signed before it was founded, at work when the firm is; of those that moved, the move."""
    site, signed = plot.site, plot.signed
    assert site is not None
    if site.moved:
        return _on_land(plot, chance)
    assert signed is not None
    assert plot.produced is not None
    opened = site.firm.opened
    before = [opened - timedelta(days) for days in (260, 210, 150, 60)]
    begun, full = plot.started, plot.produced + timedelta(150)
    days = (*before, opened, begun, begun and begun + timedelta(60), plot.finished, plot.produced, full)
    return Scheme(
        trade=site.firm.trade, nature="新引进", days=days, site=site, plot=plot, fund=_fund(site),
        total=int(plot.mu * chance.randint(300, 420)) + 200, transfer=chance.randrange(3) == 0,
    )  # fmt: skip


def _newcomer(site: Site, chance: Random) -> Scheme:
    """A firm being set up in a standard factory."""
    opened = site.firm.opened
    before = [opened - timedelta(days) for days in (240, 200, 130, 45)]
    days = (*before, opened, opened + timedelta(70), opened + timedelta(120), None, None, None)
    return Scheme(
        trade=site.firm.trade, nature="新引进", days=days, site=site, fund=_fund(site),
        total=chance.randint(30, 150) * 100, transfer=True,
    )  # fmt: skip


def _renewal(site: Site, stage: int, chance: Random) -> Scheme:
    """New machines in the halls that are there."""
    begin = {9: date(LAST - 2, 4, 8), 8: date(LAST - 1, 6, 12), 6: date(LAST, 2, 20), 5: date(LAST, 8, 15)}[stage]
    begin += timedelta(chance.randint(0, 20))
    steps = [begin + timedelta(days) for days in (0, 25, 50, 80, 95, 115)]
    building = {9: (170, 330, 380, 560), 8: (170, 330, 400), 6: (160,), 5: ()}[stage]
    days: list[date | None] = [*steps, *(begin + timedelta(after) for after in building)]
    return Scheme(
        trade=site.firm.trade, nature="技改", days=(*days, *[None] * (10 - len(days))), site=site, fund=_fund(site),
        total=chance.randint(*((105, 160) if stage == 8 else (12, 130))) * 100,
    )  # fmt: skip


def _early(place: int, chance: Random) -> Scheme:
    """A project that has no firm yet, from 意向 to 签约, or that was given up."""
    stage = _EARLY[place % len(_EARLY)]
    begin = date(LAST, 1, 10) + timedelta(chance.randint(0, 200))
    reached = 3 if stage == 3 else 2 if stage == 90 else stage
    days = [begin + timedelta(30 * step) if step <= reached else None for step in range(10)]
    return Scheme(
        trade=chance.choice(MAKERS), nature="新引进", days=tuple(days), total=chance.randint(30, 600) * 100,
        fund=("内资", "内资", "台资", "内资", "港资", "外资")[place % 6], transfer=place % 2 == 0,
        stopped=begin + timedelta(100) if stage == 90 else None,
    )  # fmt: skip


def _large(stage: str, fund: str, least: int, chance: Random) -> Scheme:
    """A 5020项目 that has no firm yet."""
    last = STAGES.index(stage)
    begin = date(LAST, 2, 11)
    days = [begin + timedelta(60 * step) if step <= last else None for step in range(10)]
    total = least + chance.randint(200, 800) * 100
    return Scheme(trade=MAKERS[1], nature="新引进", days=tuple(days), total=total, fund=fund, transfer=True)


def _growing(site: Site, least: int, chance: Random) -> Scheme:
    """The 5020项目 by which the largest firm grows: signed last year, just begun."""
    days = [
        date(LAST - 1, 2, 20),
        date(LAST - 1, 3, 28),
        date(LAST - 1, 5, 16),
        date(LAST - 1, 9, 12),
        date(LAST, 4, 10),
        date(LAST, 11, 25),
    ]
    return Scheme(
        trade=site.firm.trade, nature="增资扩股", days=(*days, *[None] * 4), site=site, fund=_fund(site),
        total=least + chance.randint(100, 300) * 100,
    )  # fmt: skip


def _cluster(place: int, chance: Random) -> Iterator[Scheme]:
    """A 同一产业链集群 with three members, all of one trade; the members point to the first by its ``place``."""
    begin = date(LAST - 1, 9, 3)
    for member in range(4):
        reached = 2 if member == 3 else 3
        days = [begin + timedelta(45 * step) if step <= reached else None for step in range(10)]
        yield Scheme(
            trade=MAKERS[4], nature="新引进", days=tuple(days), total=(60_000, 22_000, 18_000, 9_000)[member] + chance.randint(0, 9) * 100,
            single="集群成员" if member else "同一产业链集群", parent=place if member else None,
        )  # fmt: skip


def _upto(day: date | None) -> date | None:
    """A day that has come by the end of the last year, or None."""
    return day if day and day <= END else None


def chain_number(trade: Trade) -> int:
    """The running number of a trade's 产业链."""
    return chain_of(trade.code) + 1
