"""Both sides of the comparison: the program's figures of random zones, and the independent ones over the CSV it exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from tests.independent import ganzhou, jiangxi, nantong, taiwan
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
NEARLY = Fraction(1, 10**30)  # roots only


@dataclass(frozen=True)
class World:
    """A data file of random zones, exported: ``asked`` are the zones and years to compare."""

    path: Path
    folder: Path
    asked: tuple[tuple[str, int], ...]
    ledgers: Ledgers

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The program's side."""
        with DataFile(self.path, read_only=True) as file, file.reading() as connection:
            yield connection


def world(folder: Path, seed: int, amount: int) -> World:
    """Made, exported by the program as CSV and read again as plain text."""
    path, out = folder / "随机.db", folder / "csv"
    out.mkdir()
    codes = fill(path, seed, amount)
    with DataFile(path, read_only=True) as file, file.reading() as connection:
        every = [zone.code for zone in zones(connection)]
        for each in LEDGERS:
            write_csv(out / f"{each.label}.csv", *listing(connection, each, every))
    asked = [(code, 2025) for code in codes] + [
        (code, year) for year in (2024, 2026) for code in codes[year % 10 :: 12]
    ]
    return World(path, out, tuple(asked), read(out))


def programs(connection: Connection, code: str) -> tuple[str, ...]:
    """The zone and its sub-parks, as the program finds them."""
    return scope(connection, pick(connection, code))


def expected(made: World, pack: str, code: str, year: int) -> Figures:
    """The independent figures."""
    return SIDES[pack][0](made.ledgers, code, year).figures()


def same(id: str, ours: Fraction | None, theirs: Fraction | None) -> bool:
    """Whether two figures are equal: exactly, but for a root."""
    if ours is None or theirs is None or id not in jiangxi.ROOTS:
        return ours == theirs
    return abs(ours - theirs) < NEARLY


def printed(pack: str, id: str, figure: Fraction | None) -> Fraction | None:
    """As the independent side prints it: rounded once, half up, away from nought."""
    return None if figure is None else rounded(figure, SIDES[pack][1](id))


def is_tie(pack: str, id: str, figure: Fraction | None) -> bool:
    """Whether a figure ends in a five just behind the last place printed."""
    return figure is not None and (figure * 10 ** SIDES[pack][1](id)).denominator == 2
