"""The cells and lists of a return, and the filled demonstration return as text (tests/data/returns)."""

from __future__ import annotations

import difflib
import io
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from exporters.workbook import fill as fill_form
from models.demo import fill
from models.formula.errors import FormulaError
from models.kinds import Raw
from models.ledgers.economy import ECONOMY
from models.ledgers.enterprise import ENTERPRISE, ENTERPRISE_YEAR
from models.ledgers.taiwan import CAPITAL_IN, TW_ENTERPRISE
from models.ledgers.target import TARGET
from models.packs.pack import pack
from models.periods import Period
from models.questions import DASH
from models.returns import Frame, ReturnFigures, Value, check_cell, list_of
from models.store.batches import batch
from models.store.file import DataFile
from models.store.zones import Zone, create_zone

YEAR, TODAY, CODE = Period(2025), date(2026, 1, 5), "360799"
SIGNED = {
    "单位负责人": "李某",
    "统计负责人": "陈某",
    "填表人": "王某",
    "联系电话": "0797-8391234",
    "报出日期": "2026年01月05日",
}
DUMP = Path(__file__).resolve().parents[1] / "data" / "returns" / "台办_演示.txt"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "表.db", who="测试") as opened:
        create_zone(opened, CODE, "示例产业园", short_name="示例园")
        yield opened


def figures(file: DataFile, *zones: str, signed: dict[str, str] | None = None) -> ReturnFigures:
    with file.reading() as connection:
        zone = Zone(CODE, "示例产业园", "示例园", "")
        made = ReturnFigures(connection, pack("台办"), Frame(zone, YEAR, signed or {}), zones or (CODE,), TODAY)
        made.value("表TW-1", "台资企业数")
    return made


def values(file: DataFile, *expressions: str, signed: dict[str, str] | None = None) -> list[Value]:
    with file.reading() as connection:
        zone = Zone(CODE, "示例产业园", "示例园", "")
        made = ReturnFigures(connection, pack("台办"), Frame(zone, YEAR, signed or {}), [CODE], TODAY)
        return [made.value("表TW-1", text) for text in expressions]


def listed(file: DataFile, sheet: str, *expressions: str, zones: tuple[str, ...] = (CODE,)) -> list[list[Value]]:
    with file.reading() as connection:
        zone = Zone(CODE, "示例产业园", "示例园", "")
        made = ReturnFigures(connection, pack("台办"), Frame(zone, YEAR, {}), zones, TODAY)
        return list(made.records(sheet, expressions))


def taiwanese(file: DataFile, name: str = "甲公司", zone: str = CODE, mark: int = 1, **stake: object) -> bytes:
    """An enterprise marked (or not) as 台资 this year, with its row in 台资企业."""
    with batch(file, zone, "录入", name) as work:
        ent = work.add(ENTERPRISE, {"ent_name": name, "prod_date": 20231100, "up_date": 202103, "ind_code": "3974"})
        work.add(ENTERPRISE_YEAR, {"ent": ent, "is_tw": mark, "op_state": "1"}, YEAR)
        work.add(TW_ENTERPRISE, {"ent": ent, **stake})  # type: ignore[dict-item]
    return ent


def economy(file: DataFile, ent: bytes, year: int, **values: int | None) -> None:
    with batch(file, CODE, "录入", "数") as work:
        work.add(ECONOMY, {"ent": ent, **values}, Period(year))


def inflow(file: DataFile, ent: bytes, number: str, day: int, usd: int, **other: object) -> None:
    with batch(file, CODE, "录入", number) as work:
        row = {"ent": ent, "proof_no": number, "in_date": day, "amt_usd": usd, "in_prov": 1, **other}
        work.add(CAPITAL_IN, row)  # type: ignore[arg-type]


# --- single cells ----------------------------------------------------------------------------------------------------


def test_the_frame(file: DataFile) -> None:
    names = ["填报单位", "报告期", " 开发区代码 ", "开发区简称", "单位负责人", "报出日期"]
    assert values(file, *names) == ["示例产业园", "2025年", CODE, "示例园", "", ""]
    assert values(file, *names, signed=SIGNED)[4:] == ["李某", "2026年01月05日"]


def test_what_is_asked_of_an_indicator(file: DataFile) -> None:
    ent = taiwanese(file)
    economy(file, ent, 2025, rev=150_0050)
    economy(file, ent, 2024, rev=100_0000)
    with batch(file, CODE, "录入", "上年") as work:
        work.add(ENTERPRISE_YEAR, {"ent": ent, "is_tw": 1, "op_state": "1"}, Period(2024))
        work.add(TARGET, {"ind_id": "台资营业收入", "level": "开发区", "target_min": 200_0000}, YEAR)
    asked = ["{}", "上年({})", "增减({})", "增速({})", "目标({})", "完成({})", "上年( {} )"]
    found = values(file, *(text.format("台资营业收入") for text in asked))
    # 150.005 is printed 150.01, and all that follows is of the printed figure
    assert [str(value) for value in found] == ["150.01", "100.00", "50.01", "50.0", "200.00", "75.0", "100.00"]
    assert values(file, "完成（台资营业收入）") == [Decimal("75.0")]
    assert values(file, "TW1-13", "合计(经济数据.营业收入)") == [Decimal("150.01"), Decimal("150.01")]


def test_what_cannot_be_worked_out_and_what_is_not_filled_in(file: DataFile) -> None:
    ent = taiwanese(file)
    economy(file, ent, 2025, rev=None)
    found = values(
        file, "台资营业收入", "增减(台资营业收入)", "增速(台资营业收入)", "目标(台资营业收入)", "完成(台资营业收入)"
    )
    assert found == [None, None, DASH, None, DASH]
    assert values(file, "合计(经济数据.营业收入) / 计数(到资流水)", "平均(经济数据.营业收入)") == [DASH, DASH]
    assert values(file, "增速(台资企业数)") == [DASH], "none last year: no growth from nothing (CM01)"


def test_a_loss_is_negative(file: DataFile) -> None:
    ent = taiwanese(file)
    economy(file, ent, 2025, profit=-12_3450)
    assert values(file, "台资利润总额", "增减(台资利润总额)") == [Decimal("-12.35"), Decimal("-12.35")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("台资企业树", "没有“台资企业树”这个指标，是否想写“台资企业数”？"), ("上年(台资企业树)", "是否想写“台资企业数”？"),
        ("填报单为", "填报单为"), ("增幅(台资企业数)", "增幅"), ("合计(经济数据.营业收如)", "营业收入"), ("", ""), ("1 +", ""),
        ("营业收入", "营业收入"),
        ("合计(经济数据.营业收入) + 计数(企业)", ""), ("__import__('os')", ""), ("上年(上年(台资企业数))", "上年(台资企业数)"),
    ],
)  # fmt: skip
def test_a_cell_that_is_wrong_is_told(text: str, part: str) -> None:
    with pytest.raises(FormulaError) as fault:
        check_cell(pack("台办"), text)
    assert part in str(fault.value)


@pytest.mark.parametrize(
    "text",
    [
        "台资企业数",
        "TW02",
        "上年(TW02)",
        "完成（台资企业数）",
        "上年(台湾青年交流人数（累计）)",
        "填报单位",
        "计数(企业)",
        "报出日期",
    ],
)
def test_a_cell_that_is_right(text: str) -> None:
    check_cell(pack("台办"), text)


def test_a_sheet_without_a_list(file: DataFile) -> None:
    for sheet, number, told in (("表TW-99", 0, "“表TW-99”的第 1 个"), ("表TW-2", 1, "“表TW-2”的第 2 个")):
        with pytest.raises(KeyError, match=told):
            list_of(pack("台办"), sheet, number)


# --- lists -----------------------------------------------------------------------------------------------------------


def test_a_list_is_filtered_and_ordered(file: DataFile) -> None:
    for name, mark in (("丙公司", 1), ("甲公司", 1), ("乙公司", 0), ("A公司", 1)):
        taiwanese(file, name, mark=mark)
    assert listed(file, "表TW-2", "企业.单位详细名称") == [["A公司"], ["丙公司"], ["甲公司"]]


def test_empties_stand_last_and_equals_stay_in_the_order_made(file: DataFile) -> None:
    ent = taiwanese(file)
    for number, day in (("晚", 20250301), ("早", 20250201), ("同一", 20250201), ("上年", 20241231), ("月", 20250300)):
        inflow(file, ent, number, day, 1)
    inflow(file, ent, "外", 20250401, 1, in_prov=0)
    found = listed(file, "表TW-4", "凭证号", "到资日期")
    assert found == [
        ["早", date(2025, 2, 1)], ["同一", date(2025, 2, 1)], ["月", "2025-03"], ["晚", date(2025, 3, 1)],
    ]  # fmt: skip


def test_kinds_of_list_cells(file: DataFile) -> None:
    ent = taiwanese(file, tw_share=33_3300, route="3", tw_investor="=某某股份", reg_cap=100_0000)
    economy(file, ent, 2025, rev=8642_0500)
    inflow(file, ent, "P1", 20250301, -14_0000, cur="TWD", in_mofcom=0, fx_usd=31_000)
    assert listed(
        file, "表TW-2", "企业.单位详细名称", "台籍投资人", "台资占比", "投资路径", "企业.投产日期", "企业.首次入规年月", "企业.行业代码",
        "经济数据.营业收入", "经济数据.利润总额", "企业年度.是否台资", "企业年度.运营状态", "计数(到资流水)",
        "合计(到资流水.折万美元)", "台资占比 / 3",
    ) == [[
        "甲公司", "=某某股份", Decimal("33.33"), "经英属维尔京", "2023-11", "2021-03", "显示器件制造",
        Decimal("8642.05"), None, "是", "正常运营", 1, -14, Decimal("11.11"),
    ]]  # fmt: skip
    assert listed(
        file, "表TW-4", "折万美元", "折美元汇率", "计入商务部口径", "计入台办口径", "第三地转投资", "企业.单位详细名称"
    ) == [[-14, Decimal("0.031"), "否", "是", None, "甲公司"]]


def test_a_text_kept_as_typed_leaves_its_cell_empty(file: DataFile) -> None:
    taiwanese(file, tw_share=Raw("一半左右"))
    assert listed(file, "表TW-2", "台资占比", "企业.单位详细名称") == [[None, "甲公司"]]


def test_lists_and_figures_range_over_sub_parks(file: DataFile) -> None:
    create_zone(file, "360798", "分园", parent_code=CODE)
    taiwanese(file, "总园公司")
    taiwanese(file, "分园公司", "360798")
    assert listed(file, "表TW-2", "企业.单位详细名称") == [["总园公司"]]
    both = (CODE, "360798")
    assert listed(file, "表TW-2", "企业.单位详细名称", zones=both) == [["分园公司"], ["总园公司"]]
    assert figures(file, *both).figures["TW02"] == Fraction(2)
    assert figures(file).figures["TW02"] == Fraction(1)


def test_a_long_list_is_whole(file: DataFile) -> None:
    ent = taiwanese(file)
    with batch(file, CODE, "导入", "很多") as work:
        columns = ["ent", "proof_no", "in_date", "amt_usd", "in_prov"]
        work.insert(CAPITAL_IN, columns, [(ent, f"P{n:04}", 20250101 + n % 28, n, 1) for n in range(1203)])
    found = listed(file, "表TW-4", "凭证号", "到资日期")
    assert len({number for number, _ in found}) == 1203
    assert [day for _, day in found] == sorted(day for _, day in found)  # type: ignore[type-var]


# --- the whole return ------------------------------------------------------------------------------------------------


def dump(sheet: Worksheet) -> list[str]:
    """One cell a line: address, type, format, value."""
    return [
        f"{sheet.title}\t{cell.coordinate}\t{cell.data_type}\t{cell.number_format}\t{cell.value}".replace("\n", "⏎")
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]


def test_the_demonstration_return_is_as_it_was(tmp_path: Path) -> None:
    """Write tests/data/returns anew with YEARBOOK_NEW_REFERENCE=1, and read the difference before committing it."""
    with DataFile(tmp_path / "演示.db", who="测试") as file:
        fill(file, zone=CODE)
        with file.reading() as connection:
            frame = Frame(Zone(CODE, "示例产业园", "示例园", ""), YEAR, SIGNED)
            made = ReturnFigures(connection, pack("台办"), frame, [CODE], TODAY)
            content = fill_form(pack("台办").form, made, draft=False).content
    formulas, cached = (openpyxl.load_workbook(io.BytesIO(content), data_only=only) for only in (False, True))
    lines = [line for sheet in formulas for line in dump(sheet)]
    lines += [line for line in (line for sheet in cached for line in dump(sheet)) if line not in set(lines)]
    if os.environ.get("YEARBOOK_NEW_REFERENCE"):
        DUMP.write_text("\n".join(lines) + "\n", encoding="utf-8")
    expected = DUMP.read_text(encoding="utf-8").splitlines()
    assert lines == expected, "\n".join(difflib.unified_diff(expected, lines, "was", "is", n=0, lineterm=""))
