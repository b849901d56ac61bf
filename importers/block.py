"""Which rows of a grid are the heading: the best row by its form, then the neighbours that belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from importers.cells import Cell, Grid, Span
from importers.labels import is_title, likeness, looks_like_data, split_unit, text_of
from importers.lines import is_blank, is_numbering, row_units
from importers.others import KNOWN, is_record
from models.text import fold

Vocabulary = Callable[[str], float]
_TRIED = 25  # rows with two or more texts
_LOOK = 200  # rows read in search of them
_BELOW = 40  # rows that a heading is compared with
_ENOUGH = 0.36
_NAMELIKE = 0.3
_ABOUT_ALL = re.compile(
    r"\d{4}年.*|.*(?:开发区|经开区|高新区|园区|管委会|有限公司)"
)  # says where or when, not what a column holds


@dataclass(frozen=True, slots=True)
class Piece:
    """A filled cell, reaching over the cells merged with it."""

    span: Span
    value: Cell

    @property
    def columns(self) -> range:
        """The columns it stands over."""
        return range(self.span[1], self.span[3] + 1)

    @property
    def text(self) -> str:
        """What it says."""
        return text_of(self.value)


class Lines:
    """The first rows of a grid as pieces: a merged cell is seen in every row that it covers."""

    def __init__(self, grid: Grid) -> None:
        self.rows = grid.rows[:_LOOK]
        spans: dict[tuple[int, int], Span] = {}
        for span in grid.merged:
            for row in range(span[0], min(span[2] + 1, len(self.rows))):
                spans |= {(row, column): span for column in range(span[1], span[3] + 1)}
        self.pieces = [self._cut(number, spans) for number in range(len(self.rows))]
        tabular = [pieces for pieces in self.pieces if len(pieces) > 1] or self.pieces
        self.used = covered(piece for pieces in tabular for piece in pieces)

    def _cut(self, row: int, spans: dict[tuple[int, int], Span]) -> list[Piece]:
        found: dict[Span, Piece] = {}
        for column, cell in enumerate(self.rows[row]):
            span = spans.get((row, column), (row, column, row, column))
            value = self.rows[span[0]][span[1]] if span[0] < row or span[1] < column else cell
            if value != "" and not is_blank(value):
                found[span] = Piece(span, value)
        return list(found.values())

    def texts(self, row: int) -> list[str]:
        """What a row says, for comparing."""
        return [fold(piece.text) for piece in self.pieces[row]]

    def at(self, row: int, column: int) -> Piece | None:
        """The piece standing over a cell."""
        return next((piece for piece in self.pieces[row] if column in piece.columns), None)


@dataclass(frozen=True, slots=True)
class Block:
    """The rows ``top`` to ``bottom`` of a heading and the ``columns`` that the table uses; ``above`` are those of another table."""

    lines: Lines
    top: int
    bottom: int
    above: range = range(0)

    @property
    def columns(self) -> set[int]:
        """The columns that the table uses."""
        return self.lines.used

    def texts(self, column: int) -> tuple[str, ...]:
        """What the heading says about a column, from top to bottom, each part once."""
        parts: list[str] = []
        for row in range(self.top, self.bottom + 1):
            piece = self.lines.at(row, column) or self._group(row, column)
            if piece and (not parts or fold(piece.text) != fold(parts[-1])):
                parts.append(piece.text)
        return tuple(parts)

    def continues_left(self, column: int) -> bool:
        """Whether the column is only the rest of a name merged over the one to its left."""
        piece = self.lines.at(self.bottom, column)
        return piece is not None and piece.columns[0] < column

    def _group(self, row: int, column: int) -> Piece | None:
        """The text to the left that an empty cell of an upper row continues, where cells are not merged."""
        pieces = self.lines.pieces[row]
        if row == self.bottom or any(len(piece.columns) > 1 for piece in pieces):
            return None
        left = max(
            (piece for piece in pieces if piece.columns[-1] < column), key=lambda piece: piece.columns[-1], default=None
        )
        if left is None or not self._has_below(row, column) or not self._has_below(row, left.columns[0]):
            return None
        above = row > self.top and self.lines.at(row - 1, column)
        return left if not above or above == self.lines.at(row - 1, left.columns[0]) else None

    def _has_below(self, row: int, column: int) -> bool:
        pieces = (self.lines.at(below, column) for below in range(row + 1, self.bottom + 1))
        return any(piece.span[0] > row for piece in pieces if piece)


def covered(pieces: Iterable[Piece]) -> set[int]:
    """The columns that some pieces stand over."""
    return {column for piece in pieces for column in piece.columns}


def find_block(grid: Grid, vocabulary: Vocabulary | None) -> Block | None:
    """The rows that name the columns; None when no row does."""
    lines = Lines(grid)
    judge = _Judge(lines, vocabulary)
    enough = min(2, len(lines.used))
    tried = [row for row, pieces in enumerate(lines.pieces) if len(pieces) >= enough][:_TRIED]
    scores = {row: judge.score(row) - 0.004 * order for order, row in enumerate(tried)}
    heads = [row for row in tried if scores[row] >= _ENOUGH]
    best = max(_first_choice(judge, heads), key=lambda row: scores[row], default=-1)
    if best < 0:
        return None
    top = bottom = next(row for row in tried if lines.texts(row) == lines.texts(best))  # the first of repeated ones
    while top > 0 and judge.belongs_above(top):
        top -= 1
    while bottom + 1 < len(lines.rows) and judge.belongs_below(bottom):
        bottom += 1
    return Block(lines, top, bottom, _above(lines, top, heads))


def _first_choice(judge: _Judge, heads: list[int]) -> list[int]:
    """The possible headings of the table that knows most of the ledger's columns, the first of several; all of a sheet with one."""
    tables: list[list[int]] = []
    for row in heads:
        if not tables or judge.has_record(tables[-1][-1] + 1, row):
            tables.append([])
        tables[-1].append(row)
    known = [max(map(judge.known, table)) for table in tables]
    return tables[known.index(max(known))] if max(known, default=0) else heads


def _above(lines: Lines, top: int, heads: list[int]) -> range:
    """The rows of another table above a heading: from one that could be a heading, too, to its last record."""
    records = [row for row in range(top) if is_record([piece.value for piece in lines.pieces[row]])]
    heads = [row for row in heads if not any(looks_like_data(piece.value) for piece in lines.pieces[row])]
    first = next((row for row in heads if records and row < records[-1]), top)
    last = next((row for row in reversed(range(first, top)) if len(lines.pieces[row]) > 1), first - 1)
    return range(first, last + 1)


class _Judge:
    """Says how much a row looks like a heading, and whether its neighbour belongs to it."""

    def __init__(self, lines: Lines, vocabulary: Vocabulary | None) -> None:
        self._lines = lines
        self._vocabulary = vocabulary
        self._data = [
            [cell != "" and not is_blank(cell) and looks_like_data(cell) for cell in row] for row in lines.rows
        ]

    def score(self, row: int) -> float:
        """0 (data) to 1: names of columns, unlike each other, over all columns, with data below."""
        lines, pieces = self._lines, self._lines.pieces[row]
        if is_numbering(lines.rows[row], len(lines.used)) or row_units(lines.rows[row]):
            return 0.0
        likes = [self._likeness(piece) for piece in pieces]
        names = sum(like >= _NAMELIKE for like in likes) / len(pieces)
        different = len({fold(piece.text) for piece in pieces}) / len(pieces)
        coverage = len(covered(pieces)) / len(lines.used)
        contrast = sum(self._has_data_below(row, column) for column in covered(pieces)) / len(lines.used)
        form = 0.3 * coverage + 0.4 * sum(likes) / len(pieces) + 0.3 * contrast
        return names**2 * different * form - 0.3 * self._repeats(row)

    def known(self, row: int) -> int:
        """How many of a row's texts are labels of the ledger."""
        texts = [split_unit(piece.value)[0] for piece in self._lines.pieces[row] if isinstance(piece.value, str)]
        return sum(self._vocabulary(text) >= KNOWN for text in texts) if self._vocabulary else 0

    def has_record(self, start: int, stop: int) -> bool:
        """Whether one of the rows from ``start`` to before ``stop`` is data."""
        return any(is_record([piece.value for piece in self._lines.pieces[row]]) for row in range(start, stop))

    def _likeness(self, piece: Piece) -> float:
        form = likeness(piece.value)
        if not self._vocabulary or not isinstance(piece.value, str) or looks_like_data(piece.value):
            return form
        return max(form, self._vocabulary(split_unit(piece.value)[0]))

    def _has_data_below(self, row: int, column: int) -> bool:
        below = range(row + 1, min(row + 1 + _BELOW, len(self._data)))
        filled = [self._data[line][column] for line in below if self._lines.rows[line][column] != ""]
        return not self._data[row][column] and sum(filled) * 2 > len(filled)

    def _repeats(self, row: int) -> float:
        """The share of cells that say the same as one below them: values do, names do not (but a whole heading may)."""
        rows = self._lines.rows
        near = rows[max(0, row - 2) : row + 3]
        below = [line for line in rows[row + 1 : row + 1 + _BELOW] if line not in near]
        columns = [column for column, cell in enumerate(rows[row]) if cell != ""]
        return sum(any(line[column] == rows[row][column] for line in below) for column in columns) / max(
            1, len(columns)
        )

    def _are_names(self, pieces: list[Piece]) -> bool:
        return bool(pieces) and all(self._likeness(piece) >= _NAMELIKE for piece in pieces)

    def belongs_above(self, top: int) -> bool:
        """Whether the row above ``top`` groups the columns of the heading."""
        pieces, used = self._lines.pieces[top - 1], self._lines.used
        if any(piece.span[0] < top for piece in self._lines.pieces[top]):
            return True
        if not self._are_names(pieces) or any(is_title(piece.text) for piece in pieces):
            return False
        if any(len(piece.columns) > 1 for piece in pieces):
            return len(pieces) > 1 or (pieces[0].columns[0] > min(used) and len(pieces[0].text) <= 12)
        return len(pieces) > 1 and not any(_ABOUT_ALL.fullmatch(piece.text) for piece in pieces)

    def belongs_below(self, bottom: int) -> bool:
        """Whether the row below ``bottom`` divides groups of the heading or fills its gaps."""
        pieces, below, used = self._lines.pieces[bottom], self._lines.pieces[bottom + 1], self._lines.used
        if any(piece.span[2] > bottom for piece in pieces):
            return True
        wide = covered(piece for piece in pieces if len(piece.columns) > 1)
        here = covered(pieces)
        gaps = {column for column in used - here if column > min(here)}
        groups = {column for column in here if column + 1 in gaps}
        asked, filled = wide | gaps, covered(below)
        if not asked or not filled <= asked | groups or len(filled & asked) < 0.6 * len(asked):
            return False
        return self._are_names(below) and len(below) > 1 and not row_units(self._lines.rows[bottom + 1])
