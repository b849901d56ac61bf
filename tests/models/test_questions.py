"""What a cell asks of an indicator beyond the year before: the policy's own target, and the figure of a base year."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from models.formula.errors import FormulaError
from models.ledgers.enterprise import ENTERPRISE_YEAR
from models.packs.pack import Pack
from models.packs.tables import read_folder
from models.periods import Period
from models.questions import DASH, Question, question
from models.reported import indicator_named, put_base
from models.returns import Frame, ReturnFigures, Value, check_cell
from models.store.batches import batch
from models.store.file import DataFile
from models.store.versions import keep_version
from models.store.zones import Zone
from tests.models.test_packs_extend import written
from tests.models.test_returns import CODE, TODAY, YEAR, economy, file, taiwanese  # noqa: F401 (a fixture)


@pytest.fixture
def based(tmp_path: Path) -> Pack:
    """A pack on 台办 with two base years, one before there was anything."""
    rows = [["基期", "2021年", "", ""], ["远期", "1999年", "", ""], ["最低产值", "100万元", "", ""]]
    source, faults = read_folder(written(tmp_path / "区办", 参数=rows))
    assert not faults
    return Pack(source)


def values(file: DataFile, pack: Pack, *expressions: str, period: Period = YEAR) -> list[Value]:  # noqa: F811
    with file.reading() as connection:
        frame = Frame(Zone(CODE, "示例产业园", "示例园", ""), period, {})
        made = ReturnFigures(connection, pack, frame, [CODE], TODAY)
        return [made.value("表", text) for text in expressions]


def test_the_base_years_figure(file: DataFile, based: Pack) -> None:  # noqa: F811
    ent = taiwanese(file)
    for year, rev in ((2025, 150_0000), (2024, 120_0000), (2021, 100_0050)):
        economy(file, ent, year, rev=rev)
    with batch(file, CODE, "录入", "基期") as work:
        work.add(ENTERPRISE_YEAR, {"ent": ent, "is_tw": 1, "op_state": "1"}, Period(2021))
    asked = ("台资营业收入", "基期(台资营业收入)", "基期(台资企业数)", "远期(台资营业收入)", "远期(台资企业数)")
    assert values(file, based, *asked) == [Decimal("150.00"), Decimal("100.01"), 1, 0, 0]


def test_the_base_year_and_the_year_before_take_the_same_figure(file: DataFile, based: Pack) -> None:  # noqa: F811
    """In the return of 2022 both are 2021's, keyed as 期初数 where there are no ledgers of that year."""
    with batch(file, CODE, "录入", "期初数") as work:
        put_base(work, based, Period(2021), indicator_named(based, "台资企业数"), "37")
    asked = ("上年(台资企业数)", "基期(台资企业数)", "远期(台资企业数)")
    assert values(file, based, *asked, period=Period(2022)) == [37, 37, 0]


def test_of_the_base_year_itself_both_columns_say_this_returns_figure(file: DataFile, based: Pack) -> None:  # noqa: F811
    """Not the figure of the version issued before, which this one is to put right, nor what was keyed before the ledgers were."""
    economy(file, taiwanese(file), 2021, rev=100_0000)
    with batch(file, CODE, "签发", "第 1 版") as work:
        issued = {"pack": based.id, "version": 1, "state": "上报", "issued_at": "2022-01-05T00:00:00"}
        keep_version(work, Period(2021), {indicator_named(based, "台资营业收入").id: Fraction(7)}, issued)
    now, base = values(file, based, "台资营业收入", "基期(台资营业收入)", period=Period(2021))
    assert now == base != 7


@pytest.mark.parametrize(
    ("asked", "period", "said"),
    [
        ("政策目标(台资企业数)", 2024, "≥ 100"),
        ("政策目标(TW02)", 2026, "≥ 12"),  # 市 2026 in the zone's own pack, before 合作区 2035
        ("政策目标(台资企业产值)", 2025, "约 120"),
        ("政策目标(台资企业产值)", 2030, "约 300"),
        ("政策目标(规上台资)", 2025, DASH),
    ],
)
def test_the_policys_target(file: DataFile, based: Pack, asked: str, period: int, said: str) -> None:  # noqa: F811
    assert values(file, based, asked, period=Period(period)) == [said]


def test_what_is_a_question(based: Pack) -> None:
    assert question(based, "基期（台资企业数）") == Question("基期", "台资企业数", 2021)
    assert question(based, "上年(台资企业数)") == Question("上年", "台资企业数")
    assert question(based, "最低产值(台资企业数)") is None
    check_cell(based, "基期(台资企业数)")
    with pytest.raises(FormulaError, match="没有“台资企业树”这个指标，是否想写“台资企业数”"):
        check_cell(based, "基期(台资企业树)")
    with pytest.raises(FormulaError, match="没有“最低产值”这个函数"):
        check_cell(based, "最低产值(台资企业数)")
