"""Schema 7: figures of a return that are overridden by hand (人工改数); a version's kind (快报, 正式, 更正) and why it corrects;
enterprises that merged or split, and how much of last year's figures went over (企业变更).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Text

from models.store.migrations.making import Written, make

if TYPE_CHECKING:
    from alembic.operations import Operations

_LEDGERS: dict[str, Written] = {
    "figure_override": ("year form seq", "zone_code pack item year form seq", False, "pack item value seen why"),
    "ent_change": (
        "",
        "zone_code to_ent from_ent change_date",
        False,
        "to_ent:>enterprise from_ent:>enterprise kind change_date:i share:b basis",
    ),
}


def upgrade(op: Operations) -> None:
    """From schema 6 to 7."""
    op.add_column("return_batch", Column("kind", Text))
    op.add_column("return_batch", Column("why", Text))
    make(op, _LEDGERS)
