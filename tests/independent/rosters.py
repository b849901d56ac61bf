"""Who is on the lists of 湖南, 赣州, 南通, written from the texts over exported CSV. Imports nothing of the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tests.independent.ganzhou import Ganzhou
from tests.independent.hunan import STAGES, Hunan, alive
from tests.independent.ledgers import Key, Ledgers, Row, at_least
from tests.independent.nantong import Nantong

Members = Mapping[str, list[str]]  # list → what its rows are called, in order
FOREIGN = ("港资", "澳资", "台资", "外资")
LEADING = {"国家级": 1_000_000, "省级": 500_000}
SINCE = ("意向日期", "在谈日期", "签约日期", "注册日期", "开工日期", "投产日期", "")
SEVEN = ("1 意向", "2 在谈", "3 签约", "4 落地", "5 在建", "6 投产", "7 营运")


def hunan(ledgers: Ledgers, code: str, when: int | str) -> Members:
    """Of a month or quarter; each project on the list of stages with its group and first day behind bars."""
    zone = Hunan(ledgers, code, str(when))
    projects = zone.kept["项目"]
    stage = {one: place for place, some in enumerate(STAGES) for one in some}

    def staged(row: Row) -> str:
        place = stage[row.text("当前阶段")]
        day = row.day(SINCE[place]) if SINCE[place] else None
        return f"{row.text('项目编号')}|{SEVEN[place]}|{'{}-{:02}-{:02}'.format(*day) if day else None}"

    heads = [row for row in zone.now("企业年度") if row.text("链主领航") in ("链主", "领航", "龙头")]
    return {
        "HN-M1": sorted(staged(row) for row in projects if alive(row)),
        "HN-M2": numbers(
            projects, lambda row: row.yes("产业转移项目") and zone.large(row) and zone.within(row.day("注册日期"))
        ),
        "HN-M3": numbers(projects, lambda row: zone.large(row) and alive(row)),
        "HN-M4": linked(heads, "企业"),
    }


def ganzhou(ledgers: Ledgers, code: str, when: int | str) -> Members:
    """Of a year."""
    zone = Ganzhou(ledgers, code, int(when))
    books, states = zone.now("经济数据"), zone.now("宗地年度")

    def revenue(row: Row) -> bool:
        return at_least(row, "营业收入", line(row))

    def line(row: Row) -> int:
        return LEADING.get(levels[row.zone], 10**15)

    levels = {row.zone: row.text("级别") for row in zone.kept["开发区"]}
    new = [row for row in zone.kept["宗地"] if row.text("土地用途") == "工业" and zone.within(row.day("供应日期"))]
    return {
        "GZ-M1": linked([row for row in books if revenue(row)], "企业"),
        "GZ-M2": linked(
            [row for row in books if at_least(row, "营业收入", line(row) // 2) and not revenue(row)], "企业"
        ),
        "GZ-M3": linked([row for row in states if row.yes("闲置认定") or row.yes("低效认定")], "宗地"),
        "GZ-M4": sorted(row.text("宗地编号") for row in new),
    }


def nantong(ledgers: Ledgers, code: str, when: int | str) -> Members:
    """Of a year."""
    zone = Nantong(ledgers, code, int(when))
    books, states = zone.now("经济数据"), zone.now("宗地年度")

    def foreign(row: Row) -> bool:
        return row.yes("先进制造业") and row.text("内外资") in FOREIGN and at_least(row, "外资总投资", 15_000)

    promising = [row for row in books if at_least(row, "营业收入", 300_000) and not at_least(row, "营业收入", 500_000)]
    return {
        "NT-M1": numbers(zone.kept["项目"], foreign),
        "NT-M2": linked(promising, "企业"),
        "NT-M3": linked([row for row in states if row.yes("低效认定")], "宗地"),
    }


def numbers(rows: Iterable[Row], when: Callable[[Row], bool]) -> list[str]:
    """The projects of which it is so."""
    return sorted(row.text("项目编号") for row in rows if when(row))


def linked(rows: Iterable[Row], label: str) -> list[str]:
    """What the records that the rows are of are known by, "" where there is none."""
    return sorted(known(row.link(label)) for row in rows)


def known(key: Key) -> str:
    """The first thing a record is known by."""
    return key[1] if len(key) > 1 else ""
