from __future__ import annotations

import hashlib
import io
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from exporters.canonical import Content, canonical_number
from exporters.seal import Alteration, differences, seal, short_code, verify
from exporters.workbook import fill
from exporters.xlsx_package import WorkbookFault
from tests.exporters import forms

MANIFEST = {
    "pack_id": "台办", "pack_version": "2025.1", "zone_code": "G361003", "zone_name": "赣州经开区", "period": "2025",
    "version": "1", "issued_at": "2026-01-05T09:30:00+08:00", "software": "园区年报通 1.0",
}  # fmt: skip
DATA = {"审核": [{"code": "TW-001", "说明": "含增资，已核对"}], "指标": {"TW02": "23"}}
SHEET1, SHEET2 = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def sealed():
    return seal(fill(forms.a_return(), forms.figures(), draft=False).content, MANIFEST, DATA)


def sealed_cells(cells, values=None):
    """Seal a one-sheet return."""
    return seal(fill(forms.sheet_of(cells), forms.Given(values), draft=False).content, MANIFEST, {}).content


def resaved(content, change=None):
    """Open and save with openpyxl, which rewrites everything its own way, as another program would."""
    book = forms.load(content)
    if change:
        change(book)
    return forms.save(book)


def test_a_sealed_return_is_whole(sealed):
    verdict = verify(sealed.content)
    assert verdict.ok
    assert verdict.altered == ()
    assert verdict.sentence == (
        f"完好：赣州经开区 台办 2025 第 1 版 与签发时一致，校验码 {sealed.short_code}；请与盖章页上的校验码核对。"
    )
    assert verdict.manifest == {**MANIFEST, "sha256": sealed.sha256, "short_code": sealed.short_code}
    assert verdict.data == DATA


def test_a_sealed_return_is_verified_from_its_file(sealed, tmp_path):
    path = tmp_path / "台办_G361003_赣州_2025_v1.xlsx"
    path.write_bytes(sealed.content)
    assert verify(path).ok


def test_meta_is_a_hidden_sheet_of_keys_and_values(sealed):
    book = forms.load(sealed.content)
    assert book.sheetnames[-2:] == ["_meta", "_data"]
    assert {book[name].sheet_state for name in ("_meta", "_data")} == {"hidden"}
    pairs = {key.value: value.value for key, value in book["_meta"].iter_rows(max_col=2)}
    assert pairs == {**MANIFEST, "sha256": sealed.sha256, "short_code": sealed.short_code}
    assert all(len(cell.value) <= 30_000 for (cell,) in book["_data"].iter_rows(max_col=1))


def test_sealing_changes_only_footers_and_what_names_the_new_sheets(sealed):
    before = forms.parts(fill(forms.a_return(), forms.figures(), draft=False).content)
    after = forms.parts(sealed.content)
    assert {name for name in before if before[name] != after[name]} == {
        SHEET1, SHEET2, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    for name in (SHEET1, SHEET2):
        cells = [re.search(rb"<sheetData>.*</sheetData>", part[name], re.DOTALL)[0] for part in (before, after)]
        assert cells[0] == cells[1]


def test_every_visible_page_carries_the_code_and_its_number(sealed):
    after = forms.parts(sealed.content)
    for name in (SHEET1, SHEET2):
        footer = etree.fromstring(after[name]).findtext("{*}headerFooter/{*}oddFooter")
        assert f"校验码 {sealed.short_code}  第 1 版" in footer
        assert footer.count("&P 页 共 &N 页") == 1
    assert b"headerFooter" not in after["xl/worksheets/sheet3.xml"]  # hidden


def test_saving_again_by_another_program_leaves_the_seal_valid(sealed):
    """openpyxl drops cached values of formulas, so a return without formulas is used here; LibreOffice keeps them."""
    content = sealed_cells({"A1": "{{ 额 }}", "A2": "{{ 名 }}", "A3": "一\n二"}, {"额": Decimal("0.10"), "名": "=é"})
    assert verify(resaved(content)).ok


def test_a_changed_cell_is_named_with_what_it_said_before(sealed):
    changed = forms.edit(sealed.content, SHEET1, ('<c r="C5" s="3"><v>23</v>', '<c r="C5" s="3"><v>24</v>'))
    verdict = verify(changed)
    assert not verdict.ok
    assert verdict.altered == (Alteration("主要指标", "C5", "23", "24"),)
    assert verdict.sentence == "与签发时不同，共 1 处：主要指标!C5 原为“23”，现为“24”。请向报送单位索要签发的原件。"


@pytest.mark.parametrize(
    ("change", "altered"),
    [
        (lambda book: book["表"].__setitem__("A1", None), Alteration("表", "A1", "12.5", "")),
        (lambda book: book["表"].__setitem__("C9", "加注"), Alteration("表", "C9", "", "加注")),
        (lambda book: book["表"].__setitem__("A1", "12.5"), Alteration("表", "A1", "12.5(数)", "12.5(文字)")),
        (lambda book: book["表"].__setitem__("A2", True), Alteration("表", "A2", "甲", "是")),
        (lambda book: setattr(book["表"], "title", "表二"), Alteration("表", "", "有", "改名为“表二”")),
        (
            lambda book: (setattr(book["表"], "title", "二"), book["二"].__setitem__("A1", 0)),
            Alteration("表", "", "有", "不见了（或改了名）"),
        ),
        (lambda book: book.create_sheet("新").__setitem__("A1", 1), Alteration("新", "", "没有", "是后加的")),
        (lambda book: book["_meta"].__setitem__("B6", "2"), Alteration("_meta", "B6", "1", "2")),
        (lambda book: book["_meta"].delete_rows(6), Alteration("_meta", "B", "1", "")),
    ],
)
def test_each_kind_of_change_is_found(change, altered):
    content = sealed_cells({"A1": "{{ 额 }}", "A2": "{{ 名 }}"}, {"额": Decimal("12.50"), "名": "甲"})
    assert altered in verify(resaved(content, change)).altered


def rows_sealed():
    cells = {"A1": "表头", "B1": "数", "A3": "{{ * x }}", "B3": "{{ * y }}", "A4": "合计", "B4": 6, "A6": "说明"}
    figures = forms.Given({}, {"表": [(name, number) for number, name in enumerate("甲乙丙丁", 1)]})
    return seal(fill(forms.sheet_of(cells), figures, draft=False).content, MANIFEST, {}).content


@pytest.mark.parametrize(
    ("change", "altered"),
    [
        (lambda sheet: sheet.delete_rows(4), [("4:4", "乙 2", "")]),
        (lambda sheet: sheet.delete_rows(4, 2), [("4:4", "乙 2", ""), ("5:5", "丙 3", "")]),
        (lambda sheet: sheet.insert_rows(5), [("5:5", "", "空行")]),
        (lambda sheet: sheet.delete_rows(2), [("2:2", "空行", "")]),
        (lambda sheet: (sheet.insert_rows(5), sheet.cell(5, 1, "戊")), [("5:5", "", "戊")]),
        (lambda sheet: (sheet.delete_rows(3), sheet.cell(4, 2, 33)), [("3:3", "甲 1", ""), ("B4", "3", "33")]),
        (lambda sheet: (sheet.cell(4, 1).__setattr__("value", None), sheet.cell(4, 2).__setattr__("value", None)),
         [("A4", "乙", ""), ("B4", "2", "")]),
        (lambda sheet: sheet.cell(9, 9, "外"), [("I9", "", "外")]),
    ],
)  # fmt: skip
def test_rows_taken_out_or_put_in_are_named_as_rows(change, altered):
    found = verify(resaved(rows_sealed(), lambda book: change(book["表"]))).altered
    assert found == tuple(Alteration("表", *each) for each in altered)


def test_a_deleted_row_is_told_in_words():
    verdict = verify(resaved(rows_sealed(), lambda book: book["表"].delete_rows(4)))
    assert "共 1 处：表 第 4 行被删去，原为“乙 2”" in verdict.sentence
    verdict = verify(resaved(rows_sealed(), lambda book: book["表"].insert_rows(4, 2)))
    assert "表 第 4—5 行是后加的空行" in verdict.sentence


def test_a_text_of_several_lines_is_quoted_in_one():
    changed = resaved(sealed_cells({"A1": "{{ x }}"}, {"x": "一\n二"}), lambda book: book["表"].__setitem__("A1", "一"))
    assert "原为“一↵二”，现为“一”" in verify(changed).sentence


def test_a_date_is_told_as_a_date():
    cells, values = {"A1": "{{ 日 }}", "A2": "{{ 数 }}"}, {"日": date(2025, 8, 1), "数": 45870}

    def change(book):
        book["表"]["A1"], book["表"]["A2"] = date(2025, 12, 31), 45871

    altered = verify(resaved(sealed_cells(cells, values), change)).altered
    assert [(each.cell, each.was, each.now) for each in altered] == [
        ("A1", "2025-08-01", "2025-12-31"), ("A2", "45870", "45871"),
    ]  # fmt: skip


def test_of_many_changes_the_sentence_names_three():
    content = sealed_cells({"A1": "{{ x }}", **{f"A{row}": row for row in range(2, 10)}}, {"x": 1})

    def change(book):
        for row in range(1, 10):
            book["表"].cell(row, 1, row * 100)

    verdict = verify(resaved(content, change))
    assert len(verdict.altered) == 9
    assert "共 9 处" in verdict.sentence
    assert verdict.sentence.endswith("现为“300”；另有 6 处。请向报送单位索要签发的原件。")


def test_of_a_long_text_the_sentence_shows_where_it_differs():
    long = "同样的开头" * 20
    content = sealed_cells({"A1": "{{ x }}"}, {"x": long + "甲" + "尾" * 50})
    changed = resaved(content, lambda book: book["表"].__setitem__("A1", long + "乙" + "尾" * 50))
    assert re.search(r"原为“….{10}甲尾+…”，现为“….{10}乙尾+…”", verify(changed).sentence)


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.remove(book["_data"]),
        lambda book: book["_data"].__setitem__("A1", "x" + book["_data"]["A1"].value[1:]),
        lambda book: book["_data"].__setitem__("A1", book["_data"]["A1"].value[:-8]),
        lambda book: book["_meta"].__setitem__("B9", "0" * 64),
        lambda book: (book.remove(book["_data"]), book["_meta"].__setitem__("B9", hashlib.sha256(b"").hexdigest())),
    ],
)
def test_tampering_with_the_sealed_data_is_found(change):
    content = sealed_cells({"A1": "{{ x }}"}, {"x": 1})
    verdict = verify(resaved(content, change))
    assert not verdict.ok
    assert "_data 或 _meta 被改动" in verdict.sentence


def test_a_file_without_a_seal_is_told_apart():
    verdict = verify(forms.sheet_of({"A1": 1}))
    assert (verdict.ok, verdict.altered) == (False, ())
    assert "没有封签" in verdict.sentence


def test_a_file_that_is_no_workbook_is_an_error_not_a_verdict():
    with pytest.raises(WorkbookFault, match="不是完好的"):
        verify(b"PK junk")


def test_a_sealed_return_is_not_sealed_again(sealed):
    with pytest.raises(WorkbookFault, match="已经封过签"):
        seal(sealed.content, MANIFEST, {})


def test_the_seal_depends_on_what_is_said_and_not_on_formats():
    def code(cells, values=None, **manifest):
        return seal(
            fill(forms.sheet_of(cells), forms.Given(values), draft=False).content, {**MANIFEST, **manifest}, {}
        ).short_code

    same = code({"A1": "{{ x }}"}, {"x": Decimal("1.50")})
    assert same == code({"A1": 1.5}) == code({"A1": "{{ x }}", "B2": "{{ y }}"}, {"x": Decimal("1.5"), "y": None})
    assert len({same, code({"A1": 1.6}), code({"A1": "1.5"}), code({"A2": 1.5}), code({"A1": 1.5}, version="2")}) == 5


def test_short_codes_are_easy_to_read_out():
    codes = [short_code(f"{number:064x}") for number in (0, 1, 30, 31, 2**256 - 1)]
    assert codes[:4] == ["2222-2222", "3222-2222", "Z222-2222", "2322-2222"]
    assert all(re.fullmatch(r"[2-9A-DF-HJ-NP-Z]{4}-[2-9A-DF-HJ-NP-Z]{4}", code) for code in codes)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**13), max_value=10**13, places=2))
def test_a_number_means_the_same_however_a_program_writes_its_double(number):
    assert (
        canonical_number(str(number))
        == canonical_number(repr(float(number)))
        == canonical_number(f"{float(number):.17g}")
    )
    assert Decimal(canonical_number(str(number))) == number


@pytest.mark.parametrize(
    ("text", "written"), [("0.10", "0.1"), ("-0", "0"), ("1E+2", "100"), ("0.30000000000000004", "0.3")]
)
def test_numbers_in_canonical_form(text, written):
    assert canonical_number(text) == written


@pytest.mark.parametrize(
    ("was", "now", "same"),
    [
        (Content("f", "0"), Content("f", "-2.77555756156289e-17"), True),  # 0.3-0.1-0.2 in doubles
        (Content("f", "1241.6"), Content("n", "1241.6"), True),  # typed over by its own value
        (Content("f", "1241.6"), Content("f", "1241.61"), False),
        (Content("n", "1"), Content("n", "1.0000001"), False),
        (Content("f", "1"), Content("s", "1"), False),
    ],
)
def test_calculated_numbers_may_differ_by_what_doubles_lose(was, now, same):
    assert was.same_as(now) is same


def test_a_large_return_is_sealed_in_pieces():
    words = {f"x{number}": hex(hash((number, "盐")) ** 5) for number in range(1500)}
    book = openpyxl.Workbook()
    for row, name in enumerate(words, 1):
        book.active.cell(row, 1, f"{{{{ {name} }}}}")
    content = seal(fill(forms.save(book), forms.Given(words), draft=False).content, MANIFEST, {}).content
    assert openpyxl.load_workbook(io.BytesIO(content))["_data"].max_row > 1
    assert verify(content).ok


def test_two_versions_are_told_apart_cell_by_cell_and_seals_do_not_count(sealed):
    figures = forms.figures()
    same = seal(fill(forms.a_return(), figures, draft=False).content, {**MANIFEST, "version": "2"}, {})
    assert differences(sealed.content, same.content) == []
    assert differences(sealed.content, fill(forms.a_return(), figures, draft=False).content) == []
    changed = forms.edit(same.content, SHEET1, ('<c r="C5" s="3"><v>23</v>', '<c r="C5" s="3"><v>24</v>'))
    (one,) = differences(sealed.content, changed)
    assert (one.cell, one.was, one.now) == ("C5", "23", "24")
