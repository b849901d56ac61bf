"""Commands that compare: the scoring schemes of a return (rank, class, points), and several parks' figures side by side."""

from __future__ import annotations

import argparse
from datetime import date
from fractions import Fraction

from models.kinds import decimal_of
from models.ledger import nearest
from models.packs.schemes import Scheme, schemes
from models.parks import Together, together
from models.progress import finish
from models.scoring import Scores, scores
from models.store.zones import groups_of
from ui.asked import Asked
from ui.commands.opening import asked, opened
from ui.commands.output import DONE, Stop, show, show_json, table


def score(options: argparse.Namespace) -> int:
    """Every scheme of the pack, or the one named."""
    with opened(options) as file:
        what = asked(file, options)
        with file.reading() as connection:
            found = [
                scores(connection, what.pack, each, what.zones, (what.period, date.today()))
                for each in _chosen(what, options.scheme)
            ]
    if options.json:
        show_json([row for each in found for row in _as_json(each)])
    else:
        for each in found:
            _show(each)
    return DONE


def _chosen(what: Asked, name: str) -> list[Scheme]:
    there = schemes(what.pack)
    chosen = [each for each in there if not name or name in (each.id, each.name)]
    if not chosen:
        none = f"“{what.pack.id}”里没有评分方案" if not there else f"“{what.pack.id}”里没有“{name}”这个评分方案"
        raise Stop(none + (nearest(name, [each.id for each in there]) if there else ""))
    return chosen


def _show(found: Scores) -> None:
    scheme = found.scheme
    show(f"{scheme.id} {scheme.name}" + ("" if scheme.complete else "（官方权重没有公开，只列数，不打分）"))
    rows = [("名次", "代码", "名称", "档", "得分")]
    for each in found.scored:
        total = "—" if each.total is None else f"{decimal_of(each.total, 2):f}"
        rows.append((str(each.rank or "—"), each.title.key, each.title.name, each.grade, total))
    table(rows)
    for one in found.left:
        show(f"不评 {one.title.key} {one.title.name}：{one.reason}")


def _as_json(found: Scores) -> list[dict[str, object]]:
    scored: list[dict[str, object]] = [
        {
            "scheme": found.scheme.id, "key": each.title.key, "name": each.title.name, "rank": each.rank, "grade": each.grade,
            "total": None if each.total is None else f"{decimal_of(each.total, 2):f}",
            "items": [
                {
                    "name": mark.item.name,
                    "value": None if mark.value is None else f"{decimal_of(mark.value, mark.item.places):f}",
                    "points": None if mark.points is None else f"{decimal_of(mark.points, 2):f}",
                }
                for mark in each.marks
            ],
        }
        for each in found.scored
    ]  # fmt: skip
    return scored + [
        {"scheme": found.scheme.id, "key": each.title.key, "name": each.title.name, "left_out": each.reason}
        for each in found.left
    ]


def parks(options: argparse.Namespace) -> int:
    """Each indicator put together over the zone and its sub-parks (or every zone of the file), and each one's own."""
    with opened(options) as file:
        what = asked(file, options)
        with file.reading() as connection:
            groups = groups_of(connection, what.zone, every=options.every)
            found = finish(together(connection, what.pack, groups, what.period, date.today()))
    rows = [_cells(one) for one in found]
    if options.json:
        names = ("id", "name", "unit", "way", "value")
        show_json(
            [{**dict(zip(names, row, strict=False)), "zones": dict(zip(groups, row[5:], strict=True))} for row in rows]
        )
    else:
        table([("编号", "指标", "单位", "合并", "合计", *groups), *rows])
    return DONE


def _cells(of: Together) -> tuple[str, ...]:
    each = of.indicator
    return each.id, each.name, each.unit, of.way, _text(of, of.value), *(_text(of, value) for value in of.each.values())


def _text(of: Together, value: Fraction | None) -> str:
    return "—" if value is None else f"{decimal_of(value, of.indicator.places):f}"
