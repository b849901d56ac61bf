"""Schema 5: an issued version keeps its workbook, and why it was sent back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Text

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    """From schema 4 to 5."""
    op.add_column("return_batch", Column("workbook", Text))
    op.add_column("return_batch", Column("opinion", Text))
