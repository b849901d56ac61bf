"""Both sides of the comparison: the program's figures of random zones, and the independent ones over the CSV it exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from sqlalchemy import Connection

from exporters.ledger_sheet import write_csv
from models.ledgers import LEDGERS
from models.store.file import DataFile
from models.store.listing import listing
from models.store.zones import pick, scope, zones
from tests.independent import ganzhou, hunan, hunan_zones, jiangxi, nantong, taiwan
from tests.independent.ledgers import Ledgers, read, rounded
from tests.independent.zones import fill

TODAY = date(2026, 1, 5)
Figures = Mapping[str, Fraction | None]
SIDES = {
    "台办": (taiwan.Taiwan, taiwan.places),
    "工信": (jiangxi.Jiangxi, jiangxi.places),
    "南通": (nantong.Nantong, nantong.places),
    "赣州": (ganzhou.Ganzhou, ganzhou.places),
}
DATED = {"湖南": (hunan.Hunan, hunan.places)}  # returns of months and quarters
NEARLY = Fraction(1, 10**30)  # roots only


@dataclass(frozen=True)
class World:
    """A data file of random zones, exported: ``asked`` are the zones and years to compare."""

    path: Path
    folder: Path
    asked: tuple[tuple[str, int | str], ...]
    ledgers: Ledgers

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The program's side."""
        with DataFile(self.path, read_only=True) as file, file.reading() as connection:
            yield connection


def world(folder: Path, seed: int, amount: int) -> World:
    """Made, exported by the program as CSV and read again as plain text."""
    path = folder / "随机.db"
    codes = fill(path, seed, amount)
    asked: list[tuple[str, int | str]] = [(code, 2025) for code in codes]
    asked += [(code, year) for year in (2024, 2026) for code in codes[year % 10 :: 12]]
    return exported(path, folder / "csv", asked)


def dated_world(folder: Path, seed: int, amount: int) -> World:
    """The same for returns of months and quarters: every zone in two of them."""
    path = folder / "随机.db"
    codes, periods = hunan_zones.fill(path, seed, amount), hunan_zones.ASKED
    asked = [
        (code, periods[(seed + place * 2 + more) % len(periods)]) for place, code in enumerate(codes) for more in (0, 5)
    ]
    return exported(path, folder / "csv", asked)


def exported(path: Path, out: Path, asked: Sequence[tuple[str, int | str]]) -> World:
    """A file beside the CSV that the program writes of it."""
    out.mkdir()
    with DataFile(path, read_only=True) as file, file.reading() as connection:
        every = [zone.code for zone in zones(connection)]
        for each in LEDGERS:
            write_csv(out / f"{each.label}.csv", *listing(connection, each, every))
    return World(path, out, tuple(asked), read(out))


def programs(connection: Connection, code: str) -> tuple[str, ...]:
    """The zone and its sub-parks, as the program finds them."""
    return scope(connection, pick(connection, code))


def expected(made: World, pack: str, code: str, year: int | str) -> Figures:
    """The independent figures of a year, or of the month or quarter that ``year`` names."""
    if pack in DATED:
        return DATED[pack][0](made.ledgers, code, str(year)).figures()
    assert isinstance(year, int)
    return SIDES[pack][0](made.ledgers, code, year).figures()


def same(id: str, ours: Fraction | None, theirs: Fraction | None) -> bool:
    """Whether two figures are equal: exactly, but for a root."""
    if ours is None or theirs is None or id not in jiangxi.ROOTS:
        return ours == theirs
    return abs(ours - theirs) < NEARLY


def places(pack: str, id: str) -> int:
    """Decimals of the form."""
    return (DATED[pack] if pack in DATED else SIDES[pack])[1](id)


def printed(pack: str, id: str, figure: Fraction | None) -> Fraction | None:
    """As the independent side prints it: rounded once, half up, away from nought."""
    return None if figure is None else rounded(figure, places(pack, id))


def is_tie(pack: str, id: str, figure: Fraction | None) -> bool:
    """Whether a figure ends in a five just behind the last place printed."""
    return figure is not None and (figure * 10 ** places(pack, id)).denominator == 2
