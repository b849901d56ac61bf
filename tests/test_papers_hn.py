"""Narrative and charts of 湖南: every bound figure is the quarter's own, the charts equal plain Python over exported CSV."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from models.packs.pack import pack
from tests.independent.hunan import Hunan, places
from tests.independent.ledgers import Ledgers, read, rounded
from tests.narrated import asked, bound, export_all, fill, table_told, written
from ui.commands.run import run_command

CODE, QUARTER = "430401", ("--period", "2025Q3")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up zone of several years with a sub-park, three of its large projects marked, its ledgers exported beside it."""
    path = tmp_path_factory.mktemp("湖南") / "演示.db"
    made = ["--enterprises", "40", "--years", "4", "--seed", "5", "--parks", "1"]
    assert run_command(["demo", "--data", str(path), "--zone", CODE, *made]) == 0
    export_all(path, CODE)
    rows = [
        row
        for row in read(path.parent)["项目"]
        if row.text("注册日期")[:7] in ("2025-03", "2025-04", "2025-05", "2025-06")
    ]
    assert rows
    for row, tag in zip(rows, ("湘南第一批", "湘南第三批", "湘南第三批"), strict=False):
        cells = ("产业转移项目=是", f"重大项目标记={tag}", "计划总投资=35000", "外资总投资=5200")
        fill(path, row.zone, "项目", row.text("项目编号"), *cells)
    export_all(path, CODE)
    return path


@pytest.fixture(scope="module")
def ledgers(years: Path) -> Ledgers:
    return read(years.parent)


def test_every_bound_figure_of_the_narrative_is_the_returns_own(
    years: Path, ledgers: Ledgers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in asked(years, "湖南", capsys, "indicators", *QUARTER)}
    right = Hunan(ledgers, CODE, "2025Q3").figures()
    for id, row in found.items():
        figure = right[id]
        assert (None if row["value"] is None else Fraction(row["value"])) == (
            None if figure is None else rounded(figure, places(id))
        ), id
    assert right["HN01"], "the sentences are about something"
    path = tmp_path / "报告.docx"
    asked(years, "湖南", capsys, "report", *QUARTER, "-o", str(path))
    assert len(bound("湖南", path.read_bytes(), found)) > 30
    heads = [text[:1] for text in written(path.read_bytes()) if re.match("[一二三四五六]、", text)]
    assert heads == list("一二三四五")


def test_the_table_of_the_narrative_says_what_the_indicators_say(
    years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in asked(years, "湖南", capsys, "indicators", *QUARTER)}
    asked(years, "湖南", capsys, "report", *QUARTER, "-o", str(tmp_path / "报告.docx"))
    table_told("湖南", (tmp_path / "报告.docx").read_bytes(), found)


def test_the_charts_equal_plain_python_over_csv(
    years: Path, ledgers: Ledgers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = asked(years, "湖南", capsys, "charts", *QUARTER, "-o", str(tmp_path / "图.pdf"))["charts"]
    drawn: dict[str, dict[str, Any]] = {chart["name"]: chart for chart in said}
    assert len(drawn) == len(pack("湖南").charts)
    for name, id in (("引进重大产业转移项目", "HN01"), ("标准厂房建设", "HN12")):
        for bar in drawn[name]["bars"]:
            figure = Hunan(ledgers, CODE, f"{bar['label']}Q3").figures()[id]
            assert Fraction(bar["value"]) == rounded(figure or Fraction(0), places(id)), (name, bar)
        assert drawn[name]["bars"]
    zone = Hunan(ledgers, CODE, "2025Q3")
    for chart, label, counted in (
        ("在库项目的阶段", "当前阶段", lambda row: row.text("当前阶段") != "终止"),
        ("跟踪重大项目的来源地", "来源地", lambda row: zone.large(row) and row.text("当前阶段") != "终止"),
    ):
        kinds = [row.text(label) for row in zone.kept["项目"] if counted(row)]  # type: ignore[no-untyped-call]
        bars = {bar["label"]: int(bar["value"]) for bar in drawn[chart]["bars"] if int(bar["value"])}
        assert bars == {kind: kinds.count(kind) for kind in set(kinds)}
