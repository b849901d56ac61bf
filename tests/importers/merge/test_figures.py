"""Imports into ledgers that refer to 企业: references, periods in rows and headings, events, what is kept as typed."""

from __future__ import annotations

import openpyxl
import pytest

from importers.merge import CONFLICT, NEW, RETURNED, UPDATED, NotThisLedger, entries
from models.kinds import Raw
from models.ledgers import ledger
from models.store.content import content_hash
from models.store.history import undo
from tests.importers.merge.made import (
    CAPITAL,
    CODE,
    ECONOMY,
    NAME,
    YEARLY,
    accounted,
    add,
    code,
    plan_of,
    rows,
    take,
    write,
)

TIME = "year", "form", "seq"


@pytest.fixture
def two(file):
    return add(file, {"ent_name": "甲公司", "uscc": code(1)}, {"ent_name": "乙公司", "uscc": code(2)})


def test_two_heading_rows_with_units(file, two, tmp_path):
    path = write(
        tmp_path / "经济.xlsx", ["2025年经济数据"], ["序号", NAME, CODE, "财务", None, None, "年末人数"],
        [None, None, None, "营业收入(千元)", "其中:主营", "利润总额(亿元)", None],
        [1, "甲公司", code(1), 864200.5, "86,420.00", 0.1, 20], [2, "乙公司", None, "约5000", "—", -1, 30.5],
        ["合计", None, None, 864200.5],
        sheet="财务", spans=["D2:F2", "A2:A3", "B2:B3", "C2:C3", "G2:G3"],
    )  # fmt: skip
    result = take(file, path, ECONOMY, "2025")
    assert (result.counts.new, result.counts.aside, result.counts.kept, result.counts.rounded) == (2, 1, 1, 0)
    found = rows(file, ECONOMY, *TIME, "ent", "rev", "rev_main", "profit")
    assert found == [
        (2025, "Y", 0, two[0], 864_200_500, 864_200_000, 10_000_000),
        (2025, "Y", 0, two[1], Raw("约5000"), Raw("—"), -100_000_000),
    ]


def test_a_reference_that_is_not_found_is_kept_and_later_found(file, two, tmp_path):
    path = write(
        tmp_path / "经济.xlsx",
        [NAME, CODE, "营业收入(万元)"],
        ["甲公司", None, 1],
        ["丙公司", None, 3],
        ["丁公司", code(4), 4],
        [None, 9.13e17, 5],
    )
    plan = plan_of(file, path, ECONOMY, "2025")
    assert (plan.counts.new, plan.counts.kept, plan.counts.returned) == (3, 2, 1)
    assert [one.record for one in entries(plan, NEW)] == ["甲公司", "丙公司", f"丁公司 {code(4)}"]
    assert [one.place for one in entries(plan, RETURNED)] == ["名录!B5"]
    take(file, path, ECONOMY, "2025")
    assert rows(file, ECONOMY, "ent", "rev") == [
        (two[0], 10_000),
        (Raw("丙公司"), 30_000),
        (Raw(f"丁公司 {code(4)}"), 40_000),
    ]
    assert take(file, path, ECONOMY, "2025").counts.same == 3
    (third,) = add(file, {"ent_name": "丙公司", "uscc": code(3)})
    assert take(file, path, ECONOMY, "2025").counts.updated == 1
    assert [ent for ent, _ in rows(file, ECONOMY, "ent", "rev")] == [two[0], third, Raw(f"丁公司 {code(4)}")]


def test_a_name_that_two_enterprises_bear_is_no_reference(file, tmp_path):
    add(file, {"ent_name": "同名公司", "uscc": code(1)}, {"ent_name": "同名公司", "uscc": code(2)})
    path = write(tmp_path / "经济.xlsx", [NAME, "营业收入(万元)"], ["同名公司", 1], ["同名公司 ", 1])
    plan = plan_of(file, path, ECONOMY, "2025")
    assert (plan.counts.new, plan.counts.merged, plan.counts.kept) == (1, 1, 2)


@pytest.mark.parametrize(
    ("heading", "cells", "told"),
    [
        (["年度"], [[2024.0], ["2025年"]], [(2024, "Y", 0), (2025, "Y", 0)]),
        (["报告期"], [["2025Q3"], ["2025年9月"]], [(2025, "Q", 3), (2025, "M", 9)]),
        (["年份", "月份"], [[2024.0, 9.0], ["2025", "12月"]], [(2024, "M", 9), (2025, "M", 12)]),
        (["年度", "季度"], [["2024", "三季度"], ["2025", 1.0]], [(2024, "Q", 3), (2025, "Q", 1)]),
    ],
)
def test_one_import_may_hold_several_periods(file, two, tmp_path, heading, cells, told):
    lines = [["甲公司", *cell, number] for number, cell in enumerate(cells)]
    take(file, write(tmp_path / "经济.xlsx", [NAME, *heading, "营业收入(万元)"], *lines), ECONOMY)
    assert [row[:3] for row in rows(file, ECONOMY, *TIME, "rev")] == told


def test_a_row_without_a_readable_period_comes_back(file, two, tmp_path):
    path = write(
        tmp_path / "经济.xlsx",
        [NAME, "报告期", "营业收入(万元)"],
        ["甲公司", "去年吧", 1],
        ["乙公司", None, 2],
        ["乙公司", "2025", 3],
    )
    plan = plan_of(file, path, ECONOMY)
    assert (plan.counts.new, plan.counts.returned) == (1, 2)
    first, second = entries(plan, RETURNED)
    assert first.place == "名录!B2"
    assert "“去年吧”不是报告期" in first.after
    assert "没有写报告期" in second.after


@pytest.mark.parametrize(
    ("when", "cell", "told"),
    [
        ("2025Q3", "2025年1-9月", (2025, "Q", 3)),
        ("2025Q3", "1—9月累计", (2025, "Q", 3)),
        ("2025H1", "2024年1至6月", (2024, "H", 1)),
        ("2025", "1-12月", (2025, "Y", 0)),
        ("2025-09", "2025年1－9月份", (2025, "M", 9)),
    ],
)
def test_months_since_january_are_the_imports_own_period(file, two, tmp_path, when, cell, told):
    path = write(
        tmp_path / "经济.xlsx", [NAME, "报告期", "营业收入(万元)"], ["甲公司", cell, 1], ["乙公司", "1-2月", 1]
    )
    take(file, path, ECONOMY, when)
    assert rows(file, ECONOMY, *TIME) == [told]


def test_a_period_that_cannot_be_read_is_told_as_it_is_written(file, two, tmp_path):
    path = write(tmp_path / "经济.xlsx", [NAME, "报告期", "营业收入(万元)"], ["甲公司", "2025年1-3月", 1])
    (entry,) = entries(plan_of(file, path, ECONOMY, "2025"), RETURNED)
    assert entry.after.startswith("“2025年1-3月”不是报告期")


def test_periods_in_headings(file, two, tmp_path):
    path = write(
        tmp_path / "经济.xlsx", [NAME, "营业收入(万元)", None, "利润总额(万元)", None, "研发费用(万元)"],
        [None, "本年", "上年同期", "2024年", "2023年", None], ["甲公司", 1, 2, 3, 4, 5], ["乙公司", 6, None, None, None, None],
        spans=["B1:C1", "D1:E1"],
    )  # fmt: skip
    result = take(file, path, ECONOMY, "2025")
    assert (result.counts.rows, result.counts.new) == (2, 2)
    assert sorted(rows(file, ECONOMY, "year", "ent", "rev", "profit", "exp_rd"), key=lambda row: (row[1], row[0])) == [
        (2023, two[0], None, 40_000, None),
        (2024, two[0], 20_000, 30_000, None),
        (2025, two[0], 10_000, None, 50_000),
        (2025, two[1], 60_000, None, None),
    ]
    assert take(file, path, ECONOMY, "2025").counts.same == 2


def test_last_year_beside_a_period_column_is_a_year_before_the_row(file, two, tmp_path):
    path = write(
        tmp_path / "经济.xlsx", [NAME, "报告期", "营业收入(万元)", None], [None, None, "本期", "上年同期"],
        ["甲公司", "2025Q3", 1, 2], ["甲公司", "2024Q2", 3, 4], spans=["C1:D1", "A1:A2", "B1:B2"],
    )  # fmt: skip
    take(file, path, ECONOMY)
    assert sorted(rows(file, ECONOMY, *TIME, "rev")) == [
        (2023, "Q", 2, 40_000),
        (2024, "Q", 2, 30_000),
        (2024, "Q", 3, 20_000),
        (2025, "Q", 3, 10_000),
    ]


def test_no_period_anywhere_is_said(file, two, tmp_path):
    path = write(tmp_path / "经济.xlsx", [NAME, "营业收入(万元)"], ["甲公司", 1])
    with pytest.raises(NotThisLedger, match="请指定报告期"):
        take(file, path, ECONOMY)


def test_another_workbook_is_refused(file, tmp_path):
    path = write(
        tmp_path / "成绩.xlsx", ["姓名", "语文", "数学", "班级"], ["张三", 90, 80, "一班"], ["李四", 70, 60, "二班"]
    )
    for into, when in ((ledger("企业"), ""), (ECONOMY, "2025"), (CAPITAL, "")):
        with pytest.raises(NotThisLedger, match=f"请确认这是不是“{into.label}”的表"):
            take(file, path, into, when)


def test_a_table_without_its_key_is_told_which_column_to_add(file, tmp_path):
    path = write(tmp_path / "到资.xlsx", [NAME, "到资日期", "币种", "原币金额"], ["甲公司", "2025-01-05", "美元", 5])
    with pytest.raises(NotThisLedger, match="没有认出说明是哪条记录的列（凭证号），请在表里补上这一列再导入"):
        take(file, path, CAPITAL)


def test_the_sheet_that_fits_is_taken(file, two, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "封面"
    book.active.append(["关于报送2025年数据的说明"])
    book.create_sheet("人员").append(["姓名", "岗位", "电话"])
    book["人员"].append(["张三", "统计", "1"])
    book.create_sheet("数据").append([NAME, "营业收入(万元)"])
    book["数据"].append(["甲公司", 1])
    book.save(tmp_path / "多表.xlsx")
    assert take(file, tmp_path / "多表.xlsx", ECONOMY, "2025").plan.grid.sheet == "数据"


def test_rows_of_one_enterprise_that_disagree(file, two, tmp_path):
    path = write(
        tmp_path / "经济.xlsx", [NAME, CODE, "营业收入(万元)", "利润总额(万元)"],
        ["甲公司", code(1), 1, None], ["甲", code(1), 2, 3],
    )  # fmt: skip
    plan = plan_of(file, path, ECONOMY, "2025")
    assert (plan.counts.conflicts, plan.counts.merged) == (1, 1)
    assert [(one.field, one.after) for one in entries(plan, CONFLICT)] == [("营业收入", "C2:1;C3:2")]
    take(file, path, ECONOMY, "2025")
    assert rows(file, ECONOMY, "rev", "profit") == [(Raw("C2:1;C3:2"), 30_000)]


def test_events_are_known_by_their_number(file, two, tmp_path):
    heading = ["凭证号", NAME, "到资日期", "币种", "原币额(万元)", "折美元汇率"]
    path = write(
        tmp_path / "到资.xlsx", heading,
        ["Y-1", "甲公司", "2025-03-01", "美元", 100, 1], [None, "乙公司", "2025-03-02", "美元", 5, 1],
        ["Y-2", "乙公司", "2025-04", "港币", 1.5, 0.128],
    )  # fmt: skip
    plan = plan_of(file, path, CAPITAL)
    assert (plan.counts.new, plan.counts.returned, plan.counts.kept) == (2, 1, 0)
    assert [one.after for one in entries(plan, RETURNED)] == ["没有填“凭证号”，不知道是哪条记录，请补上后再导入"]
    take(file, path, CAPITAL)
    assert rows(file, CAPITAL, "proof_no", "ent", "in_date", "amt_fc") == [
        ("Y-1", two[0], 20250301, 1_000_000),
        ("Y-2", two[1], 20250400, 15_000),
    ]
    add(file, {"proof_no": "Y-2", "ent": two[0]}, into=CAPITAL)
    doubled = plan_of(file, path, CAPITAL)
    assert (doubled.counts.same, doubled.counts.returned) == (1, 2)
    assert any("有 2 条记录对得上这一行" in one.after for one in entries(doubled, RETURNED))
    assert accounted(doubled.counts)


def test_a_yearly_ledger_by_itself(file, two, tmp_path):
    path = write(tmp_path / "年度.xlsx", [NAME, "年度", "是否规上"], ["甲公司", 2024, "是"], ["甲公司", 2025, "否"])
    take(file, path, YEARLY)
    assert rows(file, YEARLY, "year", "ent", "is_up") == [(2024, two[0], 1), (2025, two[0], 0)]


def test_one_undo_for_all_periods(file, two, tmp_path):
    before = content_hash(file.path)
    path = write(
        tmp_path / "经济.xlsx", [NAME, "年度", "营业收入(万元)"], *[["甲公司", year, 1] for year in range(2015, 2026)]
    )
    take(file, path, ECONOMY)
    path = write(
        tmp_path / "二.xlsx", [NAME, "年度", "营业收入(万元)"], *[["甲公司", year, 2] for year in range(2010, 2026)]
    )
    plan = plan_of(file, path, ECONOMY)
    assert (plan.counts.updated, plan.counts.new) == (11, 5)
    assert entries(plan, UPDATED)[0].now == "1.00"
    take(file, path, ECONOMY)
    undo(file)
    undo(file)
    assert content_hash(file.path) == before


def test_a_percentage_worked_out_in_the_sheet_is_not_called_rounded(file, tmp_path):
    """38.66 / 100 is 0.38659999999999994 to a computer and 38.66 % to whoever looks at the cell; a third is a third."""
    path = write(tmp_path / "链.xlsx", ["产业链编号", "本地配套率"], ["L1", 38.66 / 100], ["L2", 1 / 3])
    book = openpyxl.load_workbook(path)
    for line in (2, 3):
        book.active.cell(line, 2).number_format = "0.00%"
    book.save(path)
    result = take(file, path, ledger("产业链"))
    assert rows(file, ledger("产业链"), "local_support_rate") == [(386_600,), (333_333,)]
    assert result.counts.rounded == 1
