"""What another program makes of our files: LibreOffice opens, recalculates, saves again and prints them."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from functools import partial

import openpyxl
import pytest

from exporters.seal import Alteration, seal, verify
from exporters.workbook import fill
from tests.exporters import forms
from tests.exporters.office import SOFFICE, convert, without_cached_values

PDFTOTEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

MANIFEST = {"pack_id": "台办", "period": "2025", "version": "1", "zone_name": "赣州经开区", "note": "=不是公式"}
VALUES = {
    "小数": Decimal("0.1"), "长": Decimal("123456789012345.678"), "分": Decimal("1986.40"), "大": 9007199254740993,
    "负": Decimal("-0.05"), "真": True, "日": date(2025, 12, 31), "式": "=1+1", "加": "+86 797", "圈": "@甲", "负文": "-5",
    "码": "007", "科": "2.19E+26", "空白": " 前后 ", "行": "一\n二", "转义": "_x0041_", "标": "<甲>&“乙”", "杠": "—", "无": None,
    "组合": "é", "真字": "TRUE", "日字": "2025-12-31", "表情": "龘㎡😀",
}  # fmt: skip


def kinds():
    """A return with every kind of value, and formulas whose doubles do not add up to the last digit."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "各种"
    for row, name in enumerate(VALUES, 1):
        sheet.cell(row, 1, f"{{{{ {name} }}}}")
    sheet["A7"].number_format = "yyyy-mm-dd"
    sheet["C1"], sheet["C2"], sheet["C3"] = 0.3, 0.1, 0.2
    sheet["D1"], sheet["D2"], sheet["D3"] = "=C1-C2-C3", "=SUM(C1:C3)/7", '=IFERROR(C1/E1,"—")'
    return fill(forms.save(book), forms.Given(VALUES), draft=False).content


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return partial(convert, tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def sealed():
    filled = fill(forms.a_return(), forms.figures(), draft=False).content
    altered = seal(filled, MANIFEST, {}).content
    changed = forms.edit(altered, "xl/worksheets/sheet2.xml", ("<v>1234.50</v>", "<v>1234.60</v>"))
    return {
        "whole": seal(filled, MANIFEST, {"a": 1}).content,
        "kinds": seal(kinds(), MANIFEST, {}).content,
        "altered": changed,
    }


@pytest.fixture(scope="module")
def resaved(office, sealed):
    extra = {"bare": without_cached_values(fill(forms.a_return(), forms.figures(), draft=False).content)}
    return {name: path.read_bytes() for name, path in office({**sealed, **extra}, "xlsx").items()}


def test_a_seal_survives_saving_by_libreoffice(sealed, resaved):
    assert resaved["whole"] != sealed["whole"]
    verdict = verify(resaved["whole"])
    assert verdict.ok, verdict.sentence
    assert verdict.data == {"a": 1}


def test_a_seal_over_every_kind_of_value_survives_saving_by_libreoffice(resaved):
    verdict = verify(resaved["kinds"])
    assert verdict.ok, verdict.sentence


def test_an_altered_cell_is_named_after_saving_by_libreoffice(resaved):
    altered = verify(resaved["altered"]).altered
    assert Alteration("名录", "C6", "1234.5", "1234.6") in altered
    assert {item.cell for item in altered if item.sheet == "名录"} <= {
        "C6",
        "C10",
        "C12",
    }  # and what is worked out from it


def test_texts_stay_texts_in_libreoffice(resaved):
    sheet = forms.load(resaved["kinds"])["各种"]
    places = {name: sheet.cell(row, 1) for row, name in enumerate(VALUES, 1)}
    for name, value in VALUES.items():
        if isinstance(value, str):
            assert (places[name].data_type, places[name].value) == ("s", value)


def test_libreoffice_works_the_formulas_out_to_the_same_values(resaved):
    ours = forms.cached(fill(forms.a_return(), forms.figures(), draft=False).content)
    theirs = forms.cached(resaved["bare"])
    for sheet, at in (("名录", "C10"), ("名录", "C12"), ("主要指标", "C8"), ("主要指标", "D8")):
        assert theirs[sheet][at] == pytest.approx(ours[sheet][at], rel=1e-14)


def test_what_stands_around_the_list_is_where_libreoffice_expects_it(resaved):
    book = forms.load(resaved["whole"])
    sheet = book["名录"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A12:B13", "A1:E1"]
    assert sheet.print_area == "'名录'!$A$1:$E$14"
    assert sheet.print_title_rows == "$4:$5"
    assert [(item.id) for item in sheet.row_breaks.brk] == [10]
    assert sheet["A10"].comment.text.strip() == "含增资"
    assert {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}["C12:C13"] == "$C$10"


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext (poppler-utils) is not installed")
def test_printed_by_libreoffice_every_page_is_marked(office):
    draft = fill(forms.a_return(), forms.figures(), draft=True).content
    issued = seal(fill(forms.a_return(), forms.figures(), draft=False).content, MANIFEST, {})
    pages = {}
    for name, path in office({"draft": draft, "issued": issued.content}, "pdf").items():
        text = subprocess.run([PDFTOTEXT, "-layout", str(path), "-"], check=True, capture_output=True).stdout.decode()
        pages[name] = text.split("\f")[:-1]
    assert len(pages["draft"]) == len(pages["issued"]) == 3  # the list's sheet has a page break
    for number, page in enumerate(pages["draft"], 1):
        assert "未签发" in page
        assert re.search(rf"第\s*{number}\s*页\s*共\s*3\s*页", page)
    for number, page in enumerate(pages["issued"], 1):
        assert "未签发" not in page
        assert issued.short_code in page
        assert re.search(rf"第\s*{number}\s*页\s*共\s*3\s*页", page)
    assert "企业名称" in pages["issued"][1]
    assert "企业名称" in pages["issued"][2]  # the heading is repeated
