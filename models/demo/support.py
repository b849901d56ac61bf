"""问题 and 包联 of the made-up zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from models.demo.names import person
from models.demo.records import LAST, Record, record
from models.demo.sites import END, Site
from models.ledgers.issue import ISSUE, LIAISON

_ISSUES = (  # 问题类别, 问题描述
    ("用工", "一线普工缺口较大，希望协助招工"), ("融资", "流动资金紧张，希望对接银行授信"), ("用地", "二期用地指标未落实"),
    ("审批", "环评批复时间较长"), ("配套", "厂区周边缺少公交线路和职工食堂"), ("物流", "零担货运班次少、成本高"),
    ("政策兑现", "设备补助资金尚未到账"), ("权益纠纷", "与施工单位结算有争议"),
)  # fmt: skip
_SOURCES = ("链长制", "企业特派员", "走访", "项目调度", "联席会议", "好差评")
_OFFICES = ("企业服务中心(演示)", "经济发展局(演示)", "建设局(演示)", "财政局(演示)")
_STATES = (
    "办结",
    "销号",
    "办理中",
    "办结",
    "待办",
    "销号",
    "退回",
    "办结",
)  # 待办 … have their days until next year, but for OVERDUE
OVERDUE = {3: "办理中", 10: "退回"}  # the two that ran over time: by running number
_POSTS = ("党工委书记", "管委会主任", "管委会副主任", "纪工委书记", "党工委委员")


def issues(
    sites: Sequence[Site], projects: Sequence[tuple[bytes, date]], late: bool, chance: Random
) -> Iterator[Record]:
    """At least 16; two of them, however many there are, are over time if ``late``. ``projects`` are those under way, since when."""
    overdue = OVERDUE if late else {}
    for number in range(1, max(16, len(sites) // 12) + 1):
        category, words = _ISSUES[number % len(_ISSUES)]
        state = overdue.get(number) or _STATES[number % len(_STATES)]
        closed = state in ("办结", "销号")
        raised = date(LAST - (closed and number % 3 == 0), 1, 8) + timedelta(chance.randint(0, 290))
        due = raised + timedelta(60) if closed else END - timedelta(chance.randint(20, 50))
        if not closed and number not in overdue:
            due = END + timedelta(chance.randint(10, 80))
        raised = min(raised, due - timedelta(10))
        done = raised + timedelta(chance.randint(5, 58)) if closed else None
        about = number % 4 == 3
        there = [site.id for site in sites if site.entered <= raised]
        known = [id for id, since in projects if since <= raised]
        yield record(
            ISSUE, issue_no=f"WT{raised.year}-{number:04}", raise_date=raised,
            source=_SOURCES[number % len(_SOURCES)],
            ent=None if about else there[number * 7 % len(there)], proj=known[number * 5 % len(known)] if about else None,
            category=category, desc=words, grade=("县级协调", "县级协调", "市级协调", "省级协调")[number % 4],
            duty_unit=_OFFICES[number % len(_OFFICES)], due_date=due, state=state, close_date=done,
            satisfaction=chance.randint(3, 5) if closed else None,
        )  # fmt: skip


def overdue() -> Iterator[dict[str, str]]:
    """What the audit finds of the issues that are over time, told as of the planted faults (``Planting``)."""
    for number, state in OVERDUE.items():
        key = f"WT{LAST}-{number:04}"
        yield {
            "rule": "B012", "ledger": ISSUE.label, "key": key, "name": key, "field": f"{ISSUE.label}.{ISSUE.by_id['state'].label}",
            "cause": f"过了办结期限，还是{state}", "years": str(LAST),
        }  # fmt: skip


Led = tuple[bytes, str, date]  # a project, its 包干领导, since when it is heard of


def liaisons(sites: Sequence[Site], led: Sequence[Led], chance: Random) -> Iterator[Record]:
    """领导挂点: each 重点骨干企业 has a leader, and each project under way that names one; some have handed over in the last year."""
    keys = [
        (site.id, None, person(chance), date(LAST - 1, 1, 15))
        for site in sites
        if site.firm.is_up(LAST) and site.firm.number % 7 == 0
    ]
    rows = keys + [(None, project, name, max(since, date(LAST, 1, 15))) for project, name, since in led]
    for number, (ent, proj, name, since) in enumerate(rows, 1):
        over = date(LAST, 3, 31) if number % 9 == 0 and ent else None
        yield record(
            LIAISON, lia_no=f"BL{number:04}", leader_name=name, post=_POSTS[number % len(_POSTS)], ent=ent, proj=proj,
            from_date=since, to_date=over, visit_n=chance.randint(1, 12),
        )  # fmt: skip
