from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from exporters.cellxml import date_serial, escape_text, number_text, unescape_text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("12.50", "12.50"), ("1E+3", "1000"), ("-0.00", "0.00"), ("1e-7", "0.0000001"), ("-3", "-3"),
        ("123456789012345678.1234", "123456789012345678.1234"),
    ],
)  # fmt: skip
def test_numbers_are_written_exactly_and_plainly(number, text):
    assert number_text(Decimal(number)) == text


def test_what_is_no_number_is_not_written():
    with pytest.raises(ValueError, match="NaN"):
        number_text(Decimal("NaN"))


@pytest.mark.parametrize(
    "day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(2025, 12, 31), date(2100, 2, 28)]
)
def test_dates_are_counted_as_excel_counts_them(day):
    assert date_serial(day, since_1904=False) == to_excel(day)


def test_dates_of_a_1904_workbook():
    day = date(2025, 12, 31)
    assert date_serial(day, since_1904=True) == to_excel(day, CALENDAR_MAC_1904)
    assert date_serial(date(1903, 12, 31), since_1904=True) is None
    assert date_serial(date(1899, 12, 31), since_1904=False) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("甲&乙<丙>", "甲&amp;乙&lt;丙&gt;"), ("一\r\n二\r三", "一\n二\n三"), ("响\x07铃\ud800", "响铃"),
        ("_x0041_", "_x005F_x0041_"), ("a_b", "a_b"),
    ],
)  # fmt: skip
def test_text_is_made_safe_for_xml(text, written):
    assert escape_text(text) == written


def test_what_looks_like_an_escape_is_read_back_as_it_was():
    assert unescape_text(escape_text("_x0041_ 和 _x000D_")) == "_x0041_ 和 _x000D_"
    assert unescape_text("一_x000D_\n二") == "一\r\n二"
