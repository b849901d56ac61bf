"""Which return the audit, the indicators and the form speak of: the session's zone, period and pack."""

from __future__ import annotations

import re
from functools import cache

from models.ledger import Ledger
from models.ledgers import BY_ID
from models.packs.pack import Pack, pack, returns_of
from models.periods import Period
from models.store.titles import home_of
from models.store.view import shown_on
from models.store.zones import pick, scope, zone_region
from ui.asked import Asked
from ui.session import Session


def pack_of(session: Session) -> Pack:
    """The pack chosen, else the first that the zone makes. Raises BadPack."""
    if session.pack:
        return pack(session.pack)
    own, others = returns_here(session)
    return pack((*own, *others)[0])


def returns_here(session: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the returns that the zone on show makes, and of those that others make. Raises BadPack."""
    with session.file.reading() as connection:
        return returns_of(zone_region(connection, session.zone))


def period_of(session: Session, of: Pack) -> Period:
    """The period on show where the pack has returns of that kind, else its year."""
    return session.period if session.period.form in of.forms else Period(session.period.year)


def asked_of(session: Session) -> Asked:
    """The return of the zone on show, sub-parks included. Raises BadPack."""
    chosen = pack_of(session)
    with session.file.reading() as connection:
        zone = pick(connection, session.zone)
        return Asked(zone, scope(connection, zone), period_of(session, chosen), chosen)


def asks_for(session: Session) -> frozenset[str]:
    """The pages whose ledgers the return asks for: those its rules, indicators and lists speak of."""
    return _spoken_of(pack_of(session))


@cache
def _spoken_of(of: Pack) -> frozenset[str]:
    formulas = " ".join(each.formula for each in of.indicators)
    told = {each.ledger for each in of.rules} | {each.ledger for each in of.sheets}
    named = (one for one in BY_ID.values() if one.label in told or re.search(rf"(?<!\w){one.label}(?!\w)", formulas))
    return frozenset(page_of(ledger) for ledger in named)


def page_of(ledger: Ledger) -> str:
    """The id of the page on which rows of a ledger are shown."""
    return shown_on(ledger).id


def go_to(session: Session, ledger: Ledger, row: bytes, field: str, period: Period) -> None:
    """Turn to a row's cell on its ledger page, in the period the finding or figure is of; Alt+← leads back.

    The page lists one zone's rows: of a sub-park's row its own zone is turned to.
    """
    session.left_at = session.zone, session.period
    with session.file.reading() as connection:
        zone = home_of(connection, ledger, row, session.zone)
    session.show_scope(zone=zone, period=period if ledger.dated else session.period)
    session.go(page_of(ledger), row=row, field=field)
