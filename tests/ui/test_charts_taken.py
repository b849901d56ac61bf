"""Charts taken along: copied, exported as PDF, PNG and SVG, previewed and printed on the paper chosen."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from exporters.charts import PAPERS
from tests.ui.charts import choose, choose_from, figures, said, where
from ui.charting import written
from ui.outcome import Outcome
from ui.printing.output import pdf_steps

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PDFTOPPM = shutil.which("pdftoppm")
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen platform, of a menu


@pytest.fixture
def page(desk):
    return desk.turn("charts")


# --- taking along


def test_the_picture_and_the_figures_are_copied(desk, page):
    choose(desk, page, 3)
    page.view.setFocus()
    desk.press(Key.Key_C, Ctrl)
    image = QGuiApplication.clipboard().image()
    assert image.width() == 2400
    assert image.width() / image.height() == pytest.approx(297 / 210, abs=0.002)
    page.view.setFocus()
    desk.press(Key.Key_C, Ctrl | Shift)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().strip().splitlines()]
    drawn = figures(desk)[3]
    assert lines[0] == ["路径", "2025年", "2024年", "单位", "占比"]
    assert lines[1:] == [[b.label, f"{b.value}", f"{b.prior}", "万美元", b.remark] for b in drawn.bars]


@pytest.mark.parametrize(
    ("words", "name", "files"),
    [
        ("全部 8 张 · PDF", "图.pdf", ["图.pdf"]),
        ("这一张 · PDF", "图.pdf", ["图.pdf"]),
        ("这一张 · PNG", "图.png", ["图.png"]),
        ("这一张 · SVG", "图", ["图.svg"]),
        ("全部 8 张 · PNG", "图.png", [f"图_{n}.png" for n in range(1, 9)]),
    ],
)
def test_charts_are_exported(desk, page, monkeypatch, tmp_path, words, name, files):
    monkeypatch.setattr("exporters.charts.files.DPI", 60)  # eight pages of 300 dots an inch take a while
    folder = tmp_path / "图"
    folder.mkdir()
    where(monkeypatch, folder / name)
    desk.qtbot.waitUntil(lambda: page.work.whole is not None)
    choose_from(desk, page.export, words)
    assert sorted(path.name for path in folder.iterdir()) == files
    assert said(page)[0] == files[0]
    if files[0].endswith(".pdf"):
        pages = len(re.findall(rb"/Type /Page\b", (folder / files[0]).read_bytes()))
        assert pages == (8 if "全部" in words else 1)


def test_a_file_open_elsewhere_is_told_and_another_name_asked_for(desk, page, monkeypatch, tmp_path):
    (tmp_path / "占用").write_text("", encoding="utf-8")
    asked = where(monkeypatch, tmp_path / "占用" / "图.pdf", tmp_path / "图.pdf")
    choose_from(desk, page.export, "这一张 · PDF")
    desk.qtbot.waitUntil((tmp_path / "图.pdf").exists)
    desk.settle()
    assert asked[1][0] == "“占用”不是文件夹，请换一个地方"
    assert said(page)[0] == "图.pdf"


def test_numbered_pictures_never_replace_files_unasked(desk, page, monkeypatch, tmp_path):
    (tmp_path / "图_3.png").write_bytes(b"mine")
    asked = where(monkeypatch, tmp_path / "图.png")
    choose_from(desk, page.export, "全部 8 张 · PNG")
    assert asked[1][0] == "“图_3.png”已经有了，请换个名字"
    assert (tmp_path / "图_3.png").read_bytes() == b"mine"
    assert len(list(tmp_path.glob("图_*.png"))) == 1


def test_a_long_export_can_be_stopped(desk, page, monkeypatch, tmp_path):
    where(monkeypatch, tmp_path / "图.png")
    monkeypatch.setattr("exporters.charts.files.DPI", 60)
    told = []
    real = Outcome.go_on

    def stop(outcome, text):
        real(outcome, text)
        told.append(text)
        if len(told) == 1:
            (button,) = [each for each in outcome.findChildren(QPushButton) if each.text() == "停止"]
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    monkeypatch.setattr(Outcome, "go_on", stop)
    choose_from(desk, page.export, "全部 8 张 · PNG")
    assert told[0] == "正在画 1 / 8 张…"
    assert said(page)[0] == "停下了"
    assert 1 <= len(list(tmp_path.glob("图_*.png"))) < 8


# --- print


def test_the_preview_shows_the_chart_in_sight_and_keeps_its_paper(desk, page):
    choose(desk, page, 4)
    page.view.setFocus()
    desk.press(Key.Key_P, Ctrl)
    preview = page.printing.preview
    assert preview.isVisible()
    desk.qtbot.waitUntil(lambda: preview.papers is not None)
    assert preview.papers.count() == 8
    assert "第 5 页，共 8 页　图5 在库台资项目的阶段　A4 横向" in preview.where.text()
    choose_from(desk, preview.options.paper, "A3")
    desk.qtbot.waitUntil(lambda: "A3 横向" in preview.where.text())
    desk.press(Key.Key_Escape)
    assert not preview.isVisible()
    assert page.paper.value.text() == "A3 横"
    assert page.work.paper is PAPERS["A3横"]


@pytest.mark.skipif(PDFTOPPM is None, reason="pdftoppm (poppler-utils) is not installed")
def test_what_is_printed_looks_like_the_pdf(desk, page, tmp_path):
    choose(desk, page, 1)
    page.open_preview()
    desk.qtbot.waitUntil(lambda: page.printing.preview.papers is not None)
    for _ in pdf_steps(page.printing.preview.papers, tmp_path / "印.pdf"):
        pass
    images = []
    for path, made in ((tmp_path / "印.pdf", None), (tmp_path / "导.pdf", page.work.whole)):
        if made is not None:
            written(made, path)
        out = tmp_path / path.stem
        subprocess.run(["pdftoppm", "-r", "72", "-f", "2", "-l", "2", "-png", str(path), str(out)], check=True)
        (found,) = tmp_path.glob(f"{path.stem}-*.png")
        images.append(QImage(str(found)).convertToFormat(QImage.Format.Format_Grayscale8))
    one, other = images
    assert abs(one.height() - other.height()) <= 1
    far = sum(
        abs(one.pixelColor(x, y).red() - other.pixelColor(x, y).red()) > 128
        for x in range(0, one.width(), 2)
        for y in range(0, one.height() - 1, 2)
    )
    assert far < one.width() * one.height() / 4 * 0.004  # edges of letters only
