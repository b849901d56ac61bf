"""Messages: values at the scene, in the fields' units and places, empties named."""

from __future__ import annotations

import pytest

from models.formula.context import Context, Parameter
from models.formula.messages import message
from models.ledgers import ledger
from tests.models.formula.world import row_id


@pytest.fixture
def rows(data):
    data.add("企业", 1, 单位详细名称="甲公司", 成立时间=20200300, 行业代码="3963")
    data.add("企业年度", 2, 企业=1, 是否规上=1)
    data.add("经济数据", 3, 企业=1, 营业收入=12_345_678, 期末从业人员=1234)
    data.add("经济数据", 4, 企业=1, year=2024, 营业收入=10_000_000)
    data.add("企业", 5)
    data.add("经济数据", 6, 企业=5)
    return data


@pytest.mark.parametrize(
    ("template", "full", "empty"),
    [
        ("没有花括号", "没有花括号", "没有花括号"),
        ("{营业收入} 万元", "1,234.57 万元", "空 万元"),
        ("{营业收入:0}", "1,235", "空"),
        ("{营业收入 :4}", "1,234.5678", "空"),
        ("{营业收入：1}!", "1,234.6!", "空!"),
        ("增 {(营业收入/上年.营业收入-1)*100 :1}%", "增 23.5%", "增 空%"),
        ("{营业收入/上年.营业收入}", "1.23", "空"),
        ("{营业收入 - 上年.营业收入}", "234.57", "空"),
        ("{营业收入 - 1亿元}", "-8,765.43", "空"),
        ("{期末从业人员}人", "1,234人", "空人"),
        ("{企业.单位详细名称}({企业.成立时间})", "甲公司(2020-03)", "空(空)"),
        ("{企业.行业代码}", "智能无人飞行器制造", "空"),
        ("{企业年度.是否规上}{营业收入 > 上年.营业收入}", "是是", "空空"),
        ("{门槛}", "2,000", "2,000"),
        ("{比例}%", "12.5%", "12.5%"),
        ("{营业收入 - 门槛}", "-765.43", "空"),
        ("{满年(企业.成立时间, 期末)}周岁", "5周岁", "空周岁"),
        ("{长度(企业.单位详细名称)}字", "3字", "空字"),
        ("{计数(经济数据)}", "2", "2"),
    ],
)
def test_filled_in(rows, template, full, empty):
    made = message(template, ledger("经济数据"), Context({"门槛": Parameter("2000万元"), "比例": Parameter("12.5")}))
    found = made.render(rows.connection, [row_id(3), row_id(6)], *rows.scene())
    assert found == {row_id(3): full, row_id(6): empty}


def test_any_number_of_rows(rows):
    ids = [row_id(100 + n) for n in range(1100)]
    for n in range(1100):
        rows.add("企业", 100 + n, 单位详细名称=f"企业{n}")
    rows.statements.clear()
    found = message("{单位详细名称}", ledger("企业")).render(rows.connection, ids, *rows.scene())
    assert [found[id] for id in ids] == [f"企业{n}" for n in range(1100)]
    assert len(rows.statements) == 3
