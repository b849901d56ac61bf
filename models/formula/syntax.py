"""From tokens to a small tree. Python's ``ast`` reads the operators; only the node types listed here get through.

>>> parse("利润总额 ≤ 营业收入")
Comparison(parts=(Name(parts=('利润总额',)), Name(parts=('营业收入',))), ops=('<=',))
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction

from models.formula.errors import FormulaError
from models.formula.scan import DEEPEST, MARKS, WORDS, Scanner, Token

DEEPEST_TREE = 100


@dataclass(frozen=True, kw_only=True)
class Syntax:
    """``at`` and ``end`` are the place in the formula's own text."""

    at: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True)
class Name(Syntax):
    """A name, dotted or not."""

    parts: tuple[str, ...]


@dataclass(frozen=True)
class Amount(Syntax):
    """A number as written, with its unit ("" for a bare one)."""

    value: Fraction
    unit: str


@dataclass(frozen=True)
class Quoted(Syntax):
    """A text in quotes."""

    value: str


@dataclass(frozen=True)
class Call(Syntax):
    """A function with its arguments."""

    name: str
    args: tuple[Syntax, ...]


@dataclass(frozen=True)
class Binary(Syntax):
    """+ - * or / ."""

    op: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True)
class Negative(Syntax):
    """A minus sign before an expression."""

    of: Syntax


@dataclass(frozen=True)
class Comparison(Syntax):
    """parts[0] ops[0] parts[1] ops[1] …, each an operator of Python, "in" or "not in"."""

    parts: tuple[Syntax, ...]
    ops: tuple[str, ...]


@dataclass(frozen=True)
class Logic(Syntax):
    """且 (and) or 或 (or) of several conditions."""

    op: str
    parts: tuple[Syntax, ...]


@dataclass(frozen=True)
class Negation(Syntax):
    """非."""

    of: Syntax


@dataclass(frozen=True)
class Several(Syntax):
    """Values in brackets, parted by commas."""

    parts: tuple[Syntax, ...]


BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
COMPARE = {
    ast.Eq: "=", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in", ast.NotIn: "not in",
}  # fmt: skip
_OPENING = {"(", ",", "not", "and", "or", "in", "not in", "-", "+", "*", "/", "==", "!=", "<", "<=", ">", ">="}
_BEFORE_ANYTHING = {"(", "not", "-", "+"}


def parse(text: str) -> Syntax:
    """The tree of a formula. Raises :class:`FormulaError` with the place in ``text`` for everything else than a formula."""
    tokens = Scanner(text).tokens()
    _check_order(text, tokens)
    return _Reader(text, tokens).read()


def _check_order(text: str, tokens: list[Token]) -> None:
    """Say in words what Python's parser would only call invalid: missing operators and operands, unpaired brackets."""
    if not tokens:
        raise FormulaError(text, 0, "公式是空的")
    opened: list[Token] = []
    before: Token | None = None
    for token in tokens:
        shown = text[token.at : token.end]
        starts = before is None or (not before.operand and before.value in _OPENING)
        calls = token.value == "(" and before is not None and before.sort == "name"
        if not starts and not calls and (token.operand or token.value in {"(", "not"}):
            raise FormulaError(text, token.at, f"“{shown}”前面少了运算符")
        empty_call = token.value == ")" and before is not None and before.value == "("
        if starts and not token.operand and token.value not in _BEFORE_ANYTHING and not empty_call:
            raise FormulaError(text, token.at, f"“{shown}”前面少了一个数或名称")
        if not token.operand and token.value == "(":
            opened.append(token)
            if len(opened) > DEEPEST:
                raise FormulaError(text, token.at, f"括号套得太深,最多 {DEEPEST} 层")
        if not token.operand and token.value == ")":
            if not opened:
                raise FormulaError(text, token.at, "“)”没有配对的“(”")
            opened.pop()
        before = token
    assert before is not None
    if opened:
        raise FormulaError(text, opened[-1].at, "“(”没有配对的“)”")
    if not before.operand and before.value != ")":
        raise FormulaError(text, before.end, "公式没有写完")


class _Reader:
    """Hands the operators to Python's parser and takes back only what is on the list."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text, self.tokens = text, tokens
        self.starts: list[int] = []
        source = ""
        for number, token in enumerate(tokens):
            self.starts.append(len(source))
            source += (f"_{number}" if token.operand else str(token.value)) + " "
        self.source = source

    def read(self) -> Syntax:
        try:
            tree = ast.parse(self.source.rstrip(), mode="eval")
        except SyntaxError as error:
            token = self._token((error.offset or 1) - 1)
            raise FormulaError(self.text, token.at, f"“{self.text[token.at : token.end]}”这里读不懂") from None
        except (MemoryError, RecursionError):
            raise FormulaError(self.text, 0, "公式套得太深") from None
        return self._read(tree.body, 0)

    def _token(self, offset: int) -> Token:
        return self.tokens[max(bisect_right(self.starts, offset) - 1, 0)]

    def _place(self, node: ast.expr) -> dict[str, int]:
        return {"at": self._token(node.col_offset).at, "end": self._token((node.end_col_offset or 1) - 1).end}

    def _read(self, node: ast.expr, depth: int) -> Syntax:
        place = self._place(node)
        if depth > DEEPEST_TREE:
            raise FormulaError(self.text, place["at"], "公式套得太深")
        below = depth + 1
        match node:
            case ast.Name():
                return self._operand(self._token(node.col_offset))
            case ast.BinOp(left, op, right) if type(op) in BINARY:
                return Binary(BINARY[type(op)], self._read(left, below), self._read(right, below), **place)
            case ast.UnaryOp(ast.USub(), of):
                return Negative(self._read(of, below), **place)
            case ast.UnaryOp(ast.UAdd(), of):
                return self._read(of, below)
            case ast.UnaryOp(ast.Not(), of):
                return Negation(self._read(of, below), **place)
            case ast.BoolOp(op, values):
                word = "and" if isinstance(op, ast.And) else "or"
                return Logic(word, tuple(self._read(value, below) for value in values), **place)
            case ast.Compare(left, ops, rights):
                parts = tuple(self._read(part, below) for part in (left, *rights))
                return Comparison(parts, tuple(COMPARE[type(op)] for op in ops), **place)
            case ast.Call(ast.Name(), args, []):
                name = self._token(node.func.col_offset)
                return Call(".".join(map(str, name.value)), tuple(self._read(arg, below) for arg in args), **place)
            case ast.Tuple(elements) if elements:
                return Several(tuple(self._read(element, below) for element in elements), **place)
        raise FormulaError(self.text, place["at"], "这里读不懂")

    def _operand(self, token: Token) -> Syntax:
        place = {"at": token.at, "end": token.end}
        if token.sort == "name":
            return Name(tuple(map(str, token.value)), **place)
        if token.sort == "text":
            return Quoted(str(token.value), **place)
        amount, unit = token.value
        assert isinstance(amount, Fraction)
        return Amount(amount, str(unit), **place)


__all__ = [
    "MARKS", "WORDS", "Amount", "Binary", "Call", "Comparison", "Logic", "Name", "Negation", "Negative", "Quoted", "Several", "Syntax",
    "parse",
]  # fmt: skip
