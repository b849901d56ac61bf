"""Headings as people lay them out, each with what must be found in it; the table is written into a real workbook."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    name: str
    text: str
    columns: str
    data: str
    merges: tuple[str, ...] = ()
    asides: str = ""
    titles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    first: str = "A1"


HEADINGS = [
    Layout(
        "first row",
        """
        序号|企业名称|统一社会信用代码|营业收入(万元)
        1|甲公司|91360100MA35F9XX1A|12.5
        2|乙公司|91360100MA35F9XX2B|7
        """,
        columns="A 序号* | B 企业名称 | C 统一社会信用代码 | D 营业收入 [万元]",
        data="2-3",
    ),
    Layout(
        "title and unit line",
        """
        2025年园区企业名录
        填报单位:赣州经开区|||单位:万元
        企业名称|行业|营业收入|利润总额
        甲公司|电子|12|3
        乙公司|化工|13|4
        """,
        merges=("A1:D1",),
        columns="A 企业名称 | B 行业 | C 营业收入 | D 利润总额",
        data="4-5",
        titles=("2025年园区企业名录", "填报单位:赣州经开区", "单位:万元"),
        units=("万元",),
    ),
    Layout(
        "table not in the corner",
        """
        园区企业名录
        企业名称|期末从业人员（人）
        甲公司|120
        """,
        first="C4",
        columns="C 企业名称 | D 期末从业人员 [人]",
        data="6",
        titles=("园区企业名录",),
    ),
    Layout(
        "two rows, merged both ways",
        """
        企业名称|财务|||备注
        |营业收入(千元)|其中：主营|利润(千元)|
        甲公司|1|2|3|x
        乙公司|4|5|6|
        """,
        merges=("A1:A2", "B1:D1", "E1:E2"),
        columns="A 企业名称 | B 财务｜营业收入 [千元] | C 财务｜其中：主营 | D 财务｜利润 [千元] | E 备注",
        data="3-4",
    ),
    Layout(
        "two rows, not merged, blanks to the right of a group",
        """
        企业名称|代码|财务|||备注
        ||营业收入|税收|利润|
        甲公司|A1|1|2|3|x
        乙公司|A2|4|5|6|
        """,
        columns="A 企业名称 | B 代码 | C 财务｜营业收入 | D 财务｜税收 | E 财务｜利润 | F 备注",
        data="3-4",
    ),
    Layout(
        "groups above a complete row",
        """
        基本情况|||2024年||2025年|
        企业名称|所属行业|联系人|营业收入|税收|营业收入|税收
        甲公司|电子|张三|1|2|3|4
        乙公司|化工|李四|5|6|7|8
        """,
        merges=("A1:C1", "D1:E1", "F1:G1"),
        columns="A 基本情况｜企业名称 | B 基本情况｜所属行业 | C 基本情况｜联系人 | D 2024年｜营业收入 | E 2024年｜税收"
        " | F 2025年｜营业收入 | G 2025年｜税收",
        data="3-4",
    ),
    Layout(
        "one group alone in the upper row",
        """
        ||2024年|
        企业名称|所属行业|营业收入|税收
        甲公司|电子|1|2
        """,
        merges=("C1:D1",),
        columns="A 企业名称 | B 所属行业 | C 2024年｜营业收入 | D 2024年｜税收",
        data="3",
    ),
    Layout(
        "three rows",
        """
        园区经济运行情况表
        企业名称|营业收入(万元)|||税收(万元)
        |本年|其中||
        ||出口|内销|
        甲公司|10|4|6|1
        乙公司|20|5|15|2
        """,
        merges=("A1:E1", "A2:A4", "B2:D2", "B3:B4", "C3:D3", "E2:E4"),
        columns="A 企业名称 | B 营业收入｜本年 [万元] | C 营业收入｜其中｜出口 [万元] | D 营业收入｜其中｜内销 [万元] | E 税收 [万元]",
        data="5-6",
        titles=("园区经济运行情况表",),
    ),
    Layout(
        "years as numbers in the second row",
        """
        企业名称|营业收入||从业人员|
        |2023|2024|2023|2024
        甲公司|10.5|4|61|60
        乙公司|20.5|5|15|16
        """,
        merges=("A1:A2", "B1:C1", "D1:E1"),
        columns="A 企业名称 | B 营业收入｜2023 | C 营业收入｜2024 | D 从业人员｜2023 | E 从业人员｜2024",
        data="3-4",
    ),
    Layout(
        "line breaks, full-width brackets, marks",
        """
        *企业名称\\n（全称）|统一社会\\n信用代码|营业\\n收入\\n（万元）|联 系 人|注册资本\\n万元
        甲公司|91360100MA35F9XX1A|1|张三|100
        """,
        columns="A 企业名称（全称） | B 统一社会信用代码 | C 营业收入 [万元] | D 联系人 | E 注册资本 [万元]",
        data="2",
    ),
    Layout(
        "unit in many ways of writing",
        """
        企业名称|税收[千元]|用地面积/亩|占比%|能耗（吨标准煤）|进出口(单位：万美元)|投资强度（万元/亩）|人数（人，期末）
        甲公司|1|2|3|4|5|6|7
        """,
        columns="A 企业名称 | B 税收 [千元] | C 用地面积 [亩] | D 占比 [%] | E 能耗 [吨标准煤] | F 进出口 [万美元]"
        " | G 投资强度 [万元/亩] | H 人数 [人]",
        data="2",
    ),
    Layout(
        "numbered headings",
        """
        1.企业名称|2.所属行业|3、营业收入(万元)|（四）税收(万元)
        甲公司|电子|1|2
        """,
        columns="A 企业名称 | B 所属行业 | C 营业收入 [万元] | D 税收 [万元]",
        data="2",
    ),
    Layout(
        "text only",
        """
        姓名|籍贯|毕业院校|类别
        张三|台北|南昌大学|就业
        李四|高雄|江西师大|创业
        王五|台北|赣南师大|就业
        """,
        columns="A 姓名 | B 籍贯 | C 毕业院校 | D 类别",
        data="2-4",
    ),
    Layout(
        "many lines of instruction first",
        """
        附件2
        台资企业调查表
        填表说明：
        1.本表由各园区填报，每年一次。
        2.金额以万元为单位。
        3.请勿改动表格格式。
        填报单位：（盖章）|||2025年12月
        企业名称|投资者|投资总额|到资额
        甲公司|张三|10|1
        乙公司|李四|20|2
        """,
        columns="A 企业名称 | B 投资者 | C 投资总额 | D 到资额",
        data="9-10",
        titles=(
            "附件2",
            "台资企业调查表",
            "填表说明：",
            "1.本表由各园区填报，每年一次。",
            "2.金额以万元为单位。",
            "3.请勿改动表格格式。",
            "填报单位：（盖章）",
            "2025年12月",
        ),
    ),
    Layout(
        "one column",
        """
        企业名称
        甲公司
        乙公司
        """,
        columns="A 企业名称",
        data="2-3",
    ),
    Layout(
        "parent's unit holds for its parts",
        """
        企业名称|资产（万元）|
        |期初|期末
        甲公司|1|2
        """,
        merges=("A1:A2", "B1:C1"),
        columns="A 企业名称 | B 资产｜期初 [万元] | C 资产｜期末 [万元]",
        data="3",
    ),
    Layout(
        "same labels under unmerged groups",
        """
        企业名称|营业收入||税收|
        |本年|上年|本年|上年
        甲公司|1|2|3|4
        乙公司|1|2|3|4
        """,
        columns="A 企业名称 | B 营业收入｜本年 | C 营业收入｜上年 | D 税收｜本年 | E 税收｜上年",
        data="3-4",
    ),
    Layout(
        "several units for the whole sheet",
        """
        主要经济指标
        ||计量单位：万元、公顷
        开发区|营业收入|规划面积
        甲区|1|2
        """,
        columns="A 开发区 | B 营业收入 | C 规划面积",
        data="4",
        titles=("主要经济指标", "计量单位：万元、公顷"),
        units=("万元", "公顷"),
    ),
    Layout(
        "title merged over the middle only",
        """
        ||2025年园区企业名录||||
        企业名称|行业|地址|联系人|营业收入|税收|利润
        甲公司|电子|一路|张三|1|2|3
        """,
        merges=("C1:F1",),
        columns="A 企业名称 | B 行业 | C 地址 | D 联系人 | E 营业收入 | F 税收 | G 利润",
        data="3",
        titles=("2025年园区企业名录",),
    ),
    Layout(
        "title line in two cells without a colon",
        """
        赣州经开区||2025年9月|
        企业名称|行业|营业收入|税收
        甲公司|电子|1|2
        """,
        columns="A 企业名称 | B 行业 | C 营业收入 | D 税收",
        data="3",
        titles=("赣州经开区", "2025年9月"),
    ),
    Layout(
        "其中 beside its total, not merged",
        """
        企业名称|营业收入|其中：||利润
        |||出口|
        甲公司|10|4|6|1
        """,
        merges=("A1:A2", "B1:B2", "C1:D1", "E1:E2"),
        columns="A 企业名称 | B 营业收入 | C 其中 | D 其中｜出口 | E 利润",
        data="3",
    ),
    Layout(
        "unit in the second of two merged rows",
        """
        企业名称|营业收入|税收
        |（万元）|（万元）
        甲公司|10|4
        """,
        merges=("A1:A2",),
        columns="A 企业名称 | B 营业收入 [万元] | C 税收 [万元]",
        data="3",
    ),
    Layout(
        "years along the top",
        """
        指标|2022|2023|2024
        营业收入|10|20|30
        税收|1|2|3
        """,
        columns="A 指标 | B 2022 | C 2023 | D 2024",
        data="2-3",
    ),
    Layout(
        "months along the top",
        """
        企业名称|1月|2月|3月
        甲公司|10|20|30
        """,
        columns="A 企业名称 | B 1月 | C 2月 | D 3月",
        data="2",
    ),
    Layout(
        "name merged over two columns in heading and data",
        """
        序号|企业名称||营业收入
        1|甲公司||10
        2|乙公司||20
        """,
        merges=("B1:C1", "B2:C2", "B3:C3"),
        columns="A 序号* | B 企业名称 | D 营业收入",
        data="2-3",
    ),
    Layout(
        "unit in the title",
        """
        园区主要经济指标（单位：万元）
        开发区|营业收入|税收
        甲区|1|2
        """,
        merges=("A1:C1",),
        columns="A 开发区 | B 营业收入 | C 税收",
        data="3",
        titles=("园区主要经济指标（单位：万元）",),
        units=("万元",),
    ),
    Layout(
        "instructions inside the heading",
        """
        企业名称（按营业执照填写）|统一社会信用代码（18位）|是否高企（填：是/否）|主营业务收入（万元，不含税）
        甲公司|91360100MA35F9XX1A|是|1
        乙公司|91360100MA35F9XX2B|否|2
        """,
        columns="A 企业名称（按营业执照填写） | B 统一社会信用代码（18位） | C 是否高企（填：是/否） | D 主营业务收入 [万元]",
        data="2-3",
    ),
    Layout(
        "heading merged down over a blank row",
        """
        企业名称|行业|营业收入
        ||
        甲公司|化工|10
        """,
        merges=("A1:A2", "B1:B2", "C1:C2"),
        columns="A 企业名称 | B 行业 | C 营业收入",
        data="3",
    ),
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
        "heading only",
        """
        企业名称|统一社会信用代码|营业收入(万元)
        """,
        columns="A 企业名称 | B 统一社会信用代码 | C 营业收入 [万元]",
        data="",
    ),
]
