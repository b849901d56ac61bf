"""Drawing charts: whatever the figures are, each bar is drawn and says its figure, nothing leaves the page or lies on another."""

from __future__ import annotations

import itertools
import os
import re
import shutil
import struct
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from exporters.charts import MISSING, NOTHING, PAPERS, Sheet, pdf, picture, png, svg
from exporters.charts.files import _alone
from exporters.charts.page import page
from models.charts import REST, Bar, Drawn
from models.packs.pack import Chart
from models.packs.tables import Entry

PDFTOTEXT = shutil.which("pdftotext")
SHEET = Sheet("龘㎡亩$区$😀", "2025年", "赣府字〔2020〕69号")
ZONE = "江西赣州高新技术产业开发区龙南稀土永磁材料产业园台湾园中园区"


def drawn(kind: str, *bars: Bar, line: tuple[Bar, ...] = (), name: str = "") -> Drawn:
    entry = Entry("图表", 2, {})
    chart = Chart("图1", name or f"利润总额{kind}", kind, "", "", "", 5, "万元", 2, "经济数据", "", entry)
    return Drawn(chart, "万元", bars, line, "亿元" if line else "")


def bar(label: str, value: object, remark: str = "", prior: object = None) -> Bar:
    made = [None if each is None else Decimal(str(each)).quantize(Decimal("0.01")) for each in (value, prior)]
    return Bar(label, made[0], remark, made[1])


CHARTS = {
    "losses": drawn("历年", bar("2023", "-1234.50"), bar("2024", None), bar("2025", "300.00")),
    "losses only": drawn("历年", *(bar(str(year), -year) for year in range(2021, 2026))),
    "one year": drawn("历年", bar("2025", "0.00")),
    "large": drawn("历年", bar("2023", 1e9), bar("2024", 0), bar("2025", 12345678901)),
    "forty years": drawn("历年", *(bar(str(year), year * 1234.5) for year in range(1986, 2026))),
    "gaps": drawn(
        "柱线", *(bar(str(year), year) for year in range(2021, 2026)), name="特别长的图表题目" * 6,
        line=(bar("2021", None), bar("2022", -5), bar("2023", None), bar("2024", 1e9), bar("2025", 3)),
    ),
    "thirty years of both": drawn(
        "柱线", *(bar(str(year), year) for year in range(1996, 2026)),
        line=tuple(bar(str(year), year * 1000) for year in range(1996, 2026)),
    ),
    "one of both": drawn("柱线", bar("2025", -3), line=(bar("2025", 4),)),
    "groups": drawn("份额", bar("经香港", 10, "125.0%", 8), bar("经开曼", -5, "-62.5%", -7), bar(REST, 3, "37.5%")),
    "one group": drawn("分组", bar("电子信息", 10, prior=1e9)),
    "forty groups": drawn("分组", *(bar(f"{ZONE[:25]}第{n}园", 1000 - n * 20, prior=990 - n) for n in range(40))),
    "long names": drawn("分组", *(bar(ZONE, 1e9 - n, "12.5%", 1e9) for n in range(5))),
    "stages": drawn("阶段", *(bar(f"第{n}阶段", n % 7) for n in range(40))),
    "far over": drawn("目标", bar("产值", "1234.50", "9,876.00 / 目标 800.00 亿元　已达到"), bar("企业数", None, "8 / 没有填")),
    "little": drawn("目标", bar(ZONE, 0, "0 / 目标 80 万元"), bar("利润", -20, "-16 / 目标 80 万元")),
    "forty targets": drawn("目标", *(bar(f"{ZONE}{n}", n * 9, f"{n * 90:,}.00 / 目标 1,000.00 万元/亩") for n in range(40))),
    "nothing": drawn("分组"),
}  # fmt: skip


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize("paper", ["A4横", "A3纵"])
def test_each_bar_says_its_figure(paper: str, tmp_path: Path) -> None:
    path = tmp_path / "图.pdf"
    sheet = Sheet(SHEET.zone, SHEET.period, SHEET.basis, paper=PAPERS[paper])
    path.write_bytes(pdf(list(CHARTS.values()), sheet))
    said = subprocess.run([str(PDFTOTEXT), "-raw", str(path), "-"], check=True, capture_output=True).stdout.decode()
    pages = [re.sub(r"\s", "", each) for each in said.split("\f")[:-1]]
    for place, (chart, text) in enumerate(zip(CHARTS.values(), pages, strict=True), 1):
        for each in (*chart.bars, *chart.line):
            known = "—" if each.value is None else f"{each.value:,f}"
            assert known in text, (chart.chart.kind, known)
            assert (
                re.sub(r"\s", "", each.label) in text or each.label[:8] in text
            )  # turned labels are read letter by letter
            assert re.sub(r"\s", "", each.remark) in text
        assert (NOTHING in text) == (not chart.bars)
        assert f"龘㎡亩$区${MISSING}" in text
        assert "赣府字〔2020〕69号" in text  # the pack's basis where the chart names no clause
        assert f"第{place}页共{len(CHARTS)}页" in text


def inked(chart: Drawn, paper: str) -> list[tuple[str, float, float, float, float]]:
    """Every text of a page with its box in parts of the page, without the mark of a draft."""
    with _alone() as pen:
        leaf = page(pen, chart, Sheet(ZONE, "2025年", "赣府字〔2020〕69号", paper=PAPERS[paper]), (1, 1))
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.text import Text

        figure = leaf.figure()
        renderer = FigureCanvasAgg(figure).get_renderer()
        boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.findobj(Text)]
        size = figure.bbox
    return [(said, b.x0 / size.width, b.y0 / size.height, b.x1 / size.width, b.y1 / size.height) for said, b in boxes]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_leaves_the_page_or_lies_on_another(name: str, paper: str) -> None:
    boxes = inked(CHARTS[name], paper)
    for said, left, low, right, high in boxes:
        assert left > 0.01, said
        assert low > 0.01, said
        assert right < 0.99, said
        assert high < 0.99, said
    for (one, *a), (other, *b) in itertools.combinations(boxes, 2):
        across, down = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        small = min(a[3] - a[1], b[3] - b[1], a[2] - a[0], b[2] - b[0])
        assert across < 0.001 or down < 0.25 * small, (one, other)


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "nothing"])
def test_every_bar_can_be_pointed_at_and_lies_on_the_page(name: str) -> None:
    made = picture(CHARTS[name], SHEET, (1, 1), 640)
    assert (made.width, len(made.pixels)) == (640, made.width * made.height * 4)
    assert [spot.number for spot in made.spots] == list(range(len(CHARTS[name].bars)))
    for spot in made.spots:
        assert 0 < spot.left < spot.right < 1
        assert 0 < spot.top < spot.bottom < 1
    for one, other in itertools.pairwise(made.spots):
        assert other.left >= one.right - 1e-6 or other.top >= one.bottom - 1e-6


def test_in_black_and_white_this_year_last_year_and_those_before_differ() -> None:
    years = drawn("历年", *(bar(str(year), 100) for year in range(2021, 2026)))
    made = picture(years, SHEET, (1, 1), 1000)
    tones = []
    for spot in made.spots:
        x, y = (spot.left + spot.right) / 2 * made.width, (spot.top * 0.3 + spot.bottom * 0.7) * made.height
        at = (int(y) * made.width + int(x)) * 4
        red, green, blue = made.pixels[at : at + 3]
        tones.append(0.299 * red + 0.587 * green + 0.114 * blue)
    before, last, this = tones[0], tones[3], tones[4]
    assert len(set(tones[:3])) == 1
    assert 255 > before + 30 > last + 60 > this + 90


def test_a_draft_is_marked_and_an_issued_page_bears_the_code() -> None:
    chart = CHARTS["one year"]
    drafted = picture(chart, Sheet("区", "2025年", "", draft=True), (1, 1), 600)
    issued = picture(chart, Sheet("区", "2025年", "", code="S93X-N4L3"), (1, 1), 600)
    assert reddish(drafted.pixels) > 1000
    assert not reddish(issued.pixels)


def reddish(pixels: bytes) -> int:
    return sum(red > green + 10 for red, green in zip(pixels[0::4], pixels[1::4], strict=True))


def test_pictures_have_the_paper_s_size() -> None:
    for paper in PAPERS.values():
        made = png(CHARTS["one year"], Sheet("区", "2025年", "", paper=paper))
        assert struct.unpack(">II", made[16:24]) == (int(paper.width / 25.4 * 300), int(paper.height / 25.4 * 300))
        assert struct.unpack(">II", made[made.index(b"pHYs") + 4 :][:8]) == (11811, 11811)  # dots a metre: 300 an inch
    drawing = svg(CHARTS["groups"], SHEET).decode()
    assert "<text" not in drawing  # outlines: a machine without the font shows the same
    assert 'width="841.88' in drawing


@pytest.mark.parametrize("name", CHARTS)
def test_the_screen_shows_what_the_figure_draws(name: str) -> None:
    sheet = Sheet(ZONE, "2025年", "赣府字〔2020〕69号", draft=len(name) % 2 == 0, paper=PAPERS["A4纵"])
    made = picture(CHARTS[name], sheet, (1, 2), 701)
    with _alone() as pen:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        leaf = page(pen, CHARTS[name], sheet, (1, 2))
        canvas = FigureCanvasAgg(leaf.figure())
        canvas.figure.set_dpi(701.01 * 72 / leaf.width)
        canvas.draw()
    assert (made.width, made.height) == canvas.get_width_height()
    assert made.pixels == bytes(canvas.buffer_rgba())


def test_a_picture_loads_no_more_than_it_draws() -> None:
    code = "import sys; from exporters.charts import warm; warm(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "matplotlib.text" in loaded
    assert not {"matplotlib.figure", "matplotlib.axes", "matplotlib.pyplot", "mpl_toolkits"} & set(loaded)


def test_the_same_figures_make_the_same_file() -> None:
    charts = list(CHARTS.values())
    assert pdf(charts, SHEET) == pdf(charts, SHEET)
    assert svg(charts[0], SHEET) == svg(charts[0], SHEET)
    assert png(charts[0], SHEET) == png(charts[0], SHEET)


def test_the_machine_s_fonts_are_not_looked_for(tmp_path: Path) -> None:
    code = "from exporters.charts import warm; warm(); from matplotlib.font_manager import fontManager as all; print(all.ttflist)"
    env = {k: v for k, v in os.environ.items() if not k.startswith("MPL")} | {"XDG_CACHE_HOME": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], env=env, check=True, capture_output=True, text=True
    )
    assert not said.stderr
    assert "matplotlib" in said.stdout
    assert "/usr/share/fonts" not in said.stdout
    assert list((tmp_path / "园区年报通" / "matplotlib").iterdir())
