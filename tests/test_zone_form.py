"""The form of 开发区 with another zone's row on it: that row comes back with the reason, the rest of the folder is taken."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from models.ledgers.enterprise import ENTERPRISE
from models.ledgers.zone import ZONE
from models.store.file import DataFile
from models.store.tables import table_of
from ui.commands.run import run_command

CODE = "360799"


def issue(data: Path, ledger: str, target: Path) -> None:
    words = ["form", "--data", str(data), "--ledger", ledger, "--period", "2025", "-o", str(target)]
    assert run_command(words) == 0


@pytest.mark.parametrize(
    ("code", "told"), [("垃圾", f"开发区!A4（区.xlsx）：这一行的开发区代码不是 {CODE}"), (None, "没有填“开发区代码”")]
)
def test_another_zones_row_comes_back_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], code: str | None, told: str
) -> None:
    data, folder = tmp_path / "演示.db", tmp_path / "收回"
    folder.mkdir()
    assert run_command(["demo", "--data", str(data), "--enterprises", "24", "--zone", CODE]) == 0
    issue(data, "开发区", folder / "区.xlsx")
    issue(data, "企业", folder / "企业.xlsx")
    book = openpyxl.load_workbook(folder / "区.xlsx")
    sheet = book["开发区"]
    assert (sheet["A2"].value, sheet["A3"].value, sheet["A4"].value) == ("开发区代码", CODE, None)
    sheet["A4"], sheet["B4"], sheet["C3"] = code, "别的园区", "新简称"
    book.save(folder / "区.xlsx")
    book = openpyxl.load_workbook(folder / "企业.xlsx")
    (column,) = (cell.column for cell in book["企业"][2] if cell.value == "法定代表人")
    book["企业"].cell(3, column).value = "新法人"
    book.save(folder / "企业.xlsx")
    capsys.readouterr()
    assert run_command(["import", str(folder), "--data", str(data)]) == 0
    said = capsys.readouterr()
    assert "更新 2" in said.out
    assert "退回 1" in said.out
    assert told in said.out + said.err
    with DataFile(data, read_only=True) as file, file.reading() as connection:
        zone = connection.execute(table_of(ZONE).select()).mappings().all()
        assert [(row["code"], row["short_name"]) for row in zone] == [(CODE, "新简称")]
        assert (
            "新法人"
            in connection.scalars(
                table_of(ENTERPRISE).select().with_only_columns(table_of(ENTERPRISE).c.legal_rep)
            ).all()
        )
