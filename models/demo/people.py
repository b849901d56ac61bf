"""台湾青年 and 交流活动 of the made-up zone; names and numbers are nobody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from models.demo.firms import Firm
from models.demo.names import permit, person
from models.demo.records import LAST, Record, record
from models.ledgers.exchange import EXCHANGE, EXCHANGE_PERSON
from models.ledgers.youth import TW_YOUTH

_POSTS = ("工艺工程师", "品质管理", "研发助理", "行政专员", "市场专员")
_STUDIES = ("电子工程", "材料科学", "机械工程", "企业管理")
_TOWNS = ("新北市", "台中市", "高雄市", "桃园市", "台南市")
_EVENTS = (
    ("研学实习", "青年研学营"), ("推介会", "产业推介会"), ("论坛", "青年创新论坛"), ("考察调研", "产业考察"), ("互访", "青年互访"),
)  # fmt: skip


def youth(firms: Sequence[tuple[Firm, bytes]], persons: int, first_no: int, chance: Random) -> Iterator[Record]:
    """One row a stay, with 台胞证 numbers from after ``first_no`` on; every eighth person came back and counts once."""
    for number in range(1, persons + 1):
        about = {
            "ty_id": f"TQ{number:05}",
            "name": person(chance),
            "id_type": "台胞证",
            "id_no": permit(first_no + number),
            "sex": chance.choice("12"),
            "birth": f"{chance.randint(1988, 1998)}-{chance.randint(1, 12):02}",
            "base": "赣州经开区台湾青年就业创业基地(演示)",
            "edu": chance.choice(("本科", "本科", "硕士", "专科")),
            "major": chance.choice(_STUDIES),
            "hometown": chance.choice(_TOWNS),
        }
        firm, id = firms[(number - 1) % len(firms)]
        first = max(date(2020, 10, 8), firm.opened)
        begin = first + timedelta(chance.randint(30, (date(LAST, 8, 1) - first).days))
        end = begin + timedelta(chance.randint(60, 90)) if number % 8 == 0 else None
        yield _stay(firm, id, about, (begin, end, _kind(number)), chance)
        if end:
            again = about | {"ty_id": f"TQ{number:05}-2"}
            yield _stay(firm, id, again, (end + timedelta(20), None, "就业"), chance)


def _kind(number: int) -> str:
    return {0: "实习", 5: "创业"}.get(number % 8, "就业")


def _stay(firm: Firm, id: bytes, about: dict[str, str], stay: tuple[date, date | None, str], chance: Random) -> Record:
    begin, end, kind = stay
    founder = kind == "创业"
    return record(
        TW_YOUTH,
        **about,
        ent=id,
        kind=kind,
        from_date=begin,
        to_date=end,
        post="负责人" if founder else chance.choice(_POSTS),
        soc_ins=kind == "就业",
        contract=kind != "创业",
        startup_uscc=firm.uscc if founder else None,
        startup_cap=chance.randint(5, 30) * 10 if founder else None,
    )


def exchanges(events: int, first_no: int, mark: str, chance: Random) -> Iterator[tuple[Record, list[tuple[str, bool]]]]:
    """Events since 2021, each with its (证件号 from ``first_no`` on, 是否青年) list; every second one has none and gives its
    number of persons; ``mark`` stands in their 活动编号."""
    guests = [(permit(first_no + n), n % 5 != 0) for n in range(max(60, events * 5))]
    for number in range(events):
        year = 2021 + number * (LAST - 2020) // events
        begin = date(year, 3, 1) + timedelta(chance.randint(0, 250))
        kind, name = _EVENTS[number % len(_EVENTS)]
        listed = chance.sample(guests, chance.randint(18, 40)) if number % 2 == 0 else []
        total = len(listed) or chance.randint(30, 80)
        young = sum(is_young for _, is_young in listed) if listed else total * 7 // 10
        yield (
            record(
                EXCHANGE,
                act_no=f"JL{mark}{year}-{number + 1:03}",
                act_name=f"{year}年赣台{name}(演示)",
                kind=kind,
                start_date=begin,
                end_date=begin + timedelta(chance.randint(1, 5)),
                place="赣州经济技术开发区",
                organizer="赣州经济技术开发区管委会(演示)",
                tw_total=total,
                tw_youth_cnt=young,
                tw_youth_uniq=young if listed else young * 9 // 10,
                ml_cnt=chance.randint(20, 90),
                approval_no=f"演示台办〔{year}〕{number + 1}号",
            ),
            listed,
        )


def exchange_person(event: bytes, guest: tuple[str, bool]) -> Record:
    """One name of an event's list."""
    return record(EXCHANGE_PERSON, act=event, id_no=guest[0], is_youth=guest[1])
