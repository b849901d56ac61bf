"""项目 and 项目月度 of the planned projects: what is spent and has come in follows from the days alone, so all months add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from models.demo.firms import REGION
from models.demo.records import LAST, Record, record
from models.demo.schemes import STAGES, Scheme, chain_number
from models.demo.sites import CHAINS, END
from models.demo.taiwan import rates
from models.ledgers.project import PROJECT, PROJECT_MONTH

_CURRENCY = {"港资": "港元", "台资": "美元", "外资": "美元"}
_FROM = {"港资": "港澳台", "台资": "港澳台", "外资": "境外"}
_AT_HOME = ("珠三角", "长三角", "省内", "环渤海")
_WORDS = {
    "意向": "投资方来区考察", "储备": "编制投资计划书", "在谈": "商谈用地和设备补助", "签约": "投资合同已签，办理注册",
    "注册落地": "已注册，办理用地和报建手续", "开工": "场地平整、基础施工", "在建": "主体厂房施工", "竣工": "厂房竣工，设备安装调试",
    "投产": "已投产，产能爬坡", "达产营运": "已达产", "终止": "项目终止，不再调度",
}  # fmt: skip
_OFFICES = ("经济发展局(演示)", "招商局(演示)", "建设局(演示)", "企业服务中心(演示)")


@dataclass(frozen=True)
class Money:
    """A project's sums in 万元 and 原币万元."""

    total: Fraction
    assets: Fraction
    currency: str
    foreign: int
    usd: Fraction
    cny: Fraction

    @property
    def dollars(self) -> Fraction:
        """外资总投资 in 万美元."""
        return self.foreign * self.usd


def money(scheme: Scheme) -> Money:
    """The sums of a project: of foreign capital whole 原币万元, turned into 元 and US dollars at the rates of its year."""
    currency = _CURRENCY.get(scheme.fund, "")
    total, foreign, usd, cny = Fraction(scheme.total), 0, Fraction(0), Fraction(0)
    if currency:
        usd, cny = (Fraction(rate) for rate in rates(currency, min(scheme.first.year, LAST)))
        foreign = int(total / cny)
        total = foreign * cny
    return Money(total, _fen(total * (88 if scheme.nature == "技改" else 78) / 100), currency, foreign, usd, cny)


def project(scheme: Scheme, place: int, zone: str, about: dict[str, object], chance: Random) -> Record:
    """The 项目 row; ``about`` is what others know of it: 投资方, 宗地, the code of its group."""
    sums, site = money(scheme), scheme.site
    chain = chain_number(scheme.trade)
    abroad = bool(sums.currency)
    led = sums.total >= 10_000 or place % 3 > 0
    kind = {"增资扩股": "扩建", "技改": "技术改造"}.get(scheme.nature, "")
    prefix = site.firm.name if site else str(about["investor"])
    return record(
        PROJECT,
        proj_no=number(scheme, place, zone),
        proj_name=f"{prefix}{scheme.trade.product}{kind}项目",
        online_code=_online(scheme, place),
        ind_code=scheme.trade.code,
        chain_id=f"CYL{chain:02}",
        theme_id=f"ZTY{chain:02}" if chain <= 3 else None,
        sei_class=CHAINS[chain - 1][3] if chain < 5 or scheme.trade.code.startswith("35") else None,
        adv_mfg=scheme.trade.tag != "其他",
        nature=scheme.nature,
        is_transfer=scheme.transfer,
        is_transfer_key=scheme.transfer and (sums.dollars >= 3000 if abroad else sums.total >= 20_000),
        single=scheme.single,
        parent_proj_no=about["parent"],
        owner_uscc=site.firm.uscc if site else None,
        investor=prefix,
        src_region=_FROM.get(scheme.fund, _AT_HOME[place % len(_AT_HOME)]),
        inv_tag="上市公司" if place % 7 == 3 else "其他",
        fund_type=scheme.fund,
        inv_total=sums.total,
        inv_fa=sums.assets,
        cur=sums.currency or None,
        inv_fc=sums.foreign if abroad else None,
        fx_usd=sums.usd if abroad else None,
        fx_cny=sums.cny if abroad else None,
        inv_usd=sums.dollars if abroad else None,
        land_need=_land(scheme),
        parcel=about["parcel"],
        stage=scheme.stage(END),
        **_milestones(scheme, place, sums),
        **_so_far(scheme, sums, END),
        lead_person=about["leader"] if led else None,
        duty_unit=_OFFICES[place % len(_OFFICES)] if led else None,
        task_list="1. 每月调度一次；2. 协调用地、用工；3. 按期开工、投产" if led else None,
        key_tag=("省重点" if place % 3 == 0 else "市重点") if sums.total >= 20_000 else None,
        note="公司早于本项目设立，注册日期为增资变更登记日" if scheme.nature == "增资扩股" else None,
    )


def number(scheme: Scheme, place: int, zone: str) -> str:
    """项目编号."""
    return f"{zone}-{scheme.first.year}-{place + 1:04}"


def _online(scheme: Scheme, place: int) -> str | None:
    begun = scheme.day("注册落地")
    return f"{begun.year}-{REGION}-{scheme.trade.code[:2]}-03-{place + 1:06}" if begun else None


def _land(scheme: Scheme) -> Fraction | None:
    """亩 wanted: that of its plot, or about one for each 350 万元; none for those that stay in the halls they have."""
    if scheme.plot:
        return Fraction(int(scheme.plot.mu * 100), 100)
    return Fraction(scheme.total // 350) if scheme.site is None else None


def _milestones(scheme: Scheme, place: int, sums: Money) -> dict[str, object]:
    names = ("d_talk", "d_sign", "d_reg", "d_start", None, "d_done", "d_prod", "d_full")
    days: dict[str, object] = {name: day for name, day in zip(names, scheme.days[2:], strict=True) if name}
    begun, made, signed = scheme.day("开工"), scheme.day("投产"), scheme.day("签约")
    registered = scheme.day("注册落地")
    return days | {
        "d_lead": scheme.first,
        "sign_amt": sums.total if signed else None,
        "agr_no": f"演示协议〔{signed.year}〕{place + 1}号" if signed else None,
        "d_file": registered and registered + timedelta(7),
        "d_land": scheme.plot.signed if scheme.plot else None,
        "d_permit": begun and begun - timedelta(5),
        "d_stop": scheme.stopped,
        "stop_reason": "投资方资金不到位，协商终止" if scheme.stopped else None,
        "p_start": (scheme.plot and scheme.plot.start_due) or begun or date(LAST + 1, 6, 30),
        "p_prod": made or date(LAST + 1, 3 + place % 9, 28),
    }


def spent(scheme: Scheme, sums: Money, at: date) -> Fraction:
    """累计完成投资 at the end of a day, 万元."""
    begun = scheme.day("开工")
    if not begun or begun > at:
        return Fraction(0)
    until = min(day for day in (at, scheme.halted, scheme.stopped) if day)
    done = scheme.day("竣工") or begun + timedelta(540)
    part = Fraction(max((until - begun).days, 0) + 1, max((done - begun).days, 1) + 1)
    # what halted stopped at a sixth: less than a quarter, as its land says
    return _fen(sums.assets * min(part, Fraction(1), Fraction(1, 6) if scheme.halted else Fraction(1)))


def paid(scheme: Scheme, sums: Money, at: date) -> Fraction:
    """累计到位资金 at the end of a day, 万元: a part soon after signing, the rest as it is built."""
    signed = scheme.day("签约")
    if not signed or signed + timedelta(20) > at:
        return Fraction(0)
    registered = scheme.day("注册落地")
    before = Fraction(5 if registered and registered <= at else 2, 100) * sums.total
    return _fen(before + spent(scheme, sums, at) * 9 / 10)


def _so_far(scheme: Scheme, sums: Money, at: date) -> dict[str, object]:
    start = date(at.year - 1, 12, 31)
    begun = scheme.day("开工")
    came = paid(scheme, sums, at)
    going = begun is not None and begun <= at
    return {
        "inv_cum": spent(scheme, sums, at) if going else None,
        "inv_ytd": spent(scheme, sums, at) - spent(scheme, sums, start) if going else None,
        "paid_cum": came,
        "paid_ytd": came - paid(scheme, sums, start),
        "paid_fc": came / sums.cny * sums.usd if sums.currency else None,
    }


def months(scheme: Scheme, id: bytes, filler: str) -> Iterator[Record]:
    """The 项目月度 rows of the last year: not before it was heard of, nor after it was given up, nor when long in full work."""
    sums, full, before = money(scheme), scheme.day("达产营运"), None
    if full and full.year < LAST:
        return
    for month in range(1, 13):
        at = date(LAST + month // 12, month % 12 + 1, 1) - timedelta(1)
        stage = scheme.stage(at)
        if not stage or (scheme.stopped and scheme.stopped < at.replace(day=1)):
            continue
        now = _so_far(scheme, sums, at)
        free = month == 1  # 1 月份固定资产投资免报: February tells of both months
        total = None if free else now["inv_ytd"]
        since = total if before is None else total - before  # type: ignore[operator]
        when: Record = {"year": LAST, "form": "M", "seq": month}
        yield when | record(
            PROJECT_MONTH,
            proj=id,
            stage=stage,
            inv_m=since if total is not None else None,
            inv_ytd=total,
            inv_cum=None if free else now["inv_cum"],
            paid_ytd=now["paid_ytd"],
            paid_cum=now["paid_cum"],
            emp_n=20 + int(sums.total) // 800 if stage in STAGES[8:] else None,
            progress_text=_WORDS[stage],
            problem="建设资金不足，已停工" if scheme.halted and scheme.halted <= at else None,
            next_step=None if stage == "终止" else "按计划推进",
            filler=filler,
            fill_date=at,
        )
        before = total


def _fen(amount: Fraction) -> Fraction:
    """To the hundredth of a 万元."""
    return Fraction(int(amount * 100), 100)
