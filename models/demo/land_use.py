"""土地利用状况 of the made-up zone, year by year: added up from the plots, so that the two agree to the last ㎡."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from models.demo.records import Record, record
from models.demo.sites import Books
from models.ledgers.land_use import ZONE_LAND

_HA = 10_000
_BUILT = ("A1", "A2", "A31", "A32", "A4", "A51", "A52", "A6")
_FIXED = {"b11": "6.5", "b12": "24.2", "c1": "38", "c2": "21.6", "c3": "9.4", "d22": "0"}  # 公顷
_KEPT = {"E1": Fraction(8), "E21": Fraction(10), "E22": Fraction(12)}  # 公顷 still to be supplied that are no plot yet
_LEAST = Fraction(1000)  # 公顷: the zone's 核准面积


def whole(last: Mapping[str, Fraction]) -> Fraction:
    """土地总面积 in 公顷, the same in all years: 核准面积, or what the plots of the last year need."""
    plots = sum((last.get(name, Fraction(0)) for name in ("D1", "D21", "E1", "E21", "E22")), Fraction(0)) / _HA
    return max(_LEAST, Fraction(int(plots * 5 / 4)))


def zone_land(year: int, sums: Mapping[str, Fraction], total: Fraction, books: Books) -> Record:
    """The 土地利用状况 row of a year from the plots' ``sums`` in ㎡."""

    def ha(name: str) -> Fraction:
        return sums.get(name, Fraction(0)) / _HA

    built = {name: ha(name) for name in _BUILT}
    to_supply = {name: ha(name) + kept for name, kept in _KEPT.items()}
    a, d = sum(built.values(), Fraction(0)), ha("D1") + ha("D21")
    ready = d - a + sum(to_supply.values())
    fixed = {name: Fraction(area) for name, area in _FIXED.items()}
    rest = total - a - ready - sum(fixed.values())
    of_year = books.years[year]
    return (
        {"year": year}
        | record(
            ZONE_LAND,
            total=total,
            a=a,
            **{name.lower(): area for name, area in (built | to_supply).items()},
            b21=ready,
            b22=rest,
            d1=ha("D1"),
            d21=ha("D21"),
            f=total - d - sum(to_supply.values()),
            g=ha("闲置"),
            approved_unsupplied=ha("批而未供") + ha("收回"),
            supplied_unused=ha("已供未动工") + ha("闲置"),
            **fixed,
            **{name: ha(name) for name in ("bld_total", "base_total", "bld_ind", "base_ind")},
            pop=of_year["heads"] * 13 // 10,
        )
        | {name: of_year[name] for name in ("fa_ind_cum", "tax_ind", "tax_23")}
    )
