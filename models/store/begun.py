"""How far a zone's file is on its first days: whether last year's data have come in, and whether this year's have been begun."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, select
from sqlalchemy.sql.elements import ColumnElement

from models.ledger import Time
from models.ledgers import LEDGERS
from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.zone import ZONE
from models.store.tables import table_of

_LASTING = tuple(
    each for each in LEDGERS if each.time in (Time.LASTING, Time.EVENT) and each.own_page and each is not ZONE
)
_DATED = tuple(each for each in LEDGERS if each.dated and each.own_page)


@dataclass(frozen=True)
class Begun:
    """``before``: an enterprise, or any row of the year before; ``now``: any row of the year; ``anything``: any row but the zone's own."""

    before: bool
    now: bool
    anything: bool

    @property
    def whole(self) -> bool:
        """Whether the first days are over."""
        return self.before and self.now


def begun(connection: Connection, zone: str, year: int) -> Begun:
    """How far the zone is; rows are looked for, not counted."""

    def there(name: str, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
        table = table_of(name)
        return exists(select(table.c.id).where(and_(table.c.zone_code == zone, *conditions)))

    def of(year: int) -> bool:
        return any(connection.scalar(select(there(each.id, table_of(each).c.year == year))) for each in _DATED)

    lasting = any(connection.scalar(select(there(each.id))) for each in _LASTING)
    dated = any(connection.scalar(select(there(each.id))) for each in _DATED)
    before = bool(connection.scalar(select(there(ENTERPRISE.id)))) or of(year - 1)
    return Begun(before, of(year), lasting or dated)
