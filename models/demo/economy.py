"""经济数据 of a made-up firm, year after year: the sums and balances a statistician checks all hold.

Amounts are reckoned in stored units (元, 美元, persons), so every sum is exact; shares are drawn in ‰.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from models.demo.firms import Firm
from models.demo.records import Record, step

Figures = dict[str, int]
CNY_PER_USD = {  # rough, to look right
    2020: "6.9", 2021: "6.45", 2022: "6.73", 2023: "7.05", 2024: "7.12", 2025: "7.15",
}  # fmt: skip
_WAN = step("ent_period", "rev")
_PAY = 9 * _WAN  # 应付职工薪酬 of a head, about
_COST = {  # share of 营业收入 in ‰; of the small ones research is less
    "cost": (740, 830), "tax_sur": (4, 9), "exp_sell": (8, 25), "exp_adm": (22, 40), "exp_fin": (3, 11),
}  # fmt: skip
_OTHER = {  # gains and losses, signed as in the profit statement
    "loss_asset": (-3, 0), "loss_credit": (-3, 0), "inc_fv": (0, 0), "inc_inv": (0, 4), "inc_disp": (-1, 1),
    "inc_hedge": (0, 0), "inc_oth": (0, 8),
}  # fmt: skip


def usd(year: int) -> float:
    """元 for one US dollar."""
    return float(CNY_PER_USD[max(year, min(CNY_PER_USD))])


def economy(firm: Firm, chance: Random) -> Iterator[tuple[int, Figures]]:
    """(year, figures) of a firm from its first year on."""
    revenue, exports, energy = firm.revenue, chance.choice((0, 0, 150, 350)), chance.randint(60, 140)
    invested = _share(revenue, (400, 900), chance)
    for year in firm.years:
        if year > firm.since:
            revenue = _round(revenue * firm.growth[year - firm.since - 1] // 1000)
        spent = _share(revenue or 20_000 * _WAN, (20, 120), chance) if firm.scale != "停业" else 0
        invested += spent
        yield year, _year(firm, year, (revenue, spent, invested, exports, energy), chance)


def economy_row(id: bytes, year: int, figures: Figures) -> Record:
    """The 经济数据 row of a year."""
    return {"year": year, "form": "Y", "seq": 0, "ent": id, **figures}


def _year(firm: Firm, year: int, basis: tuple[int, int, int, int, int], chance: Random) -> Figures:
    revenue, spent, invested, exports, energy = basis
    heads = max(revenue // firm.per_head, 8 if revenue else 4)
    made = _made(firm, revenue, exports, chance)
    kept = _kept(firm, revenue, chance)
    owned = _owned(revenue, invested, chance)
    people = _people(firm, heads, kept["exp_rd"], chance)
    paid = _paid(kept, heads, revenue, chance)
    added = paid["depr"] + kept["tax_sur"] + paid["vat"] + paid["payroll"] + kept["op_profit"]
    trade = _round(int(made["export_deliv"] / usd(year)))
    return {
        **made, **kept, **paid, **owned, **people,
        "va": added - sum(kept[name] for name in _OTHER) if firm.industrial else 0,
        "fai_year": spent,
        "fai_cum": invested,
        **_used(made["gov"] or revenue // 5 or _WAN, energy, year),
        "exp_usd": trade,
        "imp_usd": _share(trade, (100, 400), chance),
    }  # fmt: skip


def _share(whole: int, least_most: tuple[int, int], chance: Random) -> int:
    """So many ‰ of an amount, to the hundred, which is what two decimals of 万元 show."""
    return _round(whole * chance.randint(*least_most) // 1000)


def _round(amount: int) -> int:
    return amount // 100 * 100


def _made(firm: Firm, revenue: int, exports: int, chance: Random) -> Figures:
    output = _share(revenue, (985, 1030), chance) if firm.industrial else 0
    sold = _share(output, (960, 995), chance)
    return {
        "gov": output,
        "sales_val": sold,
        "export_deliv": _round(sold * exports // 1000),
        "rev": revenue,
        "rev_main": _share(revenue, (955, 995), chance),
    }


def _kept(firm: Firm, revenue: int, chance: Random) -> Figures:
    """From 营业收入 to 利润总额."""
    costs = {name: _share(revenue, limits, chance) for name, limits in _COST.items()}
    costs["exp_rd"] = _share(revenue, (20, 45), chance) if firm.above_scale else 0
    other = {name: _share(revenue, limits, chance) for name, limits in _OTHER.items()}
    profit = revenue - sum(costs.values()) + sum(other.values())
    gain, loss = _share(revenue, (0, 4), chance), _share(revenue, (0, 3), chance)
    return {**costs, **other, "op_profit": profit, "nonop_in": gain, "nonop_out": loss, "profit": profit + gain - loss}


def _paid(kept: Figures, heads: int, revenue: int, chance: Random) -> Figures:
    """Taxes, pay and 本年折旧."""
    income, vat = _round(max(kept["profit"], 0) * 15 // 100), _share(revenue, (12, 28), chance)
    paid = income + vat + kept["tax_sur"]
    return {
        "tax_income": income,
        "vat": vat,
        "tax_paid": paid,
        "tax_paid_vat": vat,
        "tax_paid_inc": income,
        "tax_local": _share(paid, (400, 600), chance),
        "tax_cut": _share(revenue, (2, 8), chance),
        "payroll": _share(heads * _PAY, (800, 1200), chance),
        "depr": _share(revenue, (20, 45), chance),
    }


def _owned(revenue: int, invested: int, chance: Random) -> Figures:
    original = _round(invested * 9 // 10)
    net = _share(original, (550, 800), chance)
    assets = net + _share(revenue, (450, 800), chance) + 200 * _WAN
    debts = _share(assets, (350, 620), chance)
    return {"assets": assets, "fa_orig": original, "fa_net": net, "liab": debts, "equity": assets - debts}


def _people(firm: Firm, heads: int, research: int, chance: Random) -> Figures:
    scholars = heads * chance.randint(60, 140) // 1000 if research else 0
    return {
        "emp_end": heads,
        "emp_avg": heads * chance.randint(970, 1030) // 1000,
        "rd_exp": _share(research, (900, 1100), chance),
        "rd_fee": research,
        "rd_deduct": _share(research, (700, 900), chance),
        "rd_emp": scholars,
        "rd_act": int(research > 0),
        "pat_app": scholars // 6,
        "pat_inv": scholars // 9,
    }


def _used(basis: int, energy: int, year: int) -> Figures:
    """Energy, water and emissions: ``energy`` 千克标准煤 for each 万元 of output in the year 2025, one per cent more a year before."""
    used = basis * energy * (100 + 2025 - year)
    parts = {  # how many 万元 × ‰ × % make one shown unit
        "energy_tce": 100_000, "elec_kwh": 300_000, "water_t": 3_000, "pol_eq": 10**9, "cod": 2 * 10**9,
    }  # fmt: skip
    return {name: used * step("ent_period", name) // (part * _WAN) for name, part in parts.items()}
