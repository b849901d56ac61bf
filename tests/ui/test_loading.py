"""What is loaded late: no more than is asked for, and no module's source is read for PySide6's own switches."""

from __future__ import annotations

import subprocess
import sys


def said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_the_charts_page_brings_neither_printer_nor_what_reads_workbooks():
    loaded = said("import sys, ui.pages.charts; print(*sys.modules)").split()
    assert "ui.chartview" in loaded
    late = {"ui.printing.preview", "ui.printing.charts", "exporters.xlsx_package", "lxml", "matplotlib"}
    assert not late & set(loaded)


def test_no_source_is_kept_of_what_is_loaded_after_the_window_is_begun():
    code = "import linecache, ui.app; before = {*linecache.cache}; {}; import ui.pages.charts; print(len({*linecache.cache} - before))"
    assert said(code.replace("{};", "")).strip() != "0"  # what PySide6 does
    assert said(code.replace("{};", "ui.app.make_app();")).strip() == "0"
