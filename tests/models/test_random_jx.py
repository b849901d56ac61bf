"""Every indicator of 工信 for 200 random zones equals plain Python over the exported CSV."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from models.indicators import indicator_set
from models.kinds import decimal_of
from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.random_jx import make
from tests.reference_jx import LEDGERS, Reference, read
from ui.commands.run import run_command

PARENT, MANY, TODAY = "3607", 200, date(2026, 1, 5)


@pytest.mark.timeout(400)  # each of the zones is asked on its own
def test_indicators_of_random_zones(tmp_path: Path) -> None:
    path = tmp_path / "随机.db"
    with DataFile(path, who="测试") as file:
        create_zone(file, PARENT, "全部园区")
        codes = [make(file, PARENT, number, 2025) for number in range(MANY)]
    for name in LEDGERS:
        out = str(tmp_path / f"{name}.csv")
        assert run_command(["export", "--data", str(path), "--zone", PARENT, "--ledger", name, "-o", out]) == 0
    ledgers = read(tmp_path)
    made = indicator_set(pack("工信"))
    known = {each.id: each for each in pack("工信").indicators if each.clause}
    seen: set[str] = set()
    with DataFile(path, who="测试") as file, file.reading() as connection:
        for number, code in enumerate(codes):
            mine = {name: [row for row in rows if row["开发区"] == code] for name, rows in ledgers.items()}
            for year in (2025, 2024) if number % 10 == 0 else (2025,):
                found = made.values(connection, [code], Period(year), TODAY, list(known))
                printed = {id: "" if v is None else str(decimal_of(v, known[id].places)) for id, v in found.items()}
                expected = Reference(mine, year).figures()
                assert printed == expected, (code, year)
                seen |= {id for id, text in expected.items() if text.strip("0.-")}
    assert seen == set(known), "each is something in some zone"
