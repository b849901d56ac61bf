"""One page being drawn, in points from its lower left corner: bars, lines and texts, and where each bar can be pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from exporters.charts.pen import Pen

INK, QUIET, TRACK = "#1B2430", "#5D6876", "#EEF1F4"
ACCENT, OTHERS, LAST, EARLIER = (
    "#1D5FBF",
    "#8DB2E5",
    "#98A2AF",
    "#C9D0D8",
)  # this year, its lesser bars, last year, before
ALERT = "#C3352B"
_MM = 72 / 25.4
_BASE = 0.36  # of a size: how far the baseline lies below a line's middle


@dataclass(frozen=True)
class Paper:
    """A paper's name and its width and height in millimetres."""

    name: str
    width: float
    height: float

    @property
    def points(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.width * _MM, self.height * _MM


PAPERS = {
    each.name: each
    for each in (Paper("A4横", 297, 210), Paper("A4纵", 210, 297), Paper("A3横", 420, 297), Paper("A3纵", 297, 420))
}
A4 = PAPERS["A4横"]


@dataclass(frozen=True)
class Spot:
    """Where bar ``number`` stands, in parts of the page's width and height from its upper left corner."""

    number: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Area:
    """The part of a page that is left for the bars, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom


class Leaf:
    """Draws on a page of ``paper``; ``k`` is how many times an A4 its lengths are."""

    def __init__(self, pen: Pen, paper: Paper) -> None:
        # slow to load, see Pen
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle
        from matplotlib.text import Text
        from matplotlib.transforms import Affine2D, TransformWrapper

        self.pen = pen
        self.width, self.height = paper.points
        self.k = min(paper.points) / min(A4.points)
        self.artists: list[Any] = []
        self.spots: list[Spot] = []
        self._inches = Affine2D().scale(1 / 72)
        self._place = TransformWrapper(self._inches)
        self._box, self._path, self._text = Rectangle, Line2D, Text

    def lay(self, on: Any, inch: Any) -> None:
        """Lay what is drawn on a figure, of which ``inch`` is the transform from inches to its dots."""
        self._place.set(self._inches + inch)
        for each in self.artists:
            each.set_figure(on)

    def figure(self) -> Any:
        """The page as matplotlib's figure, for files."""
        # a third of all that matplotlib loads, needed for no picture on the screen (screen.py)
        from matplotlib.figure import Figure

        made = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
        self.lay(made, made.dpi_scale_trans)
        made.artists.extend(self.artists)
        return made

    def bar(self, area: Area, colour: str, *, edge: str = "") -> None:
        """A filled rectangle; with an ``edge`` a white one with that outline."""
        low, high = sorted((area.bottom, area.top))
        near, far = sorted((area.left, area.right))
        look: dict[str, Any] = {"facecolor": colour, "linewidth": 0}
        if edge:
            look = {"facecolor": "white", "edgecolor": edge, "linewidth": 0.9 * self.k}
        self.artists.append(self._box((near, low), far - near, high - low, transform=self._place, **look))

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float, **look: Any) -> None:
        """A line through points."""
        x, y = [point[0] for point in points], [point[1] for point in points]
        self.artists.append(self._path(x, y, color=colour, linewidth=width * self.k, transform=self._place, **look))

    def text(self, at: tuple[float, float], said: str, size: float, colour: str = INK, **look: Any) -> None:
        """A text whose line has its middle at ``at``; ``look`` is matplotlib's: ha, rotation, bbox …"""
        turned = look.get("rotation", 0) == 90
        x, y = at
        x, y = (x + _BASE * size, y) if turned else (x, y - _BASE * size)
        look.setdefault("va", "baseline")
        if turned:
            look |= {"rotation_mode": "anchor"}
        self._write(x, y, self.pen.shown(said), size, color=colour, **look)

    def lines(self, at: tuple[float, float], said: Sequence[str], size: float, colour: str = INK, **look: Any) -> None:
        """Texts below one another around the middle ``at``."""
        x, y = at
        for number, each in enumerate(said):
            self.text((x, y + ((len(said) - 1) / 2 - number) * size * 1.25), each, size, colour, **look)

    def spot(self, number: int, area: Area) -> None:
        """Bar ``number`` can be pointed at in an area."""
        self.spots.append(
            Spot(
                number,
                area.left / self.width,
                1 - area.top / self.height,
                area.right / self.width,
                1 - area.bottom / self.height,
            )
        )

    def mark_draft(self) -> None:
        """草稿 across the page, under everything."""
        size = min(self.width, self.height) / 6
        look: dict[str, Any] = {"rotation": 22, "ha": "center", "va": "center", "zorder": 0.5}
        self._write(self.width / 2, self.height / 2, "草 稿", size, color=ALERT, alpha=0.1, **look)

    def _write(self, x: float, y: float, said: str, size: float, **look: Any) -> None:
        font = self.pen.font(size)
        self.artists.append(
            self._text(x, y, said, fontproperties=font, parse_math=False, transform=self._place, **look)
        )
