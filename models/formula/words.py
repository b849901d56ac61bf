"""A formula in words, and with numbers filled in: “到资流水”折万元之和(只计 计入台办口径) ÷ …"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from models.codes import code_list
from models.dates import show_date
from models.formula.names import period_words
from models.formula.tree import Aggregate, Cell, Const, Func, Kind, Member, Moment, Node, Shown, Type
from models.kinds import Quantity, decimal_of
from models.ledgers import BY_ID

_MARKS = {
    "+": "+",
    "-": "-",
    "*": "×",
    "/": "÷",
    "=": "=",
    "!=": "≠",
    "<": "<",
    "<=": "≤",
    ">": ">",
    ">=": "≥",
    "and": "且",
    "or": "或",
}
_BINDS = {
    "or": 1,
    "and": 2,
    "not": 3,
    "+": 5,
    "-": 5,
    "名次": 5,
    "按比例": 6,
    "*": 6,
    "/": 6,
}  # how closely; comparisons 4, all else 9
_MOMENTS = {
    "year": "报告年", "start": "期初", "end": "期末", "today": "今天", "last_end": "上年末", "year_start": "本年初", "last_start": "上年初",
    "period_start": "本期初", "last_same_end": "上年同期末",
    "chosen": "所选开发区",
}  # fmt: skip
_WHOLE = frozenset(("取整", "长度", "行数", "天数", "满年", "年", "月"))  # functions whose numbers are whole
_SETS = {
    "合计": "之和",
    "平均": "的平均",
    "最大": "的最大值",
    "最小": "的最小值",
    "去重计数": "去重后的个数",
    "连乘": "连乘",
}


def words(node: Node, leaf: Callable[[Aggregate], str] | None = None) -> str:
    """The formula as people read it; ``leaf`` says what stands for a set function (default: the function in words)."""
    match node:
        case Aggregate():
            return leaf(node) if leaf else _set(node)
        case Shown(of=of):
            return words(of, leaf)
        case Const():
            return constant(node)
        case Moment(name=name):
            return _MOMENTS[name]
        case Cell(label=label, outer=outer):
            return f"本行.{label.removeprefix('本行.')}" if outer else label
        case Member(of=of, values=values):
            return f"{words(of, leaf)} 属于({'、'.join(_named(str(value), of.type.codes) for value in values)})"
        case Func(name=name, args=args):
            return _function(name, args, leaf)
    raise AssertionError(node)


def _function(name: str, args: tuple[Node, ...], leaf: Callable[[Aggregate], str] | None) -> str:
    if name == "定基指数":
        rate = next(each for each in _below(args[0]) if isinstance(each, Cell))
        base = args[2].below[1]
        assert isinstance(base, Const)
        return f"定基指数({rate.label},{base.value}年)"
    if name == "本期":
        return f"本期.{words(args[0], leaf)}"
    if name == "名次":
        return f"{words(args[1], leaf)} + 1"
    if name == "not":
        return f"非 {_part(args[0], 3, leaf)}"
    if name == "-" and isinstance(args[0], Const) and args[0].value == 0:
        return f"-{_part(args[1], 7, leaf)}"
    if name == "按比例":
        return f"{_part(args[0], 6, leaf)} × {_part(args[1], 6, leaf)} ÷ {_part(args[2], 7, leaf)}"
    if name in _MARKS:
        own = _BINDS.get(name, 4)
        parts = [_part(arg, own + (place > 0 and name in "-/"), leaf) for place, arg in enumerate(args)]
        return f" {_MARKS[name]} ".join(parts)
    return f"{name}({','.join(words(arg, leaf) for arg in args)})"


def _below(node: Node) -> Iterator[Node]:
    """The nodes of a set function's value."""
    return node.value.walk() if isinstance(node, Aggregate) and node.value else iter(())


def _part(node: Node, least: int, leaf: Callable[[Aggregate], str] | None) -> str:
    """A part, in brackets where it binds less closely than what it stands in."""
    while isinstance(node, Shown):
        node = node.of
    binds = _BINDS.get(node.name, 4 if node.name in _MARKS else 9) if isinstance(node, Func) else 9
    text = words(node, leaf)
    return f"({text})" if binds < least else text


def _set(node: Aggregate) -> str:
    ledger = (
        f"{node.reach.value}{'的'.join((*node.years.names, *period_words(node.around)))}“{BY_ID[node.ledger].label}”"
    )
    what = f"{ledger}的行数" if node.value is None else f"{ledger}{words(node.value)}{_SETS[node.name]}"
    return what if node.where is None else f"{what}（只计 {words(node.where)}）"


def constant(node: Const) -> str:
    """A constant as written in words."""
    match node.value:
        case bool() as value:
            return "是" if value else "否"
        case Fraction() as value:
            return amount(value, node.type)
        case int() as value:
            return show_date(value)
        case str() as value:
            return _named(value, node.type.codes)
    raise AssertionError(node)


def _named(text: str, codes: str) -> str:
    found = code_list(codes).get(text) if codes else None
    return found.name if found else f"“{text}”"


def amount(value: Fraction, type: Type, places: int | None = None) -> str:
    """A number of base units in its own unit, thousands parted: 6,790.00 万元; without ``places`` as short as is exact."""
    shown = value / type.unit.factor
    decimals = _shortest(shown) if places is None else places
    unit = type.unit.name
    number = f"{decimal_of(shown, decimals):f}" if unit == "年" else f"{decimal_of(shown, decimals):,f}"
    return f"{number}{unit}" if unit == "%" else f"{number} {unit}".rstrip()


def _shortest(number: Fraction) -> int:
    return next((n for n in range(9) if decimal_of(number, n) == number), 4)


def shown(value: object, node: Node) -> str:
    """A value of a node as people read it, “空” for none."""
    match value:
        case None:
            return "空"
        case bool():
            return "是" if value else "否"
        case Fraction():
            return amount(value, node.type, places(node))
        case int() if node.type.kind is Kind.DATE:
            return show_date(value)
    return _named(str(value), node.type.codes).strip("“”")


def places(node: Node) -> int | None:
    """The decimals that a node's numbers are shown with: those of its field; None where it is made of several."""
    match node:
        case Const(value=Fraction() as value, type=type):
            return _shortest(value / type.unit.factor)
        case Cell(field=field) if isinstance(field.kind, Quantity):
            return field.kind.places
        case Shown(of=of) | Func(name="按比例", args=(of, *_)):
            return places(of)
        case Aggregate(name="计数" | "去重计数") | Func(name="名次"):
            return 0
        case Aggregate(value=Node() as value):
            return places(value)
        case Func(name=name) if name in _WHOLE:
            return 0
        case Func(name="按零" | "绝对值" | "若" | "本期" | "+" | "-", args=args):
            found = [place for arg in args if (place := places(arg)) is not None]
            return max(found, default=None)
    return None
