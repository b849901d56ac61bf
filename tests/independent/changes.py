"""Why figures of the 台办 return changed, by plain Python over the exported CSV. Imports nothing of the program.

A record counted in both years is 两年都有的; one that is counted in one year only has come or gone, unless its row is there in both
years and what is said of it has changed: then it has moved. Of a quotient each part weighs with the mean of the other's two values.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from tests.independent.ledgers import Key, Ledgers, Row
from tests.independent.taiwan import Taiwan

KEPT, NEW, LEFT, MOVED_IN, MOVED_OUT = "两年都有的", "新来的", "离开的", "转入的", "转出的"
Parts = dict[str, Fraction]
Told = tuple[bool, bool, Fraction | None]  # counted so far as conditions go; a row to be judged is there; the number


def parts(ledgers: Ledgers, code: str, year: int) -> dict[str, Parts]:
    """Indicator → what each kind of record gives to the change since the year before."""
    before, now = (Taiwan(ledgers, code, each) for each in (year - 1, year))
    return {
        "TW1-12": _rows(before, now, "工业总产值"),
        "TW1-13": _rows(before, now, "营业收入"),
        "TW1-17": _rows(before, now, "期末从业人员"),
        "TW02": _marked(before, now, lambda zone, firm: zone.state(firm, "运营状态") in ("正常运营", "筹建")),
        "TW1-03": _marked(
            before,
            now,
            lambda zone, firm: zone.state(firm, "运营状态") in ("正常运营", "筹建") and zone.marked(firm, "是否规上"),
        ),
        "TW1-10": _flows(before, now),
        "TW14B": _closed(before, now),
    }


def _rows(before: Taiwan, now: Taiwan, label: str) -> Parts:
    """A sum over 经济数据 of the 台资 enterprises."""

    def side(zone: Taiwan) -> dict[Key, Told]:
        told: dict[Key, Told] = {}
        for row in zone.now("经济数据"):
            firm = row.link("企业")
            told[firm] = (zone.marked(firm, "是否台资"), firm in zone.states, row.number(label))
        return told

    return _classed(side(before), side(now))


def _marked(before: Taiwan, now: Taiwan, also: Callable[[Taiwan, Key], bool]) -> Parts:
    """A count of 企业年度."""

    def side(zone: Taiwan) -> dict[Key, Told]:
        return {firm: (zone.marked(firm, "是否台资") and also(zone, firm), True, Fraction(1)) for firm in zone.states}

    return _classed(side(before), side(now))


def _classed(before: dict[Key, Told], now: dict[Key, Told]) -> Parts:
    found: Parts = {}
    for firm in {**before, **now}:
        old, new = (side.get(firm, (False, False, None)) for side in (before, now))
        amounts = [each[2] if each[0] else None for each in (old, new)]
        if amounts == [None, None]:
            continue
        if None not in amounts or (old[0] and new[0]):
            kind = KEPT
        elif amounts[0] is None:
            kind = MOVED_IN if old[1] else NEW
        else:
            kind = MOVED_OUT if new[1] else LEFT
        found[kind] = found.get(kind, Fraction(0)) + (amounts[1] or 0) - (amounts[0] or 0)
    return found


def _flows(before: Taiwan, now: Taiwan) -> Parts:
    """What enterprises paid in during the year."""

    def side(zone: Taiwan) -> dict[object, Fraction]:
        paid: dict[object, Fraction] = {}
        for row in zone.kept["到资流水"]:
            amount = row.number("折万元")
            if row.yes("计入台办口径") and zone.taiwan(row) and zone.within(row.day("到资日期")) and amount is not None:
                owner = row.link("企业") or id(row)
                paid[owner] = paid.get(owner, Fraction(0)) + amount
        return paid

    old, new = side(before), side(now)
    found: Parts = {}
    for owner in {**old, **new}:
        kind = KEPT if owner in old and owner in new else NEW if owner in new else LEFT
        found[kind] = found.get(kind, Fraction(0)) + new.get(owner, Fraction(0)) - old.get(owner, Fraction(0))
    return found


def _closed(before: Taiwan, now: Taiwan) -> Parts:
    """Per cent of the year's problems that are settled: other problems every year, so all of them are new or gone."""

    def side(zone: Taiwan) -> tuple[int, int]:
        raised: list[Row] = [row for row in zone.kept["问题"] if zone.within(row.day("提出日期"))]
        return sum(zone.until(row.day("办结日期")) for row in raised), len(raised)

    (done, every), (closed, raised) = side(before), side(now)
    if not every or not raised:
        return {}
    top = (Fraction(1, every) + Fraction(1, raised)) * 50
    below = Fraction(-50 * (done + closed), every * raised)
    return {NEW: closed * top + raised * below, LEFT: -done * top - every * below}
