"""What a cell of a return asks of an indicator: 上年(台资企业数), 增速(…), 政策目标(…), 基期(…) with a year the pack sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from models.formula.years import year_of
from models.indicators import Result
from models.kinds import decimal_of
from models.packs.pack import Pack
from models.targets import OWN, shown

DASH = "—"
PRIOR = "上年"
STANDING = ("位次", "上期位次", "位次变化", "灯", "进度差")  # answered by models/standings.py
WORDS = (PRIOR, "增减", "增速", "同比", "目标", "政策目标", "完成", *STANDING)
_ASKED = re.compile(r"^(\w+)\s*[(（](.+)[)）]$")
Answer = Decimal | int | str | None


@dataclass(frozen=True)
class Question:
    """``word`` as written, ``name`` the indicator's; ``year`` where the word is a parameter of the pack that is one, else 0."""

    word: str
    name: str
    year: int = 0


def question(pack: Pack, expression: str) -> Question | None:
    """What a cell asks; None when it asks nothing of an indicator."""
    found = _ASKED.match(expression.strip())
    if found is None:
        return None
    word, name = found[1], found[2].strip()
    if word in WORDS:
        return Question(word, name)
    year = year_of(pack.parameters.get(word, ""))
    return Question(word, name, year) if year else None


def answer(word: str, result: Result) -> Answer:
    """What is asked of this year's result, all but 上年 (which needs to know whether an empty one is a ratio)."""
    match word:
        case "增减":
            return result.difference
        case "增速":
            return DASH if (rate := result.growth) is None else rate
        case "同比":
            return DASH if (rate := result.growth) is None else in_words(rate)
        case "目标":
            return None if (aim := result.aim) is None else decimal_of(aim.low, result.indicator.places)
        case "政策目标":
            policy = next((goal for goal in result.goals if goal.level != OWN), None)
            return DASH if policy is None else shown(policy, result.indicator.places)
    return DASH if (reached := result.progress) is None else decimal_of(reached, 1)


def in_words(rate: Decimal) -> str:
    """A rate of growth as a sentence says it: 增长8.3%, 下降0.4%, 持平."""
    if not rate:
        return "持平"
    return f"{'增长' if rate > 0 else '下降'}{abs(rate):f}%"
