"""经济数据 of a made-up firm, year after year: the sums and balances a statistician checks all hold.

Amounts are reckoned in stored units (元, 美元, persons), so every sum is exact; shares are drawn in ‰.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from models.demo.firms import Firm
from models.demo.records import LAST, Record, step

Figures = dict[str, int]
CNY_PER_USD = {  # rough, to look right
    2020: "6.9", 2021: "6.45", 2022: "6.73", 2023: "7.05", 2024: "7.12", 2025: "7.15",
}  # fmt: skip
_WAN = step("ent_period", "rev")
_PAY = 9 * _WAN  # 应付职工薪酬 of a head, about
_COST = {  # share of 营业收入 in ‰; of the small ones research is less
    "cost": (770, 840), "tax_sur": (4, 9), "exp_sell": (8, 25), "exp_adm": (22, 40), "exp_fin": (3, 11),
}  # fmt: skip
_OTHER = {  # gains and losses, signed as in the profit statement
    "loss_asset": (-3, 0), "loss_credit": (-3, 0), "inc_fv": (0, 0), "inc_inv": (0, 4), "inc_disp": (-1, 1),
    "inc_hedge": (0, 0), "inc_oth": (0, 8),
}  # fmt: skip


def usd(year: int) -> float:
    """元 for one US dollar."""
    return float(CNY_PER_USD[max(year, min(CNY_PER_USD))])


def _rising(amount: int, year: int) -> int:
    """Three hundredths more of an amount every year since 2020: what is invested grows faster than what is sold."""
    return amount * (100 + 3 * max(year - LAST + 5, 0)) // 100


class _Ways:
    """A firm's ways: the shares it has of its 营业收入, which change little from year to year."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.shares: dict[str, int] = {}

    def part(self, name: str, whole: int, least_most: tuple[int, int]) -> int:
        """So many ‰ of an amount, as every year but for a few thousandths."""
        usual = self.shares.setdefault(name, self.chance.randint(*least_most))
        return _round(whole * usual * self.chance.randint(997, 1003) // 1_000_000)


def economy(firm: Firm, chance: Random) -> Iterator[tuple[int, Figures]]:
    """(year, figures) of a firm from the first year it is listed on."""
    ways, exports = _Ways(chance), chance.choice((0, 0, 150, 350))
    energy = chance.randint(70, 130) if firm.industrial else chance.randint(10, 25)
    building = firm.listed < firm.since
    revenue = burnt = 0
    invested = 0 if building else _share(firm.revenue, (700, 1000), chance)
    for year in firm.years:
        before = revenue
        if year >= firm.since:
            revenue = (
                firm.revenue if year == firm.since else _round(revenue * firm.growth[year - firm.since - 1] // 1000)
            )
            revenue += 100 * (
                revenue > 0 and revenue % (1000 * _WAN) == 0
            )  # no round sum, which would look like a guess
        spent = _spent(firm, year, revenue, ways, chance)
        invested += spent
        # what it burns grows by seven tenths of what its output does, less a hundredth a year; a new one burns a quarter less
        burnt = (
            burnt * (1000 + (revenue - before) * 700 // before) // 1000 * 99 // 100
            if before
            else revenue * (75 if building else 100) // 100
        )
        yield year, _year(firm, year, (revenue, spent, invested, exports, burnt * energy), ways, chance)


def _spent(firm: Firm, year: int, revenue: int, ways: _Ways, chance: Random) -> int:
    """本年固定资产投资."""
    if firm.scale == "停业":
        return 0
    if year < firm.since:
        return _share(firm.revenue, (500, 800), chance)
    return (
        ways.part("fai_year", _rising(revenue, year), (50, 100))
        if revenue
        else _share(20_000 * _WAN, (20, 120), chance)
    )


def economy_row(id: bytes, year: int, figures: Figures) -> Record:
    """The 经济数据 row of a year."""
    return {"year": year, "form": "Y", "seq": 0, "ent": id, **figures}


def _year(firm: Firm, year: int, basis: tuple[int, int, int, int, int], ways: _Ways, chance: Random) -> Figures:
    revenue, spent, invested, exports, burnt = basis
    heads = max(revenue // firm.per_head, 3 if revenue else 4)
    made = _made(firm, revenue, exports, chance)
    wages = ways.part("payroll", heads * _PAY, (820, 1180))
    kept = _kept(firm, year, (revenue, wages), ways, chance)
    owned = _owned(revenue, invested, chance)
    people = _people(heads, kept["exp_rd"], chance)
    paid = _paid(kept, revenue, ways) | {"payroll": wages}
    added = paid["depr"] + kept["tax_sur"] + paid["vat"] + paid["payroll"] + kept["op_profit"]
    trade = _round(int(made["export_deliv"] / usd(year)))
    return {
        **made, **kept, **paid, **owned, **people,
        "va": added - sum(kept[name] for name in _OTHER),
        "fai_year": spent,
        "fai_cum": invested,
        **_used(burnt),
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


def _kept(firm: Firm, year: int, basis: tuple[int, int], ways: _Ways, chance: Random) -> Figures:
    """From 营业收入 to 利润总额: who sells nothing loses the wages; of sixteen larger firms one does no research, one only since
    the last year."""
    revenue, wages = basis
    costs = {name: ways.part(name, revenue, limits) for name, limits in _COST.items()}
    costs["exp_adm"] = costs["exp_adm"] or wages
    idle = firm.number % 16 == 4 or (firm.number % 16 == 12 and year < LAST)
    costs["exp_rd"] = ways.part("exp_rd", revenue, (20, 45)) if firm.above_scale and not idle else 0
    other = {name: _share(revenue, limits, chance) for name, limits in _OTHER.items()}
    profit = revenue - sum(costs.values()) + sum(other.values())
    gain, loss = _share(revenue, (0, 4), chance), _share(revenue, (0, 3), chance)
    return {**costs, **other, "op_profit": profit, "nonop_in": gain, "nonop_out": loss, "profit": profit + gain - loss}


def _paid(kept: Figures, revenue: int, ways: _Ways) -> Figures:
    """Taxes and 本年折旧."""
    income, vat = _round(max(kept["profit"], 0) * 15 // 100), ways.part("vat", revenue, (20, 36))
    paid = income + vat + kept["tax_sur"]
    return {
        "tax_income": income,
        "vat": vat,
        "tax_paid": paid,
        "tax_paid_vat": vat,
        "tax_paid_inc": income,
        "tax_local": ways.part("tax_local", paid, (400, 600)),
        "tax_cut": ways.part("tax_cut", revenue, (2, 8)),
        "depr": ways.part("depr", revenue, (20, 45)),
    }


def _owned(revenue: int, invested: int, chance: Random) -> Figures:
    original = _round(invested * 9 // 10)
    net = _share(original, (550, 800), chance)
    assets = net + _share(revenue, (450, 800), chance) + 200 * _WAN
    debts = _share(assets, (350, 620), chance)
    return {"assets": assets, "fa_orig": original, "fa_net": net, "liab": debts, "equity": assets - debts}


def _people(heads: int, research: int, chance: Random) -> Figures:
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


def _used(burnt: int) -> Figures:
    """Energy, water and emissions of a firm that burns so many 元 × 千克标准煤 for each 万元."""
    parts = {  # how many 万元 × ‰ make one shown unit
        "energy_tce": 1_000, "elec_kwh": 3_000, "water_t": 30, "pol_eq": 10**7, "cod": 2 * 10**7,
    }  # fmt: skip
    burnt = max(burnt, _WAN * 1_000)  # the lamps of those who make nothing yet
    return {name: burnt * step("ent_period", name) // (part * _WAN) for name, part in parts.items()}
