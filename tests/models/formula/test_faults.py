"""Wrong formulas: each is refused when it is loaded, with the place, what is wrong and the nearest right name."""

from __future__ import annotations

import pytest

from models.fields import link, text
from models.formula.context import Context, Parameter
from models.formula.errors import FormulaError
from models.formula.figures import figure
from models.formula.functions import FUNCTIONS
from models.formula.messages import message
from models.formula.names import Place, UnknownName, resolve
from models.formula.rows import row_formula
from models.formula.setfunctions import SET_FUNCTIONS
from models.ledger import Ledger, Time
from models.ledgers import BY_NAME, LEDGERS, ledger
from models.units import UnitError, unit

PACK = Context(
    {
        "规上工业": Parameter("企业年度.是否规上 且 企业.是否工业"),
        "门槛": Parameter("2000万元"),
        "错口径": Parameter("营收 > 1"),
        "套": Parameter("错口径 或 规上工业"),
        "甲": Parameter("乙"),
        "乙": Parameter("甲"),
        "类别": Parameter('("正常运营", "筹建")'),
    }
)


def told(book, formula, **options):
    """(place from 1, fault, nearest) of a wrong formula."""
    with pytest.raises(FormulaError) as caught:
        row_formula(formula, ledger(book), PACK, **options)
    return caught.value.position + 1, caught.value.fault, caught.value.nearest


@pytest.mark.parametrize(
    ("book", "formula", "place", "fault", "near"),
    [
        ("经济数据", "利润总额 <= 营业收如", 9, "“经济数据”里没有“营业收如”这一项", "营业收入"),
        ("经济数据", "营收 > 1", 1, "“经济数据”里没有“营收”这一项", "营业收入"),
        ("经济数据", "0 < 是否规上", 5, "“经济数据”里没有“是否规上”这一项", "企业年度.是否规上"),
        ("经济数据", "研发经费支出 > 0", 1, "“经济数据”里没有“研发经费支出”这一项", "【R&D经费支出】"),
        ("经济数据", "企业年度.是否规下", 1, "“企业年度”里没有“是否规下”这一项", "是否规上"),
        ("经济数据", "企业年庋.是否规上", 1, "没有“企业年庋”这本台账", "企业年度"),
        ("经济数据", "期未 = 今天", 1, "“经济数据”里没有“期未”这一项", "期末"),
        ("经济数据", "营业收入 > 门坎", 8, "“经济数据”里没有“门坎”这一项", "门槛"),
        ("经济数据", "到资流水.折万元 > 1", 1, "“经济数据”的一行不止对应“到资流水”的一行，要用合计、计数这样的函数", ""),
        ("经济数据", "非企业年度.是否规上", 1, "没有“非企业年度”这本台账", "企业年度"),
        ("企业年度", "非甲乙丙", 1, "“企业年度”里没有“非甲乙丙”这一项；“非”前后要空一格", ""),
        ("企业年度", "甲乙且丙丁", 1, "“企业年度”里没有“甲乙且丙丁”这一项；“且”前后要空一格", ""),
        ("经济数据", "上年.企业.成立时间 = 期末", 1, "“企业”不按年记，没有“上年”", ""),
        ("企业年度", "上期.是否规上", 1, "“企业年度”不按期记，没有“上期”", ""),
        ("企业", "上年.成立时间 = 期末", 1, "“企业”不按年记，没有“上年”", ""),
        ("经济数据", "本期.期末从业人员 > 1", 1, "“期末从业人员”不是从年初累计的，没有“本期”", ""),
        ("经济数据", "本年 = 期末", 1, "“本年”是一段日期，要写成 日期 在 本年", ""),
        ("经济数据", "营业收入 在 本年", 1, "“本年”是一段日期，“营业收入”是数", ""),
        ("经济数据", "本行.营业收入 > 1", 1, "“本行.”只能用在逐行公式的合计、计数这样的函数里", ""),
        ("经济数据", "营业收入 + 期末从业人员 > 1", 8, "“营业收入”是万元，“期末从业人员”是人，不能相加", ""),
        ("经济数据", "营业收入 - 出口额 > 1", 8, "“营业收入”是万元，“出口额”是万美元，不能相减", ""),
        ("经济数据", "营业收入 > 30亩", 8, "“营业收入”是万元，“30亩”是亩，不能比较", ""),
        ("经济数据", "营业收入 / 期末从业人员 > 营业收入", 17, "“营业收入 / 期末从业人员”是万元/人，“营业收入”是万元，不能比较", ""),
        ("经济数据", "营业收入/营业成本 > 营业收入", 13, "“营业收入/营业成本”是没有单位的数，“营业收入”是万元，不能比较", ""),
        ("交流活动", "台湾青年人次 <= 本场台青人数", 11, "“台湾青年人次”是人次，“本场台青人数”是人，不能比较", ""),
        ("开发区年度", "规上工业增加值可比价增速 > 1百分点", 16, "“规上工业增加值可比价增速”是%，“1百分点”是百分点，不能比较", ""),
        ("开发区年度", "规上工业增加值可比价增速 + 1百分点 > 0", 16, "“规上工业增加值可比价增速”是%，“1百分点”是百分点，不能相加", ""),
        ("开发区", "核准面积 + 1万元 > 0", 8, "“核准面积”是公顷，“1万元”是万元，不能相加", ""),
        ("经济数据", "约等(营业收入, 营业成本, 1人)", 1, "“营业成本”是万元，“1人”是人，不能比较", ""),
        ("经济数据", "营业收入 / 0 > 1", 8, "不能除以 0", ""),
        ("经济数据", "1 / 0 > 营业收入", 5, "不能除以 0", ""),
        ("经济数据", "营业收入 >= 备注说明", 9, "“营业收入”是数，“备注说明”是文字，不能比较", ""),
        ("经济数据", "备注说明 = \"\"", 8, "文字不能是空的，没有填要写成 非 已填（…）", ""),
        ("经济数据", "【有R&D活动】 > 是", 12, "是否只能用 = 或 ≠ 比较", ""),
        ("到资流水", "企业 < 企业", 6, "名录里的一行只能用 = 或 ≠ 比较", ""),
        ("企业", "成立时间 > \"2023-13-01\"", 8, "“2023-13-01”不是真有的日子，请核对", ""),
        ("企业", "成立时间 > 2023", 8, "“成立时间”是日期，“2023”是数，不能比较", ""),
        ("企业年度", "运营状态 = \"正常营运\"", 8, "“运营状态”代码表里没有“正常营运”", "正常运营"),
        ("企业年度", "属于(运营状态, \"正常运营\", \"筹见\")", 18, "“运营状态”代码表里没有“筹见”", "筹建"),
        ("企业年度", "运营状态 = 企业规模", 8, "“运营状态”用“运营状态”代码表，“企业规模”用“企业规模”代码表，不能比较", ""),
        ("企业", "属于(行业代码, 代码表(\"高技术制造\"))", 14, "没有“高技术制造”这个代码表，是否想写“高技术制造业”？", ""),
        ("企业", "属于(行业代码, 代码表(1))", 10, "代码表要这样写：代码表(\"名称\")", ""),
        ("企业", "属于(成立时间, 代码表(\"高技术制造业\"))", 4, "“成立时间”是日期，不能在代码表里找", ""),
        ("经济数据", "营业收入 且 1 > 0", 1, "这里要写一个条件，“营业收入”是数", ""),
        ("经济数据", "非 营业收入", 3, "这里要写一个条件，“营业收入”是数", ""),
        ("经济数据", "备注说明 + 1 > 0", 1, "这里要写一个数，“备注说明”是文字", ""),
        ("经济数据", "(营业收入, 营业成本)", 1, "几个值并列只能写在“在”后面", ""),
        ("经济数据", "加总(1) > 1", 1, "没有“加总”这个函数", ""),
        ("经济数据", "绝对数(营业收入) > 1", 1, "没有“绝对数”这个函数", "绝对值"),
        ("经济数据", "__import__(\"os\") = 1", 1, "没有“__import__”这个函数", ""),
        ("经济数据", "exec(备注说明) = 1", 1, "没有“exec”这个函数", ""),
        ("经济数据", "按零(营业收入, 1) > 1", 1, "“按零”要这样写：按零(数)", ""),
        ("经济数据", "若(营业收入 > 1, 1) > 1", 1, "“若”要这样写：若(条件, 成立时的值, 不成立时的值)", ""),
        ("经济数据", "若(营业收入 > 1, 营业收入, 期末从业人员) > 1", 19, "“营业收入”是万元，“期末从业人员”是人，不能二选一", ""),
        ("经济数据", "长度(营业收入) > 1", 4, "“长度”要的是文字，“营业收入”是数", ""),
        ("经济数据", "开头是(备注说明, 备注说明)", 11, "这里要写引号里的文字", ""),
        ("企业", "符合(统一社会信用代码, \"信用代码\")", 14, "没有“信用代码”这个样式", "统一社会信用代码"),
        ("企业", "天数(成立时间, 1) > 1", 10, "“天数”要的是日期，“1”是数", ""),
        ("企业", "天数(成立时间, \"甲\") > 1", 10, "“甲”看不出是哪一天，请写成 2023-11-05、20231105 或 2023年11月", ""),
        ("台资企业", "折算(注册资本, 折美元汇率, 折美元汇率) > 1", 1, "“折算”要这样写：折算(原币额, 汇率, 1万美元)", ""),
        ("经济数据", "合计(经济表.营业收入) > 1", 4, "没有“经济表”这本台账", "经济数据"),
        ("经济数据", "合计(经济数据) > 1", 4, "“经济数据”后面要写出是哪一项", ""),
        ("经济数据", "合计(1) > 1", 4, "“合计”的第一项要写出台账，如 合计(台账.项, 条件)", ""),
        ("经济数据", "合计() > 1", 1, "“合计”要这样写：合计(台账.项, 条件)", ""),
        ("经济数据", "合计(经济数据.备注说明) > 1", 4, "“经济数据.备注说明”是文字，不能求合计", ""),
        ("经济数据", "合计(经济数据.营业收入 / 期末从业人员) > 1", 4, "“合计”里不能有除法，先分别合计再相除", ""),
        ("经济数据", "计数(企业.成立时间) > 1", 4, "“计数”的第一项只写台账，要这样写：计数(台账, 条件)", ""),
        ("经济数据", "计数(企业年度, 是否归上) > 1", 10, "“企业年度”里没有“是否归上”这一项", "是否规上"),
        ("经济数据", "计数(企业年度, 企业规模) > 1", 10, "这里要写一个条件，“企业规模”是文字", ""),
        ("经济数据", "计数(上年.企业) > 1", 4, "“企业”不按年记，没有“上年”，请把日期写进条件", ""),
        ("经济数据", "比率(企业年度, 是否规上) > 1", 1, "“比率”要这样写：比率(台账, 分子条件, 分母条件)", ""),
        ("经济数据", "错口径 且 1 > 0", 1, "参数“错口径”第 1 个字：“经济数据”里没有“营收”这一项", "营业收入"),
        ("经济数据", "1 > 0 且 套", 9, "参数“错口径”第 1 个字：“经济数据”里没有“营收”这一项", "营业收入"),
        ("经济数据", "甲 > 1", 1, "参数“甲”用到了它自己", ""),
        ("经济数据", "ﬁeld > 1", 1, "“经济数据”里没有“field”这一项", ""),
    ],
)  # fmt: skip
def test_fault_of_a_row_formula(book, formula, place, fault, near):
    assert told(book, formula) == (place, fault, near)


@pytest.mark.parametrize("name", [*FUNCTIONS, *SET_FUNCTIONS])
def test_the_number_of_arguments(name):
    usage = FUNCTIONS[name].usage if name in FUNCTIONS else SET_FUNCTIONS[name]
    required = usage.split(" 或 ")[0].replace("条件)", ")") if name not in {"比率", "若"} else usage
    least = len([part for part in required[len(name) + 1 : -1].split(",") if part.strip() and part.strip() != "…"])
    most = 20 if "…" in usage else usage.count(",") + 1
    wrong = [least - 1] + [most + 1] * (most < 20)
    for amount in wrong:
        formula = f"{name}({', '.join(['企业.成立时间'] * amount)}) = 1"
        assert told("经济数据", formula) == (1, f"“{name}”要这样写：{usage}", "")


def test_a_fault_is_one_sentence():
    with pytest.raises(FormulaError) as caught:
        row_formula("100 < 营业收如", ledger("经济数据"))
    assert str(caught.value) == "公式第 7 个字：“经济数据”里没有“营业收如”这一项，是否想写“营业收入”？"


@pytest.mark.parametrize(
    ("formula", "expect", "fault"),
    [
        ("营业收入", "bool", "这里要写一个条件，现在是数"),
        ("企业.成立时间", "bool", "这里要写一个条件，现在是日期"),
        ("营业收入 > 1", "value", "这里要写一个数、文字或日期，现在是条件"),
    ],
)
def test_what_is_expected(formula, expect, fault):
    assert told("经济数据", formula, expect=expect) == (1, fault, "")


@pytest.mark.parametrize(
    ("formula", "unit", "place", "fault", "near"),
    [
        ("营业收入", "", 1, "“营业收入”要写在合计、计数这样的函数里", ""),
        ("经济数据.营业收入", "", 1, "“经济数据.营业收入”要写在合计、计数这样的函数里", ""),
        ("期未", "", 1, "“期未”要写在合计、计数这样的函数里", "期末"),
        (
            "合计(经济数据.营业收入) + 计数(经济数据)",
            "",
            17,
            "“合计(经济数据.营业收入)”是万元，“计数(经济数据)”是没有单位的数，不能相加",
            "",
        ),
        ("合计(经济数据.营业收入)", "人", 1, "算出来是万元，不是人", ""),
        ("计数(经济数据)", "万元", 1, "算出来是没有单位的数，不是万元", ""),
        ("合计(经济数据.营业收入)", "百分点", 1, "算出来是万元，不是百分点", ""),
        ("平均(台资企业.台资占比)", "家", 1, "算出来是%，不是家", ""),
        ("计数(企业) / 计数(企业年度)", "家", 1, "算出来是没有单位的数，不是家", ""),
        ("天数(期初, 期末)", "万股", 1, "算出来是没有单位的数，不是万股", ""),
        ("合计(经济数据.营业收入) / 合计(经济数据.期末从业人员)", "万元", 1, "算出来是万元/人，不是万元", ""),
        ("计数(企业, 本行.成立时间 = 期末)", "", 8, "“本行.”只能用在逐行公式的合计、计数这样的函数里", ""),
    ],
)
def test_fault_of_a_figure(formula, unit, place, fault, near):
    with pytest.raises(FormulaError) as caught:
        figure(formula, unit=unit)
    assert (caught.value.position + 1, caught.value.fault, caught.value.nearest) == (place, fault, near)


def test_a_figure_in_an_unknown_unit():
    with pytest.raises(UnitError, match="没有“忆元”这个计量单位"):
        figure("合计(经济数据.营业收入)", unit="忆元")


@pytest.mark.parametrize(
    ("template", "place", "fault"),
    [
        ("收入 {营收} 万元", 5, "“经济数据”里没有“营收”这一项"),
        ("收入 {营业收入} 万元,{", 14, "“{”没有配对"),
        ("收入 } 万元", 4, "“}”没有配对"),
        ("收入 {} 万元", 5, "公式是空的"),
    ],
)
def test_fault_of_a_message(template, place, fault):
    with pytest.raises(FormulaError) as caught:
        message(template, ledger("经济数据"))
    assert (caught.value.position + 1, caught.value.fault) == (place, fault)


def test_two_links_to_one_ledger_must_be_told_apart(monkeypatch):
    pair = Ledger(
        id="pair", label="转让", time=Time.EVENT, key=("no",), title=("no",),
        fields=(text("编号", "no"), link("转出单位", "giver", "enterprise"), link("转入单位", "taker", "enterprise")),
    )  # fmt: skip
    with pytest.raises(UnknownName) as caught:
        resolve(("企业", "成立时间"), Place(pair))
    assert caught.value.args[0] == "从“转让”到“企业”有几条路（转出单位、转入单位），请写明走哪一条"
    place, field = resolve(("转入单位", "成立时间"), Place(pair))
    assert (place.path.steps[0].by, field.id) == ("taker", "open_date")
    place, field = resolve(("转出单位", "企业年度", "是否规上"), Place(pair))
    assert [step.by for step in place.path.steps] == ["giver", "ent"]
    monkeypatch.setitem(BY_NAME, "转让", pair)
    with pytest.raises(FormulaError, match=r"“转让”有几项.转出单位、转入单位.对应本行，请写 全区\.转让 并在条件里写明"):
        row_formula("计数(转让) > 1", ledger("企业"))
    assert row_formula("计数(全区.转让, 转出单位 = 转入单位) > 1", ledger("企业"))


@pytest.mark.parametrize("book", LEDGERS, ids=lambda book: book.label)
def test_every_formula_of_the_ledgers_is_sound(book):
    for field in book.fields:
        if field.formula:
            assert row_formula(field.label if field.label.isidentifier() else f"【{field.label}】", book).unit == unit(
                field.unit
            )
        if field.needed:
            row_formula(field.needed, book, expect="bool")
