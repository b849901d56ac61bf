"""The forms a zone fills about itself stand upright: a line for each figure, its unit beside it, a column for each year."""

from __future__ import annotations

from random import Random

import openpyxl
import pytest

from importers.merge.returned import save_returned
from models.ledgers import BY_ID
from tests.importers.merge.made import plan_of, take
from tests.importers.merge.messy.office import Office
from tests.importers.merge.messy.records import fields_of, rows
from tests.importers.merge.messy.shelf import differences, stored

FORMS = {
    "zone_year": ("2025", (2025,), (2024,)),
    "zone_land": ("2025", (2025,), (2024,)),
    "zone_period": ("2025Q3", (2025, "Q", 3), (2024, "Q", 3)),
}
HEADS = [("本年实际", "上年同期"), ("2025年", "2024年"), ("数值", "上年数"), ("本年\n累计", "上年")]


def upright(path, ledger, seed):
    """A form with the figures of two years, and what they are."""
    rng = Random(f"{ledger.id} {seed}")
    office = Office(rng, ledger)
    office.style.unit_row = True  # the unit stands in a column of its own
    now, last = rows(rng, ledger, 2, office.units, {})
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"{ledger.label}表"])
    sheet.merge_cells("A1:G1")
    sheet.append(["填报单位：赣州经开区", None, None, None, None, None, office.unit_line() or None])
    heads = rng.choice(HEADS)
    sheet.append(["序号", "指标名称", "代码", "计量单位", heads[0], heads[1], "增长%"])
    section = ""
    for number, one in enumerate(fields_of(ledger)):
        (head,) = office.heads(one)
        if one.section != section:
            section = one.section
            sheet.append([None, f"{'一二三四五六七八'[number % 8]}、{section}"])
        cells = [row.cells[one.id] for row in (now, last)]
        sheet.append(
            [number + 1, head.parts[0], f"{number + 1:02}", head.unit or "—", *(cell.put for cell in cells), 5.5]
        )
        for column, cell in enumerate(cells, 5):
            if cell.shown:
                sheet.cell(sheet.max_row, column).number_format = cell.shown
    sheet.append(["注：1.本表由各局办填报。"])
    sheet.append(["单位负责人：王五", None, "填表人：李四", None, "报出日期：2026年1月5日"])
    book.save(path)
    return now, last


@pytest.mark.parametrize("seed", ["甲", "乙", "丙"])
@pytest.mark.parametrize("ledger", [BY_ID[name] for name in FORMS], ids=[*FORMS])
def test_an_upright_form_is_read_like_any_table(file, tmp_path, ledger, seed):
    wanted = upright(tmp_path / "表.xlsx", ledger, seed)
    when, *periods = FORMS[ledger.id]
    done = take(file, tmp_path / "表.xlsx", ledger, when)
    told = [*done.lines()]
    assert (done.counts.rows, done.counts.new, done.counts.kept, done.counts.rounded) == (2, 2, 0, 0), told
    found = stored(file, ledger)
    assert [period for period, _ in found] == periods
    assert [differences(row, meant) for (_, row), meant in zip(found, wanted, strict=True)] == [{}, {}], told
    assert "竖排的表里 G 列“增长%”不是某一期的数，没有导入" in told
    again = take(file, tmp_path / "表.xlsx", ledger, when)
    assert (again.counts.same, again.batch) == (2, None)


def small(path, *lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


LINES = [
    ["指标", "单位", "2025年", "计划数"],
    ["出口总额", "千元", 10, 1],
    ["园区资产总额", "十万元", 20, 2],
    ["税收收入", "万元", "很多", 3],
    ["自设指标", "家", 4, 4],
    ["期末从业人员", "", 5, 5],
]


def test_what_stays_out_is_told_with_its_place_in_the_sheet(file, tmp_path):
    path = small(tmp_path / "表.xlsx", *LINES)
    done = take(file, path, BY_ID["zone_year"], "2025")
    assert [*done.lines()] == [
        "竖排的表里 D 列“计划数”不是某一期的数，没有导入",
        "没有导入 第 3 行“园区资产总额（十万元）”：看不懂单位“十万元”；要按万元导入“园区资产总额”请改选，否则请改列名",
        "千元→万元 ÷10：第 2 行“出口总额”",
        "没有导入的列（“开发区年度”里没有这一项）：第 5 行“自设指标”",
        "不算数据的行 Sheet!B2：计量单位行“千元 万元 家”",
        "按原样保留并标红 Sheet!C4：全区税收收入 “很多”不是数，请只写数字",
    ]


def test_a_figure_may_be_matched_by_hand(file, tmp_path):
    plan = plan_of(file, small(tmp_path / "表.xlsx", *LINES), BY_ID["zone_year"], "2025")
    assets = next(one for one in plan.matching.columns if one.column.raw.startswith("园区资产"))
    assert (assets.target, assets.how, assets.column.where) == (None, "请选", "第 3 行")


def test_a_table_that_lies_is_not_turned(file, tmp_path):
    lines = [["年度", "出口总额(万元)", "期末从业人员"], [2025, 1, 2], [2024, 3, 4]]
    done = take(file, small(tmp_path / "表.xlsx", *lines), BY_ID["zone_year"], "2025")
    assert [row["emp_end"] for _, row in stored(file, BY_ID["zone_year"])] == [2, 4]
    assert [one.column.letter for one in done.plan.matching.columns] == ["A", "B", "C"]


def test_an_upright_form_of_no_period_says_so(file, tmp_path):
    path = small(
        tmp_path / "表.xlsx", *([line[0], line[1], line[2]] for line in [["指标", "单位", "本年实际"], *LINES[1:]])
    )
    done = take(file, path, BY_ID["zone_year"], dry_run=True)
    assert done.returned == 1
    assert "退回 Sheet!C1：没有写报告期，不知道是哪一期的数" in [*done.lines()]
    save_returned(done.plan, tmp_path / "退回.xlsx")
    (sheet,) = openpyxl.load_workbook(tmp_path / "退回.xlsx").worksheets
    said = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert said[-1][-1] == "Sheet!C1：没有写报告期，不知道是哪一期的数"
    assert said[0][:2] == ["报告期", "出口总额"]
