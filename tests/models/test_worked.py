"""The domain's worked examples (已知答案) that figures can give: rows entered through the store, the answer to the printed digit.

``tests/data/worked`` holds them: 行 the rows by group, 参数 the scopes, 答案 the formula or the pack's indicator with what it must
give, 陷阱 the wrong ways of working it out with what they give. That every trap gives its own number shows that the rows tell
right from wrong. 编号 says of each example where it is, or why it waits.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.formula.context import Context, Parameter
from models.formula.figures import Figure, figure
from models.indicators import indicator_set
from models.packs.pack import pack
from models.periods import Period
from models.store.file import DataFile
from models.store.zones import create_zone
from tests.models.cases import Case, Loaded, pairs

ZONE, TODAY = "360799", date(2026, 3, 1)


def table(name: str) -> list[dict[str, str]]:
    path = Path(__file__).parents[1] / "data" / "worked" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ANSWERS, TRAPS = table("答案"), table("陷阱")
SCOPES = Context({each["名称"]: Parameter(each["值"]) for each in table("参数")})
OF = {each["编号"]: each for each in reversed(ANSWERS)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, DataFile]]:
    """A data file for each group of rows."""
    groups: dict[str, list[tuple[str, str, dict[str, str]]]] = {}
    for row in table("行"):
        groups.setdefault(row["组"], []).append((row["台账"], row["行"], pairs(row["数据"])))
    folder = tmp_path_factory.mktemp("算例")
    with ExitStack() as stack:
        found = {group: stack.enter_context(DataFile(folder / f"{group}.db", who="测试")) for group in groups}
        for group, file in found.items():
            create_zone(file, ZONE, "示例园")
            Loaded(file, ZONE, Case(group, "算例", groups[group]))
        yield found


def printed(file: DataFile, made: Figure, period: str) -> Decimal:
    with file.reading() as connection:
        value = made.value(connection, [ZONE], Period.parse(period), TODAY)
    assert value is not None
    return made.rounded(value)  # type: ignore[arg-type]


def asked(row: dict[str, str]) -> Figure:
    if name := row.get("指标"):
        of, indicator = name.split()
        return indicator_set(pack(of)).figures[indicator]
    return figure(row["公式"], SCOPES, unit=row["单位"], places=int(row["小数"]))


def test_every_worked_example_is_somewhere_or_waits_for_a_reason() -> None:
    places = {each["编号"]: each["在哪里"] for each in table("编号")}
    assert list(places) == [f"K{number:02}" for number in range(1, 43)]
    assert {id for id, where in places.items() if where == "tests/models/test_worked.py"} == OF.keys() - {"§3"}
    root = Path(__file__).parents[2]
    for id, where in places.items():
        if where.startswith("tests/"):
            assert (
                where == "tests/models/test_worked.py"
                or id.lower() in (root / where).read_text(encoding="utf-8").lower()
            ), id
        else:
            assert re.fullmatch(r"以后 第 [4-9] 件：.{8,}", where), id


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: f"{row['编号']}-{row['名称']}")
def test_answer(files: dict[str, DataFile], row: dict[str, str]) -> None:
    made = asked(row)
    assert str(printed(files[row["组"]], made, row["报告期"])) == row["应得"]


@pytest.mark.parametrize("row", TRAPS, ids=lambda row: f"{row['编号']}-{row['错在哪里']}")
def test_trap(files: dict[str, DataFile], row: dict[str, str]) -> None:
    right = OF[row["编号"]]
    assert str(printed(files[right["组"]], asked(row), right["报告期"])) == row["得"] != right["应得"]
