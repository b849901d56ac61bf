"""Every fault of a pack's scoring schemes is told at its cell, in a copy of 通用 that is spoiled in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from models.packs.pack import BUILT_IN
from tests.models.pack_copies import edit, found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUILT_IN / "通用", tmp_path / "通用"))


def told_once(copy: Path, table: str, line: str, part: str) -> None:
    """The one fault of the copy stands in that line of that table, and says ``part``."""
    told = found(copy)
    assert [place[: len(f"{table}!")] + place[-len(line) :] for place in told] == [f"{table}!{line}"]
    assert part in next(iter(told.values()))


@pytest.mark.parametrize(
    ("column", "text", "part"),
    [
        ("台账", "经济数剧", "经济数据"),
        ("参评", "没有的字段", "没有的字段"),
        ("参评", "营业收入", "条件"),
        ("取整", "随便", "四舍五入"),
        ("分档", "A 20%、B 50%", "100"),
        ("名称", "规上企业亩产效益", "重复"),
    ],
)
def test_a_fault_of_a_scheme(copy: Path, column: str, text: str, part: str) -> None:
    told_once(copy, "评分", edit(copy, "评分", "MU02", **{column: text}), part)


@pytest.mark.parametrize(
    ("column", "text", "part"),
    [
        ("方案", "MU09", "没有“MU09”这个方案"),
        ("类别", "加分", "得分"),
        ("公式", "没有的字段", "没有的字段"),
        ("除以", "没有的字段", "没有的字段"),
        ("单位", "万元", "不是 万元"),
        ("基准", "24.097吨/亩", "不是一种量"),
        ("基准", "", "要写基准"),
        ("小数", "1.5", "不是数"),
        ("权重", "三十", "不是数"),
        ("封顶", "-1", "不是数"),
        ("方向", "→", "↑"),
        ("缺项", "随便", "零分"),
    ],
)
def test_a_fault_of_an_item(copy: Path, column: str, text: str, part: str) -> None:
    path = copy / "评分项.csv"
    before = path.read_text(encoding="utf-8-sig")
    # the item 亩均税收 alone of its scheme's first lines has everything: it is put first
    head, *lines = before.splitlines()
    lines.sort(key=lambda line: ",亩均税收," not in line)
    path.write_text("\n".join([head, *lines]), encoding="utf-8")
    told_once(copy, "评分项", edit(copy, "评分项", "MU01", **{column: text}), part)
