"""What is said of a slip of the unit, whatever the ledger: the words, the figures beside last year's, the correction."""

from __future__ import annotations

from fractions import Fraction

from models.doubts.doubt import Fix, Told, Values, scaled, show
from models.doubts.slips import Slip, move
from models.kinds import decimal_of
from models.ledger import Ledger
from models.periods import Period


def told(
    ledger: Ledger,
    period: Period,
    of: tuple[str, Values, Values],
    slip: Slip,
    *,
    beside: str = "",
    others: str = "前年",
) -> Told:
    """``of`` is whose row it is, its values and last year's; ``beside`` what is said of peers, ``others`` what says that it is last
    year's figure that is off.
    """
    name, now, before = of
    values = {each: now[each] for each in slip.fields}
    after, why = ({}, "") if slip.earlier else scaled(ledger, values, slip.power)
    lines = tuple(
        (each, (_named(ledger, each), *(show(ledger, each, one) for one in (value, before.get(each))),
                _times(value, before.get(each)), show(ledger, each, after.get(each))))
        for each, value in values.items()
    )  # fmt: skip
    heads = period.label, period.back().label, "倍数", "改后"
    fix = _fix(ledger, name, values, after, slip.power) if after else None
    message = _words(ledger, period, now, before, slip) + beside + "；这一行的金额都这样" * slip.whole
    message += f"；看{others}，多半是去年的数差了量级，请到去年那一行核对" * slip.earlier
    return Told(message, slip.fields, heads, lines, fix, why)


def _fix(ledger: Ledger, name: str, values: Values, after: Values, power: int) -> Fix:
    labels = [ledger.by_id[each].label for each in after]
    what = labels[0] if len(labels) == 1 else f"{labels[0]}等 {len(labels)} 项"
    times = f"{10 ** abs(power):,}"
    word, sign = ("除以", "÷") if power > 0 else ("乘以", "×")
    return Fix(f"{word} {times}", f"更正量级：{what} {sign}{times} · {name}", values, after)


def _words(ledger: Ledger, period: Period, now: Values, before: Values, slip: Slip) -> str:
    first = slip.fields[0]
    field = ledger.by_id[first]
    what = field.label + (f"等 {len(slip.fields)} 项" if len(slip.fields) > 1 else "")
    said = f"{show(ledger, first, now[first])} {field.unit}"
    power = 10 ** abs(slip.power)
    about = f"{power:,} 倍" if slip.power > 0 else f"{power:,} 分之一"
    if slip.peers:
        return f"{what} {said}，上年没有数，人均约为同行业的 {about}"
    times = _times(now[first], before.get(first))
    actual = f"（{times} 倍）" if times else ""
    last = "去年" if period.form == "Y" else "去年同期"
    return f"{what} {last} {show(ledger, first, before.get(first))} {field.unit}，今年 {said}，约为 {about}{actual}"


def _times(now: int, before: int | None) -> str:
    moved = move(now, before)
    if moved is None or not before:
        return ""
    return f"{decimal_of(Fraction(now, before), 4 if moved < 0 else 1):,f}"


def _named(ledger: Ledger, name: str) -> str:
    field = ledger.by_id[name]
    return f"{field.label}（{field.unit}）" if field.unit else field.label
