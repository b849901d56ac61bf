"""Cells filled in by hand: what a form may ask, what was keyed, last year's, and what an issued version keeps of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.formula.errors import FormulaError
from models.handcells import HandCell, hand_cell
from models.kinds import BadValue
from models.ledgers.reporting import SHEET_ENTRY
from models.packs.pack import pack
from models.periods import Period
from models.returns import Frame, ReturnFigures, Value, check_cell
from models.store.batches import batch
from models.store.entries import carry_texts, doubt, entries, put_entry, wanting
from models.store.file import DataFile
from models.store.history import undo
from models.store.versions import keep_version, versions
from models.store.zones import Zone, create_zone

YEAR, CODE, PACK = Period(2025), "360799", "台办"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DataFile]:
    with DataFile(tmp_path / "表.db", who="测试") as opened:
        create_zone(opened, CODE, "示例产业园")
        yield opened


def key(file: DataFile, item: str, text: str, period: Period = YEAR, of: str = PACK) -> int | None:
    with batch(file, CODE, "录入", f"填 {item}") as work:
        put_entry(work, of, period, item, text)
    return work.no


def said(file: DataFile, *expressions: str, period: Period = YEAR) -> list[Value]:
    with file.reading() as connection:
        frame = Frame(Zone(CODE, "示例产业园", "示例园", ""), period, {})
        made = ReturnFigures(connection, pack(PACK), frame, (CODE,), date(2026, 1, 5))
        return [made.value("表TW-6", each) for each in expressions]


def kept(file: DataFile, period: Period = YEAR, of: str = PACK) -> dict[str, object]:
    with file.reading() as connection:
        return {each.item: each.value for each in entries(connection, CODE, of, period).values()}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("手填(绿色通道件数)", HandCell("绿色通道件数")),
        ("手填（绿色通道件数）", HandCell("绿色通道件数")),
        (" 手填 ( 融资服务(万元) ) ", HandCell("融资服务(万元)")),
        ("上年(手填(绿色通道件数))", HandCell("绿色通道件数", prior=True)),
        ("上年（手填（规划布局 举措））", HandCell("规划布局 举措", prior=True)),
        ("手填(甲) + 手填(乙)", None),
        ("增减(手填(甲))", None),
        ("上年(台资企业数)", None),
        ("手填件数", None),
    ],
)
def test_what_is_a_cell_filled_in_by_hand(text: str, meant: HandCell | None) -> None:
    assert hand_cell(text) == meant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("手填()", "手填的括号里要写名称"),
        ("上年(手填( ))", "手填的括号里要写名称"),
        ("增减(手填(件数))", "公式第 4 个字：手填的格子只能写 手填(名称) 或 上年(手填(名称))，不能再算"),
        ("手填(甲) + 手填(乙)", "不能再算"),
        ("手填(" + "长" * 201 + ")", "手填的名称有 201 个字，最多 200 个"),
    ],
)
def test_a_cell_written_wrongly_is_told(text: str, sentence: str) -> None:
    with pytest.raises(FormulaError) as caught:
        check_cell(pack(PACK), text)
    assert sentence in str(caught.value)


def test_a_cell_written_rightly_is_in_order() -> None:
    for text in ("手填(绿色通道件数)", "上年(手填(绿色通道件数))", "手填（融资服务（万元））"):
        check_cell(pack(PACK), text)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        ("１２", 12),
        ("1,234.5", Decimal("1234.5")),
        ("１，２３４。５０", Decimal("1234.5")),
        ("-0.0001", Decimal("-0.0001")),
        ("0", 0),
        ("3.14159", "3.14159"),
        ("—", "—"),
        ("12 件", "12 件"),
        ("1\n2", "1\n2"),
        ("一是专班推进；\n\n二是定期调度。 ", "一是专班推进；\n二是定期调度。"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_is_a_number_is_a_number_and_the_rest_is_text(file: DataFile, typed: str, value: object) -> None:
    key(file, "件数", typed)
    (found,) = said(file, "手填(件数)")
    assert (found, type(found)) == (value, type(value))


def test_a_number_that_does_not_fit_is_told() -> None:
    assert doubt("3.14159") == "“3.14159”的小数太长，这里只存到 0.0001；已按文字存"
    assert doubt("12") == doubt("十二") == doubt("—") == doubt("") == ""


def test_nothing_keyed_is_blank_and_names_are_folded(file: DataFile) -> None:
    assert said(file, "手填(件数)", "上年(手填(件数))") == [None, None]
    key(file, "融资服务(万元)", "5")
    assert said(file, "手填（融资服务（万元））", "手填( 融资服务 (万元) )") == [5, 5]
    key(file, "融资服务（万元）", "6")
    assert kept(file) == {"融资服务(万元)": 6}, "the same name is the same value, kept once"


def test_last_years_and_other_packs_and_periods_are_apart(file: DataFile) -> None:
    key(file, "件数", "7", Period(2024))
    key(file, "件数", "8", Period(2025, "Q", 1))
    key(file, "件数", "9", of="工信")
    assert said(file, "手填(件数)", "上年(手填(件数))") == [None, 7]
    assert said(file, "手填(件数)", period=Period(2025, "Q", 1)) == [8]


def test_keying_is_a_step_that_can_be_taken_back(file: DataFile) -> None:
    key(file, "件数", "12")
    key(file, "件数", "十二件")
    assert kept(file) == {"件数": "十二件"}
    assert key(file, "件数", "十二件") is None, "nothing changed, nothing recorded"
    key(file, "件数", " ")
    assert kept(file) == {}
    assert undo(file).title == "填 件数"  # type: ignore[union-attr]
    assert kept(file) == {"件数": "十二件"}
    undo(file)
    assert kept(file) == {"件数": 12}


def test_a_text_that_is_too_long_is_refused_and_nothing_written(file: DataFile) -> None:
    with pytest.raises(BadValue, match="最多 2000 个"):
        key(file, "举措", "长" * 2001)
    assert kept(file) == {}


def test_of_two_rows_of_one_name_the_later_counts(file: DataFile) -> None:
    with batch(file, CODE, "导入", "两行") as work:
        work.add(SHEET_ENTRY, {"pack": PACK, "item": "件数", "amount": 10_000}, YEAR)
        work.add(SHEET_ENTRY, {"pack": PACK, "item": "件 数", "amount": 20_000}, YEAR)
        work.add(SHEET_ENTRY, {"pack": PACK, "item": "件数"}, YEAR)
    assert said(file, "手填(件数)") == [2]
    key(file, "件数", "3")
    assert said(file, "手填(件数)") == [3]
    key(file, "件数", "")
    assert kept(file) == {}, "no row of that name stays to come forth again"


def test_last_years_texts_are_taken_over_where_nothing_is_keyed(file: DataFile) -> None:
    for item, text in (
        ("责任单位1", "经发局"),
        ("责任单位2", "招商局\n财政局"),
        ("责任单位3", "科创局"),
        ("件数", "7"),
    ):
        key(file, item, text, Period(2024))
    key(file, "别的包", "文字", Period(2024), of="工信")
    key(file, "责任单位1", "经济发展局")
    with file.reading() as connection:
        assert [each.item for each in wanting(connection, CODE, PACK, YEAR)] == ["责任单位2", "责任单位3"]
    with batch(file, CODE, "带入", "带入上年手填") as work:
        assert carry_texts(work, PACK, YEAR) == 2
    assert kept(file) == {"责任单位1": "经济发展局", "责任单位2": "招商局\n财政局", "责任单位3": "科创局"}
    assert kept(file, of="工信") == {}
    undo(file)
    assert kept(file) == {"责任单位1": "经济发展局"}


def test_an_issued_version_keeps_what_was_filled_in(file: DataFile) -> None:
    year = Period(2024)
    for item, text in (("件数", "7.5"), ("举措", "专班推进"), ("没上表", "1")):
        key(file, item, text, year)
    with file.reading() as connection:
        frame = Frame(Zone(CODE, "示例产业园", "示例园", ""), year, {})
        made = ReturnFigures(connection, pack(PACK), frame, (CODE,), date(2025, 1, 5))
        for each in ("手填(件数)", "手填(举措)", "手填(空着)", "上年(手填(件数))"):
            made.value("表TW-6", each)
    assert made.keyed == {"件数": Decimal("7.5"), "举措": "专班推进", "空着": None}
    with batch(file, CODE, "签发", "第 1 版") as work:
        values = {"pack": PACK, "version": 1, "state": "签发", "issued_at": "2025-01-05T08:00:00"}
        keep_version(work, year, {"TW02": Fraction(7, 3), "TW03": None}, values, made.keyed)
    with file.reading() as connection:
        (version,) = versions(connection, CODE, PACK, year)
    assert (version.figures, version.keyed) == ({"TW02": Fraction(7, 3), "TW03": None}, made.keyed)
    for item in ("件数", "举措", "空着", "没上表"):
        key(file, item, "改了", year)
    asked = ["上年(手填(件数))", "上年(手填(举措))", "上年(手填(空着))", "上年(手填(没上表))"]
    assert said(file, *asked) == [Decimal("7.5"), "专班推进", None, "改了"]
    assert said(file, "手填(件数)", period=year) == ["改了"]


def test_a_version_issued_before_there_were_such_cells_leaves_the_ledgers_word(file: DataFile) -> None:
    key(file, "件数", "7", Period(2024))
    with batch(file, CODE, "签发", "第 1 版") as work:
        keep_version(work, Period(2024), {"TW02": Fraction(7)}, {"pack": PACK, "version": 1, "state": "签发"})
    assert said(file, "上年(手填(件数))") == [7]
