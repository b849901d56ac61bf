"""A pack on top of another: all of the other's, its own after it, nothing taken away; what is wrong with that is told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.indicators import indicator_set
from models.packs.pack import Pack, pack
from models.packs.tables import COLUMNS, read_folder
from models.rules import rule_set
from ui.commands.packs import check

OWN = {
    "参数": [["最低产值", "100万元", "本区", ""]],
    "指标": [["ZQ01", "本区台资产值", "合计(经济数据.工业总产值, 企业年度.是否台资)", "亿元", "2", "↑", "", "区里", ""]],
    "规则": [["ZQ001", "提示", "行内", "经济数据", "工业总产值 >= 最低产值", "产值 {工业总产值} 太小", "核对", "工业总产值", ""]],
    "目标": [["TW02", "2026", "市", "≥", "12", "", "市里定的"]],
    "用例": [
        ["ZQ001", "失败", "经济数据", "甲数", "工业总产值=1", "✓", "工业总产值=100"],
        ["ZQ001", "通过", "经济数据", "甲数", "工业总产值=100", "", ""],
    ],
}  # fmt: skip


def written(folder: Path, extends: str = "台办", id: str = "区办", **tables: list[list[str]]) -> Path:
    """A pack of a zone's own in ``folder``."""
    folder.mkdir(exist_ok=True)
    head = f'id = "{id}"\ntitle = "区里的"\nversion = "1"\nextends = "{extends}"\n'
    (folder / "pack.toml").write_text(head, encoding="utf-8")
    for table, rows in (OWN | tables).items():
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS[table], *rows])
    return folder


def extending(folder: Path, **tables: list[list[str]]) -> Pack:
    source, faults = read_folder(written(folder, **tables))
    assert not faults
    return Pack(source)


def test_the_other_and_its_own_after_it(tmp_path: Path) -> None:
    ours, theirs = extending(tmp_path / "区办"), pack("台办")
    assert [each.id for each in ours.indicators] == [*(each.id for each in theirs.indicators), "ZQ01"]
    assert [each.id for each in ours.rules] == [*(each.id for each in theirs.rules), "ZQ001"]
    assert ours.targets == (*theirs.targets, ours.targets[-1])
    assert ours.targets[-1].words == "市里定的"
    assert (ours.form, ours.report, ours.sheets, ours.charts) == (
        theirs.form,
        theirs.report,
        theirs.sheets,
        theirs.charts,
    )
    assert ours.form
    assert {**theirs.parameters, "最低产值": "100万元"} == ours.parameters
    assert "ZQ01" in indicator_set(ours).figures
    assert sum(len(group.rules) for group in rule_set(ours).groups) == len(theirs.rules) + 1


def test_it_is_in_order(tmp_path: Path) -> None:
    extending(tmp_path / "区办")
    assert not check(*read_folder(tmp_path / "区办"))


@pytest.mark.parametrize(
    ("table", "row", "place", "part"),
    [
        ("参数", ["起算日", '"2021"', "", ""], "参数!A2", "“起算日”和 “台办”里的 重复"),
        ("指标", ["TW02", "别的", "计数(企业)", "家", "0", "↑", "", "区里", ""], "指标!A2", "“TW02”和 “台办”里的 重复"),
        ("目标", ["TW992", "2026", "市", "≥", "12", "", ""], "目标!A2", "没有“TW992”这个指标"),
    ],
)  # fmt: skip
def test_faults_at_their_cell(tmp_path: Path, table: str, row: list[str], place: str, part: str) -> None:
    extending(tmp_path / "区办", **({table: [row]} if table != "指标" else {}))
    if table == "指标":
        written(tmp_path / "区办", 指标=[row])
    told = {f"{fault.sheet}!{fault.cell}": fault.sentence for fault in check(*read_folder(tmp_path / "区办"))}
    assert part in told[place]


@pytest.mark.parametrize(
    ("extends", "id", "part"),
    [("台班", "区办", "没有“台班”这个报表包，是否想写“台办”？"), ("台办", "台办", "“台办→台办”绕成了一圈")],
)
def test_a_base_that_is_none(tmp_path: Path, extends: str, id: str, part: str) -> None:
    faults = check(*read_folder(written(tmp_path / "区办", extends, id)))
    assert part in str(faults[0])
