"""宗地, 宗地年度 and 宗地占用 of the planned plots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from models.demo.plots import Plot
from models.demo.records import LAST, Record, record
from models.demo.sites import END, Site, later
from models.ledgers.land import PARCEL, PARCEL_USE, PARCEL_YEAR

BUILT = ("已建成投产", "已建成未投产", "低效")
_TERMS = {"住宅": 70, "商服": 40}
_PRICES = {"住宅": 180, "商服": 150}
_READY = {"工业": "E21", "商服": "E22", "住宅": "E22"}
_ROADS = ("示范大道", "虚构一路", "样例二路", "演示三路", "演示四路")


def parcel(plot: Plot, zone: str, chance: Random) -> Record:
    """The 宗地 row of a plot."""
    road = chance.randrange(len(_ROADS))
    code, name = plot.owner
    return record(
        PARCEL,
        parcel_no=f"{zone}-{plot.number:05}",
        cert_no=f"演示不动产权第{plot.number:07}号" if plot.finished else None,
        location=f"赣州经济技术开发区{_ROADS[road]}以北",
        bounds=f"南至{_ROADS[road]}，北至{_ROADS[road - 1]}，东至{_ROADS[road - 2]}，西至相邻宗地",
        area_m2=plot.area,
        use_code=plot.use,
        supply_way=plot.way if plot.signed else None,
        supply_date=plot.signed,
        owner_uscc=code or None,
        owner_name=name or None,
        contract_no=f"演示{'划拨' if plot.way == '划拨' else '合同'}〔{plot.signed.year}〕{plot.number:05}号"
        if plot.signed
        else None,
        sign_date=plot.signed,
        start_due=plot.start_due,
        finish_due=plot.start_due and plot.start_due + timedelta(540),
        start_act=plot.started,
        finish_act=plot.finished,
        prod_date=plot.produced if plot.use == "工业" else None,
        due_area_m2=plot.area * 9 // 10 if plot.signed else None,
        delay_doc=f"演示延期〔{LAST - 1}〕{plot.number}号" if plot.fate == "延期" else None,
        far_plan=Fraction(chance.randint(10, 20), 10) if plot.use == "工业" else None,
        **_terms(plot, chance),
        **_standard(plot, chance),
    )


def _terms(plot: Plot, chance: Random) -> dict[str, object]:
    """What was paid and promised; land given free has neither price nor term, land to be supplied has its conditions."""
    sold = plot.signed is not None and plot.way != "划拨"
    term = _TERMS.get(plot.use, 50)
    price = int(plot.mu * _PRICES.get(plot.use, chance.randint(12, 20)))
    promised = int(plot.mu * chance.randint(240, 420))
    return {
        "price": price if sold else None,
        "price_paid": price * 6 // 10 if sold and plot.fate == "已供未动工" else price if sold else None,
        "term_y": term if sold else None,
        "expire_date": later(plot.signed, term) if sold and plot.signed else None,
        "inv_due": promised if plot.use == "工业" else None,
    }


def _standard(plot: Plot, chance: Random) -> dict[str, object]:
    """标准地, since three years ago for most industrial land that is sold."""
    sold = plot.use == "工业" and plot.signed is not None and plot.signed.year >= LAST - 3
    std = sold and plot.number % 5 != 1
    return {
        "std_land": std,
        "commit": std and chance.randrange(10) < 8,
        "sl_inv": chance.randint(220, 330) if std else None,
        "sl_tax": chance.randint(12, 25) if std else None,
        "sl_far": Fraction(chance.randint(10, 16), 10) if std else None,
        "sl_energy": Fraction(chance.randint(800, 3000), 10_000) if std else None,
        "sl_emis": "化学需氧量 0.2 千克/万元" if std else None,
    }


class Grounds:
    """What stands on a plot once it is built: drawn once, so that it is the same in every year."""

    def __init__(self, plot: Plot, chance: Random) -> None:
        area = plot.area
        if plot.use == "交通" or plot.cls == "A51":
            self.built, self.base = 0, area * chance.randint(1, 4) // 100
        else:
            low = plot.fate == "低效"
            self.base = area * (chance.randint(31, 34) if low else chance.randint(35, 58)) // 100
            self.built = self.base * (chance.randint(10, 12) if low else chance.randint(20, 32)) // 10
        self.admin = area * chance.randint(20, 65) // 1000 if plot.use == "工业" else None
        self.green = area * chance.randint(5, 15) // 100
        self.share = chance.randint(95, 125)  # % of what was promised that is invested when all stands


def parcel_year(plot: Plot, year: int, id: bytes, row: Record, ground: Grounds) -> Record:
    """The 宗地年度 row of a plot; ``row`` is its 宗地."""
    at, state = date(year, 12, 31), plot.state(date(year, 12, 31))
    standing, supplied = state in BUILT, state not in ("批而未供", "收回")
    idle, low = state == "闲置", state == "低效"
    part = _progress(plot, at)
    promised = Fraction(int(row["inv_due"] or 0), 10_000)
    return {"year": year} | record(
        PARCEL_YEAR,
        parcel=id,
        cls=plot.cls if standing else "B21",
        supply_cls=("D1" if plot.way == "划拨" else "D21") if supplied else _READY.get(plot.use, "E1"),
        dev_state=state,
        started_area_m2=plot.area * 9 // 10 * part // 100 if supplied else None,
        inv_act=promised * _invested(plot, part, ground) // 100 if plot.use == "工业" else None,
        halt_date=plot.halted if plot.halted and plot.halted <= at else None,
        idle=idle,
        idle_type={"闲置2": "2", "闲置3": "3"}.get(plot.fate, "1") if idle else None,
        idle_doc=f"演示闲置〔{plot.idle.year}〕{plot.number}号" if idle and plot.idle else None,
        idle_disp="收回" if state == "收回" else "限期开工" if idle else None,
        idle_disp_date=plot.back if state == "收回" else None,
        loweff=low,
        loweff_type="容积率/建筑系数低" if low else None,
        disp_plan_m2=plot.area * 6 // 10 if low else None,
        disp_done_m2=plot.area * 2 // 10 if low else None,
        bld_area_m2=ground.built if standing else None,
        base_area_m2=ground.base if standing else None,
        admin_area_m2=ground.admin if standing else None,
        green_m2=ground.green if standing else None,
    )


def _progress(plot: Plot, at: date) -> int:
    """How much of it is built upon, in %: what halted stopped early, by 闲置2 at a fifth, by 闲置3 at a half."""
    if not plot.started or plot.started > at:
        return 0
    if plot.halted:
        return (20 if plot.fate == "闲置2" else 50) if plot.halted <= at else 15
    done = plot.finished or plot.started + timedelta(480)
    return min(100, max(5, (at - plot.started).days * 100 // max((done - plot.started).days, 1)))


def _invested(plot: Plot, part: int, ground: Grounds) -> int:
    """How much of 约定总投资 is spent, in %."""
    return (18 if part > 15 else 10) if plot.halted and part else part * ground.share // 100


def parcel_uses(plots: Sequence[tuple[Plot, bytes]], chance: Random) -> Iterator[Record]:
    """Who stands on the built plots: the owner, and on every sixth first plot a neighbour who rents a part of it."""
    firsts = [(plot, id) for plot, id in plots if plot.site and not plot.second]
    rented: dict[int, tuple[Site, int]] = {}
    for place, (plot, _) in enumerate(firsts[:-1]):
        if place % 6 == 2:
            neighbour = firsts[place + 1][0].site
            assert neighbour is not None
            rented[plot.number] = (neighbour, place)
    for plot, id in plots:
        since = plot.finished if plot.second or (plot.site and plot.site.moved) else plot.started
        if plot.site is None or since is None or since > END:
            continue
        let = plot.area * chance.randint(10, 22) // 100 if plot.number in rented else 0
        yield _use(id, plot.site, "自用", plot.area - let, (since, None))
        if let:
            neighbour, place = rented[plot.number]
            when = _lease(plot, neighbour, place)
            yield _use(id, plot.site, "租出", let, when)
            yield _use(id, neighbour, "租入", let, when)


def _lease(plot: Plot, neighbour: Site, place: int) -> tuple[date, date | None]:
    """From when until when a part is let; every other one is over since the middle of last year."""
    ready = max(day for day in (plot.produced, neighbour.producing, neighbour.entered) if day)
    begin = ready + timedelta(60)
    over = date(LAST - 1, 6, 30)
    return begin, over if place % 12 == 8 and begin < over else None


def _use(parcel: bytes, site: Site, way: str, area: Fraction | int, when: tuple[date, date | None]) -> Record:
    return record(
        PARCEL_USE, parcel=parcel, ent=site.id, use_way=way, area_m2=area, from_date=when[0], to_date=when[1],
        basis="权证" if way == "自用" else "租约",
    )  # fmt: skip


def state_sums(plots: Sequence[tuple[Plot, Grounds]], year: int) -> Mapping[str, Fraction]:
    """㎡ of the plots at the end of a year: by 规程地类 what is built, by 供应分类 what is not, by 开发状态, and the buildings."""
    sums: dict[str, Fraction] = {}

    def add(name: str, area: Fraction | int) -> None:
        sums[name] = sums.get(name, Fraction(0)) + area

    for plot, ground in plots:
        if year not in plot.years(year):
            continue
        state = plot.state(date(year, 12, 31))
        add(state, plot.area)
        if state in ("批而未供", "收回"):
            add(_READY.get(plot.use, "E1"), plot.area)
        else:
            add("D1" if plot.way == "划拨" else "D21", plot.area)
        if state in BUILT:
            add(plot.cls, plot.area)
            add("bld_total", ground.built)
            add("base_total", ground.base)
            if plot.cls == "A2":
                add("bld_ind", ground.built)
                add("base_ind", ground.base)
    return sums
