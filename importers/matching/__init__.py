"""Columns of a file ↔ fields of a ledger: matched by name, alias, the heading's levels and likeness, or explicitly ignored."""

from __future__ import annotations

from importers.matching.match import Match, Matching, match, vocabulary
from importers.matching.targets import Target, companions, targets

__all__ = ["Match", "Matching", "Target", "companions", "match", "targets", "vocabulary"]
