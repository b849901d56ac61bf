"""Narrative and charts of 工信: every bound figure is the return's own, the charts equal plain Python over exported CSV."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from models.packs.pack import pack
from tests.narrated import asked, bound, written
from tests.reference_jx import LEDGERS, STAGES, Reference, read
from ui.commands.run import run_command

CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up zone of several years, its ledgers exported beside it."""
    path = tmp_path_factory.mktemp("工信") / "演示.db"
    assert run_command(["demo", "--data", str(path), "--enterprises", "40", "--years", "6", "--seed", "5"]) == 0
    for name in LEDGERS:
        out = str(path.with_name(f"{name}.csv"))
        assert run_command(["export", "--data", str(path), "--ledger", name, "-o", out]) == 0
    return path


def test_every_bound_figure_of_the_narrative_is_the_returns_own(
    years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in asked(years, "工信", capsys, "indicators")}
    path = tmp_path / "报告.docx"
    asked(years, "工信", capsys, "report", "-o", str(path))
    assert len(bound("工信", path.read_bytes(), found)) > 60
    assert [text[:1] for text in written(path.read_bytes()) if re.match("[一二三四五六]、", text)] == list(
        "一二三四五六"
    )


def test_the_tables_of_the_narrative_say_what_the_workbook_says(
    years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {row["id"]: row for row in asked(years, "工信", capsys, "indicators")}
    asked(years, "工信", capsys, "report", "-o", str(tmp_path / "报告.docx"))
    asked(years, "工信", capsys, "export", "-o", str(tmp_path / "年报.xlsx"))
    targets, projects = docx.Document(str(tmp_path / "报告.docx")).tables
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in targets.rows[1:]}
    for name, id in (("亩均营业收入", "JX07"), ("亩均税收", "JX08"), ("存量标准厂房使用率", "JX34")):
        assert rows[name][2].replace(",", "") == found[id]["value"]
        assert rows[name][3].replace(",", "") == found[id]["prior"]
    assert rows["亩均营业收入"][6] == "省 ≥ 400"
    assert rows["新建主题产业园"][6] == "国家级 2—3；省级 1—2"
    sheet = openpyxl.load_workbook(tmp_path / "年报.xlsx", data_only=True)["表JX-2"]
    listed = [row for row in sheet.iter_rows(min_row=8, values_only=True) if isinstance(row[0], int)]
    ours = [[cell.text for cell in row.cells] for row in projects.rows[1:]]
    assert [(row[0], row[1], row[2]) for row in ours] == [(str(row[0]), row[1], row[8]) for row in listed]
    assert len(listed) == int(found["JX2-01"]["value"])
    whole = next(row for row in sheet.iter_rows(min_row=8, values_only=True) if row[1] == "合计")
    assert Decimal(str(whole[4])).quantize(CENT) == Decimal(found["JX2-02"]["value"])


def test_the_charts_equal_plain_python_over_csv(
    years: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = asked(years, "工信", capsys, "charts", "-o", str(tmp_path / "图.pdf"))
    drawn = {chart["name"]: chart["bars"] for chart in said["charts"]}
    assert len(drawn) == len(pack("工信").charts)
    ledgers = read(years.parent)
    by_year = {year: Reference(ledgers, year).figures() for year in range(2021, 2026)}
    pairs = (
        ("bars", "亩均营业收入和亩均税收", "JX07"),
        ("line", "亩均营业收入和亩均税收", "JX08"),
        ("bars", "亩均投资强度", "JX06"),
    )
    for part, name, id in (("bars", "开发区营业收入和利润总额", "JX11"), *pairs):
        (found,) = [chart[part] for chart in said["charts"] if chart["name"] == name]
        assert {int(bar["label"]): bar["value"] for bar in found} == {y: by_year[y][id] for y in by_year}
    large = [r for r in ledgers["项目"] if Decimal(r["计划总投资(万元)"]) >= 10000 and r["当前阶段"] != "终止"]
    stages = {stage: sum(row["当前阶段"] == stage for row in large) for stage in STAGES}
    assert {bar["label"]: int(bar["value"]) for bar in drawn["亿元以上项目的阶段"]} == stages
    held: dict[str, set[str]] = {}
    for row in ledgers["企业资质"]:
        if row["认定日期"] <= "2025-12-31" <= (row["有效期至"] or "2025-12-31") and row["资质状态"] != "失效":
            held.setdefault(row["资质"], set()).add(row["企业:统一社会信用代码"])
    ranks = {bar["label"]: int(bar["value"]) for bar in drawn["优质企业梯队"]}
    assert ranks == {kind: len(firms) for kind, firms in held.items()}
    assert "专精特新“小巨人”企业" in ranks  # a code with quotation marks in it
    clusters: dict[str, Decimal] = {}
    for row in ledgers["产业集群"]:
        if row["报告期"] == "2025":
            clusters[row["集群级别"]] = clusters.get(row["集群级别"], Decimal(0)) + Decimal(row["集群营业收入(万元)"])
    bars = {bar["label"]: Decimal(bar["value"]) for bar in drawn["产业集群营业收入（按级别）"]}
    assert bars == {level: (money / 10000).quantize(CENT, ROUND_HALF_UP) for level, money in clusters.items()}
    for bar in drawn["主要目标完成进度"]:
        assert (bar["value"] is None) == ("没有填" in bar["remark"])
