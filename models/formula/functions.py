"""The functions on values of one row, each with how it is written; docs/公式.md lists them all (a test keeps it so)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.formula import syntax
from models.formula.combine import Mismatch, common, comparable, date_const, together
from models.formula.errors import nearest
from models.formula.growth import annual_growth, fixed_base_index
from models.formula.styles import STYLES
from models.formula.tree import COUNT, FLAG, Cell, Const, Func, Kind, Node, Shown, Type

if TYPE_CHECKING:
    from models.formula.check import Checker

MANY = 1000


@dataclass(frozen=True, slots=True)
class Function:
    """``usage`` as the manual and the error message show it; ``least`` and ``most`` arguments; ``build`` makes the node."""

    usage: str
    least: int
    most: int
    build: Callable[[Checker, syntax.Call], Node]


def _names(checker: Checker, trees: tuple[syntax.Syntax, ...]) -> tuple[str, str]:
    return checker.source(trees[0]), checker.source(trees[1])


def _filled(checker: Checker, call: syntax.Call) -> Node:
    tests = tuple(Func(name="已填", args=(checker.check(arg),), type=FLAG) for arg in call.args)
    return tests[0] if len(tests) == 1 else Func(name="and", args=tests, type=FLAG)


def _as_typed(checker: Checker, call: syntax.Call) -> Node:
    """照录: something was typed that does not fit the field, or names no record that is there; it is kept as typed."""
    node = checker.check(call.args[0])
    while isinstance(node, Shown):
        node = node.of
    if not isinstance(node, Cell):
        checker.fail(call.args[0], f"“照录”要的是一个填报的项，{checker.source(call.args[0])}不是")
    return Func(name="照录", args=(node,), type=FLAG)


def _same_number(checker: Checker, call: syntax.Call) -> Node:
    """按零, 绝对值, 取整: a number of the same unit."""
    node = checker.number(call.args[0])
    return Func(name=call.name, args=(node,), type=node.type)


def _near(checker: Checker, call: syntax.Call) -> Node:
    """约等(a, b, t) is 绝对值(a - b) <= t."""
    a, b, most = map(checker.number, call.args)
    try:
        a, b = common(a, b, _names(checker, call.args), "比较")
        apart = Func(name="-", args=(a, b), type=Type(Kind.NUMBER, b.type.unit if a.type.bare else a.type.unit))
        size: Node = Func(name="绝对值", args=(apart,), type=apart.type)
        size, most = common(size, most, _names(checker, call.args[1:]), "比较")
    except Mismatch as found:
        checker.fail(call, found.fault)
    return Func(name="<=", args=(size, most), type=FLAG)


def _either(checker: Checker, call: syntax.Call) -> Node:
    test = checker.flag(call.args[0])
    a, b = map(checker.check, call.args[1:])
    try:
        a, b = comparable(a, b, _names(checker, call.args[1:]))
    except Mismatch as found:
        checker.fail(call.args[2], found.fault.replace("不能比较", "不能二选一"), found.near)
    return Func(name="若", args=(test, a, b), type=together(a.type, b.type))


def _one_of(checker: Checker, call: syntax.Call) -> Node:
    return checker.one_of(checker.check(call.args[0]), call.args[0], call.args[1:])


def _texts(checker: Checker, trees: tuple[syntax.Syntax, ...]) -> tuple[Const, ...]:
    nodes = tuple(checker.of(tree, Kind.TEXT, "这里要写引号里的文字") for tree in trees)
    for node in nodes:
        if not isinstance(node, Const) or not node.value:
            checker.fail(node, "这里要写引号里的文字")
    return tuple(node for node in nodes if isinstance(node, Const))


def _lists(checker: Checker, call: syntax.Call) -> Node:
    """列有(项, "文字", …): a text that lists several values, parted by 、, has one of these among them."""
    node = checker.of(call.args[0], Kind.TEXT, "“列有”要的是文字")
    return Func(name="列有", args=(node, *_texts(checker, call.args[1:])), type=FLAG)


def _begins(checker: Checker, call: syntax.Call) -> Node:
    """开头是(项, "文字", …); a code may also be asked against a field that lists beginnings, parted by 、"""
    node = checker.of(call.args[0], Kind.TEXT, "“开头是”要的是文字或代码")
    listed = checker.check(call.args[1]) if len(call.args) == 2 and node.type.codes else None
    if isinstance(listed, Cell) and listed.type.kind is Kind.TEXT and not listed.type.codes:
        return Func(name="开头是", args=(node, listed), type=FLAG)
    return Func(name="开头是", args=(node, *_texts(checker, call.args[1:])), type=FLAG)


def _matches(checker: Checker, call: syntax.Call) -> Node:
    node = checker.of(call.args[0], Kind.TEXT, "“符合”要的是文字")
    (style,) = _texts(checker, call.args[1:])
    if style.value not in STYLES:
        checker.fail(style, f"没有“{style.value}”这个样式", nearest(str(style.value), STYLES))
    return Func(name="符合", args=(node, style), type=FLAG)


def _length(checker: Checker, call: syntax.Call) -> Node:
    """长度, 行数: of a text."""
    return Func(name=call.name, args=(checker.of(call.args[0], Kind.TEXT, f"“{call.name}”要的是文字"),), type=COUNT)


def _dates(checker: Checker, call: syntax.Call) -> Node:
    """天数, 满年, 年, 月: a count from one or two dates."""
    nodes = []
    for arg in call.args:
        node = checker.check(arg)
        if isinstance(node, Const) and isinstance(node.value, str):
            node = _date(checker, node)
        if node.type.kind is not Kind.DATE:
            checker.fail(arg, f"“{call.name}”要的是日期，{checker.source(arg)}是{node.type.kind.value}")
        nodes.append(node)
    return Func(name=call.name, args=tuple(nodes), type=COUNT)


def _date(checker: Checker, node: Const) -> Const:
    try:
        return date_const(node)
    except Mismatch as found:
        checker.fail(node, found.fault)


def _exchanged(checker: Checker, call: syntax.Call) -> Node:
    """折算(原币额, 汇率, 1万美元): the amount times the rate, as money of the third argument."""
    amount, rate, target = map(checker.number, call.args)
    if [len(node.type.unit.powers) for node in (amount, rate, target)] != [1, 0, 1] or not isinstance(target, Const):
        checker.fail(call, f"“折算”要这样写：{FUNCTIONS['折算'].usage}")
    product = Func(name="*", args=(amount, rate), type=Type(Kind.NUMBER, amount.type.unit))
    return Shown(of=product, type=Type(Kind.NUMBER, target.type.unit))


def _portioned(checker: Checker, call: syntax.Call) -> Node:
    """按比例(项, 乘, 除): the field times one over the other of what measures the same, rounded to what the field is kept in."""
    amount, top, bottom = map(checker.number, call.args)
    if not isinstance(amount, Cell):
        checker.fail(call.args[0], f"“按比例”的第一项要是一个填报的数，{checker.source(call.args[0])}不是")
    try:
        top, bottom = common(top, bottom, _names(checker, call.args[1:]), "相除")
    except Mismatch as found:
        checker.fail(call, found.fault)
    return Func(name="按比例", args=(amount, top, bottom), type=Type(Kind.NUMBER, amount.type.unit))


FUNCTIONS: dict[str, Function] = {
    "已填": Function("已填(项, …)", 1, MANY, _filled),
    "照录": Function("照录(项)", 1, 1, _as_typed),
    "按零": Function("按零(数)", 1, 1, _same_number),
    "约等": Function("约等(数, 数, 容差)", 3, 3, _near),
    "绝对值": Function("绝对值(数)", 1, 1, _same_number),
    "取整": Function("取整(数)", 1, 1, _same_number),
    "若": Function("若(条件, 成立时的值, 不成立时的值)", 3, 3, _either),
    "属于": Function('属于(项, 值, …) 或 属于(项, 代码表("名称"))', 2, MANY, _one_of),
    "开头是": Function('开头是(项, "文字", …) 或 开头是(代码, 列着开头的项)', 2, MANY, _begins),
    "列有": Function('列有(项, "文字", …)', 2, MANY, _lists),
    "符合": Function('符合(项, "样式")', 2, 2, _matches),
    "长度": Function("长度(文字)", 1, 1, _length),
    "行数": Function("行数(文字)", 1, 1, _length),
    "天数": Function("天数(起, 止)", 2, 2, _dates),
    "满年": Function("满年(起, 止)", 2, 2, _dates),
    "年": Function("年(日期)", 1, 1, _dates),
    "月": Function("月(日期)", 1, 1, _dates),
    "折算": Function("折算(原币额, 汇率, 1万美元)", 3, 3, _exchanged),
    "按比例": Function("按比例(项, 乘数, 除数)", 3, 3, _portioned),
    "年均增长": Function("年均增长(现值, 基值, 年数)", 3, 3, annual_growth),
    "定基指数": Function("定基指数(增速, 基期)", 2, 2, fixed_base_index),
}
