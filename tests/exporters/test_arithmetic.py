from __future__ import annotations

from decimal import Decimal

import pytest

from exporters.arithmetic import CellError, Unsupported, compile_formula
from exporters.references import box


class Cells:
    """One sheet's values by address."""

    def __init__(self, **values):
        self.values = values

    def one(self, sheet, cell):
        return self.values.get(f"{sheet}.{cell}" if sheet else cell)

    def many(self, sheet, cells):
        top, left, bottom, right = box(cells)
        found = {at: box(at) for at in self.values if "." not in at}
        return [
            self.values[at]
            for at, (row, column, *_) in found.items()
            if top <= row <= bottom and left <= column <= right
        ]


SHEET = Cells(A1=Decimal("0.1"), A2=Decimal("0.2"), A3="—", A4=None, A5=True, B1=7, B2=0, **{"表二.C9": 40})


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("1+2*3-4/8", "6.5"),
        ("-A1-A2", "-0.3"),
        ("2*(A1+A2)", "0.6"),
        ("SUM(A1:A5)", "0.3"),
        ("SUM(A1:A2,B1,2)", "9.3"),
        ("SUM(A1*10,B1)", "8"),
        ("A4+B1", "7"),
        ("A5+1", "2"),
        ("B1%", "0.07"),
        ("-2%*100", "-2"),
        ("+B1", "7"),
        ("表二!C9/8", "5"),
        ("ROUND(2.5,0)", "3"),
        ("ROUND(-0.125,2)", "-0.13"),
        ("ROUND(1250,-2)", "1300"),
        ('IFERROR(B1/B2,"—")', "—"),
        ("IFERROR(A3*2,0)", "0"),
        ("8-2-1", "5"),
        ("8/2/2", "2"),
        ("ROUND(1.5,400)", "1.5"),
        ("ROUND(1.5,-400)", "0"),
        ("ROUND(123456789012345678901234567890.5,2)", "123456789012345678901234567890.5"),
    ],
)
def test_formulas_are_worked_out_exactly(formula, result):
    worth = compile_formula(formula).result(SHEET)
    assert worth == (result if result == "—" else Decimal(result))


@pytest.mark.parametrize(
    ("formula", "code"), [("B1/B2", "#DIV/0!"), ("B2/B2", "#DIV/0!"), ("A3+1", "#VALUE!"), ('1+"x"', "#VALUE!")]
)
def test_what_has_no_result_is_the_error_excel_shows(formula, code):
    with pytest.raises(CellError) as error:
        compile_formula(formula).result(SHEET)
    assert str(error.value) == code


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(A1,B1:C9,2)", "TODAY()", "A1&B1", "A1>0", "2^8", "A1:A3", "A1:A3*2", "SUM(A:A)", "名称+1", "表1[金额]",
        "SUM(A1:A2", "SUM(4:4)", "SUM(A4:6)", "(A1", "1+", "ROUND(1)", "IFERROR(1)", "{1,2}", '"没有收尾', "[1]表!A1", "TRUE", "",
    ],
)  # fmt: skip
def test_everything_else_is_refused(formula):
    with pytest.raises(Unsupported):
        compile_formula(formula)


def test_a_formula_names_the_cells_and_ranges_it_needs():
    formula = compile_formula("SUM(A1:A5,B1)+C2-表二!C9")
    assert formula.ranges == [(None, "A1:A5"), (None, "B1")]
    assert formula.cells == [(None, "C2"), ("表二", "C9")]
