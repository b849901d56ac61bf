"""Narrative and charts of 南通: every bound figure is the return's own, the charts equal plain Python over exported CSV."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.packs.pack import pack
from tests.independent.ledgers import Ledgers, Row, read, rounded
from tests.independent.nantong import Nantong, places
from tests.narrated import asked, bound, export_all, fill, table_told, written
from ui.commands.run import run_command

CODE, YEARS = "320691", range(2021, 2026)
WAYS = {"NT02": ("现汇", "跨境人民币"), "NT03": ("利润再投资", "外债/股东贷款")}
AIMS = {"NT04a": 2, "NT09": 100, "NT11": 50}
SEATS = ("研发", "研发", "地区总部", "结算")  # of the first firms: the made-up zone has none of its own


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up zone of several years with a sub-park, its ledgers exported beside it."""
    path = tmp_path_factory.mktemp("南通") / "演示.db"
    made = ["--enterprises", "40", "--years", "6", "--seed", "5", "--parks", "1"]
    assert run_command(["demo", "--data", str(path), "--zone", CODE, *made]) == 0
    export_all(path, CODE)
    for firm, seat in zip(read(path.parent)["企业"], SEATS, strict=False):
        fill(path, firm.zone, "企业", firm.text("统一社会信用代码"), f"总部类型={seat}")
    for id, aim in AIMS.items():
        fill(path, CODE, "目标", f"{id}/开发区", f"目标下限={aim}")
    export_all(path, CODE)
    return path


@pytest.fixture(scope="module")
def ledgers(years: Path) -> Ledgers:
    return read(years.parent)


def test_every_bound_figure_of_the_narrative_is_the_returns_own(
    years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in asked(years, "南通", capsys, "indicators")}
    path = tmp_path / "报告.docx"
    asked(years, "南通", capsys, "report", "-o", str(path))
    assert len(bound("南通", path.read_bytes(), found)) > 35
    heads = [text[:1] for text in written(path.read_bytes()) if re.match("[一二三四五六]、", text)]
    assert heads == list("一二三四五六")


def test_the_table_of_the_narrative_says_what_the_indicators_say(
    years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in asked(years, "南通", capsys, "indicators")}
    asked(years, "南通", capsys, "report", "-o", str(tmp_path / "报告.docx"))
    table_told("南通", (tmp_path / "报告.docx").read_bytes(), found)


def test_the_lists_hold_the_rows_that_the_figures_count(
    years: Path, ledgers: Ledgers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked(years, "南通", capsys, "export", "-o", str(tmp_path / "年报.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "年报.xlsx", data_only=True)
    zone = Nantong(ledgers, CODE, 2025)
    projects = [row for row in book["表NT-2B"].iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    right = [row for row in zone.kept["项目"] if row.yes("先进制造业") and row.text("内外资") not in ("内资", "")]
    assert {row[1] for row in projects} == {row.text("项目名称") for row in right}
    assert len(projects) == len(right)
    assert sum(row[9] == "是" for row in projects) == zone.figures()["NT01"]
    paid = [row for row in book["表NT-2A"].iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    by_way = {way: sum(Fraction(str(row[7])) for row in paid if row[4] in ways) for way, ways in WAYS.items()}
    assert by_way == {id: zone.figures()[id] for id in WAYS}
    assert by_way["NT02"]


def test_the_charts_equal_plain_python_over_csv(
    years: Path, ledgers: Ledgers, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = asked(years, "南通", capsys, "charts", "-o", str(tmp_path / "图.pdf"))["charts"]
    drawn: dict[str, dict[str, Any]] = {chart["name"]: chart for chart in said}
    assert len(drawn) == len(pack("南通").charts)
    by_year = {year: Nantong(ledgers, CODE, year).figures() for year in YEARS}
    for part, name, id in (
        ("bars", "营业收入和利润总额", "NT1-01"),
        ("line", "营业收入和利润总额", "NT1-02"),
        ("bars", "实际使用外资", "NT1-09"),
        ("bars", "重点排污单位在线监控覆盖率", "NT11"),
    ):
        bars = {int(bar["label"]): Fraction(bar["value"]) for bar in drawn[name][part]}
        assert bars == {year: rounded(figures[id] or Fraction(0), places(id)) for year, figures in by_year.items()}
    zone = Nantong(ledgers, CODE, 2025)
    ways: dict[str, Fraction] = {}
    for row in zone.kept["到资流水"]:
        firm = zone.firms[row.link("企业")]
        if zone.within(row.day("到资日期")) and firm.text("资本构成标记") != "内资":
            ways[row.text("到资方式")] = ways.get(row.text("到资方式"), Fraction(0)) + (row.number("折万美元") or 0)
    assert _bars(drawn["本年到账外资（按到资方式）"]) == {way: rounded(sum, 2) for way, sum in ways.items()}
    held: dict[str, set[tuple[str, ...]]] = {}
    for row in zone.kept["企业资质"]:
        if zone.lasts(row, "认定日期", "", "有效期至") and row.text("资质状态") != "失效":
            held.setdefault(row.text("资质"), set()).add(row.link("企业"))
    assert _bars(drawn["优质企业梯队"]) == {kind: Fraction(len(firms)) for kind, firms in held.items()}
    assert _bars(drawn["地区总部和功能性机构"]) == _kinds(zone.kept["企业"])
    figures, names = zone.figures(), {each.name: each.id for each in pack("南通").indicators}
    for bar in drawn["年度目标完成进度"]["bars"]:
        aim, figure = AIMS.get(names[bar["label"]]), figures[names[bar["label"]]]
        assert (bar["value"] is None) == (aim is None) == ("没有填" in bar["remark"])
        if aim is not None and figure is not None:
            assert Fraction(bar["value"]) == rounded(figure / aim * 100, 1)


def _bars(chart: dict[str, Any]) -> dict[str, Fraction]:
    return {bar["label"]: Fraction(bar["value"]) for bar in chart["bars"]}


def _kinds(firms: list[Row]) -> dict[str, Fraction]:
    kinds = [row.text("总部类型") for row in firms if row.text("总部类型")]
    return {kind: Fraction(kinds.count(kind)) for kind in kinds}
