"""Texts of 写成说明: in the data file; what earlier versions kept on this PC goes into the file when it is opened."""

from __future__ import annotations

from collections.abc import Iterable

from models.change.written import keep_written, written
from models.periods import Period
from models.store import Connection
from models.store.batches import Batch
from models.store.zones import zones
from ui.asked import Asked
from ui.session import Session
from ui.settings import WRITTEN

_PARTS = 5  # zone, pack, period, indicator, text


def texts_of(session: Session, connection: Connection, asked: Asked) -> list[tuple[str, str]]:
    """Indicator id and text of all that was written of a return's figures; also what could not be taken into the file."""
    found = {id: note.text for id, note in written(connection, asked.zone.code, asked.pack.id, asked.period).items()}
    here = [asked.zone.code, asked.pack.id, str(asked.period)]
    return [
        *found.items(),
        *((each[3], each[4]) for each in _kept(session) if each[:3] == here and each[3] not in found),
    ]


def take_in(session: Session) -> None:
    """Take what is kept on this PC for zones of this file into it, and off the PC; what cannot be written stays."""
    if not (kept := _kept(session)):
        return
    with session.file.reading() as connection:
        there = {zone.code for zone in zones(connection)}
    for code in sorted(there & {each[0] for each in kept}):
        mine = [each for each in _kept(session) if each[0] == code]

        def work(made: Batch, texts: Iterable[list[str]] = tuple(mine), zone: str = code) -> None:
            for _, pack, period, indicator, text in texts:
                if indicator not in written(made.connection, zone, pack, Period.parse(period)):
                    keep_written(made, pack, Period.parse(period), indicator, text)

        if session.write("说明", "收进电脑上留着的增减说明", work, zone=code):
            session.settings.put(WRITTEN, [each for each in _kept(session) if each[0] != code])


def _kept(session: Session) -> list[list[str]]:
    """What is kept on this PC; what is no such text is passed over."""
    found = session.settings.get(WRITTEN, [])
    return [each for each in found if isinstance(each, list) and len(each) == _PARTS and _is_period(each[2])]


def _is_period(text: str) -> bool:
    try:
        Period.parse(text)
    except ValueError:
        return False
    return True
