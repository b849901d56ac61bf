"""The doubts about ratios that are far from those of the peers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import log10

from models.doubts.doubt import Doubt, Told
from models.doubts.economy import Economy, group_name, plain, quantity
from models.doubts.kinds import GAP, LINE, OUTLIER, TIMES
from models.doubts.outliers import Ratio, Spread
from models.doubts.slips import Slip
from models.kinds import Quantity
from models.ledgers.land import PARCEL_USE
from models.units import ratio as units_in
from models.units import unit

LAND = "land"  # the land that an enterprise occupies, in 亩
RATIOS = (
    Ratio("人均营业收入", "rev", "emp_end", "万元/人", log=True),
    Ratio("营收利润率", "profit", "rev", "%", factor=100),
    Ratio("税收占营业收入", "tax_paid", "rev", "%", factor=100, log=True),
    Ratio("人均薪酬", "payroll", "emp_avg", "万元/人", log=True),
    Ratio("资产负债率", "liab", "assets", "%", factor=100),
    Ratio("总资产周转率", "rev", "assets", "次", log=True),
    Ratio("亩均税收", "tax_paid", LAND, "万元/亩", log=True),
    Ratio("营业收入与上年比", "rev", "rev", "倍", log=True, prior=True),
)


def outliers(economy: Economy, besides: Mapping[bytes, Slip]) -> Iterator[Doubt]:
    """The doubts, one for each row; of rows ``besides`` the figures whose unit slipped are told already."""
    found: dict[bytes, list[tuple[Ratio, tuple[str, ...], str]]] = {}
    for ratio in RATIOS:
        for ent, cells, words in _far(economy, ratio):
            slip = besides.get(economy.now[ent].row)
            if slip is None or not {ratio.top, ratio.bottom} & set(slip.fields):
                found.setdefault(ent, []).append((ratio, cells, words))
    for ent, told in found.items():
        of = economy.now[ent]
        names = dict.fromkeys(name for ratio, *_ in told for name in (ratio.top, ratio.bottom) if name in of.values)
        lines = tuple((ratio.top, cells) for ratio, cells, _ in told)
        heads = "本企业", "同行中位数", "同行", "偏离分"
        message = "；".join(words for *_, words in told)
        yield economy.doubt(OUTLIER, of, Told(message, tuple(names), heads, lines))


def _far(economy: Economy, ratio: Ratio) -> Iterator[tuple[bytes, tuple[str, ...], str]]:
    """The enterprises whose ratio is far: what the scene shows of it, and the words."""
    number = economy.settings.number
    line, least = number(LINE), log10(number(TIMES)) if ratio.log else number(GAP)
    values = values_of(economy, ratio)
    compared = {ent: got for ent, value in values.items() if (got := ratio.scale(value)) is not None}
    for ent, (group, spread, score) in economy.peers(compared).far(line).items():
        if (
            abs(compared[ent] - spread.middle) >= least
        ):  # among peers as like as these, but nothing to ask anybody about
            yield ent, *_told(ratio, values[ent], (group, spread, score), line)


def _told(ratio: Ratio, value: float, beside: tuple[str, Spread, float], line: float) -> tuple[tuple[str, ...], str]:
    group, spread, score = beside
    own, middle = plain(value), plain(10**spread.middle if ratio.log else spread.middle)
    told = plain(score, 1)
    unit_ = "%" if ratio.unit == "%" else f" {ratio.unit}"
    cells = (f"{ratio.name}（{ratio.unit}）", own, middle, f"{spread.count} 家", told)
    peers = f"{group_name(group)} {spread.count} 家中位数 {middle}{unit_}"
    return cells, f"{ratio.name} {own}{unit_}，{peers}（偏离分 {told}，线 {line:g}）"


def values_of(economy: Economy, ratio: Ratio) -> dict[bytes, float]:
    """The ratio of each enterprise that has it, in its unit."""
    factor = float(_factor(ratio))
    found = {}
    for ent, each in economy.now.items():
        below = economy.values(ent, 1) if ratio.prior else each.values
        top, bottom = each.values.get(ratio.top), below.get(ratio.bottom)
        if ratio.bottom == LAND:
            bottom = economy.land.get(ent)
        if top is not None and bottom is not None and bottom > 0:
            found[ent] = top / bottom * factor
    return found


def _factor(ratio: Ratio) -> Fraction:
    """What a ratio of stored values is multiplied with to be in the ratio's unit."""
    return (
        (_land_step() if ratio.bottom == LAND else quantity(ratio.bottom).step)
        / quantity(ratio.top).step
        * ratio.factor
    )


def _land_step() -> Fraction:
    """How many stored parts of 占用土地面积 one 亩 is."""
    area = PARCEL_USE.by_id["area_m2"].kind
    assert isinstance(area, Quantity)
    return area.step * units_in(unit("亩"), area.measure)
