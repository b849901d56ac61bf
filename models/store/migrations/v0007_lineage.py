"""Schema 7: enterprises that merged or split, and how much of last year's figures went over (企业变更)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.store.migrations.making import Written, make

if TYPE_CHECKING:
    from alembic.operations import Operations

_LEDGERS: dict[str, Written] = {
    "ent_change": (
        "",
        "zone_code to_ent from_ent change_date",
        False,
        "to_ent:>enterprise from_ent:>enterprise kind change_date:i share:b basis",
    ),
}


def upgrade(op: Operations) -> None:
    """From schema 6 to 7."""
    make(op, _LEDGERS)
