"""Benchmarks: each measures against a floor or peer in the same run; ``python3 dev.py bench`` prints measured / goal."""

from __future__ import annotations


class CannotMeasure(Exception):
    """A benchmark needs what this machine has not; the message says so in one line."""
