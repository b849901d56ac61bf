"""What a heading says besides the name: the period of its figures, and words that make it another thing altogether."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from importers.headers import JOINT, Column
from importers.labels import split_unit
from models.periods import Period
from models.text import fold
from models.units import find_unit

_YEAR = re.compile(
    r"(?P<before>.*?)\(?(?P<year>(?:19|20)\d\d)年?(?P<form>(?:上|下)半年|第?[一二三四1-4]季度|\d{1,2}月|[HQ]\d)?(?:度|全年|年报)?\)?(?P<after>.*)"
)
_LAST_YEAR = re.compile(r"\(?(?:上年同期数?|去年同期数?|上年度?|去年|上年末|年初数?)\)?(?:累计|实际|数)?")
_THIS_YEAR = re.compile(
    r"\(?(?:本年累计|本年度?|本期累计|本期末?|今年|当年|年初累计|期末数?|累计|自年初累计|1-本月累计?)\)?(?:累计|实际|数)?"
)
_MONTHS = re.compile(r"\(?1-(\d{1,2})月份?(?:累计)?\)?")
_PLAIN = {"金额", "数值", "数量", "数额", "合计", "总额", "小计", "数", "指标值", ""}
_BRACKETS = re.compile(r"\([^()]*\)")
_PREFIX = re.compile(r"^(?:其中[:,、]?|#|\*|[\dA-Z]{1,2}[.、]|\([\d一二三四五六七八九十]+\))")
_ALTERNATIVES = re.compile(r"[/、|]|或者?")
_CHANGES = re.compile(  # words that make a name another thing
    "增速|增长|增幅|增减|同比|环比|占比|比重|比例|率|人均|亩均|户均|平均|预计|计划|目标|拟|原|曾|其中|外|净|非|上年|去年|是否|新增|首次|变更|前|后|代表|联系"
    "|股东|母公司|上级|开户|项目|产品"
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A heading without its period: ``names`` to look for, best first, each with whether two levels were put together."""

    names: tuple[tuple[str, bool], ...]
    period: Period | None
    back: int | None
    named: bool


def spoken(column: Column, base: Period | None, *, dated: bool) -> Spoken:
    """What a column's heading says; ``base`` is the period the import is for, ``dated`` whether headings may name one."""
    whole = [fold(part) for part in column.path]
    path, period, back = _without_period(whole, base) if dated else (whole, None, 0)
    named, timeless = path != whole, path[-1:] == whole[-1:]
    path = [part for part in path if part] or path
    while len(path) > 1 and path[-1] in _PLAIN:
        path.pop()
    found = [*_candidates(path, levels=len(column.path))]
    if column.unit:  # the unit may be part of the name: 出口总额(美元) beside 出口总额
        measured = find_unit(column.unit)
        inside = f"({measured.powers[0][0]})" if measured and measured.powers else ""
        names = [unparted(column), written(column)[0]] if timeless else []
        found = [
            *((name, len(column.path) > 1) for name in names),
            *found,
            *((text + inside, joined) for text, joined in found),
        ]
    return Spoken(tuple(dict.fromkeys(found)), period, back, named)


def written(column: Column) -> tuple[str, str | None]:
    """The last part of a heading as it is written, its unit included but nothing before it, folded; and that unit."""
    name, unit = split_unit(column.raw.rpartition(JOINT)[2])
    bare = without_prefix(fold(name))
    return f"{bare}({unit})" if unit else bare, unit


def unparted(column: Column) -> str:
    """The last part of a heading folded, whatever of it may be a unit: 到资 over 原币 in one cell is 到资原币."""
    return without_prefix(fold(column.raw.rpartition(JOINT)[2]).lstrip("*"))


def without_prefix(text: str) -> str:
    """A folded name without what stands before it: 其中:3.出口额 is 出口额."""
    while (shorter := _PREFIX.sub("", text)) != text:
        text = shorter
    return text


def changed_meaning(one: str, other: str) -> bool:
    """Whether two texts that look alike mean different things: 人均营业收入 is not 营业收入.

    >>> changed_meaning("人均营业收入", "营业收入"), changed_meaning("注册资本金", "注册资本")
    (True, False)
    """
    return sorted(_CHANGES.findall(one)) != sorted(_CHANGES.findall(other))


def _without_period(path: Sequence[str], base: Period | None) -> tuple[list[str], Period | None, int | None]:
    """The parts without the words that name a period, that period, and how many years before the row's it is."""
    rest: list[str] = []
    period: Period | None = None
    back = 0
    for part in (_without_months(part, base) for part in path):
        if _THIS_YEAR.fullmatch(part):
            rest.append("")
        elif _LAST_YEAR.fullmatch(part):
            rest.append("")
            back = 1
        elif (found := _YEAR.fullmatch(part)) and (named := _named(found, base)):
            rest.append(found["before"] + found["after"])
            period = named
        else:
            rest.append(part)
    if period is not None:
        return rest, period.back(back), None
    return rest, base.back(back) if base else None, back


def period_of(text: str, base: Period | None) -> tuple[bool, Period | None]:
    """Whether a heading says nothing but whose period its figures are (本年实际, 上年同期, 2024年, 数值), and that period."""
    (rest,), period, _ = _without_period([fold(text)], base)
    return rest in _PLAIN, period


def _without_months(part: str, base: Period | None) -> str:
    """A part without the “1-9月” that says the same as the period of the import."""
    found = _MONTHS.search(part)
    return part.replace(found[0], "", 1) if found and base and int(found[1]) == base.end.month else part


def _named(found: re.Match[str], base: Period | None) -> Period | None:
    """The period of a heading that names a year; in an import for a quarter “2024年” means that quarter of 2024."""
    if not found["form"]:
        year = int(found["year"])
        return Period(year, base.form, base.seq) if base else Period(year)
    try:
        return Period.parse(
            f"{found['year']}年{found['form']}" if found["form"][0] not in "HQ" else found["year"] + found["form"]
        )
    except ValueError:
        return None


def _candidates(path: Sequence[str], levels: int) -> Iterator[tuple[str, bool]]:
    """Texts to look for: the heading's last part with and without its parent, prefix, brackets and alternatives."""
    joined = levels > 1
    leaf = path[-1] if path else ""
    above = path[-2] if len(path) > 1 else ""
    if above:
        yield above + leaf, True
    for text in dict.fromkeys((leaf, without_prefix(leaf))):
        yield text, joined
        bare = _bare(text)
        yield bare, joined
        for one in _ALTERNATIVES.split(bare) if not text.startswith("其中") else ():
            yield one, joined


def _bare(text: str) -> str:
    """A text without what stands in brackets, also in brackets inside brackets."""
    while (shorter := _BRACKETS.sub("", text)) != text:
        text = shorter
    return text
