"""What is loaded late: no more than is asked for."""

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


def test_a_name_is_spelled_without_the_dictionary_that_stops_the_window():
    code = (
        "import sys, ui.finding; from models.pinyin import spell; spell('重庆银行'); print('pypinyin' in sys.modules)"
    )
    assert said(code).split() == ["False"]
