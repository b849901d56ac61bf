"""The sentences of a report's paragraph: those of which no figure is known are left out, and told to whoever makes the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exporters.figures import Value
from exporters.slots import MARK
from exporters.wordmarks import DASH, say

FULL_STOP, PART = "。", "；"
_OPENING, _CLOSING = "（(“《【[", "）)”》】]"


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, or a part of one up to its ；: where it stands in the paragraph with the mark behind, and which marks are in it."""

    start: int
    end: int
    marks: range


@dataclass(frozen=True, slots=True)
class Cut:
    """What is taken out of a paragraph: stretches of the template's text, each with what stands in its place; ``told`` says what it was."""

    spans: tuple[tuple[int, int, str], ...] = ()
    told: tuple[str, ...] = ()


def sentences(text: str) -> Iterator[list[Clause]]:
    """The sentences of a template's paragraph, each in its parts; a last one may have no full stop."""
    found = list(MARK.finditer(text))
    inside = [range(mark.start(), mark.end()) for mark in found]
    parts: list[Clause] = []
    start = depth = mark = 0
    for at, letter in enumerate(text):
        if mark < len(inside) and at >= inside[mark].stop:
            mark += 1
        if mark < len(inside) and at in inside[mark]:
            continue
        depth += (letter in _OPENING) - (letter in _CLOSING)
        if depth <= 0 and letter in (FULL_STOP, PART):
            first = parts[-1].marks.stop if parts else _before(inside, start)
            parts.append(Clause(start, at + 1, range(first, _before(inside, at))))
            start = at + 1
            if letter == FULL_STOP:
                yield parts
                parts = []
    if start < len(text) or parts:
        yield [*parts, Clause(start, len(text), range(_before(inside, start), len(inside)))]


def ended(text: str, parts: Sequence[Clause]) -> bool:
    """Whether a sentence of ``text`` has its full stop."""
    return text[parts[-1].end - 1 : parts[-1].end] == FULL_STOP


def _before(inside: Sequence[range], at: int) -> int:
    return sum(each.stop <= at for each in inside)


def left_out(text: str, values: Sequence[Value], framed: Sequence[bool]) -> Cut:
    """What to leave out of a paragraph: a sentence none of whose figures is known, and such a part of one after its first.

    ``framed`` are the values that stand around the figures: who reports, for when. The first part of a sentence says what it is about.
    """
    spans: list[tuple[int, int, str]] = []
    told: list[str] = []
    for parts in sentences(text):
        if not ended(text, parts):
            continue
        unknown = [_unknown(part, values, framed) for part in parts]
        if all(unknown):
            spans.append((parts[0].start, parts[-1].end, ""))
            told.append(PART.join(_said(text, part, values) for part in parts))
        else:
            gone = [part for part, each in list(zip(parts, unknown, strict=True))[1:] if each]
            spans += [(part.start, part.end, "") for part in gone]
            last = next(part for part in reversed(parts) if part not in gone)
            if last is not parts[-1]:
                spans.append((last.end - 1, last.end, FULL_STOP))
            told += [_said(text, part, values) for part in gone]
    return Cut(tuple(spans), tuple(told))


def _unknown(part: Clause, values: Sequence[Value], framed: Sequence[bool]) -> bool:
    figures = [values[at] for at in part.marks if not framed[at] and not isinstance(values[at], date)]
    return bool(figures) and all(say(value) == DASH for value in figures)


def _said(text: str, part: Clause, values: Sequence[Value]) -> str:
    """What a part would have said."""
    said = iter([say(values[at]) for at in part.marks])
    return MARK.sub(lambda _: next(said), text[part.start : part.end - 1]).replace(f"{DASH}%", DASH).strip()
