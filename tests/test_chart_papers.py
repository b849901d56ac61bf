"""The command charts: its data equal plain Python over CSV, its PDF is A4 with searchable text in the program's font."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from models.packs.pack import pack
from tests.reference import LEDGERS, Reference, read
from tests.reference_further import Further
from tests.test_commands import RETURN, Run, data, made, run
from tests.test_papers import cents, right
from ui.commands.run import run_command

__all__ = ["data", "made", "run"]  # fixtures
PDFTOTEXT = shutil.which("pdftotext")
needs_pdftotext = pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("五年") / "演示.db"
    assert run_command(["demo", "--data", str(path), "--enterprises", "40", "--years", "4", "--seed", "7"]) == 0
    for name in LEDGERS:
        out = str(path.with_name(f"{name}.csv"))
        assert run_command(["export", "--data", str(path), "--ledger", name, "-o", out]) == 0
    return path


def test_the_charts_data_equals_plain_python_over_csv(run: Run, years: Path) -> None:
    said = run("--data", years, "charts", *RETURN, "-o", "图.pdf", "--json")
    assert said.code == 0, said.err
    charts = said.json["charts"]  # type: ignore[index, call-overload]
    drawn = {chart["name"]: chart["bars"] for chart in charts}
    (both,) = (chart for chart in charts if "line" in chart)
    drawn |= {"台资企业数": both["bars"], "实际进资": both["line"]}
    assert (both["unit"], both["line_unit"]) == ("家", "万美元")
    assert [bar["label"] for bar in both["bars"]] == [bar["label"] for bar in both["line"]]
    ledgers = read(years.parent)
    by_year = {year: Reference(ledgers, year).figures() for year in range(2021, 2026)}
    for name, id in (("台资企业数", "TW02"), ("实际进资", "TW1-08"), ("台资企业产值", "TW03")):
        bars = {bar["label"]: bar["value"] for bar in drawn[name]}
        first = 2022  # four years are kept; what came in is dated and may be older
        assert {year: bars[str(year)] for year in range(first, 2026)} == {y: by_year[y][id] for y in range(first, 2026)}
        assert "2021" not in bars or Decimal(bars["2021"]) > 0
    reference = Further(ledgers, 2025)
    stages = Counter(row["当前阶段"] for row in reference.live())
    bars = drawn["在库台资项目的阶段"]
    order = ["意向", "储备", "在谈", "签约", "注册落地", "开工", "在建", "竣工", "投产", "达产营运"]
    labels = [bar["label"] for bar in bars]
    assert labels == order[order.index(labels[0]) : order.index(labels[-1]) + 1]
    assert {bar["label"]: int(bar["value"]) for bar in bars if bar["value"] != "0"} == stages
    assert any(bar["value"] == "0" for bar in bars[1:-1]), "a stage without projects stays in its place"
    routes: dict[str, Decimal] = {}
    for row in reference.inflows:
        if row["到资日期"] and reference.so_far(row["到资日期"]):
            routes[row["路径"]] = routes.get(row["路径"], Decimal(0)) + Decimal(row["折万美元(万美元)"])
    bars = drawn["台资实际进资（累计）的来源路径"]
    assert {bar["label"]: Decimal(bar["value"]) for bar in bars} == {k: cents(v) for k, v in routes.items() if v}
    whole = sum(routes.values())
    assert [bar["remark"] for bar in bars] == [
        f"{(routes[bar['label']] / whole * 100).quantize(Decimal('0.1'), ROUND_HALF_UP)}%" for bar in bars
    ]
    clusters: dict[str, int] = {}
    mine = {row["企业:统一社会信用代码"]: row["主要产业"] for row in ledgers["台资企业"]}
    for code in reference.counted:
        name = mine.get(code) or "未归入"
        clusters[name] = clusters.get(name, 0) + 1
    assert {bar["label"]: int(bar["value"]) for bar in drawn["各重点集群台资企业数"]} == clusters


def test_the_progress_of_targets(run: Run, data: Path) -> None:
    drawn = run("--data", data, "charts", *RETURN, "-o", "图.pdf", "--json").json["charts"][0]["bars"]  # type: ignore[index, call-overload]
    found = {row["name"]: row for row in run("--data", data, "indicators", *RETURN, "--json").json}  # type: ignore[attr-defined]
    for bar in drawn:
        each = found[bar["label"]]
        own = next(goal["value"] for goal in each["targets"] if goal["level"] == "本区")
        goal = Decimal(own.removeprefix("≥ ").replace(",", ""))
        assert Decimal(bar["value"]) == (Decimal(each["value"]) / goal * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert ("已达到" in bar["remark"]) == (Decimal(each["value"]) >= goal)


def test_the_pdf_is_a4_with_searchable_text_in_the_programs_font(run: Run, data: Path) -> None:
    assert run("--data", data, "charts", *RETURN, "-o", "图.pdf").code == 0
    content = Path("图.pdf").read_bytes()
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", content)
    assert {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes} == {(297, 210)}
    assert len(boxes) == len(pack("台办").charts)
    assert b"/Subtype /Type3" not in content  # font type 42: TrueType, which a search can read
    assert b"NotoSansSC" in content
    assert b"DejaVu" not in content


@needs_pdftotext
def test_the_titles_are_found_in_the_pdf(run: Run, data: Path) -> None:
    assert run("--data", data, "charts", *RETURN, "-o", "图.pdf").code == 0
    text = subprocess.run([str(PDFTOTEXT), "图.pdf", "-"], check=True, capture_output=True).stdout.decode()
    for page, chart in zip(text.split("\f")[:-1], pack("台办").charts, strict=True):
        assert chart.name in page.replace("\n", "")
        assert "单位：" in page
        assert "来源：" in page
        assert "赣州经济技术开发区" in page


def test_the_charts_of_a_zone_without_data(run: Run) -> None:
    assert run("--data", "空.db", "init", "--zone", "360701", "--name", "龘㎡亩$园$区😀").code == 0
    said = run("--data", "空.db", "charts", *RETURN, "-o", "图.pdf", "--json")
    assert said.code == 0, said.err
    assert [chart["bars"] for chart in json.loads(said.out)["charts"][1:]] == [[]] * 7
    assert not said.err


def test_the_ending_says_what_is_drawn_and_several_charts_are_numbered(run: Run, data: Path) -> None:
    said = run("--data", data, "charts", *RETURN, "-o", "图.svg", "--json")
    assert said.code == 0, said.err
    charts = pack("台办").charts
    names = [f"图_{number}.svg" for number in range(1, len(charts) + 1)]
    assert said.json["files"] == names  # type: ignore[index, call-overload]
    assert all(Path(name).read_bytes().startswith(b"<?xml") for name in names)
    assert not Path("图.svg").exists()
    told = run("--data", data, "charts", *RETURN, "-o", "一.png", "--chart", "图3", "--paper", "A3纵")
    assert (told.code, told.out.strip()) == (0, "已画好图表 1 张：一.png")
    assert struct.unpack(">II", Path("一.png").read_bytes()[16:24]) == (3507, 4960)
    assert run("--data", data, "charts", *RETURN, "-o", "图.pdf", "--paper", "a3").code == 0
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", Path("图.pdf").read_bytes())
    assert {(round(float(w) / 72 * 25.4), round(float(h) / 72 * 25.4)) for w, h in boxes} == {(420, 297)}


def test_an_unknown_paper_or_chart_is_refused_with_those_there_are(run: Run, data: Path) -> None:
    for options, words in (
        (("--paper", "B5"), "没有“B5”这种纸，可以写 A4横、A4纵、A3横、A3纵"),
        (("--chart", "图9"), "没有“图9”这张图，有 图1、图2"),
    ):
        said = run("--data", data, "charts", *RETURN, "-o", "图.pdf", *options)
        assert said.code == 2
        assert words in said.err
        assert not Path("图.pdf").exists()
    said = run("--data", data, "charts", *RETURN, "-o", str(data) + ".pdf")
    assert said.code == 0


@needs_pdftotext
def test_the_pages_are_a_draft_until_the_return_is_issued_with_these_figures(run: Run, data: Path) -> None:
    def text() -> str:
        assert run("--data", data, "charts", *RETURN, "-o", "图.pdf").code == 0
        return subprocess.run([str(PDFTOTEXT), "图.pdf", "-"], check=True, capture_output=True).stdout.decode()

    count = len(pack("台办").charts)
    drafted = text()
    assert drafted.count("草稿 · 未签发") == count
    right(run, data)
    issued = run("--data", data, "export", *RETURN, "-o", "年报.xlsx", "--issue")
    assert issued.code == 0, issued.err
    (code,) = re.findall(r"校验码 ([0-9A-Z]{4}-[0-9A-Z]{4})", issued.out)
    after = text()
    assert after.count(f"校验码 {code}") == count
    assert "草稿" not in after
    assert re.findall(r"第\s*(\d)\s*页\s*共\s*(\d)\s*页", after) == [(str(n), str(count)) for n in range(1, count + 1)]
