"""A slip of the unit: a figure 10, 1,000 or 10,000 times last year's, or that part of it, while the rest of its row is as it was.

Only ratios are looked at, so logarithms in floating point do; what is written to correct a slip is whole numbers (doubt.scaled).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

POWERS = (1, 3, 4)
SURE = 3  # a thousand times last year is no growth: it stands where nothing speaks against it
FEW = 10  # people: from 4 to 40 is an enterprise that begins
Values = Mapping[str, int]


@dataclass(frozen=True)
class Slip:
    """``fields`` hold 10**``power`` times what they should; ``earlier``: it is last year's that do not fit (then the other way
    round); ``whole``: all amounts of the row; ``peers``: there is no last year, it is the peers that say so.
    """

    power: int
    fields: tuple[str, ...]
    earlier: bool = False
    whole: bool = False
    peers: bool = False


@dataclass(frozen=True)
class Looked:
    """Which fields are looked at: ``steady`` move little from year to year; ``larger`` may well grow tenfold, but not a thousandfold;
    ``amounts`` are in the unit that a whole row may be wrong in; ``heads`` are people, who have no unit: where they came with the
    rest the enterprise has grown.
    """

    steady: Sequence[str]
    larger: Sequence[str]
    amounts: Sequence[str]
    heads: Sequence[str]


def move(now: int | None, before: int | None) -> float | None:
    """The decimal logarithm of now / before; None where either is missing or nought, or their signs differ."""
    if not now or not before or (now > 0) is not (before > 0):
        return None
    return log10(abs(now)) - log10(abs(before))


def power_near(moved: float, window: float) -> int:
    """The power of POWERS, or its negative, that a move lies at; 0 for none. Far out, where nothing grows to, twice the window does."""
    nearest = min((sign * power for power in POWERS for sign in (1, -1)), key=lambda power: abs(moved - power))
    return nearest if abs(moved - nearest) <= (2 * window if abs(nearest) >= SURE else window) else 0


def slip_of(
    now: Values,
    before: Values,
    looked: Looked,
    *,
    window: float,
    quiet: float,
    older: Values | None = None,
    usual: Mapping[str, float] | None = None,
) -> Slip | None:
    """What slipped in a row; ``before`` are last year's values, ``older`` those of the year before, ``window`` and ``quiet`` the
    logarithms of the thresholds; ``usual`` says of a field how far this year's lies above the peers' (its level, a logarithm).
    """
    few = {name for name in looked.heads if min(now.get(name, 0), before.get(name, 0)) < FEW}
    moves = {name: moved for name in looked.steady if (moved := move(now.get(name), before.get(name))) is not None}
    others = {name: moved for name in looked.larger if (moved := move(now.get(name), before.get(name))) is not None}
    far = {name: moved for name, moved in others.items() if abs(power_near(moved, window)) >= SURE}
    powers = {
        name: power for name, moved in (moves | far).items() if (power := power_near(moved, window)) and name not in few
    }
    for power, _ in Counter(powers.values()).most_common():
        group = [name for name, each in powers.items() if each == power]
        told = _Witness(moves, [name for name in moves if name not in group], usual or {}, looked.heads)
        if not _stands(power, group, told, window, quiet):
            continue
        earlier = _last_year_is_off(now, before, older, group, power, window, usual or {})
        return _whole(Slip(power, tuple(group), earlier), now, {**moves, **others}, looked)
    return None


@dataclass(frozen=True)
class _Witness:
    """What may speak for or against a slip: the row's moves, those of ``rest``, how far figures lie above the peers'."""

    moves: Mapping[str, float]
    rest: Sequence[str]
    usual: Mapping[str, float]
    heads: Sequence[str]


def _stands(power: int, group: Sequence[str], told: _Witness, window: float, quiet: float) -> bool:
    """Whether the rest of the row, or else the peers, bear it out."""
    if any(abs(told.moves.get(name, 0)) > quiet for name in told.heads) and not set(group) <= set(told.heads):
        return False
    own = median(told.moves[name] for name in group if name in told.moves) if set(group) & told.moves.keys() else power
    if told.rest:  # what the row itself moved by is no slip
        rest = median(told.moves[name] for name in told.rest)
        return abs(rest) <= quiet and abs(own - rest - power) <= window
    levels = [told.usual[name] for name in group if name in told.usual]
    if levels:
        return abs(median(levels) - power) < abs(median(levels))
    return abs(power) >= SURE


def _last_year_is_off(  # noqa: PLR0917
    now: Values,
    before: Values,
    older: Values | None,
    group: Sequence[str],
    power: int,
    window: float,
    usual: Mapping[str, float],
) -> bool:
    """Whether it is last year's figure that does not fit: the year before last says so, else the peers, where they are clear."""
    older = older or {}
    over_two = [moved for name in group if (moved := move(now.get(name), older.get(name))) is not None]
    if over_two:
        return abs(median(over_two)) <= window
    levels = [usual[name] for name in group if name in usual]
    return bool(levels) and abs(median(levels)) + 0.5 < abs(median(levels) - power)


def _whole(slip: Slip, now: Values, moves: Mapping[str, float], looked: Looked) -> Slip:
    """The slip of all amounts of the row, where none of the steady ones stayed behind; else with those that slipped alike."""
    amounts = [name for name in looked.steady if name in looked.amounts and name in moves]
    slipped = [name for name in amounts if name in slip.fields]
    if len(slipped) >= 3 and len(slipped) == len(amounts):
        with_it = [
            name
            for name in looked.amounts
            if now.get(name) and (name not in moves or abs(moves[name] - slip.power) < abs(moves[name]))
        ]
        rest = [name for name in slip.fields if name not in with_it]
        return Slip(slip.power, (*with_it, *rest), slip.earlier, whole=True)
    return slip


def slip_beside_peers(now: Values, levels: Mapping[str, float], window: float, besides: Collection[str]) -> Slip | None:
    """The slip of figures that have no last year: per head a thousand times the peers' median, or more; ``levels`` as ``usual``."""
    powers = {
        name: power
        for name, level in levels.items()
        if name not in besides and now.get(name) and abs(power := power_near(level, window)) >= SURE
    }
    if not powers:
        return None
    power = Counter(powers.values()).most_common(1)[0][0]
    return Slip(power, tuple(name for name, each in powers.items() if each == power), peers=True)
