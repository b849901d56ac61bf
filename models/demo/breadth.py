"""The ledgers of land, factories, projects, innovation, investors and industry, filled after the firms, with chance of their own.

The firms' own ledgers draw from another generator, so that what is made here never changes a figure of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

from models.demo.factories import House, factory, houses, leases
from models.demo.industry import benchmarks, chains, clusters, theme_parks
from models.demo.innovation import platforms, qualifications, talents, tasks, tw_bases
from models.demo.investors import Investor, events, investor, investors, offices, visits
from models.demo.land import Grounds, parcel, parcel_uses, parcel_year, state_sums
from models.demo.land_use import whole, zone_land
from models.demo.names import person
from models.demo.plots import Plot, firm_plots, numbers, public_plots, reserve_plots
from models.demo.projects import months, number, project
from models.demo.records import LAST, Record
from models.demo.schemes import Scheme, schemes
from models.demo.sites import END, Books, Site
from models.demo.support import Led, issues, liaisons
from models.ledger import Ledger
from models.ledgers.factory import FACTORY, FACTORY_LEASE
from models.ledgers.industry import CHAIN, CLUSTER, THEME_PARK
from models.ledgers.innovation import PLATFORM, QUALIFICATION, RD_TASK, TALENT, TW_BASE
from models.ledgers.investor import BIZ_EVENT, BIZ_OFFICE, INVESTOR, INVESTOR_VISIT
from models.ledgers.issue import ISSUE, LIAISON
from models.ledgers.land import PARCEL, PARCEL_USE, PARCEL_YEAR
from models.ledgers.land_use import ZONE_LAND
from models.ledgers.project import PROJECT, PROJECT_MONTH
from models.ledgers.target import BENCHMARK

LEDGERS = (
    PARCEL, PARCEL_YEAR, PARCEL_USE, ZONE_LAND, FACTORY, FACTORY_LEASE, PROJECT, PROJECT_MONTH, TW_BASE, PLATFORM, TALENT, RD_TASK,
    QUALIFICATION, INVESTOR, INVESTOR_VISIT, BIZ_OFFICE, BIZ_EVENT, ISSUE, LIAISON, THEME_PARK, CLUSTER, CHAIN, BENCHMARK,
)  # fmt: skip
Write = Callable[[Ledger, Iterable[Record]], list[bytes]]


class Breadth:
    """Fills LEDGERS of the zone ``zone`` for ``years`` from the firms' sites and books, through ``write``.

    Only a main park has issues over time, and 5020项目 as large as a zone of the nation's counts them.
    """

    def __init__(self, zone: str, years: range, seed: str, write: Write, *, main: bool = True) -> None:
        self.zone, self.years, self.write, self.main = zone, years, write, main
        self.chance = Random(f"breadth {seed}")  # noqa: S311 - made-up data, the same for the same seed

    def fill(self, sites: list[Site], books: Books, persons: int) -> None:
        """All of it; ``persons`` are the young people from Taiwan who are there now."""
        plots = self._land(sites, books)
        projects, led = self._projects(sites, plots)
        chance, write = self.chance, self.write
        write(TW_BASE, tw_bases(persons))
        write(PLATFORM, platforms(sites, chance))
        write(TALENT, talents(sites, chance))
        write(RD_TASK, tasks(sites, self.years[0], chance))
        write(QUALIFICATION, qualifications(sites, chance))
        write(BIZ_OFFICE, offices())
        write(BIZ_EVENT, events(self.years, chance))
        write(ISSUE, issues(sites, projects, self.main, chance))
        write(LIAISON, liaisons(sites, led, chance))
        industrial = sum((plot.mu for plot, _ in plots if plot.site), Fraction(0))
        write(THEME_PARK, theme_parks(books, industrial))
        write(CLUSTER, clusters(self.years, self.zone, books))
        write(CHAIN, chains(books))
        write(BENCHMARK, benchmarks(self.years))

    def _land(self, sites: list[Site], books: Books) -> list[tuple[Plot, bytes]]:
        """宗地 … 厂房入驻; the plots with their ids."""
        chance, first, running = self.chance, self.years[0], numbers()
        plots = list(firm_plots(sites, running, chance))
        built = list(houses(sites, running, chance))
        plots += [house.plot for house in built]
        industrial = sum((plot.area for plot in plots), Fraction(0))
        plots += reserve_plots(len(sites), running, chance)
        plots += public_plots(industrial, date(first, 1, 1), running, chance)
        grounds = [Grounds(plot, chance) for plot in plots]
        rows = [parcel(plot, self.zone, chance) for plot in plots]
        ids = self.write(PARCEL, rows)
        known = list(zip(plots, ids, rows, grounds, strict=True))
        self.write(
            PARCEL_YEAR,
            (parcel_year(one, year, id, row, at) for one, id, row, at in known for year in one.years(first)),
        )
        placed = list(zip(plots, ids, strict=True))
        self.write(PARCEL_USE, parcel_uses(placed, chance))
        self._factories(built, {plot.number: id for plot, id in placed})
        standing = list(zip(plots, grounds, strict=True))
        total = whole(state_sums(standing, LAST))
        self.write(ZONE_LAND, (zone_land(year, state_sums(standing, year), total, books) for year in self.years))
        return placed

    def _factories(self, built: list[House], parcels: dict[int, bytes]) -> None:
        rows = (factory(house, parcels[house.plot.number], place) for place, house in enumerate(built, 1))
        ids = self.write(FACTORY, rows)
        self.write(
            FACTORY_LEASE,
            (row for house, id in zip(built, ids, strict=True) for row in leases(house, id, self.chance)),
        )

    def _projects(
        self, sites: list[Site], plots: list[tuple[Plot, bytes]]
    ) -> tuple[list[tuple[bytes, date]], list[Led]]:
        """项目, 项目月度, 客商 and 客商拜访; of the projects under way the ids, and the 包干领导 where they name one, since when."""
        chance = self.chance
        planned = schemes(sites, [plot for plot, _ in plots], 500_000 if self.main else 200_000, chance)
        early = [place for place, scheme in enumerate(planned) if scheme.site is None]
        courted = investors(len(early) + max(8, len(sites) // 20), chance)
        for one, place in enumerate(early):
            courted[one] = replace(courted[one], linked=number(planned[place], place, self.zone))
        names = {place: courted[one].name.removesuffix("(虚构)") for one, place in enumerate(early)}
        parcels = {plot.number: id for plot, id in plots}
        rows = [self._project(place, planned, names, parcels) for place in range(len(planned))]
        ids = self.write(PROJECT, rows)
        self.write(
            PROJECT_MONTH,
            (row for scheme, id in zip(planned, ids, strict=True) for row in months(scheme, id, person(chance))),
        )
        self._courted(courted)
        live = [one for one in zip(ids, rows, planned, strict=True) if one[2].stage(END) not in ("达产营运", "终止")]
        led = [(id, str(row["lead_person"]), scheme.first) for id, row, scheme in live if row["lead_person"]]
        return [(id, scheme.first) for id, _, scheme in live], led

    def _project(self, place: int, planned: list[Scheme], names: dict[int, str], parcels: dict[int, bytes]) -> Record:
        scheme = planned[place]
        parent = scheme.parent
        about: dict[str, object] = {
            "investor": names.get(place, ""),
            "parcel": parcels[scheme.plot.number] if scheme.plot else None,
            "parent": None if parent is None else number(planned[parent], parent, self.zone),
            "leader": person(self.chance),
        }
        return project(scheme, place, self.zone, about, self.chance)

    def _courted(self, courted: list[Investor]) -> None:
        ids = self.write(INVESTOR, [investor(one, self.chance) for one in courted])
        self.write(INVESTOR_VISIT, (row for one, id in zip(courted, ids, strict=True) for row in visits(one, id)))
