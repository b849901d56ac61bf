"""The demonstration year by commands: its figures equal an independent computation over exported CSV, and so does the workbook."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.reference import LEDGERS, Reference, read
from ui.commands.run import run_command


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("演示") / "演示.db"
    assert run_command(["demo", "--data", str(path), "--enterprises", "60", "--years", "3", "--seed", "7"]) == 0
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
    assert found == Reference(read(demo.parent), year).figures()


def test_the_workbook_says_the_same(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "台办.xlsx"
    assert run_command(["export", "--data", str(demo), "--pack", "台办", "--period", "2025", "-o", str(target)]) == 0
    this, last = (Reference(read(demo.parent), year).figures() for year in (2025, 2024))
    sheet = openpyxl.load_workbook(target)["表TW-1"]
    rows = {row[1].value: row for row in sheet.iter_rows(min_row=8) if row[1].value}
    codes = {"01": "TW02", "22": "TW06", "26": "TW07"}
    assert len(rows) == 25
    for code, row in rows.items():
        id = codes.get(code, f"TW1-{code}")
        assert (Decimal(str(row[3].value)), Decimal(str(row[4].value))) == (Decimal(this[id]), Decimal(last[id])), code
        assert Decimal(str(row[5].value)) == Decimal(this[id]) - Decimal(last[id])


def test_the_lists_count_what_the_indicators_count(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "台办.xlsx"
    assert run_command(["export", "--data", str(demo), "--pack", "台办", "--period", "2025", "-o", str(target)]) == 0
    reference = Reference(read(demo.parent), 2025)
    book = openpyxl.load_workbook(target, data_only=True)
    names = [row[0] for row in book["表TW-2"].iter_rows(min_row=8, min_col=3, max_col=3, values_only=True) if row[0]]
    assert sorted(names) == sorted(
        set(reference.taiwan) & {row["企业:统一社会信用代码"] for row in reference.of["台资企业"]}
    )
    inflows = [row for row in book["表TW-4"].iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    assert len(inflows) == sum(reference.within(row["到资日期"]) for row in reference.inflows)
    (total,) = [row for row in book["表TW-4"].iter_rows(min_row=8, values_only=True) if row[1] == "合计"]
    assert Decimal(str(total[6])).quantize(Decimal("0.01")) == Decimal(reference.figures()["TW1-08"])
