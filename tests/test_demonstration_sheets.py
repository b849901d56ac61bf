"""The sheets 表TW-3, 5, 7 and 8 of the demonstration year, row by row, against plain Python over exported CSV."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.reference import Row, read
from tests.reference_further import CODE, Further
from tests.test_demonstration import demo, number
from ui.commands.run import run_command

__all__ = ["demo"]  # the fixture: four zones, three of them retyped
PROJECT = "项目:项目编号"


@pytest.fixture
def book(demo: Path, tmp_path: Path) -> openpyxl.Workbook:
    target = tmp_path / "台办.xlsx"
    assert run_command(["export", "--data", str(demo), "--pack", "台办", "--period", "2025", "-o", str(target)]) == 0
    return openpyxl.load_workbook(target, data_only=True)


@pytest.fixture
def reference(demo: Path) -> Further:
    return Further(read(demo.parent), 2025)


def listed(sheet: Worksheet, first: int) -> Iterator[tuple[object, ...]]:
    """The rows of a list, by their running numbers."""
    for count, row in enumerate(sheet.iter_rows(min_row=first, values_only=True), 1):
        if row[0] != count:
            return
        yield row


def cents(value: object) -> Decimal | None:
    """A figure to the hundredth, as it is printed."""
    found = number(value)
    return None if found is None else found.quantize(Decimal("0.01"), ROUND_HALF_UP)


def shown(value: object) -> str:
    """A cell as the CSV writes it."""
    return "" if value is None else str(value)[:10] if hasattr(value, "year") else str(value)


def test_projects(book: openpyxl.Workbook, reference: Further) -> None:
    mine = [
        row
        for row in reference.of["项目"]
        if row["内外资"] == "台资" and (not row["终止日期"] or reference.within(row["终止日期"]))
    ]
    last: dict[str, Row] = {}
    for month in sorted(reference.of["项目月度"], key=lambda row: row["报告期"]):
        if month["报告期"].startswith("2025-"):
            last[month[PROJECT]] = month
    rows = list(listed(book["表TW-3"], 8))
    assert sorted(str(row[1]) for row in rows) == sorted(row["项目名称"] for row in mine)
    expected = {row["项目名称"] + row["投资方"] + row["签约日期"] + row["注册日期"]: row for row in mine}
    for row in rows:
        key = "".join(shown(row[at]) for at in (1, 2, 8, 9))
        of = expected[key]
        texts = [of[name] for name in ("项目性质", "当前阶段", "签约日期", "注册日期", "开工日期", "投产日期")]
        assert [shown(row[at]) for at in range(6, 12)] == texts
        sums = ("外资总投资(万美元)", "计划总投资(万元)", "累计完成投资(万元)", "累计到位资金(万元)", "用地需求(亩)")
        assert [cents(row[at]) for at in (4, 5, 12, 13, 14)] == [cents(of[name] or None) for name in sums]
        month = last.get(of["项目编号"], {})
        assert [shown(row[at]) for at in (16, 17)] == [month.get(name, "") for name in ("存在问题", "下一步")]
    assert any(row[17] for row in rows)


def test_youth(book: openpyxl.Workbook, reference: Further) -> None:
    sheet = book["表TW-5"]
    kinds = {9: ("就业", "创业"), 10: ("就业",), 11: ("创业",), 12: ("实习",)}
    for row, of in kinds.items():
        said = tuple(sheet.cell(row, column).value for column in range(5, 10))
        assert said == reference.flows(of), of
        assert said[0] + said[1] - said[2] == said[3]
    events = [row for row in reference.of["交流活动"] if reference.within(row["结束日期"])]
    young: dict[str, int] = {}
    for person in reference.of["交流人员"]:
        of = person["活动:活动编号"]
        young[of] = young.get(of, 0) + (person["是否青年"] == "是")
    rows = list(listed(sheet, 17))
    assert len(rows) == len(events)
    expected = sorted(
        (
            row["活动名称"],
            number(row["台湾来宾人次(人次)"] or None),
            number(row["台湾青年人次(人次)"] or None),
            Decimal(young[row["活动编号"]]) if row["活动编号"] in young else number(row["本场台青人数(人)"] or None),
        )
        for row in events
    )
    assert sorted((str(row[1]), *(number(row[at]) for at in (7, 8, 9))) for row in rows) == expected


def test_clusters(book: openpyxl.Workbook, reference: Further) -> None:
    sheet = book["表TW-7"]
    rows = {str(row[0]): row for row in sheet.iter_rows(min_row=8, max_row=22, values_only=True)}
    names = [name for name in rows if name != "合计"]
    known = {row["主要产业"] for row in reference.of["台资企业"]} - {""}
    assert len(names) == 14
    assert known <= set(names)
    for name in names:
        expected = reference.cluster("" if name == "没有填重点集群" else name)
        assert [cents(said) for said in rows[name][3:9]] == [cents(wanted) for wanted in expected], name
    figures = reference.figures()
    totals = [number(figures[id]) for id in ("TW02", "TW1-12", "TW1-13", "TW1-15", "TW1-08", "TW05")]
    assert [number(value) for value in rows["合计"][3:9]] == totals
    assert sum(number(rows[name][3]) or 0 for name in names) == number(figures["TW02"])


def test_issues(book: openpyxl.Workbook, reference: Further) -> None:
    mine = [
        row
        for row in reference.of["问题"]
        if row["提出日期"] and row["提出日期"] <= reference.end
        if reference.within(row["提出日期"]) or not reference.solved(row)
    ]
    rows = list(listed(book["表TW-8续"], 8))
    expected = [
        tuple(
            row[name] for name in ("问题类别", "问题描述", "提出日期", "责任单位", "办结期限", "办理状态", "办结日期")
        )
        for row in sorted(mine, key=lambda row: (row["提出日期"], row["问题编号"]))
    ]
    assert [tuple(shown(row[at]) for at in (1, 2, 5, 6, 7, 8, 9)) for row in rows] == expected
    about = sorted(row["企业:单位详细名称"] + row["项目:项目名称"] for row in mine)
    assert sorted(shown(row[3]) for row in rows) == about


def test_land_and_halls(book: openpyxl.Workbook, reference: Further) -> None:
    sheet, figures = book["表TW-6"], reference.figures()
    assert [sheet.cell(row, 2).value for row in range(8, 16)] == [f"{row:02}" for row in range(1, 9)]
    for row, (now, ever) in {9: ("TW6-02N", "TW6-02"), 10: ("TW6-03N", "TW6-03"), 11: ("TW6-04N", "TW6-04")}.items():
        assert [number(sheet.cell(row, column).value) for column in (4, 5)] == [
            number(figures[now]),
            number(figures[ever]),
        ]
    assert [sheet.cell(12, column).value for column in (4, 5)] == [
        int(figures[id] or 0) for id in ("TW6-05N", "TW1-29")
    ]
    assert number(sheet["D13"].value) == number(figures["TW6-06"])
    assert CODE in reference.of["宗地占用"][0]
