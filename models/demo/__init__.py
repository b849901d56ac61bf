"""The made-up zone of the command ``demo``: every name, code and figure is invented, the same for the same seed."""

from __future__ import annotations

from models.demo.fill import fill

__all__ = ["fill"]
