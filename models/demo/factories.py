"""标准厂房 and 厂房入驻: the firms without land of their own, in the order they came, house after house."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from models.demo.plots import Plot, factory_plot
from models.demo.records import LAST, Record, record
from models.demo.sites import MOVED, PLATFORM_CO, Site
from models.ledgers.factory import FACTORY, FACTORY_LEASE

_LARGEST = 12  # firms in one house


@dataclass(frozen=True)
class House:
    """One house and who is in it, with how many ㎡; ``rentable`` is 0 while it is being built."""

    plot: Plot
    rentable: int
    built: int
    tenants: tuple[tuple[Site, int], ...] = ()


def houses(sites: Sequence[Site], numbers: Iterator[int], chance: Random) -> Iterator[House]:
    """Houses full and partly let, of last year for those who came this year, one just done and empty, one being built."""
    renting = sorted((site for site in sites if site.rents), key=lambda site: (site.entered, site.firm.number))
    queue = [site for site in renting if site.entered.year < LAST]
    fresh = [site for site in renting if site.entered.year == LAST]
    size = max(3, min(_LARGEST, len(queue) // 3))
    full = True
    for start in range(0, len(queue), size):
        group = queue[start : start + size]
        let = _areas(group, chance)
        leaving = sum(area for site, area in zip(group, let, strict=True) if site.moved)
        stays = not leaving
        used = sum(let)
        rentable = used if stays and full else max(used * 100 // chance.randint(55, 85), leaving * 7)
        full = full != stays  # every second one that nobody leaves is full
        done = group[0].entered - timedelta(80)
        yield _house(rentable, (done - timedelta(400), done), tuple(zip(group, let, strict=True)), next(numbers))
    for start in range(0, len(fresh), size):
        group = fresh[start : start + size]
        let = _areas(group, chance)
        span = (date(LAST - 2, 11, 5), date(LAST - 1, 10, 15))
        yield _house(sum(let) * 100 // chance.randint(80, 92), span, tuple(zip(group, let, strict=True)), next(numbers))
    yield _house(chance.randint(60, 90) * 100, (date(LAST - 1, 6, 1), date(LAST, 9, 20)), (), next(numbers))
    yield _house(chance.randint(60, 90) * 100, (date(LAST, 3, 10), None), (), next(numbers))


def _house(rentable: int, when: tuple[date, date | None], tenants: tuple[tuple[Site, int], ...], number: int) -> House:
    begun, done = when
    built = rentable * 100 // 92 + 1
    ground = max(Fraction(built * 10, 16 + number % 5), Fraction(1500))
    plot = factory_plot(Fraction(int(ground * 100), 100), begun, done, bool(tenants), number)
    return House(plot, rentable if done else 0, built, tenants)


def _areas(group: Sequence[Site], chance: Random) -> list[int]:
    """㎡ of each; those who leave are small, so that the house does not empty at once."""
    sizes = {"服务": (300, 800), "停业": (600, 1200), "筹建": (1200, 1800)}
    areas = [0 if site.moved else chance.randint(*sizes.get(site.firm.scale, (700, 2000))) for site in group]
    leaving = sum(site.moved for site in group)
    return [area or max(sum(areas) * 15 // 100 // leaving, 200) for area in areas]


def factory(house: House, parcel: bytes, number: int) -> Record:
    """The 标准厂房 row of a house."""
    plot = house.plot
    return record(
        FACTORY,
        fac_no=f"CF{number:04}",
        fac_name=f"赣州经开区标准厂房(演示){number}栋",
        parcel=parcel,
        builder_uscc=PLATFORM_CO[0],
        use_for="重点转移企业扩产" if number % 5 == 0 else "园区承接产业转移",
        floors=3 + number % 4,
        bld_m2=house.built,
        start_date=plot.started,
        done_date=plot.finished,
        inv=Fraction(house.built * 22, 100),
        rentable_m2=house.rentable or None,
    )


def leases(house: House, id: bytes, chance: Random) -> Iterator[Record]:
    """The 厂房入驻 rows of a house."""
    for site, area in house.tenants:
        yield record(
            FACTORY_LEASE,
            fac=id,
            ent=site.id,
            area_m2=area,
            way="购" if site.firm.number % 9 == 0 else "租",
            from_date=site.entered,
            to_date=MOVED - timedelta(1) if site.moved else None,
            rent=None if site.firm.number % 9 == 0 else chance.randint(8, 15),
            prod_date=max(site.producing, site.entered) if site.producing else None,
        )
