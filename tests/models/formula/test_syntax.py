"""What a formula's text means before any name is looked up: marks, words, quantities, and everything that is refused."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest

from models.formula.errors import FormulaError
from models.formula.syntax import (
    Amount,
    Binary,
    Call,
    Comparison,
    Logic,
    Name,
    Negation,
    Negative,
    Quoted,
    Several,
    parse,
)

A, B, C = Name(("a",)), Name(("b",)), Name(("c",))


def number(value, unit=""):
    return Amount(Fraction(value), unit)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a ≤ b", Comparison((A, B), ("<=",))),
        ("a ≥ b", Comparison((A, B), (">=",))),
        ("a ≠ b", Comparison((A, B), ("!=",))),
        ("a <> b", Comparison((A, B), ("!=",))),
        ("a != b", Comparison((A, B), ("!=",))),
        ("a = b", Comparison((A, B), ("=",))),
        ("a == b", Comparison((A, B), ("=",))),
        ("a＝b", Comparison((A, B), ("=",))),
        ("a＞b", Comparison((A, B), (">",))),
        ("a < b < c", Comparison((A, B, C), ("<", "<"))),
        ("a 在 b", Comparison((A, B), ("in",))),
        ("a 不在 (b，c)", Comparison((A, Several((B, C))), ("not in",))),
        ("a 在 (b、c)", Comparison((A, Several((B, C))), ("in",))),
        ("a 且 b 或 c", Logic("or", (Logic("and", (A, B)), C))),
        ("a and b or c", Logic("or", (Logic("and", (A, B)), C))),
        ("非 a 且 b", Logic("and", (Negation(A), B))),
        ("非 a = b", Negation(Comparison((A, B), ("=",)))),
        ("非（a 或 b）", Negation(Logic("or", (A, B)))),
        ("a+b*c", Binary("+", A, Binary("*", B, C))),
        ("（a＋b）×c", Binary("*", Binary("+", A, B), C)),
        ("a÷b－c", Binary("-", Binary("/", A, B), C)),
        ("a − b", Binary("-", A, B)),
        ("-a*b", Binary("*", Negative(A), B)),
        ("+a", A),
        ("12.50", number("12.5")),
        ("１２．５", number("12.5")),
        ("30亩", number(30, "亩")),
        ("5亿元+a", Binary("+", number(5, "亿元"), A)),
        ("60%", number(60, "%")),
        ("６０％", number(60, "%")),
        ("5‰", number(5, "‰")),
        ("400万元/亩", number(400, "万元/亩")),
        ("400万元/亩均.面积", Binary("/", number(400, "万元"), Name(("亩均", "面积")))),
        ("400万元/人(a)", Binary("/", number(400, "万元"), Call("人", (A,)))),
        ("10㎡", number(10, "㎡")),
        ("10m²", number(10, "m²")),
        ('a = "甲 乙"', Comparison((A, Quoted("甲 乙")), ("=",))),
        ("a = “甲”", Comparison((A, Quoted("甲")), ("=",))),
        ("a = '甲'", Comparison((A, Quoted("甲")), ("=",))),
        ("a = ‘甲’", Comparison((A, Quoted("甲")), ("=",))),
        ("【R&D经费支出】 > 0", Comparison((Name(("R&D经费支出",)), number(0)), (">",))),
        ("上年.【R＆D经费支出】", Name(("上年", "R&D经费支出"))),
        ("【营业收入（全口径）】", Name(("营业收入(全口径)",))),
        ("【且】", Name(("且",))),
        ("Ⅰ类企业", Name(("I类企业",))),
        ("企业．名称", Name(("企业", "名称"))),
        ("合计(a.b, c)", Call("合计", (Name(("a", "b")), C))),
        ("f()", Call("f", ())),
        ("a且b", Name(("a且b",))),
        ("在册原因 = 在线数", Comparison((Name(("在册原因",)), Name(("在线数",))), ("=",))),
    ],
)
def test_meaning(text, tree):
    assert parse(text) == tree


def test_places_are_those_of_the_text_as_written():
    tree = parse("（营业收入）≥ 30亩")
    assert isinstance(tree, Comparison)
    left, right = tree.parts
    assert (left.at, left.end) == (1, 5)
    assert (right.at, right.end) == (8, 11)


@pytest.mark.parametrize(
    ("text", "place", "fault"),
    [
        ("", 1, "公式是空的"),
        ("  　", 1, "公式是空的"),
        ("a b", 3, "“b”前面少了运算符"),
        ("a 3", 3, "“3”前面少了运算符"),
        ("(a)(b)", 4, "“(”前面少了运算符"),
        ('"x"(a)', 4, "“(”前面少了运算符"),
        ("a 非 b", 3, "“非”前面少了运算符"),
        ('f"{a}"', 2, '“"{a}"”前面少了运算符'),
        ("a + * b", 5, "“*”前面少了一个数或名称"),
        ("f(*a)", 3, "“*”前面少了一个数或名称"),
        ("f(,a)", 3, "“,”前面少了一个数或名称"),
        ("(a, )", 5, "“)”前面少了一个数或名称"),
        ("a 且", 4, "公式没有写完"),
        ("a +", 4, "公式没有写完"),
        ("(a", 1, "“(”没有配对的“)”"),
        ("f((a)", 2, "“(”没有配对的“)”"),
        ("a)", 2, "“)”没有配对的“(”"),
        ("()", 1, "这里读不懂"),
        ("a = 非 b", 5, "“非”这里读不懂"),
        ("a + 非 b", 5, "“非”这里读不懂"),
        ("【甲", 1, "“【”没有配对的“】”"),
        ("a.", 3, "这里少了一个名称"),
        ("【】", 3, "这里少了一个名称"),
        ('a = "甲', 5, "引号没有配对"),
        ("R&D > 1", 2, "公式里不能用“&”，名称里有它时整个名称写在【】里"),
        ("a % b", 3, "“%”只能紧跟在数字后面"),
        ("a ** b", 3, "公式里不能用“**”"),
        ("a // b", 3, "公式里不能用“//”"),
        ("9**9**9", 2, "公式里不能用“**”"),
        ("(a:=1)", 3, "公式里不能用“:”，名称里有它时整个名称写在【】里"),
        ("lambda x", 8, "“x”前面少了运算符"),
        ("[a]", 1, "公式里不能用“[”，名称里有它时整个名称写在【】里"),
        ("a\u200b>1", 2, "公式里不能用看不见的字符(U+200B)，名称里有它时整个名称写在【】里"),
        ("(1).__class__", 4, "公式里不能用“.”，名称里有它时整个名称写在【】里"),
        ("1e5", 2, "“e5”不是计量单位"),
        ("0x10", 2, "“x10”不是计量单位"),
        ("30苗", 3, "“苗”不是计量单位"),
        ("1.", 3, "小数点后面少了数字"),
        ("a > 1,000", 7, "数不能以 0 开头，也不写千分位的逗号：“000”"),
        ("a 在 (1，050, 2)", 8, "数不能以 0 开头，也不写千分位的逗号：“050”"),
        ("05", 1, "数不能以 0 开头，也不写千分位的逗号：“05”"),
        ("00.5", 1, "数不能以 0 开头，也不写千分位的逗号：“00.5”"),
        ("1..2", 3, "小数点后面少了数字"),
        ("1²", 2, "“²”不是计量单位"),
        ("a = ~b", 5, "公式里不能用“~”，名称里有它时整个名称写在【】里"),
        ("1" * 19, 1, "数太长，整数和小数最多各 18 位"),
        ("0." + "1" * 19, 1, "数太长，整数和小数最多各 18 位"),
        ("(" * 61 + "a" + ")" * 61, 61, "括号套得太深，最多 60 层"),
        ("+".join(["a"] * 200), 1, "公式套得太深"),
        ("-" * 3000 + "a", 1, "公式套得太深"),
        ("a" * 4001, 4001, "公式太长，最多 4000 个字"),
    ],
)
def test_faults(text, place, fault):
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert (caught.value.position + 1, caught.value.fault) == (place, fault)
    assert str(caught.value) == f"公式第 {place} 个字：{fault}"


@pytest.mark.parametrize(
    "text", ["(" * 60 + "a" + ")" * 60, "+".join(["a"] * 90), "1" * 18, "a" * 4000, "非 " * 90 + "a"]
)
def test_what_is_just_within_the_limits(text):
    assert parse(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000 + "a" + ")" * 10_000, "a" * 10_000_000, "非 " * 1900 + "a", "-(" * 59 + "-" * 2000 + "a" + ")" * 59],
)
def test_hostile_sizes_are_refused_at_once(text):
    begin = time.perf_counter()
    with pytest.raises(FormulaError):
        parse(text)
    assert time.perf_counter() - begin < 2
