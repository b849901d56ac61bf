"""The demonstration year by commands: its figures equal an independent computation over exported CSV, and so does the workbook."""

from __future__ import annotations

import json
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.edits import retype
from tests.reference import LEDGERS, read
from tests.reference_further import Further
from ui.commands.run import run_command

# seeds of the zone and of the edits (0: as made up); between them every condition of every indicator decides something
ZONES = (("7", 0), ("4", 4), ("8", 8), ("10", 10))


@pytest.fixture(scope="module", params=ZONES, ids=lambda zone: f"{zone[0]}-{zone[1]}")
def demo(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    path = tmp_path_factory.mktemp("演示") / "演示.db"
    seed, edits = request.param
    assert run_command(["demo", "--data", str(path), "--enterprises", "60", "--years", "3", "--seed", seed]) == 0
    if edits:
        retype(path, edits)
    for name in LEDGERS:
        assert (
            run_command(["export", "--data", str(path), "--ledger", name, "-o", str(path.with_name(f"{name}.csv"))])
            == 0
        )
    return path


@pytest.mark.parametrize("year", [2024, 2025])
def test_figures_equal_plain_python_over_csv(demo: Path, year: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["indicators", "--data", str(demo), "--pack", "台办", "--period", str(year), "--json"]) == 0
    found = {row["id"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert found == Further(read(demo.parent), year).figures()


def test_the_workbook_says_the_same(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "台办.xlsx"
    assert run_command(["export", "--data", str(demo), "--pack", "台办", "--period", "2025", "-o", str(target)]) == 0
    this, last = (Further(read(demo.parent), year).figures() for year in (2025, 2024))
    sheet = openpyxl.load_workbook(target)["表TW-1"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=8) if row[1].value}
    codes = {"01": "TW02", "22": "TW06", "23": "TW13", "26": "TW07", "30": "TW10"}
    assert list(rows) == [f"{number:02}" for number in range(1, 34)]
    aims = own_targets(read(demo.parent)["目标"])
    assert {"01", "11", "12", "22", "26"} == set(aims)
    for code, row in rows.items():
        id = codes.get(code, f"TW1-{code}")
        now, before = number(this[id]), number(last[id])
        assert (number(row[3].value), number(row[4].value)) == (now, before), code
        assert number(row[5].value) == (None if now is None or before is None else now - before), code
        assert row[6].value == growth(now, before), code
        aim = aims.get(code)
        assert number(row[7].value) == aim, code
        assert row[8].value == (percent(now, aim) if aim and now and now > 0 else "—"), code


def number(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def own_targets(rows: list[dict[str, str]]) -> dict[str, Decimal]:
    """Row of 表TW-1 → the zone's target of 2025 in the row's unit; those set in 亿元 stand in 万元."""
    lines = {"TW02": ("01", 1), "TW03": ("12", 10000), "TW04": ("11", 10000), "TW06": ("22", 1), "TW07": ("26", 1)}
    return {
        lines[row["指标编号"]][0]: Decimal(row["目标下限"]) * lines[row["指标编号"]][1]
        for row in rows
        if row["报告期"] == "2025" and row["指标编号"] in lines
    }


def percent(part: Decimal, whole: Decimal) -> float:
    return float((part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def growth(now: Decimal | None, before: Decimal | None) -> float | str:
    """CM01: “—” where last year is not above zero."""
    if now is None or before is None or before <= 0:
        return "—"
    return float((now / before * 100 - 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_the_lists_count_what_the_indicators_count(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "台办.xlsx"
    assert run_command(["export", "--data", str(demo), "--pack", "台办", "--period", "2025", "-o", str(target)]) == 0
    reference = Further(read(demo.parent), 2025)
    book = openpyxl.load_workbook(target, data_only=True)
    codes = [row[2] for row in book["表TW-2"].iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    assert sorted(codes) == sorted(
        set(reference.taiwan) & {row["企业:统一社会信用代码"] for row in reference.of["台资企业"]}
    )
    inflows = [row for row in book["表TW-4"].iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    assert len(inflows) == sum(reference.within(row["到资日期"]) for row in reference.inflows)
    (total,) = [row for row in book["表TW-4"].iter_rows(min_row=8, values_only=True) if row[1] == "合计"]
    assert Decimal(str(total[6])).quantize(Decimal("0.01"), ROUND_HALF_UP) == number(reference.figures()["TW1-08"])


def test_each_enterprise_of_the_list(demo: Path, tmp_path: Path) -> None:
    """表TW-2 row by row: what came in, what it made, who works there; and the totals below."""
    target = tmp_path / "台办.xlsx"
    assert run_command(["export", "--data", str(demo), "--pack", "台办", "--period", "2025", "-o", str(target)]) == 0
    reference = Further(read(demo.parent), 2025)
    sheet = openpyxl.load_workbook(target, data_only=True)["表TW-2"]
    heading = [cell.value for cell in sheet[6]]
    rows = [dict(zip(heading, row, strict=True)) for row in sheet.iter_rows(min_row=8, values_only=True)]
    listed = [row for row in rows if isinstance(row["序号"], int)]
    assert [row["序号"] for row in listed] == [*range(1, len(listed) + 1)]
    for row in listed:
        expected = reference.enterprise(row["统一社会信用代码"])
        assert {name: number(row[name]) for name in expected} == expected, row["企业名称"]
    (total,) = [row for row in rows if row["企业名称"] == "合计"]
    for name in ("合同台资(万美元)", "累计到资(万美元)", "累计到资(万元)", "产值(万元)", "税收(万元)", "员工", "台青"):
        assert number(total[name]) == sum(number(row[name]) or 0 for row in listed), name
