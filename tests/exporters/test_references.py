from __future__ import annotations

import pytest

from exporters.references import Growth, move_cell, move_formula, move_range, move_ranges, split_reference
from exporters.xlsx_package import WorkbookFault

THREE = Growth(((8, 2),))  # a list row at 8 with three records
HERE = {"表": THREE}


@pytest.mark.parametrize(
    ("before", "after"),
    [("A7", "A7"), ("A8", "A8"), ("A9", "A11"), ("$A$9", "$A$11"), ("XFD20", "XFD22")],
)
def test_a_cell_moves_when_it_stands_below_the_list(before, after):
    assert move_cell(before, THREE) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A1:B7", "A1:B7"),
        ("A1:B8", "A1:B10"),
        ("A8:B8", "A8:B10"),
        ("A8", "A8:A10"),
        ("A9:B9", "A11:B11"),
        ("A:C", "A:C"),
        ("$4:$5", "$4:$5"),
        ("$7:$9", "$7:$11"),
    ],
)
def test_a_range_ending_on_the_list_row_ends_on_the_last_record(before, after):
    assert move_range(before, THREE) == after


def test_ranges_of_an_sqref_move_one_by_one():
    assert move_ranges("A8 B9:C9", THREE) == "A8:A10 B11:C11"
    assert move_ranges("A8 B9:C9", THREE, widen=False) == "A8 B11:C11"


def test_rows_lead_back_to_the_template():
    two = Growth(((8, 2), (12, 1)))
    moved = {row: two.start(row) for row in range(1, 20)}
    assert all(two.origin(now) == (row, 0) for row, now in moved.items())
    assert [two.origin(row) for row in (8, 9, 10, 11, 14, 15, 16)] == [
        (8, 0), (8, 1), (8, 2), (9, 0), (12, 0), (12, 1), (13, 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(D8:D8)", "SUM(D8:D10)"),
        ("SUM(D8)", "SUM(D8:D10)"),
        ("SUM($D$8,E9)", "SUM($D$8:$D$10,E11)"),
        ("IF(D8>0,D9,D10)", "IF(D8>0,D11,D12)"),
        ("SUM(IF(D8>0,D8:D9))", "SUM(IF(D8>0,D8:D11))"),
        ("表!D9*2", "表!D11*2"),
        ("'表'!D9*2", "'表'!D11*2"),
        ("别的!D9*2", "别的!D9*2"),
        ("[1]表!D9", "[1]表!D9"),
        ("表:别的!D9", "表:别的!D9"),
        ('"D9,"&D9', '"D9,"&D11'),
        ("名称+TRUE+D$9", "名称+TRUE+D$11"),
        ("表1[金额]", "表1[金额]"),
        ("LOG10(D9)", "LOG10(D11)"),
        ("SUM(D9:INDEX(D:D,20))", "SUM(D11:INDEX(D:D,20))"),
        ("SUM(D8:D1048576)", "SUM(D8:D1048576)"),
    ],
)
def test_formulas_follow_the_cells(before, after):
    assert move_formula(before, "表", HERE) == after


def test_a_formula_on_another_sheet_moves_only_where_it_names_this_one():
    assert move_formula("D9+表!D9", "别的", HERE) == "D9+表!D11"
    assert move_formula("'it''s 表'!$A$9", None, {"it's 表": THREE}) == "'it''s 表'!$A$11"


def test_a_formula_nobody_can_read_is_reported():
    with pytest.raises(WorkbookFault, match="读不懂"):
        move_formula('"没有收尾', "表", HERE)


@pytest.mark.parametrize("text", ["TRUE", "12", "abc", "1.5", "A1B", "Sheet1:Sheet3!A1", "[1]表!A1", "表1[列]"])
def test_what_is_no_cell_of_one_sheet_is_no_reference(text):
    assert split_reference(text) is None
