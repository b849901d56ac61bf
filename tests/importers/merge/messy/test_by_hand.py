"""Where a heading cannot be understood without guessing, the preview says so, and a person's choice makes the import whole."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from importers.matching import targets
from importers.merge import applying, best_table, planning
from importers.progress import finish
from models.kinds import Raw
from models.ledgers import ledger
from models.periods import Period
from models.store.merging import reading
from tests.importers.merge.made import ZONE, add, code
from tests.importers.merge.messy.shelf import stored

PARCEL, ECONOMY, ZONE_YEAR = map(ledger, ("宗地", "经济数据", "开发区年度"))


def book(path: Path, *lines: list[object]) -> Path:
    made = openpyxl.Workbook()
    for line in lines:
        made.active.append(line)
    made.save(path)
    return path


def table_of(file, path, into, when=None):
    with reading(file, ZONE) as store:
        return best_table(path, into, when, store)


def by_hand(table, **choices):
    """The table with columns chosen: letter = field."""
    matching = table.matching
    for letter, name in choices.items():
        index = next(one.column.index for one in matching.columns if one.column.letter == letter)
        target = next(one for one in targets(matching.ledger) if one.label == name) if name else None
        matching = matching.choose(index, target)
    return type(table)(table.path, table.sheets, table.notes, table.grid, matching)


def importing(file, table):
    return finish(applying(file, finish(planning(file, table, ZONE))))


def says(table):
    return {one.column.letter: one.note for one in table.matching.columns if one.how == "请选"}


def test_a_key_under_a_strange_name_and_a_strange_unit(file, tmp_path):
    lines = [
        ["赣州经开区宗地一览表"],
        ["序号", "图斑序列", "宗地坐落", "宗地面积（百亩）", "土地用途", "总价款(万元/亩)"],
        [1, "地001", "华坚路1号", 1.5, "工业", 20],
        [2, "地002 ", "迎宾大道", "２.５", "商服", "—"],
        ["合计", None, None, 4, None, None],
    ]
    table = table_of(file, book(tmp_path / "宗地.xlsx", *lines), PARCEL)
    assert "没有认出说明是哪条记录的列（宗地编号）" in table.matching.problem
    assert says(table) == {"D": "看不懂单位“百亩”；要按㎡导入“宗地面积”请改选，否则请改列名"}
    chosen = by_hand(table, B="宗地编号", D="宗地面积")
    assert chosen.matching.problem == ""
    assert importing(file, chosen).counts.new == 2
    names = "parcel_no", "location", "area_m2", "use_code", "price"
    found = [tuple(row[name] for name in names) for _, row in stored(file, PARCEL)]
    assert [row[:2] for row in found] == [("地001", "华坚路1号"), ("地002", "迎宾大道")]
    assert [row[2] for row in found] == [150, 250], "in ㎡, as was told"
    assert [row[4] for row in found] == [None, None]
    again = table_of(file, tmp_path / "宗地.xlsx", PARCEL)
    assert [one.how for one in again.matching.columns] == ["忽略", "记得", "记得", "记得", "记得", "忽略"]
    assert importing(file, again).batch is None


@pytest.mark.parametrize("choice", ["营业收入", ""])
def test_two_columns_for_one_field(file, tmp_path, choice):
    (row,) = add(file, {"ent_name": "甲公司", "uscc": code(1)})
    lines = [["企业名称", "营业收入(万元)", "营收（千元）"], ["甲公司", 100, 2000], ["甲公司", None, None]]
    table = table_of(file, book(tmp_path / "经济.xlsx", *lines), ECONOMY, Period(2025))
    assert says(table) == {"C": "B 列已对上“营业收入”，要用这一列请改选"}
    importing(file, by_hand(table, C=choice))
    assert [(line["ent"], line["rev"]) for _, line in stored(file, ECONOMY)] == [
        (row, 2_000_000 if choice else 1_000_000)
    ]


def test_a_column_without_a_name(file, tmp_path):
    lines = [["宗地编号", None, "坐落"], ["地001", 30, "华坚路"], ["地002", "约三十亩", "迎宾路"]]
    table = table_of(file, book(tmp_path / "宗地.xlsx", *lines), PARCEL)
    assert says(table) == {"B": "这一列没有列名"}
    importing(file, by_hand(table, B="宗地面积"))
    assert [row["area_m2"] for _, row in stored(file, PARCEL)] == [3000, Raw("约三十亩")]


def test_a_figure_of_an_upright_form(file, tmp_path):
    lines = [
        ["指标", "单位", "2025年"],
        ["出口总额", "千元", 10],
        ["园区资产总额", "十万元", 20],
        ["税收收入", "万元", 30],
        ["就业人数", "人", 40],
        ["期末从业情况", "", 50],
    ]
    table = table_of(file, book(tmp_path / "表.xlsx", *lines), ZONE_YEAR, Period(2025))
    assert says(table) == {"3": "看不懂单位“十万元”；要按万元导入“园区资产总额”请改选，否则请改列名"}
    importing(file, by_hand(table, **{"3": "园区资产总额", "5": "期末从业人员"}))
    ((period, row),) = stored(file, ZONE_YEAR)
    assert (period, row["export"], row["park_assets"], row["tax_all"], row["emp_end"]) == (
        (2025,),
        10_000,
        200_000,
        300_000,
        40,
    )


def test_rows_without_the_column_of_their_key_are_not_taken_for_one_record(file, tmp_path):
    lines = [["坐落", "宗地面积", "土地用途"], ["华坚路", 30, "工业"], ["迎宾路", 40, "工业"]]
    table = table_of(file, book(tmp_path / "宗地.xlsx", *lines), PARCEL)
    assert table.matching.problem == "“Sheet”里没有认出说明是哪条记录的列（宗地编号），请在表里补上这一列再导入"
    assert by_hand(table, A="宗地编号").matching.problem == ""


def test_a_row_that_does_not_say_whose_it_is_comes_back(file, tmp_path):
    (row,) = add(file, {"ent_name": "甲公司", "uscc": code(1)})
    lines = [
        ["企业名称", "资质", "认定日期"],
        ["甲公司", "高新技术企业", "2024.1.5"],
        [None, "专精特新中小企业", "2024.2.6"],
        [None, None, None],
        ["—", "专精特新中小企业", "2024.2.7"],
    ]
    table = table_of(file, book(tmp_path / "资质.xlsx", *lines), ledger("企业资质"))
    plan = finish(planning(file, table, ZONE))
    assert [(fault.sentence, number) for number, fault in plan.faults.items()] == [
        ("没有填“企业”，不知道是哪条记录，请补上后再导入", 1),
        ("没有填“企业”，不知道是哪条记录，请补上后再导入", 2),
    ]
    finish(applying(file, plan))
    assert [line["ent"] for _, line in stored(file, ledger("企业资质"))] == [row]
