"""Drawing charts: whatever the figures are, each bar is drawn and says its figure."""

from __future__ import annotations

import re
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from exporters.charts import MISSING, NOTHING, Sheet, pdf
from models.charts import REST, Bar, Drawn
from models.packs.pack import Chart
from models.packs.tables import Entry

PDFTOTEXT = shutil.which("pdftotext")
SHEET = Sheet("龘㎡亩$区$😀", "2025年", "赣府字〔2020〕69号")


def drawn(kind: str, *bars: Bar) -> Drawn:
    entry = Entry("图表", 2, {})
    return Drawn(Chart("图1", f"利润总额{kind}", kind, "", "", "", 5, "万元", 2, "经济数据", "", entry), "万元", bars)


def bar(label: str, value: str | None, remark: str = "") -> Bar:
    return Bar(label, None if value is None else Decimal(value), remark)


CHARTS = {
    "losses": drawn("历年", bar("2023", "-1234.50"), bar("2024", None), bar("2025", "300.00")),
    "one year": drawn("历年", bar("2025", "0.00")),
    "groups": drawn("份额", bar("经香港", "10.00", "125.0%"), bar("经开曼", "-5.00", "-62.5%"), bar(REST, "3.00", "37.5%")),
    "far over": drawn("目标", bar("产值", "1234.5", "9,876.00 / 目标 800.00 亿元　已达到"), bar("企业数", None, "8 / 没有填")),
    "nothing": drawn("分组"),
}  # fmt: skip


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("name", CHARTS)
def test_each_bar_says_its_figure(name: str, tmp_path: Path) -> None:
    path, chart = tmp_path / "图.pdf", CHARTS[name]
    path.write_bytes(pdf([chart], SHEET))
    said = subprocess.run([str(PDFTOTEXT), str(path), "-"], check=True, capture_output=True).stdout.decode()
    text = re.sub(r"\s", "", said)
    for each in chart.bars:
        assert each.label in text
        assert ("—" if each.value is None else f"{each.value:,f}") in text
        assert re.sub(r"\s", "", each.remark) in text
    assert (NOTHING in text) == (not chart.bars)
    assert f"龘㎡亩$区${MISSING}" in text
    assert "赣府字〔2020〕69号" in text  # the pack's basis where the chart names no clause


def test_the_same_figures_make_the_same_file() -> None:
    assert pdf(list(CHARTS.values()), SHEET) == pdf(list(CHARTS.values()), SHEET)
