"""快报 → 正式 → 更正 by commands: what each carries, what is refused, what the receiving side is told."""

from __future__ import annotations

from decimal import Decimal

import openpyxl

from exporters.seal import verify
from models.ledgers.economy import ECONOMY
from models.periods import Period
from models.store.batches import batch
from models.store.file import DataFile
from models.store.versions import ACCEPTED, REPORTED, SENT_BACK, issued_in, made_with, move, versions
from tests.test_commands import RETURN, data, made, right, run

__all__ = ["data", "made", "run"]  # fixtures

WHY = "两家企业的报表在途，按快报数填报"
BETTER = "一家企业更正了工业总产值，多报了 120 万元"
ITEM = ("--item", "TW1-12")


def found(data):
    with DataFile(data) as file, file.reading() as connection:
        zone = connection.exec_driver_sql("SELECT DISTINCT zone_code FROM return_batch").scalar_one()
        return zone, versions(connection, zone, "台办", Period(2025))


def to(data, *states):
    for state in states:
        zone, there = found(data)
        with DataFile(data) as file, batch(file, zone, "上报", state) as work:
            move(work, there[-1], state, "重报")


def test_from_a_quick_version_to_a_correction(run, data, tmp_path):
    def issue(name, *more):
        return run("--data", data, "export", *RETURN, "-o", name, "--issue", *more)

    held = issue("快报.xlsx", "--kind", "快报")
    assert held.code == 1  # a 强制 finding holds a 快报 too; what only a 正式 waits for is not told
    head, *lines = held.err.splitlines()
    assert head.startswith("快报也还不能签发：强制 ")
    assert "核实" not in head
    assert lines
    assert all(line.startswith("强制 ") for line in lines)
    assert any(line.startswith("核实 ") for line in issue("正式.xlsx").err.splitlines())
    right(run, data)
    assert "理由" in run("--data", data, "override", *RETURN, *ITEM, "--value", "170000", "--why", "核实无误").err
    quick = issue("快报.xlsx", "--kind", "快报")
    assert "已签发快报第 1 号，" in quick.out, quick.err
    assert verify(tmp_path / "快报.xlsx").manifest["kind"] == "快报"
    assert "快报第 1 号" in openpyxl.load_workbook("快报.xlsx").worksheets[0].oddFooter.left.text
    assert WHY in run("--data", data, "override", *RETURN, *ITEM, "--value", "170000", "--why", WHY).out
    formal = issue("正式.xlsx")
    assert formal.code == 0, formal.err
    assert {"快报对照表", "人工改数"} <= set(openpyxl.load_workbook("正式.xlsx").sheetnames)
    said = run("--data", tmp_path / "省里.db", "verify", "正式.xlsx")
    assert said.code == 0
    assert "人工改数 1 个" in said.out
    assert WHY in said.err
    assert issue("又快报.xlsx", "--kind", "快报").code == 2
    to(data, REPORTED, ACCEPTED)
    assert issue("再正式.xlsx", "--kind", "正式").code == 2
    assert "更正要写明理由" in issue("没有理由.xlsx").err
    assert run("--data", data, "override", *RETURN, *ITEM, "--withdraw").code == 0
    mended = issue("更正.xlsx", "--why", BETTER)
    assert mended.code == 0, mended.err
    book = openpyxl.load_workbook("更正.xlsx")
    rows = list(book["更正对照表"].iter_rows(values_only=True))[2:]
    mine = next(row for row in rows if row[2] == "台资工业总产值")
    now = Decimal(str(mine[5]).replace(",", ""))
    was = next(each for each in found(data)[1] if each.no == 2)
    assert f"第 1 版（{was.issued_at[:10]} 签发，校验码 {was.short_code}）" in book["更正对照表"]["A1"].value
    assert (mine[4], Decimal(str(mine[6]).replace(",", "")), mine[7]) == ("170,000.00", now - 170_000, BETTER)
    assert now != 170_000
    assert "人工改数" not in book.sheetnames
    assert verify(tmp_path / "更正.xlsx").ok
    assert [(each.no, each.kind, each.why) for each in found(data)[1]] == [
        (1, "快报", ""),
        (2, "正式", ""),
        (3, "更正", BETTER),
    ]


def test_quick_versions_have_a_numbering_of_their_own(run, data, tmp_path):
    right(run, data)

    def issue(name, *more):
        said = run("--data", data, "export", *RETURN, "-o", name, "--issue", *more, "--json")
        assert said.code == 0, said.err
        return said.json["kind"], said.json["version"]

    assert issue("一.xlsx", "--kind", "快报") == ("快报", 1)
    assert issue("二.xlsx", "--kind", "快报") == ("快报", 2)
    assert issue("三.xlsx") == ("正式", 1)
    to(data, REPORTED, SENT_BACK)  # what was sent back keeps its number
    assert issue("四.xlsx", "--kind", "快报") == ("快报", 3)
    assert issue("五.xlsx") == ("正式", 2)
    to(data, REPORTED)
    assert issue("六.xlsx", "--why", BETTER) == ("更正", 3)
    told = [(each.no, each.title, each.tag) for each in found(data)[1]]
    assert told == [
        (1, "快报第 1 号", "快报1"),
        (2, "快报第 2 号", "快报2"),
        (3, "第 1 版", "v1"),
        (4, "快报第 3 号", "快报3"),
        (5, "第 2 版", "v2"),
        (6, "第 3 版（更正）", "v3"),
    ]
    manifests = [verify(tmp_path / f"{name}.xlsx").manifest for name in "一二三四五六"]
    assert [(each["version"], each["serial"]) for each in manifests] == [
        ("1", "1"), ("2", "2"), ("1", "3"), ("3", "4"), ("2", "5"), ("3", "6"),
    ]  # fmt: skip
    feet = [openpyxl.load_workbook(f"{name}.xlsx").worksheets[0].oddFooter.left.text for name in "一二三四五六"]
    assert all(foot.endswith(title) for foot, (_, title, _) in zip(feet, told, strict=True))
    for name, title in (("二", "快报第 2 号"), ("三", "第 1 版")):
        said = run("--data", data, "verify", f"{name}.xlsx").out
        assert f" {title} 与签发时一致" in said
        assert "之后又签发了第 3 版（更正，" in said
    assert "之后又签发了" not in run("--data", data, "verify", "六.xlsx").out
    with DataFile(data) as file, file.reading() as connection:
        assert issued_in(connection, found(data)[0], 2025) == {"台办": 3}
        assert [each.split()[:3] for each in made_with(connection, found(data)[0])["台办"]][::5] == [
            ["2025年第", "3", "版（更正）"],
            ["2025年快报第", "1", "号"],
        ]


def test_a_changed_calculation_holds_the_issue_until_it_is_confirmed(run, data):
    right(run, data)
    assert run("--data", data, "override", *RETURN, *ITEM, "--value", "170000", "--why", WHY).code == 0
    with DataFile(data) as file:
        with file.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT zone_code, id, gov FROM ent_period WHERE year = 2025 AND gov > 0"
            ).all()
        with batch(file, rows[0][0], "录入", "改") as work:
            for _, id, gov in rows:
                work.set(ECONOMY, id, {"gov": gov + 100_000})
    said = run("--data", data, "export", *RETURN, "-o", "甲.xlsx", "--issue")
    assert said.code == 2
    assert "重新确认" in said.err
    (told,) = run("--data", data, "override", *RETURN, *ITEM, "--confirm", "--json").json
    assert told["open"] is False
    assert run("--data", data, "export", *RETURN, "-o", "乙.xlsx", "--issue").code == 0


def test_the_command_refuses_what_it_cannot_do(run, data):
    assert "--item" in run("--data", data, "override", *RETURN, "--value", "1").err
    assert "没有改过" in run("--data", data, "override", *RETURN, *ITEM, "--withdraw").err
    assert "没有“没有”这个指标" in run("--data", data, "override", *RETURN, "--item", "没有", "--value", "1").err
    assert run("--data", data, "override", *RETURN).out.strip() == "没有人工改数"
