"""Whatever the list's length and place, each cell stands where a plain reading of the form says it should."""

from __future__ import annotations

from decimal import Decimal

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters.workbook import fill
from tests.exporters import forms

COLUMNS = 4
NUMBERS = st.integers(-999, 999).map(lambda cents: Decimal(cents) / 4)
RECORDS = st.lists(st.tuples(*[NUMBERS] * COLUMNS), max_size=6)


@st.composite
def shapes(draw):
    """Rows of a form from the top: ("text", words), ("list", records), ("total", None), ("blank", None)."""
    rows, lists = [], draw(st.integers(1, 2))
    for number in range(lists):
        rows += [("blank", None)] * draw(st.integers(0, 2)) + [("text", draw(st.integers(0, 99)))] * draw(
            st.integers(1, 2)
        )
        rows += [("list", draw(RECORDS)), *[("total", None)] * draw(st.integers(0, 1))]
        rows += [("blank", None)] if number < lists - 1 else []
    return rows + [("text", 7)] * draw(st.integers(0, 2))


def form_of(shape):
    book = openpyxl.Workbook()
    sheet, last_list = book.active, 0
    sheet.title = "表"
    for row, (kind, content) in enumerate(shape, 1):
        last_list = row if kind == "list" else last_list
        for column, letter in enumerate("ABCD", 1):
            text = {
                "text": content,
                "list": f"{{{{ * 列{column}行{row} }}}}",
                "total": f"=SUM({letter}{last_list})",
                "blank": None,
            }
            sheet.cell(row, column, text[kind])
    return forms.save(book)


def expected(shape):
    """Write the sheet row by row as a person would, knowing nothing of shifting addresses."""
    rows, last = [], []
    for kind, content in shape:
        if kind == "list":
            last = content
            rows += content or [(None,) * COLUMNS]
        elif kind == "total":
            rows.append(tuple(sum((record[column] for record in last), Decimal(0)) for column in range(COLUMNS)))
        else:
            rows.append((content,) * COLUMNS)
    return rows


class ByRow(forms.Given):
    def records(self, sheet, expressions, number=0):
        row = int(expressions[0].partition("行")[2])
        return self.lists[row]


@settings(max_examples=60)
@given(shapes())
def test_cells_stand_where_they_should_with_their_values(shape):
    figures = ByRow({}, {row: content for row, (kind, content) in enumerate(shape, 1) if kind == "list"})
    filled = fill(form_of(shape), figures, draft=False)
    sheet = forms.load(filled.content, data_only=True).active
    rows = expected(shape)
    found = [
        tuple(sheet.cell(row, column).value for column in range(1, COLUMNS + 1)) for row in range(1, len(rows) + 1)
    ]
    assert found == [tuple(None if value is None else float(value) for value in row) for row in rows]
    assert sheet.max_row <= len(rows)


@settings(max_examples=60)
@given(shapes())
def test_every_list_cell_leads_back_to_its_record(shape):
    lists = {row: content for row, (kind, content) in enumerate(shape, 1) if kind == "list"}
    placement = fill(form_of(shape), ByRow({}, lists), draft=False).placement
    now = 1
    for row, (kind, content) in enumerate(shape, 1):
        for record in range(max(len(content), 1) if kind == "list" else 1):
            origin = placement.origin("表", f"B{now}")
            assert (origin is not None) == (kind == "list")
            if origin:
                assert (origin.template_cell, origin.record) == (f"B{row}", record if content else None)
            now += 1
