"""docs/公式.md says what is so: every example compiles, every function, constant and style is there as it is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from models.formula.context import CHOSEN, MOMENTS, SPANS, YEAR
from models.formula.figures import figure
from models.formula.functions import FUNCTIONS
from models.formula.messages import message
from models.formula.rows import row_formula
from models.formula.scan import DEEPEST, LIMIT
from models.formula.setfunctions import SET_FUNCTIONS
from models.formula.styles import STYLES
from models.ledgers import ledger

MANUAL = (Path(__file__).parents[3] / "docs" / "公式.md").read_text(encoding="utf-8")
EXAMPLES = [
    (place, sort, line)
    for place, sort, block in re.findall(r"用在：(\S+)\n\n```(\S+)\n(.*?)```", MANUAL, re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize(("place", "sort", "line"), EXAMPLES)
def test_example(place, sort, line):
    if sort == "消息":
        assert message(line, ledger(place)).formulas
    elif place == "指标":
        assert figure(line).sets
    else:
        assert row_formula(line, ledger(place), expect="bool").text == line


def test_every_block_of_examples_is_tested():
    assert (
        len(re.findall(r"^```\S", MANUAL, re.MULTILINE)) == len({(place, sort) for place, sort, _ in EXAMPLES}) + 1
    )  # 企业 twice


def test_functions():
    written = dict(re.findall(r"^\| `(\w+)(\(.*?)` \|", MANUAL, re.MULTILINE))
    usages = {name: function.usage for name, function in FUNCTIONS.items()} | SET_FUNCTIONS
    assert {name: name + rest for name, rest in written.items()} == usages


def test_constants_styles_and_limits():
    listed = set(re.findall(r"`(\w+)`", MANUAL.split("## 常数")[1].split("报表包的")[0]))
    assert listed == {*MOMENTS, *SPANS, YEAR, CHOSEN}
    assert f"样式：{'、'.join(STYLES)}。" in MANUAL
    assert f"最多 {LIMIT} 个字，括号最多套 {DEEPEST} 层" in MANUAL
