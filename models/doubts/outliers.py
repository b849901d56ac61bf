"""Ratios far from those of the peers: the modified z-score of Iglewicz and Hoaglin (1993), 0.6745 · (x − median) / MAD.

Median and MAD are moved by no single wrong figure, which is what is looked for. Where the MAD is nought (more than half of the peers
say the same) nothing is told: any difference would be infinitely far.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

CONSISTENT = 0.6745  # makes the MAD of a normal distribution its standard deviation


@dataclass(frozen=True)
class Ratio:
    """``top`` over ``bottom``, fields of one row (``prior``: over last year's); times ``factor``, shown with ``unit`` and ``places``;
    ``log``: one that is above nought and lopsided, compared by how many times.
    """

    name: str
    top: str
    bottom: str
    unit: str
    places: int = 2
    factor: int = 1
    log: bool = False
    prior: bool = False

    def scale(self, value: float) -> float | None:
        """What is compared of a value; None where it cannot be."""
        if not self.log:
            return value
        return log10(value) if value > 0 else None


@dataclass(frozen=True, slots=True)
class Spread:
    """Of ``count`` values the middle and the MAD."""

    count: int
    middle: float
    mad: float

    def score(self, value: float) -> float:
        """The modified z-score; 0 where the MAD is nought."""
        return CONSISTENT * (value - self.middle) / self.mad if self.mad else 0.0


def spread_of(values: Sequence[float]) -> Spread:
    """The spread of some values, at least one."""
    middle = median(values)
    return Spread(len(values), middle, median(abs(each - middle) for each in values))


class Peers:
    """Values of one ratio by key, each with the groups it belongs to, the narrowest first; the spread of every group once."""

    def __init__(self, values: Mapping[bytes, float], groups: Mapping[bytes, Sequence[str]], fewest: int) -> None:
        self.values, self.groups, self.fewest = values, groups, fewest
        members: dict[str, list[float]] = {}
        for key, value in values.items():
            for group in groups.get(key, ()):
                members.setdefault(group, []).append(value)
        self._spreads = {group: spread_of(some) for group, some in members.items() if len(some) >= fewest}

    def of(self, key: bytes) -> tuple[str, Spread] | None:
        """The narrowest group that has enough values, and its spread; None where there is none."""
        return next(
            ((group, self._spreads[group]) for group in self.groups.get(key, ()) if group in self._spreads), None
        )

    def far(self, line: float) -> dict[bytes, tuple[str, Spread, float]]:
        """The keys whose score is beyond ``line``: group, spread and score."""
        found = {}
        for key, value in self.values.items():
            told = self.of(key)
            if told and abs(score := told[1].score(value)) > line:
                found[key] = (*told, score)
        return found
