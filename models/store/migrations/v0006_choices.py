"""Schema 6: which rules of a return the zone has switched off, and which thresholds it has changed, with why (审核设置)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.store.migrations.making import Written, make

if TYPE_CHECKING:
    from alembic.operations import Operations

_LEDGERS: dict[str, Written] = {
    "audit_choice": ("", "zone_code pack item", False, "pack item value why"),
}


def upgrade(op: Operations) -> None:
    """From schema 5 to 6."""
    make(op, _LEDGERS)
