"""What a zone decides about the rules of a return, by command: a rule off and on again, a threshold changed, all listed with why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.ledgers import ledger
from models.store.batches import batch
from models.store.compared import standing_rows
from models.store.file import DataFile
from models.store.history import done
from models.store.titles import titles
from models.store.zones import zones
from tests.models.demo_rows import named
from ui.commands.run import run_command

RETURN = ("--pack", "台办", "--period", "2025")
WHY = "本区本年统计口径调整，逐家核对过"


class Clerk:
    """Runs commands on one data file and reads the JSON they give."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def does(self, command: str, *words: str, code: int = 0) -> list[dict[str, str]]:
        self.capsys.readouterr()
        assert run_command([command, "--data", str(self.data), *RETURN, *words, "--json"]) == code
        told: list[dict[str, str]] = json.loads(self.capsys.readouterr().out)
        return told

    def codes(self) -> set[str]:
        return {each["code"] for each in self.does("audit", code=1)}


def test_a_rule_switched_off_and_a_threshold_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clerk = Clerk(tmp_path / "定.db", capsys)
    assert run_command(["demo", "--data", str(clerk.data)]) == 0
    assert clerk.does("choose") == []
    assert "P014" in clerk.codes()
    off = clerk.does("choose", "--item", "P014", "--off", "--why", WHY)
    assert [(each["item"], each["value"], each["why"]) for each in off] == [("P014", "停用", WHY)]
    assert "P014" not in clerk.codes()
    clerk.does("choose", "--item", "同比增减线", "--value", "99", "--why", WHY)
    clerk.does("choose", "--item", "P014", "--on", "--why", WHY)
    assert {each["item"]: each["value"] for each in clerk.does("choose")} == {"P014": "", "同比增减线": "99"}
    assert "P014" not in clerk.codes(), "nothing grew a hundredfold"


def test_doubts_are_told_when_asked_for_and_decided_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clerk = Clerk(tmp_path / "疑.db", capsys)
    assert run_command(["demo", "--data", str(clerk.data)]) == 0
    plain = clerk.does("audit", code=1)
    more = clerk.does("audit", "--doubts", code=1)
    assert more[: len(plain)] == plain
    (slip,) = more[len(plain) :]
    assert (slip["code"], slip["level"], slip["name"]) == ("量级", "疑点", named("P013"))
    assert slip["fix"] == {"title": f"更正量级：营业收入 ÷10 · {named('P013')}", "values": {"营业收入": "6521.13"}}
    run_command(["audit", "--data", str(clerk.data), *RETURN, "--doubts"])
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("疑点 量级 经济数据")
    assert last.endswith("（除以 10）")
    clerk.does("choose", "--item", "离群", "--off", "--why", WHY)
    clerk.does("choose", "--item", "量级容差", "--value", "1.001", "--why", WHY)
    assert clerk.does("audit", "--doubts", code=1) == plain


def test_a_limit_of_the_lists_is_changed_like_a_threshold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clerk = Clerk(tmp_path / "限.db", capsys)
    assert run_command(["demo", "--data", str(clerk.data)]) == 0
    said = clerk.does("choose", "--item", "项目停留天数", "--value", "90", "--why", WHY)
    assert [(each["item"], each["value"], each["why"]) for each in said] == [("项目停留天数", "90", WHY)]


def test_a_slip_of_the_unit_is_corrected_as_with_f9_in_the_window(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a ledger with years and in one without; a step each, so that one can be taken back without the other."""
    clerk = Clerk(tmp_path / "更.db", capsys)
    assert run_command(["demo", "--data", str(clerk.data)]) == 0
    with DataFile(clerk.data, who="王会计") as file:
        with file.reading() as connection:
            (plot, *_) = standing_rows(connection, ledger("宗地"), [zones(connection)[0].code])
            key = titles(connection, ledger("宗地"), [plot.row])[plot.row].key
        area = plot.values["area_m2"]
        with batch(file, plot.zone, "录入", "按亩填") as work:
            work.set(ledger("宗地"), plot.row, {"area_m2": area * 3 // 2000})
    (told,) = clerk.does("correct", "--key", key)
    assert (told["code"], told["ledger"]) == ("量级", "宗地")
    assert told["fix"]["title"] == f"更正量级：宗地面积 按亩换算 · {key}"
    clerk.does("correct", "--key", named("P013"))
    with DataFile(clerk.data, who="王会计") as file:
        with file.reading() as connection:
            (again,) = (row for row in standing_rows(connection, ledger("宗地"), [plot.zone]) if row.row == plot.row)
        assert [step.title for step in done(file)[:2]] == [
            f"更正量级：营业收入 ÷10 · {named('P013')}", told["fix"]["title"],
        ]  # fmt: skip
    assert abs(again.values["area_m2"] - area) < 700, "as near as 亩 of two decimals tell"
    assert not any(each["code"] == "量级" for each in clerk.does("audit", "--doubts", code=1))
    assert run_command(["correct", "--data", str(clerk.data), *RETURN, "--key", key]) != 0
    assert "没有能更正的量级差错" in capsys.readouterr().err
