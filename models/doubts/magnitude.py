"""The doubts about units: which figures are looked at for a slip, what is said of it, and the correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import log10

from models.doubts.doubt import Doubt, Fix, scaled
from models.doubts.economy import HEADS, PER_HEAD, Economy, Told, group_name, plain, quantity, show
from models.doubts.kinds import QUIET, SLIP, WINDOW
from models.doubts.slips import Looked, Slip, move, slip_beside_peers, slip_of
from models.kinds import decimal_of
from models.ledgers.economy import ECONOMY
from models.store.compared import Figures

LOOKED = Looked(
    steady=(
        "rev", "gov", "sales_val", "rev_main", "cost", "payroll", "assets", "fa_orig", "fa_net", "liab", "equity", "fai_cum",
        *HEADS,
    ),
    larger=(
        "export_deliv", "tax_sur", "exp_sell", "exp_adm", "exp_rd", "op_profit", "profit", "tax_income", "vat", "tax_paid",
        "tax_local", "depr", "va", "rd_exp", "rd_fee", "fai_year", "exp_usd", "imp_usd", "energy_tce", "elec_kwh", "water_t",
    ),
    amounts=tuple(each.id for each in ECONOMY.stored if each.unit == "万元"),
    heads=HEADS,
)  # fmt: skip


def slips(economy: Economy) -> Iterator[tuple[Doubt, Slip]]:
    """The doubts about units, with what slipped."""
    window, quiet = log10(economy.settings.number(WINDOW)), log10(economy.settings.number(QUIET))
    for ent, each in economy.now.items():
        before = economy.values(ent, 1)
        if not _any_far(each.values, before, 10 ** (1 - window)):
            continue  # nearly all rows
        usual, older = economy.above_peers(ent), economy.values(ent, 2)
        slip = slip_of(each.values, before, LOOKED, window=window, quiet=quiet, older=older, usual=usual)
        slip = slip or slip_beside_peers(each.values, usual, window, before)
        if slip is not None:
            yield _doubt(economy, each, before, slip), slip


def _any_far(now: Mapping[str, int], before: Mapping[str, int], times: float) -> bool:
    """Whether anything moved as far as a power of ten, or has no last year to say so; asked of every row, so without logarithms."""
    if any(name in now and name not in before for name in PER_HEAD):
        return True
    for name, value in now.items():
        size, was = abs(value), abs(before.get(name, 0))
        if (size >= times * was or was >= times * size) and size and was:
            return True
    return False


def _doubt(economy: Economy, of: Figures, before: Mapping[str, int], slip: Slip) -> Doubt:
    values = {name: of.values[name] for name in slip.fields}
    after, why = ({}, "") if slip.earlier else scaled(ECONOMY, values, slip.power)
    lines = tuple(
        (
            name,
            (
                _named(name),
                show(name, value),
                show(name, before.get(name)),
                _times(value, before.get(name)),
                show(name, after.get(name)),
            ),
        )
        for name, value in values.items()
    )
    heads = economy.period.label, economy.period.back().label, "倍数", "改后"
    fix = _fix(economy.firms[of.ent].name, values, after, slip.power) if after else None
    return economy.doubt(SLIP, of, Told(_words(economy, of, before, slip), slip.fields, heads, lines, fix, why))


def _fix(name: str, values: Mapping[str, int], after: Mapping[str, int], power: int) -> Fix:
    labels = [ECONOMY.by_id[each].label for each in after]
    what = labels[0] if len(labels) == 1 else f"{labels[0]}等 {len(labels)} 项"
    times = f"{10 ** abs(power):,}"
    word, sign = ("除以", "÷") if power > 0 else ("乘以", "×")
    return Fix(f"{word} {times}", f"更正量级：{what} {sign}{times} · {name}", values, after)


def _words(economy: Economy, of: Figures, before: Mapping[str, int], slip: Slip) -> str:
    first = slip.fields[0]
    field = ECONOMY.by_id[first]
    what = field.label + (f"等 {len(slip.fields)} 项" if len(slip.fields) > 1 else "")
    now = f"{show(first, of.values[first])} {field.unit}"
    power = 10 ** abs(slip.power)
    about = f"{power:,} 倍" if slip.power > 0 else f"{power:,} 分之一"
    peers = _beside_peers(economy, of, first)
    if slip.peers:
        return f"{what} {now}，上年没有数，人均约为同行业的 {about}{peers}"
    times = _times(of.values[first], before.get(first))
    actual = f"（{times} 倍）" if times else ""
    last = "去年" if economy.period.form == "Y" else "去年同期"
    words = f"{what} {last} {show(first, before.get(first))} {field.unit}，今年 {now}，约为 {about}{actual}{peers}"
    words += "；这一行的金额都这样" if slip.whole else ""
    return words + ("；看前年和同行，多半是去年的数差了量级，请到去年那一行核对" if slip.earlier else "")


def _beside_peers(economy: Economy, of: Figures, name: str) -> str:
    peers = economy.levels.get(name)
    told = peers.of(of.ent) if peers and of.ent in peers.values else None
    if peers is None or told is None:
        return ""
    own, middle = (plain(10**each / float(quantity(name).step)) for each in (peers.values[of.ent], told[1].middle))
    return f"；人均 {own}，{group_name(told[0])} {told[1].count} 家中位数 {middle}"


def _times(now: int, before: int | None) -> str:
    moved = move(now, before)
    if moved is None or not before:
        return ""
    return f"{decimal_of(Fraction(now, before), 4 if moved < 0 else 1):,f}"


def _named(name: str) -> str:
    field = ECONOMY.by_id[name]
    return f"{field.label}（{field.unit}）" if field.unit else field.label
