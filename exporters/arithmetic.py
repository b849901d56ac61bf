"""The few Excel formulas a form may carry, worked out exactly so that no cell is without a cached value (asks 65).

Allowed: numbers, cells, + - * / %, brackets, SUM, ROUND, IFERROR. Everything else belongs into {{ }}. A formula is
compiled once; what it needs of the sheets it asks of a `Lookup`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Any, Protocol, TypeAlias

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

from exporters.figures import Value
from exporters.references import split_reference

Result: TypeAlias = Decimal | str

_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?\d+")
_MOST_DIGITS = 24  # of a Decimal's 28


class Unsupported(ValueError):
    """A formula beyond the few kinds we work out ourselves."""


class CellError(ArithmeticError):
    """What Excel shows instead of a figure; the argument is its code, #DIV/0! or #VALUE!."""


class Lookup(Protocol):
    """What formulas ask of the filled sheets; `sheet` None is the formula's own."""

    def one(self, sheet: str | None, cell: str) -> Value:
        """Give one cell's value."""

    def many(self, sheet: str | None, cells: str) -> Iterable[Value]:
        """Give the values of a range, blanks left out."""


Node: TypeAlias = Callable[[Lookup], Result]


@dataclass(slots=True)
class Formula:
    """A compiled formula, the single cells it reads and the ranges it sums, as written."""

    node: Node
    cells: list[tuple[str | None, str]] = field(default_factory=list)
    ranges: list[tuple[str | None, str]] = field(default_factory=list)

    def result(self, lookup: Lookup) -> Result:
        """Work the formula out. Raises CellError."""
        return self.node(lookup)


def compile_formula(text: str) -> Formula:
    """Compile a formula without its "=". Raises Unsupported."""
    try:
        tokens = [token for token in Tokenizer(f"={text}").items if token.type != "WHITE-SPACE"]
    except TokenizerError as error:
        raise Unsupported(text) from error
    parser = _Parser(tokens)
    node = parser.sum()
    if parser.tokens:
        raise Unsupported(text)
    return Formula(node, parser.cells, parser.ranges)


class _Parser:
    """Reads tokens from the left, binding as Excel does: % before sign before * / before + -."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.cells: list[tuple[str | None, str]] = []
        self.ranges: list[tuple[str | None, str]] = []

    def sum(self) -> Node:
        node = self._product()
        while self._next_is("OPERATOR-INFIX", "+", "-"):
            node = _binary(self.tokens.pop(0).value, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._signed()
        while self._next_is("OPERATOR-INFIX", "*", "/"):
            node = _binary(self.tokens.pop(0).value, node, self._signed())
        return node

    def _signed(self) -> Node:
        if self._next_is("OPERATOR-PREFIX", "+", "-"):
            sign = Decimal(-1 if self.tokens.pop(0).value == "-" else 1)
            inner = self._signed()
            return lambda lookup: sign * _number(inner(lookup))
        node = self._operand()
        while self._next_is("OPERATOR-POSTFIX", "%"):
            self.tokens.pop(0)
            node = _binary("/", node, lambda _: Decimal(100))
        return node

    def _operand(self) -> Node:
        token = self._take()
        if token.type == "PAREN" and token.subtype == "OPEN":
            node = self.sum()
            self._take("PAREN", ")")
            return node
        if token.type == "FUNC" and token.subtype == "OPEN":
            return self._function(token.value.upper())
        if token.type == "OPERAND" and token.subtype == "NUMBER":
            number = Decimal(token.value)
            return lambda _: number
        if token.type == "OPERAND" and token.subtype == "TEXT":
            text = token.value[1:-1].replace('""', '"')
            return lambda _: text
        sheet, cell = self._reference(token)
        if ":" in cell:
            raise Unsupported(cell)
        self.cells.append((sheet, cell))
        return lambda lookup: _plain(lookup.one(sheet, cell))

    def _function(self, name: str) -> Node:
        if name == "SUM(":
            terms = self._arguments(self._summed)
            return lambda lookup: sum((term(lookup) for term in terms), Decimal(0))
        if name not in {"ROUND(", "IFERROR("}:
            raise Unsupported(name)
        arguments = self._arguments(self.sum)
        if len(arguments) != 2:
            raise Unsupported(name)
        return (_rounded if name == "ROUND(" else _or_else)(*arguments)

    def _arguments(self, read: Callable[[], Any]) -> list[Any]:
        found = [read()]
        while self._next_is("SEP", ","):
            self.tokens.pop(0)
            found.append(read())
        self._take("FUNC", ")")
        return found

    def _summed(self) -> Callable[[Lookup], Decimal]:
        """Read one argument of SUM: cells count only where they hold numbers, anything else must be one."""
        following = self.tokens[1] if len(self.tokens) > 1 else None
        ends = following is not None and following.type in {"SEP", "FUNC"}
        if ends and self._next_is("OPERAND") and self.tokens[0].subtype == "RANGE":
            sheet, cells = self._reference(self._take())
            self.ranges.append((sheet, cells))
            return lambda lookup: sum((_counted(value) for value in lookup.many(sheet, cells)), Decimal(0))
        node = self.sum()
        return lambda lookup: _number(node(lookup))

    def _reference(self, token: Token) -> tuple[str | None, str]:
        reference = split_reference(token.value) if token.subtype == "RANGE" else None
        if reference is None or not all(_CELL.fullmatch(part) for part in reference[1].split(":")):
            raise Unsupported(token.value)
        return reference

    def _next_is(self, kind: str, *values: str) -> bool:
        return bool(self.tokens) and self.tokens[0].type == kind and (not values or self.tokens[0].value in values)

    def _take(self, kind: str = "", *values: str) -> Token:
        if not self.tokens or (kind and not self._next_is(kind, *values)):
            raise Unsupported
        return self.tokens.pop(0)


def _binary(operator: str, left: Node, right: Node) -> Node:
    def node(lookup: Lookup) -> Result:
        a, b = _number(left(lookup)), _number(right(lookup))
        try:
            return {"+": a.__add__, "-": a.__sub__, "*": a.__mul__, "/": a.__truediv__}[operator](b)
        except (DivisionByZero, InvalidOperation) as error:
            raise CellError("#DIV/0!") from error

    return node


def _rounded(value: Node, places: Node) -> Node:
    def node(lookup: Lookup) -> Result:
        number, digits = _number(value(lookup)), int(_number(places(lookup)))
        if not -_MOST_DIGITS <= digits <= _MOST_DIGITS - max(number.adjusted(), 0):
            return number if digits > 0 else Decimal(0)  # beyond what a double holds there is nothing to round
        return number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)

    return node


def _or_else(value: Node, instead: Node) -> Node:
    def node(lookup: Lookup) -> Result:
        try:
            return value(lookup)
        except CellError:
            return instead(lookup)

    return node


def _plain(value: Value) -> Result:
    """Take a cell's value as Excel does in arithmetic: blank is 0, text is an error as soon as it is counted with."""
    return value if isinstance(value, str) else _counted(value) + Decimal(value if isinstance(value, bool) else 0)


def _number(result: Result) -> Decimal:
    if isinstance(result, str):
        raise CellError("#VALUE!")
    return result


def _counted(value: Value) -> Decimal:
    """Take a cell's value as SUM does: numbers count, texts, truths and blanks do not."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value)
    return Decimal(0)
