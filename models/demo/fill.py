"""Fill a data file with the made-up zone: one batch, one undo; each of its sub-parks another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from random import Random

from models.demo.breadth import LEDGERS, Breadth
from models.demo.economy import economy, economy_row
from models.demo.enterprises import enterprise, enterprise_year
from models.demo.faults import FAULTS, Planting
from models.demo.firms import REGION, Firm, plan
from models.demo.names import Naming, naming
from models.demo.park import CODE, MOST, NAME, SHORT, Park, sub_parks, zone_record
from models.demo.people import exchange_person, exchanges, youth
from models.demo.records import LAST, Record, write
from models.demo.sites import Books, Site, settle
from models.demo.support import overdue
from models.demo.taiwan import capital_in, stake, tw_enterprise
from models.demo.zone import Tally, industries, papers, pilots, targets, titles, zone_year
from models.ledger import Ledger
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.ledgers.exchange import EXCHANGE, EXCHANGE_PERSON
from models.ledgers.taiwan import CAPITAL_IN, TW_ENTERPRISE
from models.ledgers.target import TARGET
from models.ledgers.youth import TW_YOUTH
from models.ledgers.zone import ZONE, ZONE_DOC, ZONE_INDUSTRY, ZONE_PILOT, ZONE_TITLE
from models.ledgers.zone_year import ZONE_YEAR
from models.store import Connection
from models.store.batches import Batch, batch
from models.store.file import DataFile
from models.store.listing import listing
from models.store.views import find_reference
from models.store.zones import UnknownZone, Zone, choose, create_zone, pick, zones

_FILLED = (
    ENTERPRISE, ENTERPRISE_YEAR, ECONOMY, TW_ENTERPRISE, CAPITAL_IN, TW_YOUTH, EXCHANGE, EXCHANGE_PERSON, ZONE_YEAR, ZONE_INDUSTRY,
    ZONE_TITLE, ZONE_PILOT, ZONE_DOC, TARGET, *LEDGERS,
)  # fmt: skip
_FEWEST, _YEARS = 20, range(2, 21)
_FIRMS_AT_A_TIME = 200


def fill(
    file: DataFile, *, enterprises: int = 24, years: int = 6, seed: int = 1, zone: str = "", parks: int = 0
) -> dict[str, object]:
    """Fill an empty zone (``zone``, else the only one; a file without zones gets one) with ``years`` years up to 2025, and
    ``parks`` further ones below it, each with a third as many firms.

    Gives back zone, zone_name, enterprises (of the main park), years, parks, rows (all that were written), ledgers (rows by
    label) and findings: what the audit of the packs 台办 and 通用 finds in the last year, no more and no less
    (``Planting``; all in the main park). Raises ValueError with a Chinese sentence.
    """
    if enterprises < _FEWEST or years not in _YEARS or not 0 <= parks <= MOST:
        raise ValueError(
            f"演示园区至少 {_FEWEST} 家企业，{_YEARS[0]}—{_YEARS[-1]} 年，另有分园 0—{MOST} 个，请改 --enterprises、--years 或 --parks"
        )
    main, names = _place(file, zone, parks), naming(REGION, seed)
    filled = [_Plan(park, enterprises, years, seed, names) for park in (main, *sub_parks(main))]
    span, written = range(LAST - years + 1, LAST + 1), Counter[str]()
    tallies: list[Tally] = []
    for one in reversed(filled):  # the main park's figures are of all parks
        if one.park.number:
            create_zone(file, one.park.code, one.park.name, short_name=one.park.short, parent_code=main.code)
        with batch(file, one.park.code, "演示", f"填入虚构的园区：{one.size} 家企业，{years} 年") as work:
            filling = _Filling(work, one, tallies if one.park is main else ())
            filling.zone()
            sites = filling.firms(span)
            breadth = Breadth(one.park.code, span, one.seed, filling.write, main=one.park is main)
            breadth.fill(sites, filling.books, filling.persons)
        tallies.append(filling.tally)
        written += filling.written
    if parks:
        choose(file, main.code)
    return {
        "zone": main.code,
        "zone_name": main.name,
        "enterprises": enterprises,
        "years": years,
        "parks": parks,
        "rows": written.total(),
        "ledgers": dict(written),
        "findings": [*filled[0].planting.findings, *overdue()],
    }


def _place(file: DataFile, asked: str, parts: int) -> Park:
    """The zone to fill, made when there is none (a step that stays when the filling is taken back).

    Raises ValueError when it holds anything already, or when there is a zone below it.
    """
    with file.reading() as connection:
        there = zones(connection)
        if there:
            try:
                place = pick(connection, asked)
            except UnknownZone as unknown:
                raise ValueError(str(unknown)) from None
            _empty(connection, place)
            codes = {park.code for park in sub_parks(Park(place.code, place.name, place.short_name, parts=parts))}
            if taken := codes & {zone.code for zone in there}:
                raise ValueError(f"数据文件里已有开发区 {min(taken)}，放不下这么多分园；请用 --data 另建一个数据文件")
    if not there:
        place = create_zone(file, asked or CODE, NAME, short_name=SHORT)
    return Park(place.code, place.name, place.short_name, parts=parts)


def _empty(connection: Connection, place: Zone) -> None:
    """Raises ValueError when a zone holds anything of what is to be filled in."""
    for ledger in _FILLED:
        _, rows = listing(connection, ledger, [place.code])
        if next(rows, None) is not None:
            raise ValueError(
                f"{place.name}的“{ledger.label}”里已有数据，演示数据只填进空的开发区；请用 --data 另建一个数据文件"
            )


class _Plan:
    """What a park is to hold: its firms, and the faults of the main one. ``enterprises`` are those of the main one."""

    def __init__(self, park: Park, enterprises: int, years: int, seed: int, names: Naming) -> None:
        self.park, self.size = park, park.enterprises(enterprises, _FEWEST)
        self.seed = f"{seed} {park.number}" if park.number else str(seed)
        self.chance = Random(self.seed)  # noqa: S311 - made-up data, the same for the same seed
        firms = plan(self.size, years, self.chance, names, main=not park.number)
        self.planting = Planting(firms, park.code, () if park.number else FAULTS, several=park.parts > 0)


class _Filling:
    """One batch of made-up rows; ``written`` counts them by label. ``below`` are what the sub-parks counted."""

    def __init__(self, work: Batch, made: _Plan, below: Sequence[Tally]) -> None:
        self.work, self.park, self.below = work, made.park, below
        self.planting, self.chance = made.planting, made.chance
        self.persons = max(12, len(made.planting.firms) // 2)
        self.tally = Tally()
        self.books = Books()
        self.written: Counter[str] = Counter()

    def zone(self) -> None:
        """What the 开发区 row still lacks, and what the zone was granted."""
        (there,) = find_reference(self.work.connection, ZONE, self.park.code, self.park.code)
        made = zone_record(self.park)
        now = self.work.values_of(ZONE, [there], list(made))[there]
        self.work.set(ZONE, there, {name: value for name, value in made.items() if now[name] is None})
        self.written[ZONE.label] += 1
        self.write(ZONE_INDUSTRY, industries())
        self.write(ZONE_TITLE, titles())
        self.write(ZONE_PILOT, pilots())
        self.write(ZONE_DOC, papers())

    def firms(self, years: range) -> list[Site]:
        """The firms and what is told of them; where each is since when."""
        firms = self.planting.firms
        spoil = self.planting.spoil
        rows = [row for firm in firms for row in spoil(ENTERPRISE, firm, enterprise(firm, self.chance))]
        sites = settle(firms, rows, self.write(ENTERPRISE, rows))
        known = [(site.firm, site.id) for site in sites]
        heads = self._years(known)
        taiwanese = [(firm, id) for firm, id in known if firm.taiwanese]
        self._investors(taiwanese, heads)
        at_work = [(firm, id) for firm, id in taiwanese if firm.state() == "正常运营"]
        self.write(TW_YOUTH, youth(at_work, self.persons, self.park.persons, self.chance))
        self.tally.reached["TW06"] = self.persons
        self._events(max(8, len(firms) // 50))
        for tally in self.below:
            self.tally.include(tally)
        self.write(ZONE_YEAR, (zone_year(year, self.tally, sub=self.park.number > 0) for year in years))
        self.write(TARGET, targets(self.tally))
        return sites

    def write(self, ledger: Ledger, rows: Iterable[Record]) -> list[bytes]:
        """Create rows; their ids in order."""
        ids = write(self.work, ledger, rows)
        self.written[ledger.label] += len(ids)
        return ids

    def _years(self, known: Sequence[tuple[Firm, bytes]]) -> dict[int, int]:
        """经济数据 and 企业年度; the smallest 期末从业人员 of each firm by its number."""
        heads: dict[int, int] = {}
        source = iter(known)
        while some := list(islice(source, _FIRMS_AT_A_TIME)):
            figures: list[Record] = []
            states: list[Record] = []
            for firm, id in some:
                for year, made in economy(firm, self.chance):
                    self.tally.firm(firm, year, made)
                    self.books.add(firm, year, made)
                    heads[firm.number] = min(heads.get(firm.number, made["emp_end"]), made["emp_end"])
                    right = economy_row(id, year, made)
                    figures += self.planting.spoil(ECONOMY, firm, right) if year == LAST else [right]
                    states.append(enterprise_year(firm, id, year, right, self.chance))
            self.write(ECONOMY, figures)
            self.write(ENTERPRISE_YEAR, states)
        return heads

    def _investors(self, taiwanese: Sequence[tuple[Firm, bytes]], heads: dict[int, int]) -> None:
        stakes: list[Record] = []
        sums: list[Record] = []
        for firm, id in taiwanese:
            held = stake(firm, self.chance)
            kept = self.planting.spoil(TW_ENTERPRISE, firm, tw_enterprise(held, id, heads[firm.number], self.chance))
            stakes += kept
            for one in capital_in(held, id, f"DEMO{self.park.mark}", self.chance) if kept else ():
                self.tally.capital(one)
                sums += self.planting.spoil(CAPITAL_IN, firm, one)
        self.write(TW_ENTERPRISE, stakes)
        self.write(CAPITAL_IN, sums)

    def _events(self, events: int) -> None:
        made = list(exchanges(events, self.park.guests, self.park.mark, self.chance))
        ids = self.write(EXCHANGE, (event for event, _ in made))
        lists = [(id, guest) for id, (_, guests) in zip(ids, made, strict=True) for guest in guests]
        self.write(EXCHANGE_PERSON, (exchange_person(id, guest) for id, guest in lists))
        young = {no for _, (no, is_young) in lists if is_young}
        unlisted = sum(int(event["tw_youth_uniq"] or 0) for event, guests in made if not guests)
        self.tally.reached["TW07"] = len(young) + unlisted
