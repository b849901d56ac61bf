"""Filling a return's form: figures in, an Excel workbook out, everything else of the form as it was (asks 64–67).

The form is patched, never rebuilt: only sheets that hold expressions or formulas are written anew, a growing list moves
what stands below it (docs/filler.md), every other part stays byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporters.attachments import move_attachments, move_charts, move_names
from exporters.cellxml import CellWriter
from exporters.figures import Figures
from exporters.filling import FilledSheet, fill_sheet
from exporters.growth import Growths, move_formulas, move_sheet
from exporters.pagemarks import mark_draft, stamp_sheets
from exporters.placement import Placement
from exporters.recalculation import recalculate
from exporters.references import LAST_ROW, fold
from exporters.styles import Styles
from exporters.template import Template, open_template
from exporters.template_check import template_problems
from exporters.xlsx_package import Element, WorkbookFault, main_tag, parse, serialise


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled return: the workbook's bytes and what each of its cells came from."""

    content: bytes
    placement: Placement


def fill(template: bytes | Path, figures: Figures, *, draft: bool, values: bool = False) -> Filled:
    """Fill a form with figures; a draft says so on every page.

    With `values` the cells with formulas hold what these come to, as numbers: a return is read by programs that do not
    calculate and saved again by some that drop what a formula had come to (returns.md C0.7).

    Raises WorkbookFault (one sentence, with sheet and cell of the first fault) when the form is not in order.
    """
    form = _in_order(open_template(template))
    book = parse(form.package.parts[form.package.book])
    since_1904 = any(item.get("date1904") in {"1", "true"} for item in book.iter(main_tag("workbookPr")))
    styles = Styles(form.package)
    writer = CellWriter(styles, since_1904=since_1904)
    filled = [fill_sheet(sheet, figures, writer) for sheet in form.forms]
    _fits(filled)
    growths = {fold(sheet.form.name): sheet.growth for sheet in filled if sheet.growth}
    if growths:
        _move_all(form, filled, growths, book)
    if any(sheet.form.formulas for sheet in filled):
        recalculate(filled, growths, since_1904=since_1904, values=values)
        if values:
            _drop_chain(form)
        else:
            _calculate_on_load(book)
    for sheet in filled:
        if sheet.changed:
            form.package.parts[sheet.form.part] = sheet.xml()
    if growths or any(sheet.form.formulas for sheet in filled):
        form.package.parts[form.package.book] = serialise(book)
    styles.save()
    if draft:
        stamp_sheets(form.package, mark_draft)
    return Filled(form.package.content(), Placement({sheet.form.name: sheet.origins() for sheet in filled}))


def _in_order(form: Template) -> Template:
    """Give the form if nothing is wrong with it, else the first fault."""
    faults = template_problems(form)
    if faults:
        where, cell, sentence = faults[0]
        more = f"（共 {len(faults)} 处，用 pack check 看全部）" if len(faults) > 1 else ""
        raise WorkbookFault(f"模板 {where}!{cell}：{sentence}{more}")
    return form


def _fits(filled: list[FilledSheet]) -> None:
    for sheet in filled:
        if sheet.growth.end(sheet.form.last_row) > LAST_ROW:
            raise WorkbookFault(f"工作表“{sheet.form.name}”的清单太长，填好后超过 Excel 一张表的 {LAST_ROW} 行。")


def _move_all(form: Template, filled: list[FilledSheet], growths: Growths, book: Element) -> None:
    """Move everything that knows a row of a sheet whose list has grown."""
    for sheet in filled:
        before = serialise(sheet.form.root)
        move_sheet(sheet.form.root, sheet.growth)
        move_formulas(sheet.form.root, sheet.form.name, growths)
        sheet.moved = serialise(sheet.form.root) != before
        move_attachments(form.package, sheet.form.part, sheet.form.name, growths)
    move_charts(form.package, growths)
    move_names(book, growths)
    _drop_chain(form)


def _drop_chain(form: Template) -> None:
    """Drop the order of calculation: it names cells by place, and Excel makes it anew."""
    chain = form.package.part_of_book("calcChain")
    if chain:
        form.package.drop(chain)


def _calculate_on_load(book: Element) -> None:
    """Ask Excel to work all formulas out again when it opens the file."""
    settings = book.find(main_tag("calcPr"))
    if settings is None:
        settings = book.makeelement(main_tag("calcPr"))
        before = ("definedNames", "externalReferences", "functionGroups", "sheets")
        next(item for name in before if (item := book.find(main_tag(name))) is not None).addnext(settings)
    settings.set("fullCalcOnLoad", "1")
