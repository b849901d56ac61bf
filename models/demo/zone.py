"""开发区, 开发区产业, 开发区年度 and 目标: what the 管委会 itself reports, added up from the firms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from models.codes import code_list
from models.demo.economy import Figures, usd
from models.demo.firms import REGION, Firm
from models.demo.names import phone
from models.demo.records import LAST, Record, record, step
from models.demo.sites import PLATFORM_CO
from models.demo.trades import LEADING
from models.ledgers.target import TARGET
from models.ledgers.zone import ZONE, ZONE_INDUSTRY
from models.ledgers.zone_year import ZONE_YEAR

CODE, NAME, SHORT = "360701", "赣州经济技术开发区", "赣州经开区"
_WAN = step("zone_year", "rev_all")
_ALL = {  # 经济数据 of all firms → 开发区年度
    "rev": "rev_all", "profit": "profit_all", "tax_paid": "tax_all", "export_deliv": "export_deliv", "fai_year": "fai",
    "emp_end": "emp_end",
}  # fmt: skip
_ABOVE = {  # of those that are 规上
    "rev": "rev_ind_up", "profit": "profit_ind_up", "va": "va_ind_up", "gov": "gov_ind_up", "energy_tce": "energy_tce",
}  # fmt: skip
_SUMS = (
    *_ALL.values(),
    *_ABOVE.values(),
    "va_hitech",
    "fai_ind",
    "fdi_prov",
    "fdi_mofcom",
    "export_usd",
    "trade_total_usd",
)
_SHARES = {  # what no firm reports, in ‰ of 营业收入
    "infra_inv": 12, "park_assets": 900, "sign_amt": 300, "paid_amt": 160, "dom_outprov": 110, "fund_scale": 20,
    "cost_cut": 3,
}  # fmt: skip
_GOALS = {  # indicator: the zone's target for each made-up hundred reached, unit, divisor of the stored sum
    "TW02": (125, "家", 1), "TW03": (95, "亿元", 10_000 * _WAN), "TW04": (110, "亿元", 10_000 * _WAN),
    "TW05": (110, "万美元", step("capital_in", "amt_usd")), "TW06": (130, "人", 1), "TW07": (90, "人", 1),
}  # fmt: skip


class Tally:
    """Sums over the firms as they truly are, in stored units: ``years`` by year and field of 开发区年度, ``reached`` by indicator."""

    def __init__(self) -> None:
        self.years: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self.reached: Counter[str] = Counter()

    def firm(self, firm: Firm, year: int, figures: Figures) -> None:
        """Count a firm's figures of a year."""
        sums = self.years[year]
        sums.update({total: figures[name] for name, total in _ALL.items()})
        sums.update(export_usd=figures["exp_usd"], trade_total_usd=figures["exp_usd"] + figures["imp_usd"])
        if firm.industrial:
            sums["fai_ind"] += figures["fai_year"]
        if firm.is_up(year):
            sums.update({total: figures[name] for name, total in _ABOVE.items()})
            if firm.trade.code in code_list("高技术制造业"):
                sums["va_hitech"] += figures["va"]
        if firm.taiwanese and year == LAST:
            self.reached["TW02"] += firm.scale != "停业"
            self.reached["TW03"] += figures["gov"]

    def capital(self, row: Record) -> None:
        """Count a 到资流水 row."""
        year, dollars = int(row["in_date"] or 0) // 10_000, int(row["amt_usd"] or 0)
        if row["in_prov"]:
            self.years[year]["fdi_prov"] += dollars
            self.reached.update(TW04=int(row["amt_cny"] or 0), TW05=dollars)
        if row["in_mofcom"]:
            self.years[year]["fdi_mofcom"] += dollars


def zone_record() -> Record:
    """The 开发区 row."""
    return record(
        ZONE,
        code=CODE,
        name=NAME,
        short_name=SHORT,
        level="国家级",
        ztype="国家级经开区",
        role="独立",
        coop_park="赣州",
        region_code=REGION,
        appr_org="国务院",
        appr_no="(演示文号)",
        appr_date="2010-03",
        appr_area="1000",
        mgmt_area="6800",
        core_area="420",
        admin_org=f"{NAME}管理委员会",
        platform_co=PLATFORM_CO[0],
        leader="演示主任",
        contact="演示联系人",
        tel=phone(0),
        dept="商务",
    )


def industries() -> Iterator[Record]:
    """The 开发区产业 rows."""
    for kind, name, prefixes in LEADING:
        yield record(ZONE_INDUSTRY, kind=kind, name=name, code_prefixes=prefixes, from_year="2019")


def zone_year(year: int, tally: Tally) -> Record:
    """The 开发区年度 row of a year; what firms do not report is made up in proportion to 营业收入."""
    sums, before = tally.years[year], tally.years.get(year - 1, Counter())
    revenue = sums["rev_all"]
    rate = round(usd(year) * 100)
    return {
        "year": year,
        **{name: sums[name] for name in _SUMS},
        **{name: revenue * part // 100_000 * 100 for name, part in _SHARES.items()},
        "export": sums["export_usd"] * rate // 100,
        "trade_total": sums["trade_total_usd"] * rate // 100,
        "emp_college": sums["emp_end"] * 32 // 100,
        "prev_rev_all": before["rev_all"] or revenue * 96 // 100,
        **_services(year),
    }


def _services(year: int) -> Record:
    return record(
        ZONE_YEAR,
        va_growth_const="7.2",
        ww_gen="320",
        ww_treated="320",
        ww_std=True,
        sw_gen="14",
        sw_used="13",
        keypol_n=6,
        keypol_online=6,
        circular_done="通过验收",
        safe_assess=True,
        safe_date=f"{year}-06-20",
        safe_platform=True,
        dual_ctrl=True,
        ref_appr=True,
        ref_hr=True,
        ref_fin=True,
        joint_meet_n=4,
        empower_n=86,
        one_stop=True,
        svc_n=186,
        svc_online_n=180,
        once_n=172,
        perm_n=120,
        perm_online_n=118,
        rank_prov=9,
        rank_total=103,
    )


def targets(tally: Tally) -> Iterator[Record]:
    """The zone's own 目标 of the last year, some reached and some not."""
    for indicator, (per_hundred, unit, divisor) in _GOALS.items():
        wanted = tally.reached[indicator] * per_hundred / 100 / divisor
        goal = max(round(wanted) if wanted >= 10 else round(wanted, 1), 1)
        yield record(
            TARGET,
            ind_id=indicator,
            level="开发区",
            target_min=goal,
            target_text=f"{goal}{unit}",
            doc_no="(演示)赣经开字〔2021〕0号",
            responsible="演示科室",
        ) | {"year": LAST}
