"""What an import tells besides its counts: nothing of a file stays out without a word that says where it stands."""

from __future__ import annotations

import openpyxl
import pytest

from importers.cells import CellError
from models.kinds import Raw
from tests.importers.merge.made import CODE, ECONOMY, ENTERPRISE, NAME, add, code, plan_cells, put, rows, take, write

LINES = [
    ["2025年园区企业名录"],
    ["序号", NAME, CODE, "成立日期", "自设项目", "电话", "联系电话", None],
    [1, "甲公司", code(1), "二〇一九年三月", "x", "1", "2", "无名"],
    [2, "乙公司", 9.13607e17, "2019", None, None, None, None],
    [3, None, None, "2019", None, None, None, None],
    [4, "丙公司", code(3), "大约2020年", None, None, None, None],
    [5, "丁公司", code(4), 45800, None, "3", None, None],
    [6, "丁公司", code(4), None, None, None, "4", None],
    [None, "小计", None, None, 5, None, None, None],
    ["填表人：张三", None, None, "审核人：李四", None, None, None, None],
    ["2025年12月31日", None, None, None, None, None, None, None],
]


def test_every_column_row_and_cell_is_told_with_its_place(file, tmp_path):
    add(file, {"ent_name": "甲公司", "uscc": code(1)})
    result = take(file, write(tmp_path / "名录.xlsx", *LINES))
    told = [*result.lines()]
    for part in (
        "没有导入的列（“企业”里没有这一项）：E 列“自设项目”",
        "没有导入 F 列“电话”：G 列已对上“联系电话”",
        "没有导入 H 列：这一列没有列名",
        "不算数据的行 名录!B9：合计行“小计 5”",
        "不算数据的行 名录!A10：表尾签署行“填表人：张三 审核人：李四”",
        "不算数据的行 名录!A11：注释行“2025年12月31日”",
        "退回 名录!C4：“9.13607E+17”：Excel 已丢掉后几位，请向企业重新要这个代码",
        "退回 名录!C5：既没有名称也没有代码",
        "按原样保留并标红 名录!D6：成立时间 “大约2020年”看不出是哪一天",
        "按原样保留并标红 名录!D7：成立时间 “45800”是不是 2025-05-23？",
    ):
        assert [line for line in told if line.startswith(part)], (part, told)
    assert len(told) == 10, told
    assert all("\n" not in line for line in told)
    listed = result.to_json()
    assert [one["place"] for one in listed["returned_rows"]] == ["名录!C4", "名录!C5"]
    assert [one["place"] for one in listed["kept_cells"]] == ["名录!D6", "名录!D7"]
    assert [one["place"] for one in listed["aside_rows"]] == ["名录!B9", "名录!A10", "名录!A11"]


def test_conflicts_say_what_each_side_says_and_which_stays(file, tmp_path):
    (row,) = add(file, {"ent_name": "甲公司", "uscc": code(1)})
    put(file, row, {"contact": "手填"})
    path = write(
        tmp_path / "名录.xlsx", [NAME, CODE, "联系人", "法人"],
        ["甲公司", code(1), "张", "李"], ["乙公司", code(2), "a", "b"], ["乙公司", code(2), "c", "b"],
    )  # fmt: skip
    result = take(file, path)
    assert [*result.lines()] == [
        "冲突 名录!C2：甲公司 联系人 台账里是“手填（手填）”，文件里是“张”，保留台账里的",
        "冲突 名录!C3：乙公司 联系人 文件里说法不一：C3:a;C4:c",
    ]
    assert "已用文件里的" in next(iter(take(file, path, take_file=True).lines()))


def test_of_many_alike_the_first_are_told_and_how_many_there_are(file, tmp_path):
    lines = [[f"公司{number}", f"某{number}天"] for number in range(50)]
    result = take(file, write(tmp_path / "名录.xlsx", [NAME, "成立日期"], *lines))
    told = [*result.lines()]
    assert (len(told), told[-1]) == (21, "按原样保留并标红：另有 30 处（用 --json 可全部列出）")
    assert len(result.to_json()["kept_cells"]) == 50


def test_one_line_for_cells_with_the_same_fault(file, tmp_path):
    lines = [[f"公司{number}", "不详"] for number in range(1000)]
    told = [*take(file, write(tmp_path / "名录.xlsx", [NAME, "行业代码"], *lines)).lines()]
    assert told == ["按原样保留并标红 名录!B2 等 1000 处：行业代码 “不详”不在“国民经济行业”代码表里"]


def test_units_are_told(file, tmp_path):
    add(file, {"ent_name": "甲公司"})
    heads = [NAME, "营业收入(千元)", "利润总额（千元）", "资产总计"]
    result = take(file, write(tmp_path / "经济.xlsx", heads, ["甲公司", "10.00004", 1, "5万元"]), ECONOMY, "2025")
    assert [*result.lines()] == [
        "千元→万元 ÷10：B 列“营业收入”、C 列“利润总额”",
        "没有写单位，按万元：D 列“资产总计”",
        "按原样保留并标红 经济!D2：资产总计 “5万元”不是数，请只写数字".replace("经济!", "名录!"),
        "小数太长，已四舍五入 名录!B2：营业收入 存为 1.00 万元",
    ]


def book(path, **sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(line)
    made["隐藏表"].sheet_state = "hidden"
    made.save(path)
    return path


def test_other_sheets_and_tables_are_told(file, tmp_path):
    path = book(
        tmp_path / "多表.xlsx",
        一月=[
            [NAME, CODE],
            ["甲公司", code(1)],
            ["乙公司", code(2)],
            [],
            ["宗地编号", "用地面积(亩)", "土地用途"],
            ["Z1", 5, "工业"],
        ],
        二月=[[NAME, CODE], ["丙公司", code(3)]],
        说明=[["填报说明"], ["请认真填写。"]],
        隐藏表=[[NAME, CODE], ["丁公司", code(4)]],
    )
    result = take(file, path)
    first, second, third = result.notes
    assert first == "“一月”第 5—6 行是另一张表，这次没有导入，请把它移到单独的工作表再导入一次"
    assert second.startswith("工作表“二月”（1 行）看起来也是“企业”的表，这次只导入“一月”")
    assert third.startswith("隐藏的工作表“隐藏表”没有导入")
    assert [*result.lines()][:3] == [first, second, third]
    assert rows(file, ENTERPRISE, "ent_name") == [("甲公司",), ("乙公司",)]
    assert take(file, path, sheet="隐藏表").counts.new == 1


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (CellError("#N/A"), "是公式出错，请在原表改正"),
        (CellError("公式未计算"), "请在 Excel 或 WPS 中打开、保存后再导入"),
    ],
)
def test_what_to_do_about_a_formula(file, cell, told):
    plan = plan_cells(file, [[NAME, "法人"], ["甲公司", cell]])
    (column,) = [one for one in plan.filled if one.field.id == "legal_rep"]
    assert column.cells.stored == [Raw(str(cell))]
    assert column.cells.raw[0][1] == f"单元格显示“{cell}”，{told}"
