"""Columns ↔ fields: names, aliases, two-row headings, likeness, units, what is left out and why, what is remembered."""

from __future__ import annotations

import pytest

from importers.cells import Grid
from importers.headers import find_heading
from importers.matching import match, targets, vocabulary
from models.ledgers import ledger
from models.ledgers.enterprise import ENTERPRISE_YEAR
from models.periods import Period
from tests.importers.merge.made import CODE, ECONOMY, ENTERPRISE, NAME, take, write

LINES = [["甲公司", "91360703MA0000015K", "1", "2", "3", "4"], ["乙公司", "91360703MA0000023E", "5", "6", "7", "8"]]


def matched(*heading, into=ENTERPRISE, when="2025", remembered=None):
    """{heading: (field, how, note)} of a table with these columns."""
    lines = [(LINES[row] * 3)[: len(heading)] for row in range(2)]
    found = find_heading(Grid("表", [[*heading], *lines]), vocabulary(into))
    result = match(found, into, Period.parse(when) if when else None, remembered)
    assert len(result.columns) == len(heading)
    return {
        raw: (one.target and one.target.label, one.how, one.note)
        for raw, one in zip(heading, result.columns, strict=True)
    }


@pytest.mark.parametrize(
    ("heading", "field", "how"),
    [
        ("单位详细名称", "单位详细名称", "名称相同"),
        ("ent_name", "单位详细名称", "名称相同"),
        ("单位 详细名称", "单位详细名称", "名称相同"),
        ("*企业名称", "单位详细名称", "别名"),
        ("企业名称（全称）", "单位详细名称", "别名"),
        ("统一社会信用代码/注册号", "统一社会信用代码", "名称相同"),
        ("行业\n［固定污染源排污许可分类管理名录（2017年版）］", "行业代码", "别名"),
        ("统一社会信用代码证号", "统一社会信用代码", "像（89%）"),
        ("单位规模", "企业规模", "别名"),
        ("是否规上限上", "是否规上", "别名"),
    ],
)
def test_a_heading_is_recognised(heading, field, how):
    found = matched(heading, "联系人", "联系电话")[heading]
    assert found[:2] == (field, how)


@pytest.mark.parametrize(
    "heading", ["人均营业收入", "营业收入增速", "上年末员工满意度", "营业收入同比增长", "产品名称", "预计利润总额"]
)
def test_what_only_looks_alike_is_left_out(heading):
    target, how, note = matched(NAME, CODE, heading, into=ECONOMY)[heading]
    assert (target, how) == (None, "忽略")
    assert note == "“经济数据”里没有这一项，不导入"


def test_every_column_is_matched_or_explicitly_not():
    found = matched("序号", NAME, CODE, "单位名称", "名次", "税号")
    assert found["序号"] == (None, "忽略", "序号列")
    assert found["名次"][1] == "忽略"
    assert found["单位名称"] == (None, "请选", "B 列已对上“单位详细名称”，要用这一列请改选")
    assert found["税号"] == (None, "请选", "C 列已对上“统一社会信用代码”，要用这一列请改选")


def test_the_surer_column_wins_wherever_it_stands():
    found = matched("单位名称", CODE, "单位详细名称", "联系人")
    assert found["单位详细名称"][0] == "单位详细名称"
    assert found["单位名称"][1] == "请选"


@pytest.mark.parametrize(
    ("heading", "field", "note"),
    [
        ("营业收入(千元)", "营业收入", "千元→万元 ÷10"),
        ("营业收入（亿元）", "营业收入", "亿元→万元 ×10000"),
        ("营业收入(万元)", "营业收入", ""),
        ("营业收入", "营业收入", "没有写单位，按万元"),
        ("出口额(美元)", "出口额", "美元→万美元 ÷10000"),
        ("员工人数(人)", "期末从业人员", ""),
        ("员工人数", "期末从业人员", ""),
    ],
)
def test_units_of_headings(heading, field, note):
    target, _, told = matched(NAME, CODE, heading, into=ECONOMY)[heading]
    assert (target, told) == (field, note)


def test_a_unit_that_measures_something_else_is_no_match():
    assert matched(NAME, CODE, "用电量(亩)", into=ECONOMY)["用电量(亩)"] == (
        None,
        "请选",
        "单位“亩”不能换算成“万千瓦时”；要按万千瓦时导入“用电量”请改选，否则请改列名",
    )


def test_a_unit_may_be_part_of_the_name():
    found = matched("出口总额(万元)", "出口总额(亿美元)", "进出口总额(美元)", "进出口总额", into=ledger("开发区年度"))
    assert [(label, note) for label, _, note in found.values()] == [
        ("出口总额", ""),
        ("出口总额(美元)", "亿美元→万美元 ×10000"),
        ("进出口总额(美元)", "没有写单位，按万美元"),
        ("进出口总额", "没有写单位，按万元"),
    ]


@pytest.mark.parametrize(
    ("lines", "spans", "notes"),
    [
        (  # a row of units below the names
            [[NAME, "营业收入", "资产总计", "利润总额", "期末从业人员"], ["", "千元", "（元）", "万元", "人"]],
            [],
            ["", "千元→万元 ÷10", "元→万元 ÷10000", "", ""],
        ),
        (  # the unit of a group holds for its columns, that of a column is nearer
            [
                [NAME, "主要指标（千元）", "", "", "人员（人）"],
                ["", "营业收入", "资产总计", "利润总额(元)", "期末从业人员"],
            ],
            [(0, 0, 1, 0), (0, 1, 0, 3)],
            ["", "千元→万元 ÷10", "千元→万元 ÷10", "元→万元 ÷10000", ""],
        ),
        (  # a row of units is nearer than the line above the table
            [
                ["单位：亿元", "", "", "", ""],
                [NAME, "营业收入", "资产总计", "利润总额", "期末从业人员"],
                ["", "千元", "", "元", "人"],
            ],
            [],
            ["", "千元→万元 ÷10", "亿元→万元 ×10000", "元→万元 ÷10000", ""],
        ),
    ],
    ids=["unit row", "group", "line above"],
)
def test_a_unit_beside_a_label_written_in_full_is_heeded(lines, spans, notes):
    rows = [*lines, ["甲公司", 1.0, 2.0, 3.0, 4.0], ["乙公司", 5.0, 6.0, 7.0, 8.0]]
    heading = find_heading(Grid("表", rows, merged=tuple(spans)), vocabulary(ECONOMY))
    assert [one.note for one in match(heading, ECONOMY, Period(2025)).columns] == notes


def test_the_unit_row_is_nearer_than_a_unit_in_the_name():
    into = ledger("开发区年度")
    rows = [["年度", "出口总额(美元)", "出口总额"], ["", "亿美元", "元"], [2025.0, 1.0, 2.0], [2024.0, 3.0, 4.0]]
    found = match(find_heading(Grid("表", rows), vocabulary(into)), into, Period(2025))
    assert [one.note for one in found.columns] == ["", "亿美元→万美元 ×10000", "元→万元 ÷10000"]


def test_a_sheet_unit_holds_for_what_it_measures():
    lines = [["单位：千元"], [NAME, "营业收入", "员工人数"], ["甲公司", 1.0, 2.0], ["乙公司", 3.0, 4.0]]
    grid = Grid("表", [[*line, *[""] * (3 - len(line))] for line in lines])
    found = match(find_heading(grid, vocabulary(ECONOMY)), ECONOMY, Period(2025))
    assert [one.note for one in found.columns] == ["", "千元→万元 ÷10", ""]


def test_an_amount_in_original_currency_takes_the_size_of_any():
    tw = ledger("台资企业")
    found = matched(NAME, "注册资本(万美元)", "注册资金(万元)", into=tw)
    assert found["注册资本(万美元)"] == ("注册资本", "名称相同", "")


def test_fields_of_the_year_belong_to_the_enterprise():
    own = {target.field.id for target in targets(ENTERPRISE) if target.ledger is ENTERPRISE_YEAR}
    assert "is_up" in own
    assert "ent" not in own
    assert matched(NAME, CODE, "是否规上", when="")["是否规上"][1] == "请选"


def test_months_since_january_are_the_period_itself():
    found = matched(NAME, "1-9月营业收入(万元)", "1-6月利润总额(万元)", into=ECONOMY, when="2025Q3")
    assert found["1-9月营业收入(万元)"][0] == "营业收入 2025年三季度"
    assert found["1-6月利润总额(万元)"][0] is None


def test_columns_are_chosen_by_hand():
    heading = find_heading(Grid("表", [["字号", "代码", "单位名称"], ["甲", "91360703MA0000015K", "甲公司"]]))
    first = match(heading, ENTERPRISE)
    name = next(target for target in targets(ENTERPRISE) if target.label == "单位详细名称")
    second = first.choose(0, name).choose(1, None)
    assert [(one.target and one.target.label, one.how) for one in second.columns] == [
        ("单位详细名称", "手选"),
        (None, "忽略"),
        (None, "忽略"),
    ]
    assert first.columns[2].target == name


def test_what_was_left_out_by_hand_stays_out_and_nothing_else_does():
    heading = find_heading(Grid("表", [[NAME, CODE, "是否规上", "联系人"], ["甲", "91360703MA0000015K", "是", "张"]]))
    kept = match(heading, ENTERPRISE).choose(3, None).remembered()
    assert kept == {"A": "enterprise.ent_name", "B": "enterprise.uscc", "D": ""}
    again = match(heading, ENTERPRISE, Period(2025), kept)
    assert [one.how for one in again.columns] == ["记得", "记得", "名称相同", "忽略"]


def test_what_was_chosen_is_remembered_for_the_same_heading(file, tmp_path):
    path = write(
        tmp_path / "名录.xlsx",
        [NAME, CODE, "所在街道"],
        ["甲公司", "91360703MA0000015K", "章江"],
        ["乙公司", None, "水东"],
    )
    first = take(file, path)
    assert [one.how for one in first.plan.matching.columns] == ["别名", "名称相同", "忽略"]
    again = take(file, path)
    assert [(one.target and one.target.label, one.how) for one in again.plan.matching.columns] == [
        ("单位详细名称", "记得"),
        ("统一社会信用代码", "记得"),
        (None, "忽略"),
    ]
    heading = again.plan.matching.heading
    address = next(target for target in targets(ENTERPRISE) if target.label == "详细地址")
    chosen = match(heading, ENTERPRISE).choose(2, address).remembered()
    assert [one.target and one.target.label for one in match(heading, ENTERPRISE, None, chosen).columns] == [
        "单位详细名称",
        "统一社会信用代码",
        "详细地址",
    ]


@pytest.mark.parametrize("text", ["单位详细名称", "企业名称", "统一社会信用代码"])
def test_the_vocabulary_knows_the_labels(text):
    assert vocabulary(ENTERPRISE)(text) == 1
    assert vocabulary(ENTERPRISE)("一个与此无关的标题") == 0


@pytest.mark.parametrize(
    ("heading", "odd"),
    [("营业收入（十万元）", "十万元"), ("营业收入(万元/万港币)", "万元/万港币"), ("营业收入［千 港元］", "千 港元")],
)
def test_a_unit_nobody_knows_is_asked_about_and_a_person_can_say_what_it_is(heading, odd):
    lines = [["单位：亿元", "", ""], [NAME, CODE, heading], ["甲公司", "91360703MA0000015K", 1.0], ["乙公司", "", 2.0]]
    found = find_heading(Grid("表", lines), vocabulary(ECONOMY))
    first = match(found, ECONOMY, Period(2025))
    assert (first.columns[2].target, first.columns[2].how) == (None, "请选")
    assert first.columns[2].note == f"看不懂单位“{odd}”；要按万元导入“营业收入”请改选，否则请改列名"
    revenue = next(target for target in targets(ECONOMY) if target.label == "营业收入")
    chosen = first.choose(2, revenue)
    assert (chosen.columns[2].target.label, chosen.columns[2].factor) == ("营业收入", 1)
    assert chosen.columns[2].note == f"看不懂单位“{odd}”，按万元"
    again = match(found, ECONOMY, Period(2025), chosen.remembered())
    assert (again.columns[2].how, again.columns[2].note) == ("记得", f"看不懂单位“{odd}”，按万元")


def test_a_person_may_say_that_a_unit_of_something_else_is_wrong():
    heading = find_heading(Grid("表", [[NAME, "用电量(亩)"], ["甲公司", 1.0], ["乙公司", 2.0]]), vocabulary(ECONOMY))
    power = next(target for target in targets(ECONOMY) if target.label == "用电量")
    chosen = match(heading, ECONOMY, Period(2025)).choose(1, power).columns[1]
    assert (chosen.target.label, chosen.factor, chosen.note) == (
        "用电量",
        1,
        "单位“亩”不能换算成“万千瓦时”，按万千瓦时",
    )


def test_a_unit_row_that_repeats_the_unit_of_a_name_is_the_unit():
    """出口总额(美元) is kept in 万美元, and so it is read while nothing else tells; 美元 in the row of units does."""
    into = ledger("开发区年度")
    rows = [["年度", "*出口总额（美元）", "1、出口总额"], ["", "美元", "元"], [2025.0, 1.0, 2.0], [2024.0, 3.0, 4.0]]
    found = match(find_heading(Grid("表", rows), vocabulary(into)), into, Period(2025))
    assert [one.note for one in found.columns] == ["", "美元→万美元 ÷10000", "元→万元 ÷10000"]


def test_a_mark_before_a_name_with_its_own_unit_changes_nothing():
    found = matched("*出口总额(美元)", "其中：3.进出口总额（美元）", "出口总额(万元)", into=ledger("开发区年度"))
    assert [label for label, _, _ in found.values()] == ["出口总额(美元)", "进出口总额(美元)", "出口总额"]
    assert [note for _, _, note in found.values()] == ["没有写单位，按万美元", "没有写单位，按万美元", ""]


def test_the_unit_that_stands_last_is_the_unit():
    found = matched("出口总额(美元)，亿美元", "进出口总额(美元) 美元", into=ledger("开发区年度"))
    assert [note for _, _, note in found.values()] == ["亿美元→万美元 ×10000", "美元→万美元 ÷10000"]


def test_a_field_whose_name_sounds_like_a_year_is_found_where_nothing_else_is_meant():
    found = matched("考评与说明", "上年数", "营业收入(全口径)", into=ledger("开发区年度"))
    assert found["上年数"][:2] == ("上年营业收入(本年口径)", "别名")
    heading = find_heading(
        Grid(
            "表",
            [["年度", "营业收入(全口径)", ""], ["", "本年", "上年数"], [2025.0, 2.0, 1.0], [2023.0, 4.0, 3.0]],
            merged=((0, 0, 1, 0), (0, 1, 0, 2)),
        )
    )
    found = match(heading, ledger("开发区年度"), Period(2025))
    assert [one.target.label for one in found.columns] == ["年度", "营业收入(全口径) 2025年", "营业收入(全口径) 2024年"]


def test_a_name_wrapped_before_a_word_that_is_a_unit_is_still_a_name():
    found = matched("到资\n原币", "折万\n美元", "凭证号\n", "金额\n万元", into=ledger("到资流水"), when="")
    assert [(label, note) for label, _, note in found.values()] == [
        ("原币额", "没有写单位，按原币万元"),
        ("折万美元", "没有写单位，按万美元"),
        ("凭证号", ""),
        (None, "A 列已对上“原币额”，要用这一列请改选"),
    ]


def test_an_unknown_unit_above_the_table_is_asked_about_where_a_column_has_none_of_its_own():
    lines = [
        ["单位：十万元", "", "", "", ""],
        [NAME, "营业收入", "资产总计(千元)", "期末从业人员", "用电量"],
        ["甲公司", 1.0, 2.0, 3.0, 4.0],
        ["乙公司", 5.0, 6.0, 7.0, 8.0],
    ]
    found = find_heading(Grid("表", lines), vocabulary(ECONOMY))
    first = match(found, ECONOMY, Period(2025))
    assert [one.note for one in first.columns[1:]] == [
        "看不懂单位“十万元”；要按万元导入“营业收入”请改选，否则请改列名",
        "千元→万元 ÷10",
        "",
        "没有写单位，按万千瓦时",
    ]
    revenue = next(target for target in targets(ECONOMY) if target.label == "营业收入")
    assert first.choose(1, revenue).columns[1].note == "看不懂单位“十万元”，按万元"
