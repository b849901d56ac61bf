"""Tables whose difficulty is below the heading: unit and numbering rows, totals, notes, pages, merged records."""

from __future__ import annotations

from tests.importers.layouts import Layout

BELOW = [
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
        "the heading's last row once more, without what is merged over both",
        """
        企业名称|财务|||备注
        |营业收入|税收|利润|
        甲公司|1|2|3|x
        乙公司|4|5|6|
        |营业收入|税收|利润|
        丙公司|7|8|9|y
        """,
        merges=("A1:A2", "B1:D1", "E1:E2"),
        columns="A 企业名称 | B 财务｜营业收入 | C 财务｜税收 | D 财务｜利润 | E 备注",
        data="3-4 6",
        asides="B5 重复的标题行",
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
    Layout(
        "a return's list with its title block and foot",
        """
        填报单位（盖章）：____||||表  号：表TW-2
        ||||内部调度表（自拟）
        台资企业名录||||
        2025年||||计量单位：万元
        序号|企业名称|投资总额（万美元）|到资（万美元）|联系人
        甲|乙|1|2|丙
        1|甲公司|100|20|张三
        2|乙公司|200|30|李四
        合计||300|50|
        单位负责人：|统计负责人：|填表人：|联系电话：|报出日期：2025年1月3日
        说明：1.统计范围为全部台资企业||||
        2.报送方式为网上直报||||
        """,
        merges=("A3:E3", "A4:D4"),
        columns="A 序号* | B 企业名称 | C 投资总额 [万美元] | D 到资 [万美元] | E 联系人",
        data="7-8",
        asides="A6 栏次行, A9 合计行, A10 表尾签署行, A11 注释行, A12 注释行",
        titles=(
            "填报单位（盖章）：____",
            "表  号：表TW-2",
            "内部调度表（自拟）",
            "台资企业名录",
            "2025年",
            "计量单位：万元",
        ),
        units=("万元",),
    ),
    Layout(
        "group rows with totals, numbered 一 and 二",
        """
        序号|企业名称|营业收入||从业人员
        ||本年|上年|
        |合计|300|200|100
        一|电子信息|200|100|60
        1|甲公司|100|50|30
        2|乙公司|100|50|30
        二|新材料|100|100|40
        1|丙公司|100|100|40
        """,
        merges=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
        columns="A 序号* | B 企业名称 | C 营业收入｜本年 | D 营业收入｜上年 | E 从业人员",
        data="5-6 8",
        asides="B3 合计行, A4 分组行, A7 分组行",
    ),
    Layout(
        "records numbered 一 and 二 are records",
        """
        序号|企业名称|营业收入
        一|甲公司|100
        二|乙公司|200
        """,
        columns="A 序号* | B 企业名称 | C 营业收入",
        data="2-3",
    ),
    Layout(
        "instructions below the heading",
        """
        企业名称（必填）|统一社会信用代码（必填）|营业收入（万元）（选填）
        按营业执照填写|18位|单位：万元，保留两位小数
        甲公司|91360100MA35F9XX1A|12.5
        乙公司|91360100MA35F9XX2B|3
        """,
        columns="A 企业名称 | B 统一社会信用代码 | C 营业收入 [万元]",
        data="3-4",
        asides="A2 填写说明行",
    ),
    Layout(
        "continued on the next page",
        """
        企业名称|收入|税收|备注
        甲公司|10|1|
        续表|||
        企业名称|收入|税收|备注
        乙公司|20|2|
        转下页|||
        """,
        columns="A 企业名称 | B 收入 | C 税收 | D 备注",
        data="2 5",
        asides="A3 注释行, A4 重复的标题行, A6 注释行",
    ),
    Layout(
        "names that begin like notes are names",
        """
        企业名称|行业|营业收入
        注塑模具厂|制造|10
        合力叉车公司|制造|20
        其中|制造|20
        设计院|服务|30
        共青城酒厂|制造|40
        单位食堂|服务|50
        来源科技公司|服务|60
        """,
        columns="A 企业名称 | B 行业 | C 营业收入",
        data="2-3 5-8",
        asides="A4 合计行",
    ),
    Layout(
        "records that begin like instructions or numbers",
        """
        企业名称|地址|营业收入
        填报服务公司|请到18位路|5
        甲公司|选择路|6
        """,
        columns="A 企业名称 | B 地址 | C 营业收入",
        data="2-3",
    ),
    Layout(
        "two columns of small numbers",
        """
        本年收入|上年收入
        1|2
        3|4
        """,
        columns="A 本年收入 | B 上年收入",
        data="2-3",
    ),
    Layout(
        "numbers that go on after 甲 and 乙, total in the third cell",
        """
        园区|类别|企业|收入
        甲|乙|3|4
        东区|工业|甲公司|5
        东区|工业|小计|5
        """,
        columns="A 园区 | B 类别 | C 企业 | D 收入",
        data="3",
        asides="A2 栏次行, A4 合计行",
    ),
]
