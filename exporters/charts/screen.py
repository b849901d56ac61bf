"""A page as pixels, without matplotlib's figure: loading that brings axes, legends and three dimensions, a third of the whole."""

from __future__ import annotations

from typing import Any

from exporters.charts.leaf import Leaf


class _Screen:
    """What a text asks its figure for."""

    def __init__(self, dpi: float) -> None:
        self.dpi = dpi

    def get_figure(self, root: bool = False) -> _Screen:
        """The outermost figure."""
        return self


def pixels(leaf: Leaf, width: int) -> tuple[int, int, bytes]:
    """Width, height and the pixels of a page ``width`` pixels wide: those that its figure draws, to the last."""
    # slow to load, see Pen
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.patches import Rectangle
    from matplotlib.transforms import Affine2D

    dpi = (width + 0.01) * 72 / leaf.width
    made: Any = RendererAgg
    renderer = made(leaf.width / 72 * dpi, leaf.height / 72 * dpi, dpi)
    Rectangle((0, 0), renderer.width, renderer.height, facecolor="white", linewidth=0).draw(renderer)
    leaf.lay(_Screen(dpi), Affine2D().scale(dpi))
    for each in sorted(leaf.artists, key=lambda artist: artist.get_zorder()):
        each.draw(renderer)
    return int(renderer.width), int(renderer.height), bytes(renderer.buffer_rgba())
