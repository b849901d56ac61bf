"""One zone with several parks (一区多园): their figures add up, each is audited by itself, and none sees another's rows."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from models.ledgers import ledger
from models.store.batches import batch
from models.store.file import DataFile
from tests.models.demo_rows import LISTED, Rows, found, told
from tests.reference import LEDGERS, Reference, read
from ui.commands.run import run_command

MAIN, PARKS = "360701", ("36070101", "36070102")
ADDS = (
    "TW02",
    "TW06",
    "TW1-02",
    "TW1-03",
    "TW1-07",
    "TW1-08",
    "TW1-10",
    "TW1-12",
    "TW1-13",
    "TW1-14",
    "TW1-15",
    "TW1-17",
    "TW13",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("园") / "园.db"
    assert run_command(["demo", "--data", str(path), "--years", "3", "--parks", "2", "--seed", "6"]) == 0
    return path


def figures(data: Path, year: int, capsys: pytest.CaptureFixture[str], *scope: str) -> dict[str, str | None]:
    words = ["indicators", "--data", str(data), "--pack", "台办", "--period", str(year), "--json", *scope]
    capsys.readouterr()
    assert run_command(words) == 0
    return {row["id"]: row["value"] for row in json.loads(capsys.readouterr().out)}


def reference(data: Path, year: int, folder: Path, *scope: str) -> Reference:
    for name in LEDGERS:
        assert (
            run_command(["export", "--data", str(data), "--ledger", name, *scope, "-o", str(folder / f"{name}.csv")])
            == 0
        )
    return Reference(read(folder), year)


@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize("scope", [(), ("--own",), ("--zone", PARKS[0])], ids=["all", "own", "park"])
def test_figures_equal_plain_python_over_csv(
    data: Path, year: int, scope: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    expected = reference(data, year, tmp_path, *scope).figures()
    got = figures(data, year, capsys, *scope)
    assert {id: got[id] for id in expected} == expected


def test_amounts_of_the_parks_add_up_to_the_zone(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = figures(data, 2025, capsys)
    parts = [figures(data, 2025, capsys, "--own"), *(figures(data, 2025, capsys, "--zone", code) for code in PARKS)]
    for id in ADDS:
        rounded = Decimal(whole[id] or 0) - sum(Decimal(part[id] or 0) for part in parts)
        assert abs(rounded) <= (Decimal("0.01") if "." in (whole[id] or "") else 0), id  # each is rounded once
        assert all(Decimal(part[id] or 0) >= 0 for part in parts), id
    assert all(Decimal(part["TW02"] or 0) > 0 for part in parts)


def test_a_park_alone_takes_its_own_year(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The main park's year holds that of its parks, so theirs are not added to it; a park asked about has its own."""
    command = ["indicators", "--data", str(data), "--pack", "工信", "--period", "2025", "--json"]
    told = {}
    for zone in (MAIN, *PARKS):
        assert run_command([*command, "--zone", zone]) == 0
        told[zone] = {each["id"]: each["value"] for each in json.loads(capsys.readouterr().out)}["JX11"]
    with DataFile(data) as file:
        kept = {zone: Rows(file, zone)("开发区年度") for zone in (MAIN, *PARKS)}
        for zone, rows in kept.items():
            (year,) = (row for row in rows if row["报告期"] == "2025")
            assert Decimal(str(told[zone])) == round(Decimal(str(year["rev_all"])) / 10**8, 2) > 0


def test_the_return_lists_the_enterprises_of_all_parks(data: Path, tmp_path: Path) -> None:
    codes = {}
    for name, scope in (("all", ()), ("own", ("--own",))):
        target = tmp_path / f"{name}.xlsx"
        assert (
            run_command(
                ["export", "--data", str(data), "--pack", "台办", "--period", "2025", *scope, "-o", str(target)]
            )
            == 0
        )
        sheet = openpyxl.load_workbook(target, data_only=True)["表TW-2"]
        codes[name] = {row[2] for row in sheet.iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)}
    with DataFile(data) as file:
        there = {zone: {row["uscc"] for row in Rows(file, zone)("企业")} for zone in (MAIN, *PARKS)}
    assert codes["own"] == codes["all"] & there[MAIN]
    assert all(codes["all"] & firms for firms in there.values())


def test_the_main_parks_year_is_that_of_all_parks(data: Path) -> None:
    with DataFile(data) as file:
        kept = {zone: Rows(file, zone) for zone in (MAIN, *PARKS)}
        for year in ("2023", "2024", "2025"):
            (whole,) = (row for row in kept[MAIN]("开发区年度") if row["报告期"] == year)
            parts = [row for zone in PARKS for row in kept[zone]("开发区年度") if row["报告期"] == year]
            own = [row for row in kept[MAIN]("经济数据") if row["报告期"] == year]
            assert whole["emp_end"] == sum(row["emp_end"] for row in (*parts, *own))
            assert whole["profit_all"] == sum(row["profit_all"] for row in parts) + sum(
                row["profit"] for row in own
            ) - (90 * 10_000 if year == "2025" else 0)


def test_each_park_has_data_of_all_kinds_and_nobody_is_in_two(data: Path) -> None:
    with DataFile(data) as file:
        kept = [Rows(file, zone) for zone in (MAIN, *PARKS)]
        filled = [
            {
                each
                for each in ("宗地", "项目", "标准厂房", "台资企业", "台湾青年", "交流活动", "问题", "产业链")
                if rows(each)
            }
            for rows in kept
        ]
        assert len(filled[0]) == 8
        assert filled[1] == filled[2] == filled[0]
        for label, field in (
            ("企业", "uscc"),
            ("企业", "ent_name"),
            ("台湾青年", "ty_id"),
            ("到资流水", "proof_no"),
            ("交流活动", "act_no"),
        ):
            once = Counter(row[field] for rows in kept for row in rows(label))
            assert field == "ty_id" or max(once.values()) == 1, field
        persons = [{row["id_hash"] for row in (*rows("台湾青年"), *rows("交流人员"))} for rows in kept]
        assert len(set.union(*persons)) == sum(map(len, persons))
        zones = {row["code"]: row for rows in kept for row in rows("开发区")}
        assert [zones[code]["role"] for code in (MAIN, *PARKS)] == ["2", "3", "3"]
        assert {zones[code]["parent_code"] for code in PARKS} == {MAIN}


def test_a_park_is_audited_by_itself(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What lies in the main park is found there and nowhere else; in a sum over several parks M008 sees what Y001 cannot.

    The parks have not issued a return of their own, which M018 mentions.
    """
    with DataFile(data) as file:
        listed = ["M008" if each["rule"] == "Y001" else each["rule"] for each in LISTED]
        assert [rule for rule, _, _ in found(file, "台办")] == sorted([*listed, "M018"])
        before = [rule for rule, _, _ in told(LISTED, "台办", 2024)]
        assert [rule for rule, _, _ in found(file, "台办", 2024)] == sorted([*before, "M018"])
        assert [found(file, "台办", year, zone) for zone in PARKS for year in (2023, 2024, 2025)] == [[]] * 6
    assert run_command(["audit", "--data", str(data), "--pack", "台办", "--period", "2025", "--json"]) == 1
    assert {each["zone"] for each in json.loads(capsys.readouterr().out)} == {MAIN}
    assert run_command(["audit", "--data", str(data), "--zone", PARKS[0], "--pack", "台办", "--period", "2025"]) == 0


def test_no_park_sees_the_rows_of_another(tmp_path: Path) -> None:
    """The same 统一社会信用代码 in two parks: rules that say 本区 find nothing, M007 finds it in both, those of one park do."""
    path = tmp_path / "园.db"
    assert run_command(["demo", "--data", str(path), "--years", "2", "--parks", "1"]) == 0
    with DataFile(path) as file:
        main, sub = Rows(file, MAIN), Rows(file, PARKS[0])
        firm = {name: main("企业")[0][name] for name in ("uscc", "ent_name")}
        before = found(file, "台办", zone=PARKS[0]), found(file, "台办")
        with file.reading() as connection:
            ids = connection.exec_driver_sql(
                "SELECT id FROM enterprise WHERE zone_code = ? LIMIT 2", (PARKS[0],)
            ).fetchall()
        with batch(file, PARKS[0], "录入", "重码") as work:
            work.set(ledger("企业"), ids[0][0], firm)
        now = found(file, "台办", zone=PARKS[0]), found(file, "台办")
        assert [sorted(set(rows) - set(were)) for rows, were in zip(now, before, strict=True)] == [
            [("M007", "企业", str(firm["uscc"]))]
        ] * 2
        with batch(file, PARKS[0], "录入", "重码") as work:
            work.set(ledger("企业"), ids[1][0], {"ent_name": firm["ent_name"]})
        assert {rule for rule, _, _ in found(file, "台办", zone=PARKS[0])} == {"E004", "M007"}
        assert found(file, "台办") == now[1]
        assert len(sub("企业")) == 20
