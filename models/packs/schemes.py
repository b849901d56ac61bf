"""The scoring schemes of a pack (its tables 评分 and 评分项): who takes part, what counts how much, where the classes end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from models.packs.pack import Pack
from models.packs.tables import Entry

SCORED, LEFT_OUT, VETO = KINDS = ("得分", "不评", "否决")
AVERAGE, ZERO = MISSING = ("平均", "零分")
NEAREST, UP, DOWN = ROUNDINGS = ("四舍五入", "进一", "舍去")
UPWARD, DOWNWARD = DIRECTIONS = ("↑", "↓")
_GRADE = re.compile(r"(\S+?)\s*(?:(≥)\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*%)")


@dataclass(frozen=True)
class Grade:
    """A class: the ``share`` (per cent) of those taking part that is in it, or the ``least`` score it asks for."""

    name: str
    share: Fraction | None = None
    least: Fraction | None = None


@dataclass(frozen=True)
class Item:
    """One line of a scheme. Of a score: the value ``formula`` ÷ ``divisor`` ("" for none) over ``base``, times ``weight`` (None: not
    published); ``cap`` bounds the ratio. Of 不评 and 否决: the condition, and ``name`` is the reason told.
    """

    kind: str
    name: str
    formula: str
    divisor: str
    unit: str
    places: int
    weight: Fraction | None
    base: str
    direction: str
    cap: Fraction | None
    missing: str
    note: str
    clause: str
    entry: Entry


@dataclass(frozen=True)
class Scheme:
    """One scheme on the rows of ``ledger`` for which ``takes`` holds."""

    id: str
    name: str
    ledger: str
    takes: str
    grades: tuple[Grade, ...]
    rounding: str
    note: str
    clause: str
    items: tuple[Item, ...]
    entry: Entry

    def of(self, kind: str) -> tuple[Item, ...]:
        """The lines of a kind."""
        return tuple(each for each in self.items if each.kind == kind)

    @property
    def complete(self) -> bool:
        """Whether every weight is known; else figures are shown and nobody is scored."""
        return all(each.weight is not None for each in self.of(SCORED))


def schemes(pack: Pack) -> tuple[Scheme, ...]:
    """In the order of the table. Raises ValueError where a class or a number cannot be read (``pack check`` says where)."""
    items: dict[str, list[Item]] = {}
    for entry in pack.entries("评分项"):
        items.setdefault(entry["方案"], []).append(_item(entry))
    return tuple(
        Scheme(
            e["编号"], e["名称"], e["台账"], e["参评"], grades_of(e["分档"]), e["取整"] or NEAREST, e["说明"], e["条款"],
            tuple(items.get(e["编号"], ())), e,
        )
        for e in pack.entries("评分")
    )  # fmt: skip


def _item(entry: Entry) -> Item:
    places = int(Fraction(entry["小数"] or 2))
    return Item(
        entry["类别"], entry["名称"], entry["公式"], entry["除以"], entry["单位"], places, _number(entry["权重"]),
        entry["基准"], entry["方向"] or UPWARD, _number(entry["封顶"]), entry["缺项"] or ZERO, entry["说明"], entry["条款"], entry,
    )  # fmt: skip


def _number(text: str) -> Fraction | None:
    return Fraction(text) if text else None


def grades_of(text: str) -> tuple[Grade, ...]:
    """“A 25%、B 45%、C 25%、D 5%” (shares, together 100) or “优秀 ≥90、良好 ≥80、合格 ≥0”. ValueError with a Chinese sentence."""
    found = []
    for part in filter(None, (part.strip() for part in text.split("、"))):
        match = _GRADE.fullmatch(part)
        if match is None:
            raise ValueError(f"“{part}”不是分档，请写成 A 25% 或 优秀 ≥90，几档之间用顿号")
        name, least, share = match[1], match[3], match[4]
        found.append(Grade(name, Fraction(share) if share else None, Fraction(least) if least else None))
    shares = [each.share for each in found if each.share is not None]
    if shares and (len(shares) < len(found) or sum(shares) != 100):
        raise ValueError(f"各档比例加起来是 {float(sum(shares)):g}%，应为 100%")
    least = [each.least for each in found if each.least is not None]
    if any(one <= other for one, other in pairwise(least)):
        raise ValueError("各档的分数线要从高到低写，如 优秀 ≥90、良好 ≥80、合格 ≥0")
    return tuple(found)
