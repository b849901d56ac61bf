"""Importing a matched table: preview, choices, one batch, and the rows that could not be placed."""

from __future__ import annotations

from importers.merge.apply import Applied, applying
from importers.merge.build import planning
from importers.merge.entries import KINDS, Entries, Entry, entries
from importers.merge.plan import CONFLICT, MERGED, NEW, RETURNED, SAME, UPDATED, Counts, Fault, Plan
from importers.merge.returned import save_returned
from importers.merge.run import Result, run_import
from importers.merge.table import NotThisLedger, Table, best_table

__all__ = [
    "CONFLICT", "KINDS", "MERGED", "NEW", "RETURNED", "SAME", "UPDATED", "Applied", "Counts", "Entries", "Entry", "Fault",
    "NotThisLedger", "Plan", "Result", "Table", "applying", "best_table", "entries", "planning", "run_import", "save_returned",
]  # fmt: skip
