"""Schema 2: the history says which row of the imported file a change came from, and finds a row's past by an index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 1 to 2."""
    op.add_column("change", Column("place", Integer))
    op.create_index("change_row", "change", ["zone_code", "row", "batch"])
