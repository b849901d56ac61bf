"""Two operands side by side: do they measure the same thing, and what comes of adding, multiplying, comparing them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from models.codes import code_list
from models.dates import parse_date
from models.formula.errors import nearest
from models.formula.tree import FLAG, Aggregate, Const, Func, Kind, Node, Shown, Type
from models.units import NUMBER, Unit, convertible

RATIOS = {"百分比", "百分点", "倍"}  # what a bare quotient may be
_SIZED = {"金额", "美元", "原币", "面积", "能耗", "质量", "电量", "股"} | RATIOS  # what no count of rows or days can be
PERCENT, POINTS = (("百分比", 1),), (("百分点", 1),)
HUNDRED = Fraction(100)
_SHARES: dict[tuple[tuple[str, int], ...], Fraction] = {PERCENT: Fraction(1, 100), (("倍", 1),): Fraction(1)}


class Mismatch(Exception):
    """Two things that do not go together: (fault, nearest right name)."""

    def __init__(self, fault: str, near: str = "") -> None:
        super().__init__(fault, near)
        self.fault, self.near = fault, near


def adapted(node: Node, unit: Unit) -> Node | None:
    """``node`` as a number of ``unit`` where its own unit allows it: bare numbers always, quotients as ratios, counts as counts.

    A quotient is so many 倍; to be a percentage it has to be taken a hundred times, else 利润总额 / 营业收入 <= 30% would hold for 0.9.
    """
    own = node.type
    if convertible(own.unit, unit):
        return node
    if not own.unit.plain:
        return None
    shown = Type(Kind.NUMBER, unit)
    if own.bare and isinstance(node, Const):
        assert isinstance(node.value, Fraction)
        return replace(node, value=node.value * unit.factor, type=shown)
    dimension = unit.powers[0][0] if len(unit.powers) == 1 and unit.powers[0][1] == 1 else ""
    if own.bare or dimension == "倍" or (dimension in RATIOS and _times(node, HUNDRED / unit.factor)):
        return Shown(of=node, type=shown, times=unit.factor, at=node.at, end=node.end)
    if own.counted and dimension and dimension not in _SIZED:
        return Shown(of=node, type=shown, at=node.at, end=node.end)
    return None


def _times(node: Node, many: Fraction) -> bool:
    """Whether a number is written as so many times a quotient: (营业收入 / 上年.营业收入 - 1) * 100, 100 * 利润总额 / 营业收入."""
    match node:
        case Shown(of=of):
            return _times(of, many)
        case Aggregate(value=Node() as value):
            return _times(value, many)
        case Func(name="*", args=(left, right)):
            return many in {_constant(left), _constant(right)} or _times(left, many) or _times(right, many)
        case Func(name="/", args=(left, right)):
            return many * _constant(right) == 1 or _times(left, many)
        case Func(name="+" | "-" | "绝对值" | "按零" | "取整" | "若", args=args):
            varying = [arg for arg in args if arg.type.kind is Kind.NUMBER and not isinstance(arg, Const)]
            return bool(varying) and all(_times(arg, many) for arg in varying)
    return False


def _constant(node: Node) -> Fraction:
    return node.value if isinstance(node, Const) and isinstance(node.value, Fraction) else Fraction(0)


def _hint(own: Type, unit: Unit) -> str:
    """How a quotient becomes what it is put beside."""
    if not own.unit.plain or own.counted or unit.powers not in {PERCENT, POINTS}:
        return ""
    return f"；比值要先乘 {HUNDRED / unit.factor}"


def assigned(node: Node, unit: Unit) -> Node:
    """``node`` shown in ``unit``, as a derived field or an indicator wants it. Raises :class:`Mismatch`."""
    found = adapted(node, unit)
    if found is None and node.type.unit.powers == PERCENT and unit.powers == POINTS:
        found = node  # the difference of two percentages
    if found is None:
        raise Mismatch(f"算出来是{unit_name(node.type.unit)}，不是{unit_name(unit)}{_hint(node.type, unit)}")
    return Shown(of=found, type=Type(Kind.NUMBER, unit), at=node.at, end=node.end)


def unit_name(unit: Unit) -> str:
    """A unit as messages call it."""
    return unit.name or "没有单位的数"


def common(left: Node, right: Node, names: tuple[str, str], doing: str) -> tuple[Node, Node]:
    """Both numbers measuring the same thing. Raises :class:`Mismatch` saying what each is."""
    if (found := adapted(right, left.type.unit)) is not None:
        return left, found
    if (found := adapted(left, right.type.unit)) is not None:
        return found, right
    units = [unit_name(node.type.unit) for node in (left, right)]
    hint = _hint(left.type, right.type.unit) or _hint(right.type, left.type.unit)
    raise Mismatch(f"{names[0]}是{units[0]}，{names[1]}是{units[1]}，不能{doing}{hint}")


def arithmetic(op: str, left: Node, right: Node, names: tuple[str, str]) -> Node:
    """The sum, difference, product or quotient of two numbers."""
    if op in "+-":
        left, right = common(left, right, names, "相加" if op == "+" else "相减")
        kind = together(left.type, right.type)
    else:
        left, right = _hundredths(op, left, right)
        unit = left.type.unit * right.type.unit if op == "*" else left.type.unit / right.type.unit
        kind = Type(Kind.NUMBER, unit, bare=left.type.bare and right.type.bare)
    if isinstance(left, Const) and isinstance(right, Const):
        return _folded(op, left, right, kind)
    if op == "/" and isinstance(right, Const) and right.value == 0:
        raise Mismatch("不能除以 0")
    return Func(name=op, args=(left, right), type=kind)


def together(a: Type, b: Type) -> Type:
    """What two values of one measure have in common; a bare number beside a count makes it no less a count."""
    counted = (a.counted or b.counted) and (a.counted or a.bare) and (b.counted or b.bare)
    return replace(b if a.bare else a, bare=a.bare and b.bare, counted=counted)


def _hundredths(op: str, left: Node, right: Node) -> tuple[Node, Node]:
    """In products and quotients a percentage of a quantity is hundredths of it (注册资本 * 台资占比), 3倍 of it is 3 of it."""
    ours, theirs = left.type.unit.powers, right.type.unit.powers
    if ours == theirs and (op == "/" or ours != PERCENT):
        return left, right
    if theirs in _SHARES and ours:
        return left, _as_share(right)
    if ours in _SHARES and theirs:
        return _as_share(left), right
    return left, right


def _as_share(node: Node) -> Node:
    """A percentage as hundredths, 3倍 as 3."""
    times = _SHARES[node.type.unit.powers]
    if isinstance(node, Const) and isinstance(node.value, Fraction):
        return replace(node, value=node.value * times, type=Type(Kind.NUMBER))
    return Shown(of=node, type=Type(Kind.NUMBER), times=times, at=node.at, end=node.end)


def _folded(op: str, left: Const, right: Const, kind: Type) -> Const:
    a, b = left.value, right.value
    assert isinstance(a, Fraction)
    assert isinstance(b, Fraction)
    if op == "/" and b == 0:
        raise Mismatch("不能除以 0")
    value = a + b if op == "+" else a - b if op == "-" else a * b if op == "*" else a / b
    if max(abs(value.numerator), value.denominator) >= 10**40:
        raise Mismatch("算出来的数太大")
    return Const(value=value, type=kind)


def comparable(left: Node, right: Node, names: tuple[str, str]) -> tuple[Node, Node]:
    """Both sides of a comparison as the same kind; a quoted text becomes the date, code or 是/否 it stands for."""
    left, right = _meant(left, right), _meant(right, left)
    kinds = {left.type.kind, right.type.kind}
    if len(kinds) > 1:
        raise Mismatch(f"{names[0]}是{left.type.kind.value}，{names[1]}是{right.type.kind.value}，不能比较")
    if left.type.codes and right.type.codes and left.type.codes != right.type.codes:
        raise Mismatch(f"{names[0]}用“{left.type.codes}”代码表，{names[1]}用“{right.type.codes}”代码表，不能比较")
    return common(left, right, names, "比较") if kinds == {Kind.NUMBER} else (left, right)


def _meant(node: Node, beside: Node) -> Node:
    """A quoted text, also one that 若 chooses, as what it means beside a date, a choice or a flag."""
    if isinstance(node, Func) and node.name == "若" and beside.type.codes and not node.type.codes:
        a, b = (_meant(arg, beside) for arg in node.args[1:])
        return replace(node, args=(node.args[0], a, b), type=together(a.type, b.type))
    if not (isinstance(node, Const) and isinstance(node.value, str)):
        return node
    if not node.value:
        raise Mismatch("文字不能是空的，没有填要写成 非 已填（…）")
    if beside.type.kind is Kind.DATE:
        return date_const(node)
    if beside.type.codes and not node.type.codes:
        return replace(node, value=code(node.value, beside.type.codes), type=beside.type)
    if beside.type.kind is Kind.FLAG and node.value in {"是", "否"}:
        return replace(node, value=node.value == "是", type=FLAG)
    return node


def date_const(node: Const) -> Const:
    """A quoted date; one without day or month lasts till the end of it."""
    try:
        stored = parse_date(str(node.value))
    except ValueError as error:
        raise Mismatch(str(error)) from None
    span = 1299 if not stored % 10000 else 99 if not stored % 100 else 0
    return replace(node, value=stored, until=stored + span if span else 0, type=Type(Kind.DATE))


def code(text: str, codes: str) -> str:
    """The code that ``text`` (a code or a name) stands for in a code list."""
    listed = code_list(codes)
    found = listed.find(text)
    if found is None:
        raise Mismatch(f"“{codes}”代码表里没有“{text}”", nearest(text, (one.name for one in listed.values())))
    return found.code


__all__ = [
    "NUMBER",
    "Mismatch",
    "adapted",
    "arithmetic",
    "assigned",
    "code",
    "common",
    "comparable",
    "date_const",
    "together",
    "unit_name",
]
