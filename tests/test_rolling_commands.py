"""The year's turn by commands: roll, confirm, base, and a first year that begins with last year's own Excel or with totals."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from models.ledgers import BY_ID
from models.uscc import make
from tests.test_commands import made, run  # noqa: F401 - fixtures


@pytest.fixture
def demo(run, made, tmp_path):  # noqa: F811
    (tmp_path / "演示.db").write_bytes(made.read_bytes())
    return lambda *words: run("--data", "演示.db", *words)


STILL = {  # told apart from the program by plain SQL: the rows of 2025 that go on
    "zone_year": "year = 2025",
    "enterprise_year": "year = 2025 AND out_date IS NULL AND out_reason IS NULL AND to_zone IS NULL AND op_state IN ('1','2','3','9')",
    "zone_land": "year = 2025",
    "parcel_year": "year = 2025 AND dev_state <> '8'",
    "cluster": "year = 2025",
}


def counted(path):
    """Ledger id → how many of its rows go on from 2025."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table} WHERE {which}").fetchone()[0]
            for table, which in STILL.items()
        }


def test_a_preview_writes_nothing_and_the_rolling_can_be_undone(demo, made):  # noqa: F811
    wanted = counted(made)
    total = sum(wanted.values())
    before = demo("--json", "roll", "--period", "2026", "--dry-run").json
    assert before["rows"] == total
    assert {each["ledger"]: each["carried"] for each in before["ledgers"]} == {
        BY_ID[id].label: count for id, count in wanted.items()
    }
    taken_back = next(each["moved"] for each in before["ledgers"] if each["ledger"] == "宗地年度")
    assert {each["how"]: each["why"] for each in taken_back} == {"上年已退出": "收回"}
    assert demo("--json", "roll", "--period", "2026", "--dry-run").json == before
    assert f"已带入 {total} 行" in demo("roll", "--period", "2026").out
    assert "没有要带入的" in demo("roll", "--period", "2026").out
    assert f"提取上年数：2025年 → 2026年（{total} 行）" in demo("undo").out
    assert demo("--json", "roll", "--period", "2026", "--dry-run").json == before
    assert demo("check").code == 0


def test_what_is_not_confirmed_stands_in_the_way(demo, made):  # noqa: F811
    line = f"企业年度 {counted(made)['enterprise_year']} 行是从上年带来的，还没有确认"
    demo("roll", "--period", "2026")
    said = demo("audit", "--pack", "台办", "--period", "2026")
    assert said.code == 1
    assert f"强制 结转 {line} → " in said.out
    assert "从上年带来还没有确认的" in said.out.splitlines()[-1]
    told = [
        each for each in demo("--json", "audit", "--pack", "台办", "--period", "2026").json if each["code"] == "结转"
    ]
    assert line in [each["message"] for each in told]
    refused = demo("export", "--pack", "台办", "--period", "2026", "-o", "a.xlsx", "--issue")
    assert refused.code == 1
    assert line in refused.err
    assert "都确认了" not in demo("confirm", "--ledger", "企业年度", "--period", "2026", "--fields", "是否规上").out
    for ledger in STILL:
        assert "都确认了" in demo("confirm", "--ledger", ledger, "--period", "2026").out
    assert "结转" not in demo("audit", "--pack", "台办", "--period", "2026").out


def test_what_cannot_be_asked_for_is_told(demo):
    assert "上年数按年提取" in demo("roll", "--period", "2026Q1").err
    assert "“经济数据”不从上年带入" in demo("confirm", "--ledger", "经济数据", "--period", "2026").err
    assert "没有“某企业”" in demo("confirm", "--ledger", "企业年度", "--period", "2025", "--key", "某企业").err
    assert (
        "没有“台资企业”这个指标，是否想写“台资企业数”"
        in demo("base", "--pack", "台办", "--period", "2024", "台资企业=1").err
    )
    assert "不是数" in demo("base", "--pack", "台办", "--period", "2024", "TW03=约十亿").err
    assert "请写成 指标=数" in demo("base", "--pack", "台办", "--period", "2024", "TW03").err


@pytest.fixture
def first(run):  # noqa: F811
    """A zone of which the program has nothing yet."""

    def at(*words):
        return run("--data", "我区.db", *words)

    at("init", "--zone", "360701", "--name", "赣州经济技术开发区")
    return at


def book(path, *rows):
    made_here = openpyxl.Workbook()
    for line in rows:
        made_here.active.append(line)
    made_here.save(path)
    return path


def test_the_first_year_begins_with_last_years_own_excel(first, tmp_path):
    """Its roster and figures imported as the year before: rules, 上年 columns and growth read them, the roster rolls over."""
    codes = [make("91", "360703", f"MA1{n:02}T{n:02}") for n in range(3)]
    head = ["企业名称", "统一社会信用代码", "是否规上", "是否台资", "运营状态"]
    names = [f"赣州{n}号电子有限公司" for n in "一二三"]
    last = [[name, code, "是", "是", "正常运营"] for name, code in zip(names, codes, strict=True)]
    roster = book(tmp_path / "名录2024.xlsx", head, *last)
    figures = book(
        tmp_path / "年报2024.xlsx",
        ["企业名称", "统一社会信用代码", "工业总产值(万元)", "营业收入(万元)"],
        *([name, code, 10000, 10000] for name, code in zip(names, codes, strict=True)),
    )
    now = book(
        tmp_path / "年报2025.xlsx",
        ["企业名称", "统一社会信用代码", "工业总产值(万元)", "营业收入(万元)"],
        [names[0], codes[0], 15000, 15000], [names[1], codes[1], 12000, 100000], [names[2], codes[2], 9000, 9000],
    )  # fmt: skip
    assert first("import", roster, "--ledger", "企业", "--period", "2024").code == 0
    assert first("import", figures, "--ledger", "经济数据", "--period", "2024").code == 0
    assert "已带入 3 行" in first("roll", "--period", "2025").out
    assert first("import", now, "--ledger", "经济数据", "--period", "2025").code == 0
    told = {each["id"]: each for each in first("--json", "indicators", "--pack", "台办", "--period", "2025").json}
    assert (told["TW02"]["prior"], told["TW02"]["value"]) == ("3", "3")
    assert (told["TW03"]["prior"], told["TW03"]["value"], told["TW03"]["prior_source"]) == ("3.00", "3.60", "台账")
    ten = [
        each for each in first("--json", "audit", "--pack", "台办", "--period", "2025").json if each["code"] == "P013"
    ]
    assert [each["name"] for each in ten] == [names[1]]  # 100000 against 10000: last year's row is read


def carried(first):
    """What the audit says is not confirmed."""
    found = first("--json", "audit", "--pack", "台办", "--period", "2025").json
    return [each["message"] for each in found if each["code"] == "结转"]


def test_importing_this_years_roster_confirms_what_it_says(first, tmp_path):
    codes = [make("91", "360703", f"MA1{n:02}T{n:02}") for n in range(2)]
    head = ["企业名称", "统一社会信用代码", "是否规上", "是否台资", "运营状态"]
    both = [["甲电子有限公司", codes[0], "是", "是", "正常运营"], ["乙电子有限公司", codes[1], "否", "是", "正常运营"]]
    first("import", book(tmp_path / "24.xlsx", head, *both), "--ledger", "企业", "--period", "2024")
    first("roll", "--period", "2025")
    part = book(tmp_path / "25.xlsx", head[:3], both[0][:3], [both[1][0], codes[1], "是"])
    first("import", part, "--ledger", "企业", "--period", "2025")
    left = [
        each for each in first("--json", "audit", "--pack", "台办", "--period", "2025").json if each["code"] == "结转"
    ]
    assert left[0]["message"] == "企业年度 2 行是从上年带来的，还没有确认"  # 是否台资 and 运营状态 still are
    first("import", book(tmp_path / "25b.xlsx", head, *both), "--ledger", "企业", "--period", "2025")
    left = [
        each for each in first("--json", "audit", "--pack", "台办", "--period", "2025").json if each["code"] == "结转"
    ]
    assert left == []
    first("undo")
    left = [
        each for each in first("--json", "audit", "--pack", "台办", "--period", "2025").json if each["code"] == "结转"
    ]
    assert left[0]["message"] == "企业年度 2 行是从上年带来的，还没有确认"


def test_the_first_year_begins_with_totals(first, tmp_path):
    """Last year's return has only totals: they are keyed, and the 上年 columns of 表TW-1 take them."""
    said = first("base", "--pack", "台办", "--period", "2024", "TW02=6", "台资企业产值=1,0.5")
    assert "不是数" in said.err
    assert "已存 2 个期初数" in first("base", "--pack", "台办", "--period", "2024", "TW02=6", "台资企业产值=10.53").out
    told = {each["id"]: each for each in first("--json", "indicators", "--pack", "台办", "--period", "2025").json}
    assert (told["TW03"]["prior"], told["TW03"]["prior_source"]) == ("10.53", "期初数")
    first("export", "--pack", "台办", "--period", "2025", "-o", "a.xlsx")
    sheet = next(s for s in openpyxl.load_workbook(tmp_path / "a.xlsx") if s.title == "表TW-1")
    cells = {row[0].value: [cell.value for cell in row] for row in sheet.iter_rows() if isinstance(row[0].value, str)}
    (line,) = (row for name, row in cells.items() if name.strip() == "台资企业数")
    assert 6 in line
    assert "期初数 台办 2024年（2 行）" in first("undo").out
    told = {each["id"]: each for each in first("--json", "indicators", "--pack", "台办", "--period", "2025").json}
    assert told["TW03"]["prior_source"] == "台账"


def test_totals_of_the_zone_are_typed_as_its_year_and_read_as_last_years(first):
    """开发区年度 of the year before, typed: the 上年 column reads it, and 上年营业收入(本年口径) is taken over from it."""

    def types(year, value):
        cell = f"营业收入(全口径)={value}"
        assert first("set", "--ledger", "开发区年度", "--key", "360701", "--period", year, cell).code == 0

    types(2024, "1,234,567")
    assert "开发区年度：带入 1 行" in first("roll", "--period", "2025").out
    types(2025, "2000000")
    told = {each["id"]: each for each in first("--json", "indicators", "--pack", "工信", "--period", "2025").json}
    assert (told["JX11"]["value"], told["JX11"]["prior"]) == ("200.00", "123.46")
    first("export", "--ledger", "开发区年度", "--period", "2025", "-o", "年度.csv")
    with Path("年度.csv").open(encoding="utf-8-sig", newline="") as lines:
        (row,) = csv.DictReader(lines)
    assert row["上年营业收入(本年口径)(万元)"] == "1234567.00"
    said = first("audit", "--pack", "工信", "--period", "2025").out
    assert "强制 结转 开发区年度 1 行是从上年带来的" in said
    first("set", "--ledger", "开发区年度", "--key", "360701", "--period", "2025", "上年营业收入(本年口径)=1234567")
    assert "结转" not in first("audit", "--pack", "工信", "--period", "2025").out
