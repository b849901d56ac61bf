"""Tables whose difficulty is below the heading: unit and numbering rows, totals, notes, pages, merged records."""

from __future__ import annotations

from tests.importers.layouts import Layout

BELOW = [
    Layout(
        "unit row",
        """
        企业名称|营业收入|用地面积|从业人员
        |万元|亩|人
        甲公司|10|4|6
        """,
        columns="A 企业名称 | B 营业收入 [万元] | C 用地面积 [亩] | D 从业人员 [人]",
        data="3",
        asides="B2 计量单位行",
    ),
    Layout(
        "unit row in brackets, with its own name",
        """
        企业名称|营业收入|用地面积
        单位|（万元）|（平方米）
        甲公司|10|4
        """,
        columns="A 企业名称 | B 营业收入 [万元] | C 用地面积 [㎡]",
        data="3",
        asides="A2 计量单位行",
    ),
    Layout(
        "numbering row 甲 乙 1 2",
        """
        企业名称|行业|营业收入|利润
        甲|乙|1|2
        某公司|电子|10|4
        """,
        columns="A 企业名称 | B 行业 | C 营业收入 | D 利润",
        data="3",
        asides="A2 栏次行",
    ),
    Layout(
        "numbering row with formulas and a name",
        """
        指标名称|本年|上年|增减|增速(%)
        甲|1|2|3=1-2|4
        营业收入|10|8|2|25
        """,
        columns="A 指标名称 | B 本年 | C 上年 | D 增减 | E 增速 [%]",
        data="3",
        asides="A2 栏次行",
    ),
    Layout(
        "numbering row 1 2 3 4",
        """
        企业名称|营业收入|利润|税收
        1|2|3|4
        某公司|10|4|1
        """,
        columns="A 企业名称 | B 营业收入 | C 利润 | D 税收",
        data="3",
        asides="A2 栏次行",
    ),
    Layout(
        "totals",
        """
        序号|企业名称|营业收入|税收
        合    计||30|3
        1|甲公司|10|1
        |小计|10|1
        2|乙公司|20|2
        |其中：规上|20|2
        总计：||30|3
        """,
        columns="A 序号* | B 企业名称 | C 营业收入 | D 税收",
        data="3 5",
        asides="A2 合计行, B4 合计行, B6 合计行, A7 合计行",
    ),
    Layout(
        "notes and signatures",
        """
        企业名称|营业收入|税收|备注
        甲公司|10|1|
        说明书印刷厂|20|2|
        注：1.本表由企业填报。
        2.数据来源于税务部门，为快报数。
        数据来源：税务局
        单位负责人：张三||填表人：李四|
        填报日期：|2025年1月8日||
        """,
        columns="A 企业名称 | B 营业收入 | C 税收 | D 备注",
        data="2-3",
        asides="A4 注释行, A5 表尾说明, A6 注释行, A7 表尾签署行, A8 表尾签署行",
    ),
    Layout(
        "pages: heading, title and numbering again",
        """
        园区企业名录
        企业名称|行业|营业收入
        甲|乙|1
        一公司|电子|10
        二公司|电子|20
        园区企业名录||
        企业名称|行业|营业收入
        甲|乙|1
        三公司|化工|30
        """,
        columns="A 企业名称 | B 行业 | C 营业收入",
        data="4-5 9",
        asides="A3 栏次行, A6 重复的标题行, A7 重复的标题行, A8 重复的标题行",
        titles=("园区企业名录",),
    ),
    Layout(
        "blank rows and numbers written ahead",
        """
        序号|企业名称|营业收入
        1|甲公司|10
        ||
        2|乙公司|20
        3||
        4||
        """,
        columns="A 序号* | B 企业名称 | C 营业收入",
        data="2 4",
        asides="A5 只有序号, A6 只有序号",
    ),
    Layout(
        "sections inside the data",
        """
        企业名称|行业|营业收入|税收
        一、电子信息|||
        甲公司|电子|10|1
        （二）新材料|||
        乙公司|材料|20|2
        全区其他企业|||
        丙公司|其他|3|1
        """,
        merges=("A6:D6",),
        columns="A 企业名称 | B 行业 | C 营业收入 | D 税收",
        data="3 5 7",
        asides="A2 分组行, A4 分组行, A6 分组行",
    ),
    Layout(
        "record with a name only stays",
        """
        企业名称|行业|营业收入|税收
        甲公司|电子|10|1
        乙公司|||
        """,
        columns="A 企业名称 | B 行业 | C 营业收入 | D 税收",
        data="2-3",
    ),
    Layout(
        "date alone at the lower right",
        """
        企业名称|行业|营业收入|联系电话
        甲公司|电子|10|13800000000
        |||
        |||2025年1月10日
        """,
        columns="A 企业名称 | B 行业 | C 营业收入 | D 联系电话",
        data="2",
        asides="D4 表尾说明",
    ),
    Layout(
        "heading only",
        """
        企业名称|统一社会信用代码|营业收入(万元)
        """,
        columns="A 企业名称 | B 统一社会信用代码 | C 营业收入 [万元]",
        data="",
    ),
    Layout(
        "column without a name but with values",
        """
        企业名称||营业收入
        甲公司|规上|10
        乙公司|规下|20
        """,
        columns="A 企业名称 | B  | C 营业收入",
        data="2-3",
    ),
    Layout(
        "name merged over its quarters",
        """
        企业名称|报告期|营业收入
        甲公司|2025Q1|1
        |2025Q2|2
        乙公司|2025Q1|3
        """,
        merges=("A2:A3",),
        columns="A 企业名称 | B 报告期 | C 营业收入",
        data="2-4",
    ),
    Layout(
        "period ledger keeps 累计 as a value",
        """
        企业名称|报告期|营业收入
        甲公司|1—3月累计|1
        甲公司|1—6月累计|2
        """,
        columns="A 企业名称 | B 报告期 | C 营业收入",
        data="2-3",
    ),
    Layout(
        "units as values of a column are not a unit row",
        """
        指标名称|计量单位|本年
        营业收入|万元|10
        从业人员|人|20
        |万元|30
        """,
        columns="A 指标名称 | B 计量单位 | C 本年",
        data="2-4",
    ),
    Layout(
        "example row of a blank form",
        """
        企业名称|行业|营业收入
        示例：某某公司|电子|100
        甲公司|化工|10
        """,
        columns="A 企业名称 | B 行业 | C 营业收入",
        data="3",
        asides="A2 示例行",
    ),
    Layout(
        "side title merged down",
        """
        |企业名称|行业|营业收入
        工业|甲公司|化工|10
        |乙公司|化工|20
        """,
        merges=("A2:A3",),
        columns="A  | B 企业名称 | C 行业 | D 营业收入",
        data="2-3",
    ),
    Layout(
        "pages: two-row heading again after a page line",
        """
        企业名称|财务|
        |营业收入|税收
        甲公司|1|2
        第1页||
        企业名称|财务|
        |营业收入|税收
        乙公司|3|4
        第2页 共2页||
        """,
        merges=("A1:A2", "B1:C1", "A5:A6", "B5:C5"),
        columns="A 企业名称 | B 财务｜营业收入 | C 财务｜税收",
        data="3 7",
        asides="A4 注释行, A5 重复的标题行, A6 重复的标题行, A8 注释行",
    ),
    Layout(
        "second table line of numbers is a record, not a numbering row",
        """
        企业名称|一季度|二季度
        甲公司|1|2
        """,
        columns="A 企业名称 | B 一季度 | C 二季度",
        data="2",
    ),
    Layout(
        "stray note far to the right",
        """
        企业名称|行业|营业收入|||已核
        甲公司|化工|10|||
        乙公司|化工|20|||
        """,
        columns="A 企业名称 | B 行业 | C 营业收入 | F 已核",
        data="2-3",
    ),
]
