"""What the indicators page says of a figure beside its targets: progress, light, gap, the pace needed every month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from models.change.told import difference, unit_of_change
from models.indicators import Result
from models.kinds import decimal_of
from models.pace import GREEN, PART, RED, YELLOW, Standing, need
from models.packs.pack import NO_YEAR, Indicator
from models.periods import Period
from models.targets import OWN, Goal, shown
from ui.table.cells import Cell

TONES = {GREEN: "good", YELLOW: "warning", RED: "error", "": "plain"}


def whole(share: Fraction) -> int:
    """Whole per cent, never rounded up to a target not reached."""
    return int(share) if share < 100 else round(share)


def light_cell(of: Standing | None) -> Cell:
    """How far the target is reached, with its light in colour and in a word; of a wider area's target the share."""
    if of is None or of.result.rounded is None:
        return Cell()
    tip = f"{of.goal.level} {of.goal.when}目标：{shown(of.goal, of.result.indicator.places)}"
    if of.state == PART:  # the share may be small: as the 首页 has it
        part = "—" if of.share is None else f"占 {decimal_of(of.share, 1):,f}%"
        return Cell(part, chip="plain", tip=f"{tip}，不是一个区的目标")
    text = of.state if of.share is None else f"{whole(of.share)}%"  # of a target of nothing no per cent can be said
    return Cell(f"{text} {of.light}".strip(), chip=TONES[of.light], tip=tip)


def changed(result: Result) -> str:
    """Growth over last year in per cent; of a percentage the difference in points; of what is as it was 持平."""
    if result.difference == 0:
        return "持平"
    if result.indicator.unit == "%":
        return "" if result.difference is None else f"{result.difference:+,f} 点"
    return "—" if result.growth is None else f"{result.growth:+,f}%"


def goal_of(goal: Goal, period: Period) -> str:
    """Whose target it is, with its year where that is another than the return's."""
    return goal.level if goal.year == period.year else f"{goal.level} {goal.year or NO_YEAR}"


def goals_told(result: Result, period: Period) -> str:
    """Every target on a line of its own with the words of its text, since texts differ."""
    places = result.indicator.places
    lines = []
    for goal in result.goals:
        quoted = f"　“{goal.words}”" if goal.words and goal.level != OWN else ""
        lines.append(f"{goal_of(goal, period)} {shown(goal, places)}{quoted}")
    return "\n".join(lines)


def mean_told(of: Indicator, apart: Mapping[str, Fraction | None], names: Mapping[str, str]) -> str:
    """What stands for the formula with numbers where a figure is the mean of the zones: （甲 75.00 + 乙 50.00）÷ 2 = 62.50 %."""
    known = {zone: value for zone, value in apart.items() if value is not None}
    terms = " + ".join(f"{names.get(zone, zone)} {decimal_of(value, of.places):,f}" for zone, value in known.items())
    mean = decimal_of(sum(known.values(), Fraction(0)) / len(known), of.places) if known else None
    told = (
        "各开发区都没有数"
        if mean is None
        else f"各开发区的平均：（{terms}）÷ {len(known)} = {mean:,f} {of.unit}".rstrip()
    )
    without = "、".join(names.get(zone, zone) for zone in apart if zone not in known)
    return f"{told}；没有数、不算在内：{without}" if without and known else told


def prior_told(result: Result) -> str:
    """Last year's figure and where it is from."""
    if result.rounded_prior is None:
        return ""
    return f"{result.rounded_prior:,f} {result.indicator.unit}（取自{result.prior_source}）"


def change_told(result: Result) -> str:
    """The change, absolute and in per cent; of a percentage in 百分点."""
    return difference(result)


def progress_told(of: Standing | None) -> str:
    """完成 80%，时间进度 89.3%，慢 9.3 个百分点：黄灯."""
    if of is None or of.result.rounded is None:
        return ""
    if of.share is None:
        return f"目标是 0，不按比例算：{of.light}灯" if of.light else ""
    done = f"{decimal_of(of.share, 1):,f}%"
    if of.state == PART:
        return f"占{of.goal.level}目标的 {done}（不是一个区的目标，不亮灯）"
    told = f"完成 {done}"
    if of.ahead is not None and of.elapsed is not None:
        ahead = decimal_of(of.share, 1) - decimal_of(of.elapsed, 1)  # of the figures as they are shown
        pace = f"{'快' if ahead > 0 else '慢'} {abs(ahead)} 个百分点" if ahead else "正好"
        told += f"，时间进度 {decimal_of(of.elapsed, 1)}%，{pace}"
    if of.light:
        return f"{told}：{of.light}灯"
    return f"{told}（{'目标没有写年度' if of.goal.year is None else f'{of.goal.year} 年的目标，还没有到期'}）"


def gap_told(of: Standing | None) -> tuple[str, str]:
    """The chip: reached or how much is wanting, with its tone."""
    if of is None or of.missing is None:
        return "", "plain"
    if of.goal.reached(Fraction(of.result.rounded or 0)):
        return f"{of.goal.level}目标已达到", "good"
    over, tone = of.goal.compare in ("≤", "<"), TONES[of.light]
    if not of.missing:  # as much as the target is there, and only more, or less, would do
        least = decimal_of(of.goal.low, of.result.indicator.places)
        return f"{'低于' if over else '超过'} {least:,f} 才算达到{of.goal.level}目标", tone
    words = f"超{of.goal.level}目标" if over else f"离{of.goal.level}目标差"
    return f"{words} {of.missing:,f}", tone


def need_told(of: Standing | None, period: Period, today: date) -> str:
    """每月还要 0.27 亿元（还有 2 个月，到 2025 年 12 月底）; of a period that is over 2025 年 4 月起每月要 …（9 个月，到 …）."""
    wanted = need(of, period, today) if of is not None else None
    if of is None or wanted is None:
        return ""
    each = of.result.indicator
    places = each.places or 1  # 0.5 家 a month is one every two months
    amount = f"{wanted.at(places):,f} {unit_of_change(each.unit)}"
    until = f"{wanted.months} 个月，到 {of.goal.year} 年 12 月底"
    if period.end < today:
        return f"{wanted.first.year} 年 {wanted.first.month} 月起每月要 {amount}（{until}）"
    return f"每月还要 {amount}（还有 {until}）"
