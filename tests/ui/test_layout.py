"""Nothing is cut off, laid over anything or scrolled sideways: every page, on every screen and at every size of the font."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.ui.layout import faults, kinds
from tests.ui.shot_pages import Scenes
from ui.scrolled import Stage
from ui.widgets import label

FULL, SMALL, SMALL_150 = (1440, 900), (1366, 768), (911, 512)  # the last: 1366 × 768 at 150 %
SIZES = [
    (1.0, FULL),
    (1.0, SMALL),
    (1.0, SMALL_150),
    (0.9, FULL),
    (1.25, SMALL),
    (1.5, FULL),
    (2.0, (1920, 1080)),
    (2.0, SMALL),
]


def at_rest(window):
    """The faults there are when nothing is being placed any more: what is told after a pause, or as high as its rows, takes its turn."""
    for _ in range(3):
        QTest.qWait(5)
    for _ in range(60):
        if not (found := list(faults(window))):
            break
        QTest.qWait(5)
    return found


@pytest.mark.parametrize("scale", sorted({scale for scale, _ in SIZES}))
def test_every_page_fits(desk, look, tmp_path, scale):
    """Each page of the navigation, and each scene that pictures are taken of (with a file being imported, a finding …)."""
    look.apply(scale=scale)
    window = desk.window
    scenes = Scenes(desk.qtbot, window, tmp_path).all()
    turns = {id: lambda id=id: window.open(id, {}) for id in (window.entries if scale in (1.0, 2.0) else kinds(window))}
    found = []
    for name, turn in {**turns, **scenes}.items():
        turn()
        desk.settle()
        for size in [size for wanted, size in SIZES if wanted == scale]:
            window.resize(*size)
            found += [f"{name} {size} {scale}: {fault}" for fault in at_rest(window)]
            assert (window.width(), window.height()) == size
    assert not found, "\n".join(dict.fromkeys(found))


def test_pages_of_a_common_screen_need_no_scrolling(desk):
    """A page as a whole scrolls only on screens and fonts that leave it less than it can do with."""
    desk.window.resize(*SMALL)
    for id in desk.window.entries:
        desk.window.open(id, {})
        desk.settle()
        stage = desk.window.stack.currentWidget()
        assert isinstance(stage, Stage)
        assert stage.page.height() <= stage.viewport().height(), id
        assert stage.page.width() <= stage.viewport().width(), id


@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_every_page_fits_where_the_screen_is_scaled(demo, tmp_path, factor):
    shutil.copy(demo, tmp_path / "演示.db")
    size = {"1.25": "1093x614", "1.5": "911x512", "2": "960x540"}[factor]  # 1366 × 768 twice, 1920 × 1080
    told = subprocess.run(
        [sys.executable, "-m", "tests.ui.layout", size, str(tmp_path)],
        cwd=Path(__file__).parents[2], env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": factor},
        capture_output=True, text=True, check=True, encoding="utf-8",
    ).stdout.splitlines()  # fmt: skip
    assert told[-1].endswith(f"pages at {float(factor)}")
    assert not told[:-1], "\n".join(told)


# --- the check itself finds what it is for


def _page(window):
    page = window.current
    return page, page.layout()


@pytest.mark.parametrize("fault", ["cut", "laid over", "beyond"])
def test_what_is_cut_off_or_laid_over_is_found(desk, fault):
    desk.turn("indicators")
    page, layout = _page(desk.window)
    assert not faults(desk.window)
    made = label("一句放不下的话一句放不下的话") if fault == "cut" else QPushButton("好")
    layout.addWidget(made)
    desk.settle()
    if fault == "cut":
        made.setFixedWidth(40)
    elif fault == "laid over":
        made.setGeometry(page.header.geometry())
    else:
        made.move(page.width() - 5, made.y())
    if fault == "cut":
        desk.settle()
    assert faults(desk.window)
