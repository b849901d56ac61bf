"""What can be previewed and printed: the pages of a return, of charts, of a ledger."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QPainter


class Papers(Protocol):
    """Pages, each of its own size, drawn by the one painter that also draws them on the screen.

    ``name`` is what the printer's queue and a proposed file name show; ``key`` names the place where paper, printer and scale
    are remembered (``return/台办``, ``charts/台办``).
    """

    name: str
    key: str

    def count(self) -> int:
        """How many pages there are."""

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of page ``number`` (from 0) in points of 1/72 inch."""

    def paint(self, painter: QPainter, number: int, zoom: float) -> None:
        """Draw page ``number`` with its upper left corner at the painter's origin; ``zoom`` is pixels a point."""
