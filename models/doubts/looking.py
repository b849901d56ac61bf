"""Looking for doubts in a zone's ledgers: few statements, then what was read is looked at without the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.doubts.alike import Who, by_first, pairs_alike
from models.doubts.doubt import Doubt
from models.doubts.economy import Economy
from models.doubts.kinds import ALIKE, BY_ID, HOME, KINDS, LIKENESS, OUTLIER, SLIP, TWICE, Settings, settings_of
from models.doubts.magnitude import slips
from models.doubts.ratios import outliers
from models.doubts.twice import told_twice
from models.doubts.undated import undated_slips
from models.doubts.zonewide import zone_slips
from models.ledgers.enterprise import ENTERPRISE
from models.packs.pack import Pack
from models.periods import Period
from models.progress import Progress, Steps, finish
from models.store.choices import Choice
from models.store.compared import Firm, figures_of, firms_of, land_of
from models.store.file import DataFile
from models.store.findings import Note, notes, notes_ever
from models.store.titles import Title
from models.store.zones import pick


@dataclass(frozen=True)
class Doubts:
    """What was found, in the order of the kinds; ``choices`` are the kinds switched off and the thresholds changed."""

    period: Period
    found: tuple[Doubt, ...]
    choices: tuple[Choice, ...] = ()

    @property
    def open(self) -> int:
        """How many nobody has said to be right."""
        return sum(not each.explained for each in self.found)


def doubts(file: DataFile, pack: Pack, zones: Sequence[str], period: Period, today: date | None = None) -> Doubts:
    """All doubts of the return of ``zones``."""
    return finish(doubting(file, pack, zones, period, today))


def doubting(
    file: DataFile, pack: Pack, zones: Sequence[str], period: Period, today: date | None = None
) -> Steps[Doubts]:
    """The same step by step, one for each kind."""
    found: list[Doubt] = []
    with file.reading() as connection:
        settings = settings_of(connection, zones[0])
        figures, firms = figures_of(connection, zones, period), firms_of(connection, zones)
        land = land_of(connection, zones, period)
        parks = {zone: pick(connection, zone).name for zone in zones}
        wide = list(zone_slips(connection, parks, period, settings)) if SLIP in settings.kinds else []
        wide += undated_slips(connection, zones) if SLIP in settings.kinds else []
    here = {year: {ent: each for ent, each in rows.items() if ent in firms} for year, rows in figures.items()}
    economy = Economy(period, here, firms, land, settings)
    yield _step(0)
    slipped = list(slips(economy)) if settings.kinds & {SLIP, OUTLIER} else []
    found += [doubt for doubt, _ in slipped] + wide if SLIP in settings.kinds else []
    yield _step(1)
    if OUTLIER in settings.kinds:
        found += outliers(economy, {doubt.row: slip for doubt, slip in slipped})
    yield _step(2)
    if ALIKE in settings.kinds:
        found += _alike(firms, settings, parks)
    yield _step(3)
    with file.reading() as connection:
        if TWICE in settings.kinds:
            found += told_twice(connection, pack, zones, period, today or date.today())
        said = {zone: notes(connection, zone, (HOME,), period) for zone in zones}
        ever = {zone: notes_ever(connection, zone, (HOME,)) for zone in zones}
    told = (replace(each, note=_note(each, said[each.zone], ever[each.zone])) for each in found)
    return Doubts(period, ordered(told), settings.decided)


def _note(
    of: Doubt, said: Mapping[tuple[str, bytes], Note], ever: Mapping[tuple[str, bytes, str], Note]
) -> Note | None:
    """What was said of a doubt; of a row kept without years also in another period, as long as it reads the same."""
    note = said.get(of.key)
    return note if note or of.ledger.dated else ever.get((*of.key, of.seen))


def ordered(found: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """In the order of the kinds, those that may be corrected first, then by name."""
    places = {each.id: number for number, each in enumerate(KINDS)}
    return tuple(sorted(found, key=lambda each: (places[each.kind.id], each.fix is None, each.title.name, each.row)))


def _step(number: int) -> Progress:
    return Progress(number, len(KINDS), KINDS[number].id)


def _alike(firms: dict[bytes, Firm], settings: Settings, parks: Mapping[str, str]) -> list[Doubt]:
    who = [Who(each.row, each.name, each.code, each.legal, each.phone, each.address) for each in firms.values()]
    places = [place for name in parks.values() for place in _places(name)]
    found = []
    for row, pairs in by_first(pairs_alike(who, settings.number(LIKENESS), places)).items():
        firm = firms[row]
        others = [(firms[pair.other], pair.why) for pair in pairs]
        where = {other.row: "" if other.zone == firm.zone else f"在{parks[other.zone]}" for other, _ in others}
        words = "；".join(
            f"与“{other.name}”（{'，'.join(filter(None, (other.code or '没有代码', where[other.row])))}）{why}"
            for other, why in others
        )
        lines = [("ent_name", (firm.name, firm.code, ""))]
        lines += [
            ("ent_name", (other.name, other.code, "，".join(filter(None, (where[other.row], why)))))
            for other, why in others
        ]
        seen = "；".join(f"{each.name} {each.code}" for each in (firm, *(other for other, _ in others)))
        found.append(
            Doubt(
                BY_ID[ALIKE],
                ENTERPRISE,
                firm.zone,
                row,
                Title(firm.code, firm.name),
                f"“{firm.name}”{words}",
                seen[:2000],
                ("ent_name",),
                ("单位详细名称", "统一社会信用代码", "相同的"),
                tuple(lines),
                others=tuple(other.row for other, _ in others),
                homes=tuple(other.zone for other, _ in others),
            )
        )
    return found


def _places(name: str) -> list[str]:
    """What names of enterprises of the zone begin with: 赣州 of 赣州经济技术开发区."""
    return [name[:2]] if len(name) > 2 else []
