"""客商, 客商拜访, 驻点 and 招商活动 of the made-up zone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.demo.names import firm_names, person, phone
from models.demo.records import Record, record
from models.demo.sites import END
from models.demo.trades import MAKERS
from models.ledgers.investor import BIZ_EVENT, BIZ_OFFICE, INVESTOR, INVESTOR_VISIT

_FROM = (
    ("东莞", "珠三角"),
    ("深圳", "深圳"),
    ("昆山", "昆山"),
    ("厦门", "厦门"),
    ("东莞", "东莞"),
    ("苏州", "长三角"),
    ("台北", "港澳台"),
)
_KINDS = ("民企", "民企", "上市公司", "民企", "商协会", "民企", "台湾百大", "央企")
_CHANNELS = ("驻点", "以商招商", "活动", "商协会", "委托")
_EVENTS = ("重大产业对接活动", "推介", "参展", "小分队招商", "小分队招商")
_PLACES = ("东莞", "昆山", "厦门", "深圳", "台湾", "其他")


@dataclass(frozen=True)
class Investor:
    """Whom the zone courts, and the days it called."""

    number: int
    name: str
    visits: tuple[date, ...]
    linked: str | None = None


def investors(wanted: int, chance: Random) -> list[Investor]:
    """So many, each called upon once to four times in the last two years."""
    names = firm_names(chance)
    made = []
    for number in range(1, wanted + 1):
        town, trade = _FROM[number % len(_FROM)][0], MAKERS[number % len(MAKERS)]
        kind = _KINDS[number % len(_KINDS)]
        called = town + next(names)
        name = f"{town}{trade.word}行业协会(虚构)" if kind == "商协会" else f"{called}{trade.word}有限公司(虚构)"
        days = {END - timedelta(chance.randint(5, 700)) for _ in range(chance.randint(1, 4))}
        made.append(Investor(number, name, tuple(sorted(days))))
    return made


def investor(one: Investor, chance: Random) -> Record:
    """The 客商 row."""
    recent = (END - one.visits[-1]).days
    return record(
        INVESTOR,
        inv_no=f"KS{one.number:04}",
        name=one.name,
        kind=_KINDS[one.number % len(_KINDS)],
        region=_FROM[one.number % len(_FROM)][1],
        industry=MAKERS[one.number % len(MAKERS)].cluster,
        contact=person(chance),
        tel=phone(900_000 + one.number),
        channel=_CHANNELS[one.number % len(_CHANNELS)],
        owner_staff=person(chance),
        first_date=one.visits[0],
        last_date=one.visits[-1],
        heat="A" if one.linked or recent < 60 else "B" if recent < 240 else "C",
        intent_text=f"拟投资{MAKERS[one.number % len(MAKERS)].product}项目",
        linked_proj=one.linked,
    )


def visits(one: Investor, id: bytes) -> Iterator[Record]:
    """The 客商拜访 rows."""
    for turn, day in enumerate(one.visits):
        here = turn % 2 == 1
        yield record(
            INVESTOR_VISIT, inv=id, visit_date=day, way="来访" if here else "登门拜访",
            place="赣州经济技术开发区" if here else _FROM[one.number % len(_FROM)][0],
            minutes="介绍园区产业和用地情况，对方介绍投资计划；商定下次会面。",
        )  # fmt: skip


def offices() -> Iterator[Record]:
    """The 驻点 rows: one of them is closed."""
    rows = (
        ("东莞", 2019, None, 4),
        ("深圳", 2020, None, 5),
        ("昆山", 2021, None, 3),
        ("厦门", 2021, None, 3),
        ("苏州", 2019, 2023, 0),
    )
    for number, (city, since, closed, heads) in enumerate(rows, 1):
        yield record(
            BIZ_OFFICE, office_no=f"ZD{number:02}", city=city, set_date=date(since, 4, 1), close_date=closed and date(closed, 12, 31),
            staff_n=heads,
        )  # fmt: skip


def events(years: Sequence[int], chance: Random) -> Iterator[Record]:
    """The 招商活动 rows: six a year."""
    for year in years:
        for number in range(1, 7):
            kind, place = _EVENTS[number % len(_EVENTS)], _PLACES[(year + number) % len(_PLACES)]
            away = "" if place == "其他" else f"赴{place}"
            yield record(
                BIZ_EVENT, ev_no=f"HD{year}-{number:02}", ev_name=f"{year}年{away}{kind}(演示)", kind=kind,
                ev_date=date(year, number * 2 - 1, chance.randint(1, 28)), place=place,
                sign_amt=None if kind == "参展" else chance.randint(0, 90) * 1000,
            )  # fmt: skip
