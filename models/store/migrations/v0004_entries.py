"""Schema 4: what is filled in by hand on a return's form (表上手填), which values were taken over from last year,
when a return was due and the files of 四图五清单.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, Text

from models.store.migrations.making import Written, make

if TYPE_CHECKING:
    from alembic.operations import Operations

_LEDGERS: dict[str, Written] = {
    "sheet_entry": (
        "year form seq", "zone_code pack item year form seq", False,
        """
        pack item amount:b words
        """,
    ),
}  # fmt: skip


_ROLLING = ("zone_year", "enterprise_year", "zone_land", "parcel_year", "cluster")


def upgrade(op: Operations) -> None:
    """From schema 3 to 4."""
    make(op, _LEDGERS)
    for ledger in _ROLLING:
        op.add_column(ledger, Column("carried", Text))
    op.add_column("return_batch", Column("deadline", Integer))
    op.add_column("chain", Column("att", Text))
