"""A value by its number format reads as Excel shows it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from exporters.display import display


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "0.00", ""),
        ("—", "#,##0.00", "—"),
        ("甲", "@", "甲"),
        ("甲", '0;-0;0;"<"@">"', "<甲>"),
        (True, "General", "TRUE"),
        (23, "General", "23"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.5, "General", "1234567.5"),
        (1986.4, "#,##0.00", "1,986.40"),
        (1.005, "0.00", "1.01"),  # the decimal a person sees, not the binary below it
        (-0.004, "0.00", "0.00"),
        (-1204.66, "#,##0.00", "-1,204.66"),
        (1234567, "#,##0", "1,234,567"),
        (Decimal("0.5"), "0", "1"),
        (0.5, ".00", ".50"),
        (0.5, "#.##", ".5"),
        (7, "000", "007"),
        (0.1234, "0.0%", "12.3%"),
        (-5, "0.0;(0.0)", "(5.0)"),
        (0, '0.0;-0.0;"—"', "—"),
        (12345678, '0.00,"千"', "12345.68千"),
        (3, '"第"0"版"', "第3版"),
        (5.25, "[Red]0.0_ ", "5.3"),
        (0.25, "# ?/?", "0.25"),
        (date(2025, 9, 1), "yyyy-mm-dd", "2025-09-01"),
        (datetime(2025, 9, 1, 8, 5), "yyyy/m/d h:mm", "2025/9/1 8:05"),
        (datetime(2025, 9, 1), 'yyyy"年"m"月"d"日"', "2025年9月1日"),
        (datetime(2025, 9, 1), "yyyy年m月", "2025年9月"),
    ],
)
def test_a_value_reads_as_in_excel(value, number_format, text):
    assert display(value, number_format) == text
