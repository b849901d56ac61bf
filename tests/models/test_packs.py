"""Packs: reading their tables, every fault by sheet and cell, the workbook and back, and what holds for each pack there is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from exporters.pack_book import build
from exporters.template import expressions
from exporters.xlsx_package import WorkbookFault
from importers.pack_book import read_workbook
from models.formula.context import Context
from models.formula.figures import figure
from models.formula.messages import message
from models.formula.rows import row_formula
from models.indicators import IndicatorSet
from models.ledgers import ledger
from models.moves import STILL
from models.packs.pack import BUILT_IN, LEVELS, Pack, pack, pack_ids
from models.packs.tables import COLUMNS, BadPack, Fault, read_folder
from models.returns import asks_indicator, check_cell, list_formulas, list_of
from models.rules import RuleSet, context_of
from tests.models.pack_copies import at, edit, form, found, found_by_place, write
from ui.commands.packs import check

# --- reading ---------------------------------------------------------------------------------------------------------


def test_columns(copy: Path) -> None:
    path = copy / "目标.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    rows[0] = ["指标", "年度", "层级", "比较", "下线", "指标", "原文"]
    rows[1].append("100,家")
    write(path, rows)
    told = found(copy)
    assert set(told) == {"目标!E1", "目标!F1", "目标!A1", "目标!H2"}
    assert "下线" in told["目标!E1"]
    assert "两处" in told["目标!F1"]
    assert "下限、上限" in told["目标!A1"]
    assert "100,家" in told["目标!H2"]


def test_columns_in_another_order_keep_their_addresses(copy: Path) -> None:
    path = copy / "指标.csv"
    rows = [row[::-1] for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines())]
    rows[1][rows[0].index("小数")] = "两位"
    write(path, rows)
    assert set(found(copy)) == {"指标!E2"}


def test_an_unknown_table_is_told(copy: Path) -> None:
    (copy / "规则1.csv").write_text("编号\n", encoding="utf-8")
    assert set(found(copy)) == {"规则1.csv!"}


def _bad_toml(folder: Path) -> None:
    (folder / "pack.toml").write_text("id = 台办", encoding="utf-8")


def _no_toml(folder: Path) -> None:
    (folder / "pack.toml").unlink()


def _gbk_toml(folder: Path) -> None:
    (folder / "pack.toml").write_bytes('id = "台办"'.encode("gbk"))


def _gbk(folder: Path) -> None:
    (folder / "规则.csv").write_bytes("编号,级别".encode("gbk"))


def _quote(folder: Path) -> None:
    (folder / "规则.csv").write_text('编号,级别\n"E001,强制', encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (_bad_toml, "pack.toml 写错"),
        (_no_toml, "没有 pack.toml"),
        (_gbk_toml, "UTF-8"),
        (_gbk, "规则.csv"),
        (_quote, "引号"),
    ],
)
def test_what_cannot_be_read(copy: Path, spoil: Callable[[Path], None], part: str) -> None:
    spoil(copy)
    with pytest.raises(BadPack, match=part):
        read_folder(copy)


def test_an_unknown_pack_names_the_nearest() -> None:
    with pytest.raises(BadPack, match="是否想写“台办”"):
        pack("台半")


def test_an_unknown_indicator_names_the_nearest() -> None:
    with pytest.raises(KeyError, match="是否想写“台资企业数”"):
        pack("台办").indicator("台资企业书")


# --- all faults at once ----------------------------------------------------------------------------------------------


def test_every_fault_at_its_cell(copy: Path) -> None:
    expected = {
        at("公式", "指标", edit(copy, "指标", "TW03", 公式="合计(经济数据.工业总产植)")): "工业总产值",
        at("公式", "指标", edit(copy, "指标", "TW06", 单位="万元")): "万元",
        at("单位", "指标", edit(copy, "指标", "TW04", 单位="亿圆")): "亿圆",
        at("小数", "指标", edit(copy, "指标", "TW05", 小数="两")): "两",
        at("小数", "指标", edit(copy, "指标", "TW1-07", 小数="²")): "²",
        at("编号", "指标", edit(copy, "指标", "TW1-08", 编号="TW1-02")): "重复",
        at("台账", "规则", edit(copy, "规则", "W009", 台账="台资企页")): "是否想写“台资企业”",
        at("级别", "规则", edit(copy, "规则", "W002", 级别="警告")): "强制、核实、提示",
        at("提示", "规则", edit(copy, "规则", "W003", 提示="路径 {投资路径 没有")): "没有配对",
        at("格", "规则", edit(copy, "规则", "W004", 格="认定号码")): "认定号码",
        at("格", "规则", edit(copy, "规则", "W006", 格="")): "字段",
        at("公式", "规则", edit(copy, "规则", "D002", 公式="利润总额 + 期末从业人员 > 0")): "",
        at("公式", "规则", edit(copy, "规则", "W011", 公式="折万美元")): "",
        at("指标", "目标", edit(copy, "目标", "TW02", 指标="TW92")): "TW92",
        at("比较", "目标", edit(copy, "目标", "TW03", 比较="大于")): "≥",
        at("年度", "目标", edit(copy, "目标", "TW04", 年度="长期")): "写无年度",
        at("下限", "目标", edit(copy, "目标", "TW04", 下限="NaN")): "NaN",
        at("年度", "目标", edit(copy, "目标", "TW06", 年度="二〇二五")): "二〇二五",
        at("上限", "目标", edit(copy, "目标", "TW07", 上限="很多")): "很多",
        at("条件", "报表", edit(copy, "报表", "表TW-4", 条件="计入台办口经")): "计入台办口径",
        at("排序", "报表", edit(copy, "报表", "表TW-2", 排序="企业.名字")): "名字",
        at("值", "参数", edit(copy, "参数", "台资占比下限", 值="0.5)")): "",
        at("例", "用例", edit(copy, "用例", "W001", 例="不通过")): "失败 或 通过",
        at("数据", "用例", edit(copy, "用例", "W012", 数据="单位名称啊=甲")): "单位名称啊",
        at("改正", "用例", edit(copy, "用例", "W016", 改正="台湾青年人次:3")): "字段=值",
        at("应查出", "用例", edit(copy, "用例", "W017", 应查出="是")): "✓",
    }  # fmt: skip
    (copy / "pack.toml").write_text(
        'id="台办"\ntitle="表"\nperiods=["A"]\ndeadline="12月底"\nregions=["江西"]\norder="首先"\nform="x"\n',
        encoding="utf-8",
    )
    told = found_by_place(copy)
    for place, part in expected.items():
        assert part in " ".join(told[place]), place
    assert len(told["pack.toml!"]) == 6
    others = {place for place in told if place not in expected and not place.startswith("pack.toml")}
    assert all(place.startswith(("指标!", "表TW-", "规则!", "用例!", "名单!", "report.docx!")) for place in others), (
        "what follows from the renamed ones"
    )


def test_a_rule_without_cases(copy: Path) -> None:
    path = copy / "用例.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    write(path, [row for row in rows if row[:2] != ["W012", "通过"]])
    (sentence,) = found(copy).values()
    assert sentence == "规则 W012 没有通过的用例"
    path.unlink()
    assert {len(sentences) for sentences in found_by_place(copy).values()} == {2}


def test_a_case_names_its_rows_before_it_uses_them(copy: Path) -> None:
    line = edit(copy, "用例", "W006", 行="乙")
    told = found_by_place(copy)
    assert set(told) == {at("数据", "用例", str(int(line) + more)) for more in (1, 2)}
    assert told[at("数据", "用例", str(int(line) + 1))] == ["这个用例前面没有叫“甲”的行"]


def test_a_form_that_is_no_workbook(copy: Path) -> None:
    (copy / "return.xlsx").write_bytes(b"no workbook")
    told = found(copy)
    assert "return.xlsx!" in told


def test_a_missing_column_is_told_once(copy: Path) -> None:
    path = copy / "规则.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    write(path, [row[:4] + row[5:] for row in rows])
    assert found(copy) == {"规则!A1": "缺“公式”列"}


# --- the workbook ----------------------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "台办.xlsx"
    path.write_bytes(build(read_folder(BUILT_IN / "台办")[0]))
    return path


def test_the_workbook_and_back(book: Path) -> None:
    folder, _ = read_folder(BUILT_IN / "台办")
    again, faults = read_workbook(book)
    assert not faults
    assert {name: str(value) for name, value in again.head.items()} == {n: str(v) for n, v in folder.head.items()}
    for table in COLUMNS:
        assert [dict(e.values) for e in again.tables[table]] == [dict(e.values) for e in folder.tables[table]], table
    assert check(again, faults) == []
    assert build(again), "a built one can be built again"


def test_excel_may_save_it(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made["指标"]["E2"] = 0  # a number where the program wrote text
    made.save(book)
    assert check(*read_workbook(book)) == []


def test_a_fault_typed_into_the_workbook_is_told_at_its_cell(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made["规则"]["E5"] = "非 已填(统一社会信用码)"
    made["规则"].insert_cols(1)
    made["指标"].insert_rows(3)
    made["指标"]["E7"] = 1.5
    (deadline,) = (row[1] for row in made["包"].iter_rows() if row[0].value == "deadline")
    deadline.value = "年底"
    made["表TW-1"]["D8"] = "{{ 台资企业树 }}"
    made.save(book)
    told = {f"{fault.sheet}!{fault.cell}" for fault in check(*read_workbook(book))}
    assert told == {"规则!F5", "指标!E7", f"包!{deadline.coordinate}", "表TW-1!D8"}


def test_a_form_with_a_sheet_of_the_packs_own_name(copy: Path) -> None:
    form(copy, lambda book: book.create_sheet("规则"))
    with pytest.raises(WorkbookFault, match="规则"):
        build(read_folder(copy)[0])


def test_a_pack_without_a_form(copy: Path) -> None:
    (copy / "return.xlsx").unlink()
    (copy / "report.docx").unlink()
    (copy / "报表.csv").unlink()
    assert found(copy) == {}
    assert build(read_folder(copy)[0])[:2] == b"PK"


def test_packs_are_listed_in_the_order_they_say() -> None:
    assert pack_ids()[:2] == ("台办", "工信")
    assert pack_ids()[-1] == "通用"
    orders = [int(str(pack(id).source.head.get("order", 50))) for id in pack_ids()]
    assert orders == sorted(orders)


# --- what holds for each pack ----------------------------------------------------------------------------------------

EACH = pytest.mark.parametrize("each", [pack(id) for id in pack_ids()], ids=lambda each: each.id)


@EACH
def test_a_pack_is_in_order(each: Pack) -> None:
    assert check(*read_folder(BUILT_IN / each.id)) == []
    RuleSet(each)
    IndicatorSet(each)
    assert each.basis
    assert each.issuer


@EACH
def test_each_indicator_has_a_clause_or_a_cell(each: Pack) -> None:
    asked = {cell.expression for cell in expressions(each.form)}
    for one in each.indicators:
        assert one.clause or one.name in asked, one.id
        figure(one.formula, context_of(each), unit=one.unit, places=one.places)
    assert {target.indicator for target in each.targets} <= {one.id for one in each.indicators if one.clause}


@EACH
def test_a_report_is_signed_by_the_unit(each: Pack) -> None:
    """What goes to an office ends with its annexes, the unit, the day and who answers the telephone."""
    if each.report:
        *_, annex, unit, day, contact = [
            line.text for line in docx.Document(io.BytesIO(each.report)).paragraphs if line.text
        ]
        assert (unit, day, contact) == ("{{ 填报单位 }}", "{{ 报出日期 }}", "〔请写：联系人及电话〕")
        assert annex.startswith("附件：") or "图表" in annex


@EACH
def test_each_rule_says_what_where_and_how_to_go_on(each: Pack) -> None:
    for rule in each.rules:
        on = ledger(rule.ledger)
        assert rule.level in LEVELS
        assert rule.remedy, rule.id
        assert rule.basis, rule.id
        assert rule.cells, rule.id
        read = {operand.field.label for operand in row_formula(rule.formula, on, context_of(each)).operands}
        own = {on.field(name).label for name in rule.cells}
        assert own & read or "计数" in rule.formula or rule.id in {"E023", "W010", "W019", "W020", "D001", "D004"}, (
            rule.id
        )
        assert message(rule.message, on, context_of(each)).formulas, f"{rule.id} quotes no value"


@EACH
def test_each_cell_of_the_form_is_known(each: Pack) -> None:
    for cell in expressions(each.form):
        of = list_of(each, cell.sheet, cell.number) if cell.is_list_row else None
        if of and not (of.ledger == "开发区" and asks_indicator(each, cell.expression)):
            list_formulas(each, of, [cell.expression])
        else:
            check_cell(each, cell.expression)


@EACH
def test_no_parameter_is_unused(each: Pack) -> None:
    """In the pack or in one that extends it."""
    users = [pack(id) for id in pack_ids() if each.id in (id, pack(id).extends)]
    columns = ("公式", "提示", "条件", "排序", "参评", "除以", "基准", "列", "理由", "不列", "起算", "停留上限", "率")
    tables = ("指标", "规则", "报表", "评分", "评分项", "名单")
    texts = [e[c] for one in users for t in tables for e in one.entries(t) for c in columns]
    texts.append(STILL)  # which the monthly round asks for
    texts += [text for one in users for text in one.parameters.values()]
    texts += [cell.expression for one in users for cell in expressions(one.form)]
    for name in each.parameters:
        assert any(name in text for text in texts), name
    assert isinstance(context_of(each), Context)


def test_a_fault_reads_as_a_place_and_a_sentence() -> None:
    assert str(Fault("规则", "E5", "不对")) == "规则!E5：不对"
    assert str(Fault("pack.toml", "", "缺“id”")) == "pack.toml：缺“id”"
