"""台青平台, 创新平台, 人才团队, 科研任务 and 企业资质 of the made-up zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from models.demo.names import person
from models.demo.records import LAST, Record, record
from models.demo.sites import PLATFORM_CO, Site, later
from models.ledgers.innovation import PLATFORM, QUALIFICATION, RD_TASK, TALENT, TW_BASE

_KINDS = (  # 创新平台类型, 级别, who recognises it
    ("企业技术中心", "市", "市工信局"), ("工程（技术）研究中心", "省", "省科技厅"), ("重点实验室", "省", "省科技厅"),
    ("工业设计中心", "市", "市工信局"), ("企业技术中心", "省", "省工信厅"), ("博士后工作站", "国家", "人社部"),
    ("院士工作站", "省", "省科技厅"),
)  # fmt: skip
_ZONES = (
    ("孵化器", "国家", "科技部"),
    ("众创空间", "省", "省科技厅"),
    ("检验检测", "省", "省市场监管局"),
)  # the platform company's own
_HIGH = "高新技术企业"
_FINE, _GIANT, _KEY_GIANT = "专精特新中小企业", "专精特新“小巨人”企业", "重点“小巨人”企业"


def tw_bases(persons: int) -> Iterator[Record]:
    """台青平台: that of the young people's ledger, with ``persons`` there now; one of the city's; one that is closed."""
    rows = (
        ("赣州经开区台湾青年就业创业基地(演示)", "省级", date(2020, 11, 6), 6200, persons, None),
        ("赣州经开区两岸青年创客空间(演示)", "市级", date(2021, 6, 18), 1500, 0, None),
        ("赣州经开区台创驿站(演示)", "市级", date(2020, 12, 10), 600, 0, date(2023, 6, 30)),
    )
    for number, (name, level, since, area, young, closed) in enumerate(rows, 1):
        teams = 0 if closed else max(young // 8, 2)
        yield record(
            TW_BASE, base_no=f"TC{number:02}", base_name=name, level=level, appr_date=since, area_m2=area,
            operator=PLATFORM_CO[1], team_cum=teams + 3, team_now=teams, youth_now=young, close_date=closed,
        )  # fmt: skip


def platforms(sites: Sequence[Site], chance: Random) -> Iterator[Record]:
    """创新平台: the zone's own, and one for every third of the larger firms that do research; some of the year, some run out."""
    hosts = [(PLATFORM_CO[0], "赣州经开区", *kind, date(2020, 5, 20)) for kind in _ZONES]
    for place, site in enumerate(_researching(sites)[::3]):
        since = date(LAST - place % 4, 3 + place % 8, chance.randint(1, 28))
        since = max(since, later(site.firm.opened, 1))
        hosts.append((site.firm.uscc, site.firm.name, *_KINDS[place % len(_KINDS)], since))
    for number, (code, name, kind, level, by, since) in enumerate(hosts, 1):
        ends = later(since, 3) if kind in ("企业技术中心", "众创空间") else None
        yield record(
            PLATFORM, pf_no=f"PT{number:04}", pf_name=f"{name}{kind}(演示)", kind=kind, level=level, host_uscc=code, appr_org=by,
            appr_no=f"演示平台〔{since.year}〕{number}号", appr_date=since, expire_date=ends, emp=chance.randint(8, 60),
            fund=chance.randint(60, 900), contract_n=chance.randint(10, 80) if code == PLATFORM_CO[0] else chance.randint(0, 6),
        )  # fmt: skip


def talents(sites: Sequence[Site], chance: Random) -> Iterator[Record]:
    """人才团队: in every fifth of the firms that do research; every sixth has left."""
    kinds = (
        ("团队", "省", 9),
        ("领军", "省", 1),
        ("团队", "市", 6),
        ("其他", "市", 1),
        ("团队", "国家", 14),
        ("院士", "国家", 1),
    )
    for place, site in enumerate(_researching(sites)[1::3]):
        kind, level, heads = kinds[place % len(kinds)]
        since = date(LAST - place % 3, 1 + place % 12, chance.randint(1, 28))
        name = f"{site.firm.trade.product}研发团队(演示)" if kind == "团队" else person(chance)
        yield record(
            TALENT, tal_no=f"RC{place + 1:04}", name=name, level=level, kind=kind, head_n=heads, intro_date=since,
            leave_date=since + timedelta(300) if place % 6 == 5 and since.year < LAST else None, ent=site.id,
            org=("虚构大学", "虚构稀土研究院", "虚构电子研究所")[place % 3],
        )  # fmt: skip


def tasks(sites: Sequence[Site], first: int, chance: Random) -> Iterator[Record]:
    """科研任务: at least two."""
    able = _researching(sites)
    for place, site in enumerate((able[::7] if len(able) > 7 else able[:2]), 1):
        kind = "科技协同创新体" if place % 3 == 0 else "重大科技研发专项"
        yield record(
            RD_TASK, task_no=f"RW{place:03}", name=f"{site.firm.trade.product}关键技术攻关(演示)", kind=kind,
            level="省" if place % 2 else "国家", start_year=chance.randint(max(first, LAST - 3), LAST), fund=chance.randint(80, 1500),
        )  # fmt: skip


def qualifications(sites: Sequence[Site], chance: Random) -> Iterator[Record]:
    """企业资质: valid ones, run-out ones, renewed ones, one withdrawn, and 小巨人 who are 专精特新 before that."""
    for place, site in enumerate(_researching(sites)):
        held = list(_high(place, chance))
        if place % 2 == 0:
            held.append(("科技型中小企业", "国家", date(LAST, 4, chance.randint(1, 28)), date(LAST, 12, 31), "有效"))
        if place % 4 == 3:
            held.append(
                ("科技型中小企业", "国家", date(LAST - 1, 5, chance.randint(1, 28)), date(LAST - 1, 12, 31), "失效")
            )
        if place % 3 == 0:
            held += _nested(place // 3, chance)
        if place % 5 == 1:
            held.append(("绿色工厂", "省", date(LAST - 1, 11, chance.randint(1, 28)), None, "有效"))
        if place % 6 == 2:
            held.append(("智能制造示范工厂/车间", "省", date(LAST, 9, chance.randint(1, 28)), None, "有效"))
        if site.firm.rank == "链主":
            held.append(("制造业单项冠军企业", "国家", date(LAST - 2, 12, 1), date(LAST + 1, 11, 30), "有效"))
            held.append(("制造业领航企业", "省", date(LAST - 1, 10, 20), None, "有效"))
        if place % 5 == 4:
            held.append(("两化融合管理体系", None, date(LAST, 6, chance.randint(1, 28)), date(LAST + 3, 6, 1), None))
        long = [one for one in held if one[2] > later(site.firm.opened, 1)]  # not before it was a year old
        for number, (kind, level, since, until, state) in enumerate(long, 1):
            yield record(
                QUALIFICATION, ent=site.id, kind=kind, level=level, cert_no=f"DEMO{since.year}{site.firm.number:05}{number}",
                appr_date=since, valid_to=until, state=state,
            )  # fmt: skip


Held = tuple[str, str | None, date, date | None, str | None]


def _high(place: int, chance: Random) -> Iterator[Held]:
    """高新技术企业, three years at a time: of ten two had it and lost it, two renewed it, three have it, one was struck off."""
    turn = place % 10
    first, now = (date(LAST - back, 11, chance.randint(1, 28)) for back in (4, 1))
    if turn in (0, 5, 1, 6):
        yield _HIGH, "国家", first, later(first, 3) - timedelta(1), "失效"
    if turn in (1, 6, 2, 4, 8):
        yield _HIGH, "国家", now, later(now, 3) - timedelta(1), "有效"
    if turn == 7:
        yield _HIGH, "国家", now, later(now, 3) - timedelta(1), "失效"


def _nested(place: int, chance: Random) -> Iterator[Held]:
    """专精特新; every second one 小巨人 a year later, every fourth of them a 重点“小巨人” again a year later."""
    since = date(LAST - 2, 5, chance.randint(1, 28))
    for depth, kind in enumerate((_FINE, _GIANT, _KEY_GIANT)):
        if place % (1, 2, 4)[depth] == 0:
            day = later(since, depth)
            yield kind, "国家" if depth else "省", day, later(day, 3) - timedelta(1), "有效"


def _researching(sites: Sequence[Site]) -> list[Site]:
    """The larger firms with a 研发机构, as 企业年度 says."""
    return [site for site in sites if site.firm.is_up(LAST) and site.firm.number % 4 != 0]
