"""企业 and 企业年度 of the made-up firms."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random

from models.codes import code_table
from models.demo.firms import REGION, Firm
from models.demo.names import person, phone
from models.demo.records import LAST, Record, record, step
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR

_REGISTERED = {  # by owner, for 台资 by route: 登记注册统计类别, 资本构成, 控股情况
    "内资": ("112", "内资", "私人控股"),
    "港资": ("210", "港资", "港澳台商控股"),
    "外资": ("310", "外资", "外商控股"),
    "直接投资": ("210", "台资", "港澳台商控股"),
    "经香港": ("210", "港资", "港澳台商控股"),
    "境内台资企业再投资": ("119", "内资", "港澳台商控股"),
}
_ROADS = ("示范大道", "虚构一路", "样例二路", "演示三路")


def enterprise(firm: Firm, chance: Random) -> Record:
    """The 企业 row of a firm."""
    hundred = firm.taiwanese and firm.number % 24 == 14
    first = firm.rank == "链主" or (firm.taiwanese and firm.number % 24 == 22)
    kind, capital, holding = _REGISTERED.get(firm.route or firm.owner, _REGISTERED["外资"])
    return record(
        ENTERPRISE,
        ent_name=firm.name,
        uscc=firm.uscc,
        legal_rep=person(chance),
        open_date=firm.opened,
        enter_date=firm.opened + timedelta(chance.randint(10, 300) if firm.opened.year < LAST else 10),
        reg_region=REGION,
        op_region=REGION,
        address=f"赣州经济技术开发区{chance.choice(_ROADS)}{firm.number}号",
        main_biz1=f"{firm.trade.product}{'的生产和销售' if firm.industrial else ''}",
        ind_code=firm.trade.code,
        twocity=firm.trade.tag in ("首位", "主导"),
        reg_scheme="2023",
        reg_type=kind,
        holding=holding,
        up_date=_up_month(firm),
        prod_date=firm.opened + timedelta(chance.randint(310, 480)) if firm.industrial and firm.revenue else None,
        cap_tag=capital,
        top500=False,
        top100=False,
        tw100=hundred,
        leader_flag=first,
        flag_year=str(LAST - 1) if hundred or first else None,
        ipo_state="未上市",
        contact=person(chance),
        tel=phone(firm.number),
        email=f"firm{firm.number}@example.com",
        src="演示数据",
        upd_date=f"{LAST}-12-31",
    )


def _up_month(firm: Firm) -> str | None:
    if not firm.above_scale:
        return None
    if firm.scale == "新入规":
        return f"{LAST}-09"
    return f"{firm.since}-09" if firm.listed < firm.since else f"{firm.opened.year + 2}-03"


def enterprise_year(firm: Firm, id: bytes, year: int, figures: Record, chance: Random) -> Record:
    """The 企业年度 row of a firm; ``figures`` is its 经济数据 of that year."""
    up = firm.is_up(year)
    reason = "新设" if year == firm.opened.year else "入规" if up and not firm.is_up(year - 1) else "结转"
    owns = up or (firm.above_scale and firm.scale != "新入规")  # land of its own, be it still being built upon
    return {"year": year} | record(
        ENTERPRISE_YEAR,
        ent=id,
        is_up=up,
        op_state=firm.state(year),
        is_tw=firm.taiwanese,
        zone_ind_tag=firm.trade.tag,
        size=size(firm.trade.code, figures),
        chain_role=firm.rank or None if up else None,
        on_cloud=firm.number * 3 % 10 < min(max(year - LAST + 8, 1), 8),
        land_mode="自有宗地" if owns else "租用标准厂房",
        has_rd_org=up and firm.number % 4 != 0,
        key_ent=up and (firm.number % 7 == 0 or firm.leading),
        mu_rated=up,
        mu_grade=chance.choice("ABBBBCCD") if up else None,
        in_reason=reason,
    )


def size(industry: str, figures: Record) -> str:
    """企业规模 by 统计上大中小微型企业划分办法(2017): both measures must reach a grade's least."""
    has = {"从业人员": figures["emp_end"], "营业收入": figures["rev"]}
    for number, name in enumerate(("大型", "中型", "小型")):
        if all(int(has[measure] or 0) >= least[number] for measure, *least in _limits(industry)):
            return name
    return "微型"


@cache
def _limits(industry: str) -> tuple[tuple[str, int, int, int], ...]:
    """(measure, least for 大型, 中型, 小型) of an industry, in stored units."""
    unit = {"从业人员": step("ent_period", "emp_end"), "营业收入": step("ent_period", "rev")}
    rows = [row for row in code_table("企业划型标准") if industry.startswith(tuple(row["gbt4754_scope"].split("|")))]
    rows = rows or [row for row in code_table("企业划型标准") if row["industry_group"] == "工业"]
    columns = ("large_min", "medium_min", "small_min")
    return tuple((r["indicator"], *(int(r[name]) * unit[r["indicator"]] for name in columns)) for r in rows)  # type: ignore[misc]
