"""From tokens to a small tree. Python's ``ast`` reads the operators; only the node types listed here get through.

>>> parse("利润总额 ≤ 营业收入")
Comparison(parts=(Name(parts=('利润总额',)), Name(parts=('营业收入',))), ops=('<=',))
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from fractions import Fraction
from threading import Lock

from models.formula.errors import FormulaError
from models.formula.scan import DEEPEST, MARKS, WORDS, Scanner, Token

DEEPEST_TREE = 100
_ONE_AT_A_TIME = Lock()  # CPython 3.11 counts the depth of trees for all threads together and fails when two make one


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
    for before, token in zip([None, *tokens], tokens, strict=False):
        _check_beside(text, before, token)
        if token.value == "(" and not token.operand:
            opened.append(token)
            if len(opened) > DEEPEST:
                raise FormulaError(text, token.at, f"括号套得太深，最多 {DEEPEST} 层")
        if token.value == ")" and not token.operand:
            if not opened:
                raise FormulaError(text, token.at, "“)”没有配对的“(”")
            opened.pop()
    if opened:
        raise FormulaError(text, opened[-1].at, "“(”没有配对的“)”")
    if not tokens[-1].operand and tokens[-1].value != ")":
        raise FormulaError(text, tokens[-1].end, "公式没有写完")


def _check_beside(text: str, before: Token | None, token: Token) -> None:
    """Whether ``token`` may follow ``before``."""
    shown = text[token.at : token.end]
    starts = before is None or (not before.operand and before.value in _OPENING)
    calls = token.value == "(" and before is not None and before.sort == "name"
    if not starts and not calls and (token.operand or token.value in {"(", "not"}):
        raise FormulaError(text, token.at, f"“{shown}”前面少了运算符")
    no_arguments = token.value == ")" and before is not None and before.value == "("
    if starts and not token.operand and token.value not in _BEFORE_ANYTHING and not no_arguments:
        raise FormulaError(text, token.at, f"“{shown}”前面少了一个数或名称")


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
            with _ONE_AT_A_TIME:
                tree = ast.parse(self.source.rstrip(), mode="eval")
        except SyntaxError as error:
            token = self._token((error.offset or 1) - 1)
            raise FormulaError(self.text, token.at, f"“{self.text[token.at : token.end]}”这里读不懂") from None
        except (MemoryError, RecursionError):
            raise FormulaError(self.text, 0, "公式套得太深") from None
        return self._read(tree.body, 0)

    def _token(self, offset: int) -> Token:
        return self.tokens[max(bisect_right(self.starts, offset) - 1, 0)]

    def _read(self, node: ast.expr, depth: int) -> Syntax:
        token = self._token(node.col_offset)
        if depth > DEEPEST_TREE:
            raise FormulaError(self.text, token.at, "公式套得太深")
        if isinstance(node, ast.Name):
            return self._operand(token)
        found = _made(node, tuple(self._read(part, depth + 1) for part in _parts(node)), token)
        if found is None:
            raise FormulaError(self.text, token.at, "这里读不懂")
        return replace(found, at=token.at, end=self._token((node.end_col_offset or 1) - 1).end)

    def _operand(self, token: Token) -> Syntax:
        match token.value:
            case str() as text:
                return Quoted(text, at=token.at, end=token.end)
            case (Fraction() as amount, str() as unit):
                return Amount(amount, unit, at=token.at, end=token.end)
        return Name(tuple(map(str, token.value)), at=token.at, end=token.end)


def _parts(node: ast.expr) -> list[ast.expr]:
    """The operands of an operator or call that is on the list; none of anything else."""
    match node:
        case ast.BinOp(left, op, right) if type(op) in BINARY:
            return [left, right]
        case ast.UnaryOp(_, of):
            return [of]
        case ast.BoolOp(_, parts) | ast.Call(ast.Name(), parts, []) | ast.Tuple(parts):
            return parts
        case ast.Compare(left, _, rights):
            return [left, *rights]
    return []


def _made(node: ast.expr, parts: tuple[Syntax, ...], token: Token) -> Syntax | None:
    """Our node for one of Python's, ``parts`` being its operands; None for what is not on the list."""
    match node:
        case ast.BinOp(op=op) if type(op) in BINARY:
            found: Syntax | None = Binary(BINARY[type(op)], *parts)
        case ast.UnaryOp(op=ast.USub()):
            found = Negative(*parts)
        case ast.UnaryOp(op=ast.UAdd()):
            found = parts[0]
        case ast.UnaryOp(op=ast.Not()):
            found = Negation(*parts)
        case ast.BoolOp(op=op):
            found = Logic("and" if isinstance(op, ast.And) else "or", parts)
        case ast.Compare(ops=ops):
            found = Comparison(parts, tuple(COMPARE[type(op)] for op in ops))
        case ast.Call(func=ast.Name(), keywords=[]):
            found = Call(".".join(map(str, token.value)), parts)
        case ast.Tuple() if parts:
            found = Several(parts)
        case _:
            found = None
    return found


__all__ = [
    "MARKS", "WORDS", "Amount", "Binary", "Call", "Comparison", "Logic", "Name", "Negation", "Negative", "Quoted", "Several", "Syntax",
    "parse",
]  # fmt: skip
