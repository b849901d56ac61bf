"""开发区产业, 称号, 试点, 文件, 开发区年度 and 目标: what the 管委会 itself reports, added up from the firms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from models.codes import code_list
from models.demo.economy import Figures, usd
from models.demo.firms import Firm
from models.demo.records import LAST, Record, record, step
from models.demo.trades import LEADING
from models.ledgers.target import TARGET
from models.ledgers.zone import ZONE_DOC, ZONE_INDUSTRY, ZONE_PILOT, ZONE_TITLE
from models.ledgers.zone_year import ZONE_YEAR

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
    "cost_cut": 3, "bond_new": 18, "bond_bal": 70, "reloan_amt": 9,
}  # fmt: skip
_PRICES = {2021: 998, 2022: 1001, 2023: 994, 2024: 992, 2025: 995}  # of industry's goods, ‰ of the year before; rough
_GOALS = {  # indicator: the zone's target for each made-up hundred reached, unit, divisor of the stored sum
    "TW02": (125, "家", 1), "TW03": (95, "亿元", 10_000 * _WAN), "TW04": (110, "亿元", 10_000 * _WAN),
    "TW05": (110, "万美元", step("capital_in", "amt_usd")), "TW06": (130, "人", 1), "TW07": (90, "人", 1),
}  # fmt: skip
_AIMS = {  # the zone's targets that go by no figure of its own
    "JX02": (8, "个"), "JX03": (1, "个"), "JX05": (1, "万㎡"), "JX06": (400, "万元/亩"), "JX07": (400, "万元/亩"),
    "JX08": (20, "万元/亩"), "JX09": (10, "%"), "JX10": (10, "%"), "JX13": (12, "%"), "JX14": (100, "%"),
    "JX27": (2, "个"), "JX28": (100, "%"), "JX30": (60, "%"), "JX34": (80, "%"),
}  # fmt: skip
_TITLES = (  # 称号, 级别, since, until
    ("绿色园区", "省", "2021-11-18", None), ("绿色园区", "国家", "2023-12-06", None),
    ("两化融合示范园区", "省", "2022-09-15", "2025-09-14"), ("数字化转型标杆园区", "省", "2024-10-21", None),
    ("外贸转型升级基地", "国家", "2020-03-12", None), ("两岸青创基地", "省", "2020-11-06", None),
)  # fmt: skip
_PILOTS = (
    ("“标准地+承诺制”供地改革试点(演示)", "单项", "2020-05-11", "2020-07-20"),
    ("审批、人事薪酬、投融资综合改革试点(演示)", "综合", "2021-03-08", "2021-06-30"),
)
_PAPERS = (
    ("产业园发展规划", "海峡两岸产业合作区产业园发展规划(演示)", "2021-04-16"),
    ("实施方案", "开发区改革和创新发展三年倍增实施方案(演示)", "2020-05-26"),
    ("权责清单", "行政权力和责任清单(演示)", "2022-03-01"),
    ("政务服务事项目录和实施清单", "政务服务事项目录和实施清单(演示)", "2022-06-10"),
    ("区域评估成果应用指南", "区域评估成果应用指南(演示)", "2022-08-30"),
)


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

    def include(self, other: Tally) -> None:
        """Count what a sub-park counted: the 开发区年度 of a main park is of all its parks."""
        for year, sums in other.years.items():
            self.years[year].update(sums)
        self.reached.update(other.reached)


def industries() -> Iterator[Record]:
    """The 开发区产业 rows."""
    for kind, name, prefixes in LEADING:
        yield record(ZONE_INDUSTRY, kind=kind, name=name, code_prefixes=prefixes, from_year="2019")


def titles() -> Iterator[Record]:
    """The 开发区称号 rows: one of them has run out."""
    for title, level, since, until in _TITLES:
        yield record(ZONE_TITLE, title=title, level=level, appr_date=since, expire=until)


def pilots() -> Iterator[Record]:
    """The 试点示范 rows."""
    for name, kind, fixed, planned in _PILOTS:
        yield record(ZONE_PILOT, name=name, kind=kind, fix_date=fixed, plan_date=planned)


def papers() -> Iterator[Record]:
    """The 开发区文件 rows."""
    for number, (kind, title, day) in enumerate(_PAPERS, 1):
        yield record(ZONE_DOC, kind=kind, title=title, doc_no=f"(演示)赣经开字〔{day[:4]}〕0-{number}号", doc_date=day)


def zone_year(year: int, tally: Tally, *, sub: bool = False) -> Record:
    """The 开发区年度 row of a year; what firms do not report is made up in proportion to 营业收入, or less in a ``sub``-park."""
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
        "va_growth_const": _growth(sums["va_ind_up"], before["va_ind_up"], _PRICES.get(year, 1000)),
        **_services(year - LAST + 5, 5 if sub else 1),
    }


def _growth(now: int, before: int, prices: int) -> int | None:
    """规上工业增加值可比价增速: the growth of 增加值 without that of prices, cut off after one place; 7.5 where no year is before."""
    grown = Fraction(now * 1000, before * prices) - 1 if before else Fraction(75, 1000)
    return int(grown * 100 * step("zone_year", "va_growth_const"))


def _services(turn: int, part: int) -> Record:
    """What is told of a year in numbers; ``turn`` is 5 in the last year, 4 in the one before."""
    turn = max(turn, 0)
    waste = (220 + 20 * turn) // part
    return record(
        ZONE_YEAR,
        ww_gen=waste,
        ww_treated=waste - max(4 - 2 * turn, 0),
        note="二期污水管网当年年底才接通，少量污水外运处理" if turn < 2 else None,
        ww_std=True,
        sw_gen=f"{9 + turn}",
        sw_used=f"{8 + turn}",
        keypol_n=6,
        keypol_online=min(4 + turn, 6),
        circular_done="通过验收" if turn > 2 else "实施中",
        safe_assess=turn > 1,
        safe_date=f"{LAST - 5 + turn}-06-20" if turn > 1 else None,
        safe_platform=turn > 1,
        tariff_ins_all=12,
        tariff_ins_n=min(7 + turn, 12),
        dual_ctrl=True,
        ref_appr=turn > 0,
        ref_hr=turn > 1,
        ref_fin=turn > 2,
        joint_meet_n=4,
        empower_n=66 + 4 * turn,
        one_stop=turn > 0,
        svc_n=186,
        svc_online_n=165 + 3 * turn,
        once_n=157 + 3 * turn,
        perm_n=120,
        perm_online_n=108 + 2 * turn,
        reloan_n=12 + 3 * turn,
        rank_prov=14 - turn,
        rank_total=103,
        rank_nat=168 - 6 * turn,
        digital_grade=f"{1 + turn // 2}级",
    )


def targets(tally: Tally) -> Iterator[Record]:
    """The zone's own 目标 of the last year, some reached and some not."""
    for indicator, (per_hundred, unit, divisor) in _GOALS.items():
        wanted = tally.reached[indicator] * per_hundred / 100 / divisor
        yield _target(indicator, max(round(wanted) if wanted >= 10 else round(wanted, 1), 1), unit)
    for indicator, (goal, unit) in _AIMS.items():
        yield _target(indicator, goal, unit)


def _target(indicator: str, goal: float, unit: str) -> Record:
    return record(
        TARGET,
        ind_id=indicator,
        level="开发区",
        target_min=goal,
        target_text=f"{goal}{unit}",
        doc_no=f"(演示)赣经开字〔{2021 if indicator.startswith('TW') else 2022}〕0号",
        responsible="演示科室",
    ) | {"year": LAST}
